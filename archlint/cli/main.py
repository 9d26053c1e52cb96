"""The command group."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from archlint import __version__
from archlint.cli.console import complain
from archlint.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "Check the project: rules, contracts, findings.",
    "report": "Explain the architecture of a project in a minute.",
    "graph": "Print the module dependency graph.",
    "why": "Show the chains of imports from A to B, and the cheapest way out.",
    "can": "Tell whether A may import B, and which contract says so.",
    "impact": "Show what a change of a module, or a branch, can reach, and the tests for it.",
    "audit": "Tell whether the contracts are any good: what they miss, and which say nothing.",
    "diff": "Show what a branch does to the architecture.",
    "baseline": "Record today's findings in the ledger of known debt.",
    "explain": "Print the page of a rule.",
    "rules": "List all rules.",
    "init": "Write a first configuration: from the code, or from import-linter or tach.",
    "cache": "Show or empty the cache.",
    "config": "Show what is in force, and from where.",
}


class Commands(click.Group):
    """Loads a command's module only when that command runs: ``--help`` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"archlint.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or say which one was probably meant."""
        name = args[0]
        if name not in COMMANDS:
            from archlint.config.options import unknown  # noqa: PLC0415

            ctx.fail(unknown("command", name, COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=False,
)
@click.version_option(__version__, message="archlint %(version)s")
def cli() -> None:
    """Make a Python codebase's architecture checkable: layers, coupling, cycles, complexity.

    Nothing that is analysed is ever imported or run. Exit codes: 0 clean, 1 findings, 2 something could
    not be checked.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line with *arguments*; return the exit code, or raise what ``bounded`` knows."""
    try:
        code = cli.main(args=list(arguments), prog_name="archlint", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        complain(error.format_message(), hint=_usage(error))
        return Exit.ERROR
    except click.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:
        return Exit.CLEAN  # Click's way to say that the reader of the help has seen enough.
    return int(code or 0)


def _usage(error: click.ClickException) -> str | None:
    context = getattr(error, "ctx", None)
    return f"try `{context.command_path} --help`" if context is not None else None
