"""``archlint audit``: are the contracts any good?"""

from __future__ import annotations

from typing import Any

import click

from archlint.cli.options import output_options, outputs, project_options, request_of
from archlint.cli.queries import hand_over
from archlint.errors import Exit

FORMATS = ("text", "json")


@click.command()
@project_options
@output_options(FORMATS, "text")
@click.option("--contract", "contracts", multiple=True, metavar="NAME", help="Audit only this contract.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, metavar="N", help="Uncaught pairs shown (default 20)."
)
def audit(formats: tuple[str, ...], output_file: str | None, limit: int, **values: Any) -> int:
    """Tell whether the contracts of the project that PATHS belong to are any good.

    Lists modules that no contract sees, contracts that can never fail or that others imply, and
    ignore-imports that match nothing; then supposes each import between the units that the contracts
    name, one at a time, and lists those that no contract would catch. Nothing is changed, and no rule runs.
    Exit codes: 0 nothing to mend, 1 something is listed, 2 a contract could not be judged, or there is none.
    """
    from archlint.usecases.audit import audit as use  # noqa: PLC0415 (help needs none of it)

    wanted = outputs(formats, output_file, FORMATS, "text")
    found, reports, notes = use(request_of(values), [name for name, _ in wanted], most=limit)
    hand_over(wanted, reports, () if values["quiet"] else notes, found.errors)
    if found.errors:
        return Exit.ERROR
    return Exit.FINDINGS if found.found else Exit.CLEAN
