"""``archlint check``: the gate."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from archlint.cli.console import deliver, wants_colour
from archlint.cli.options import output_options, outputs, project_options, request_of, rule_options
from archlint.errors import Exit
from archlint.reporters.formats import HOMES

FORMATS = tuple(HOMES)


@click.command()
@project_options
@rule_options
@output_options(FORMATS, "concise")
@click.option(
    "--only-touching", is_flag=True, help="Show findings that touch PATHS; skip PATHS outside the project."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 even where findings would fail.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
def check(formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Check the project that PATHS belong to; show findings within PATHS."""
    from archlint.usecases.check import check as use  # noqa: PLC0415 (help needs none of it)

    wanted = outputs(formats, output_file, FORMATS, "concise")
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    result = use(
        request_of(values), [name for name, _ in wanted], colour=colour, statistics=values["statistics"]
    )
    outputs_ = tuple((path, text) for (_, path), text in zip(wanted, result.reports, strict=True))
    notes = () if values["quiet"] else result.analysis.notes
    deliver(outputs_, notes, result.analysis.errors)
    code = result.analysis.exit
    if values["exit_zero"] and code == Exit.FINDINGS:
        code = Exit.CLEAN
    result.remember(sys.argv[1:], outputs_, notes, code)
    return code
