"""``archlint can``: may A import B, and who says so."""

from __future__ import annotations

from typing import Any

import click

from archlint.cli.options import output_options, outputs, project_options, request_of
from archlint.cli.queries import hand_over
from archlint.errors import Exit
from archlint.facts import EDGE_KINDS

FORMATS = ("text", "json")


@click.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@project_options
@output_options(FORMATS, "text")
@click.option(
    "--kind", type=click.Choice(EDGE_KINDS), default="eager", help="The kind of import (default eager)."
)
def can(source: str, target: str, formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Tell whether A may import B today, and which contract forbids or permits it.

    A is a module of the project that PATHS belong to, also one that does not exist yet; B one too, a name
    in a module, or an external package. Only what the import would add counts: a new breach of a contract,
    or an import cycle that check reports. Exit codes: 0 yes, 1 no, 2 a contract could not be judged.
    """
    from archlint.usecases.can import can as use  # noqa: PLC0415 (help needs none of it)

    wanted = outputs(formats, output_file, FORMATS, "text")
    names = [name for name, _ in wanted]
    answer, reports = use(request_of(values), source, target, kind=values["kind"], formats=names)
    hand_over(wanted, reports, () if values["quiet"] else answer.notes, answer.errors)
    if answer.errors:
        return Exit.ERROR
    return Exit.CLEAN if answer.allowed else Exit.FINDINGS
