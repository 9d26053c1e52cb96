"""``archlint init``: a first configuration."""

from __future__ import annotations

from typing import Any

import click

from archlint.cli.console import emit, remark
from archlint.cli.options import project_options, request_of


@click.command()
@project_options
@click.option(
    "--from",
    "tool",
    type=click.Choice(["import-linter", "tach"]),
    help="Take over this tool's configuration instead of proposing one from the code.",
)
@click.option("--pyproject", is_flag=True, help="Write [tool.archlint] in pyproject.toml, not archlint.toml.")
@click.option("--force", is_flag=True, help="Replace a configuration that is there already.")
@click.option("--print", "to_stdout", is_flag=True, help="Print the configuration; write nothing.")
def init(**values: Any) -> int:
    """Write contracts that the code keeps today: layers as they are, exceptions listed.

    With --from, what import-linter or tach is configured to check is said in archlint's words, comments
    and order kept, and a table shows contract by contract what differs.
    """
    from archlint.usecases.init import init as use  # noqa: PLC0415 (help needs none of it)

    draft = use(request_of(values), tool=values["tool"], pyproject=values["pyproject"], force=values["force"])
    if values["to_stdout"]:
        emit(draft.text)
        for line in draft.said.splitlines():
            remark(line.removeprefix("note: "))
        return 0
    draft.write()
    emit(f"{draft.said}Wrote {draft.shown}. {draft.next_step()}\n")
    return 0
