"""What the commands that answer questions share: options, and handing over what they found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from archlint.cli.console import deliver
from archlint.facts import EDGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RUNNING = tuple(kind for kind in EDGE_KINDS if kind != "type-checking")


def listed(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Split the values of a repeatable option at commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _kinds(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    kinds = listed(context, parameter, values)
    for kind in kinds:
        if kind not in EDGE_KINDS:
            from archlint.config.options import unknown  # noqa: PLC0415

            raise click.UsageError(
                f"--kinds: {unknown('kind', kind, EDGE_KINDS)}; known: {', '.join(EDGE_KINDS)}"
            )
    return tuple(kind for kind in EDGE_KINDS if kind in kinds) if kinds else EDGE_KINDS


def kinds_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--kinds``; its value holds the kinds in their usual order, all where none is given."""
    text = f"Which imports count: {', '.join(EDGE_KINDS)} (default all; eager ones always count)."
    return click.option("--kinds", multiple=True, callback=_kinds, metavar="KIND,...", help=text)(command)


def running_kinds_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--kinds`` for a question about what runs: type-checking imports count only where given."""

    def chosen(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
        return _kinds(context, option, values) if values else RUNNING

    text = f"Which imports count: {', '.join(EDGE_KINDS)} (default all but type-checking; eager ones always)."
    return click.option("--kinds", multiple=True, callback=chosen, metavar="KIND,...", help=text)(command)


def plugin_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--allow-plugin``."""
    text = "Load this installed plugin."
    return click.option("--allow-plugin", "plugins", multiple=True, metavar="NAME", help=text)(command)


def allowed_plugins(values: dict[str, Any]) -> tuple[str, ...]:
    """Return the plugins that the command line and the environment allow."""
    named = os.environ.get("ARCHLINT_ALLOW_PLUGINS", "").split(",")
    return (*values["plugins"], *(name.strip() for name in named if name.strip()))


def hand_over(
    wanted: Iterable[tuple[str, str | None]],
    reports: Iterable[str],
    notes: Iterable[str] = (),
    errors: Iterable[str] = (),
) -> None:
    """Write the report of each *wanted* format to its file or to stdout, then notes and errors to stderr."""
    paths = (path for _, path in wanted)
    deliver(zip(paths, reports, strict=True), notes, errors)
