"""``archlint report``: the one-minute explanation."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from archlint.cli.console import deliver, wants_colour
from archlint.cli.options import output_options, outputs, project_options, request_of
from archlint.errors import Exit

if TYPE_CHECKING:
    from archlint.usecases.report import Screen

FORMATS = ("terminal", "html", "markdown", "json")
PLAIN_WIDTH = 80


@click.command()
@project_options
@output_options(FORMATS, "terminal")
@click.option(
    "--width", type=click.IntRange(min=60), metavar="N", help="Columns (default: the terminal's, else 80)."
)
@click.option(
    "--compare", metavar="OLD", help="An earlier HTML or JSON report: the HTML page shows what changed since."
)
def report(
    formats: tuple[str, ...], output_file: str | None, width: int | None, compare: str | None, **values: Any
) -> int:
    """Explain the architecture of the project that PATHS belong to: of the whole of it, always.

    Needs no configuration. Exits 0 when the report could be made, whatever it says, and 2 when not.
    """
    from archlint.usecases.report import report as use  # noqa: PLC0415 (help needs none of it)

    wanted = outputs(formats, output_file, FORMATS, "terminal")
    names = [name for name, _ in wanted]
    if compare is not None and "html" not in names:
        raise click.UsageError("--compare goes with --format html: no other format shows what changed")
    screen = _screen(width, values["color"], to_stdout=any(path is None for _, path in wanted))
    result = use(request_of(values), names, screen, compare=compare)
    outputs_ = tuple((path, text) for (_, path), text in zip(wanted, result.reports, strict=True))
    deliver(outputs_, () if values["quiet"] else result.analysis.notes, result.analysis.errors)
    return Exit.ERROR if result.analysis.errors else Exit.CLEAN


def _screen(width: int | None, color: str, *, to_stdout: bool) -> Screen:
    """Return what the terminal report is made for; a file or a pipe gets plain text of 80 columns."""
    from archlint.usecases.report import Screen  # noqa: PLC0415

    terminal = to_stdout and sys.stdout.isatty()
    return Screen(
        width=width or (shutil.get_terminal_size().columns if terminal else PLAIN_WIDTH),
        colour=(to_stdout or color == "always") and wants_colour(color, os.environ, sys.stdout),
        fancy=terminal and "utf" in sys.stdout.encoding.lower(),
    )
