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
@click.option("--owner", metavar="OWNER", help="Show and fail on only what concerns this owner (CODEOWNERS).")
@click.option(
    "--by",
    type=click.Choice(["file", "owner"]),
    default="file",
    help="With --format grouped or --statistics: by what (default file).",
)
@click.option("--show-known", is_flag=True, help="List the findings that the ledger knows, too.")
@click.option("--diff", "against", metavar="BASE", help="Show and fail on only what was added since BASE.")
@click.option(
    "--diff-config",
    type=click.Choice(["base", "head"]),
    default="base",
    help="With --diff: whose configuration and ledger decide (default base).",
)
@click.option("--refuse-weakening", is_flag=True, help="With --diff: fail where the gate was loosened.")
def check(formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Check the project that PATHS belong to; show findings within PATHS."""
    from archlint.usecases.check import Shown  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.check import check as use  # noqa: PLC0415

    wanted = outputs(formats, output_file, FORMATS, "concise")
    _check_grouping(values, [name for name, _ in wanted])
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    result = use(
        request_of(values),
        [name for name, _ in wanted],
        Shown(
            colour=colour,
            statistics=values["statistics"],
            known=values["show_known"],
            by=values["by"],
            owner=values["owner"],
        ),
        against=values["against"],
        judge=values["diff_config"],
    )
    outputs_ = tuple((path, text) for (_, path), text in zip(wanted, result.reports, strict=True))
    notes = () if values["quiet"] else result.analysis.notes
    deliver(outputs_, notes, result.analysis.errors)
    code = result.analysis.exit
    if values["refuse_weakening"] and result.analysis.against and result.analysis.against.weakened:
        code = max(code, Exit.FINDINGS)
    if values["exit_zero"] and code == Exit.FINDINGS:
        code = Exit.CLEAN
    result.remember(sys.argv[1:], outputs_, notes, code)
    return code


def _check_grouping(values: dict[str, Any], formats: list[str]) -> None:
    if values["by"] == "owner" and not values["statistics"] and "grouped" not in formats:
        raise click.UsageError("--by owner goes with --format grouped or --statistics: others group nothing")
