"""``archlint config``: what is in force, and from where."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from archlint.cli.console import wants_colour
from archlint.cli.options import output_options, outputs, project_options, request_of, rule_options
from archlint.cli.queries import hand_over
from archlint.errors import Exit

FORMATS = ("text", "json")


@click.command()
@project_options
@rule_options
@output_options(FORMATS, "text")
@click.option("--files", is_flag=True, help="List the files that would be read instead.")
def config(formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Show what is in force for the project that PATHS belong to, and where each value comes from.

    Also the roots that were found, the rules that run with their options, and the contracts.
    """
    from archlint.usecases.config import config as use  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.config import files  # noqa: PLC0415

    wanted = outputs(formats, output_file, FORMATS, "text")
    request = request_of(values)
    if values["files"]:
        listing = files(request)
        hand_over(wanted, [listing for _ in wanted])
        return Exit.CLEAN
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    shown = [use(request, name, colour=colour and path is None) for name, path in wanted]
    missing = [result.missing for result in shown[:1] if result.missing]
    hand_over(wanted, [result.report for result in shown], () if values["quiet"] else shown[0].notes, missing)
    return Exit.ERROR if missing else Exit.CLEAN
