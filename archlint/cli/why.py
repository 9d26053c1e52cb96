"""``archlint why``: the chains of imports from one module to another, and the way out."""

from __future__ import annotations

from typing import Any

import click

from archlint.cli.options import output_options, outputs, project_options, request_of
from archlint.cli.queries import hand_over, kinds_option
from archlint.errors import Exit

FORMATS = ("text", "json")
MANY = 10


@click.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@project_options
@output_options(FORMATS, "text")
@kinds_option
@click.option(
    "--all", "every", is_flag=True, help=f"Further chains that share no import, up to {MANY} in all."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Up to so many chains.")
def why(
    source: str,
    target: str,
    formats: tuple[str, ...],
    output_file: str | None,
    every: bool,
    limit: int | None,
    **values: Any,
) -> int:
    """Show a shortest chain of imports from A to B, and the cheapest imports to change so that none is left.

    A is a module or package of the project that PATHS belong to, B one too or an external package
    (requests, django.db). A package stands for all below it. Exit codes: 0 there is a chain, 1 there is none.
    """
    from archlint.usecases.why import why as use  # noqa: PLC0415 (help needs none of it)

    wanted = outputs(formats, output_file, FORMATS, "text")
    reached, reports, notes = use(
        request_of(values),
        source,
        target,
        kinds=values["kinds"],
        most=limit or (MANY if every else 1),
        formats=[name for name, _ in wanted],
    )
    hand_over(wanted, reports, () if values["quiet"] else notes)
    return Exit.CLEAN if reached else Exit.FINDINGS
