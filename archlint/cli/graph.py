"""``archlint graph``: the module dependency graph."""

from __future__ import annotations

from typing import Any

import click

from archlint.cli.options import output_options, outputs, project_options, request_of
from archlint.cli.queries import hand_over, kinds_option, listed
from archlint.errors import Exit

FORMATS = ("json", "dot", "mermaid", "graphml")


@click.command()
@project_options
@output_options(FORMATS, "json")
@click.option(
    "--focus", multiple=True, callback=listed, metavar="MODULE,...", help="Only these and what is near them."
)
@click.option(
    "--depth", type=click.IntRange(min=0), help="Imports away from the focus, both ways (default 1)."
)
@click.option(
    "--collapse",
    multiple=True,
    callback=listed,
    metavar="DEPTH|package|layer|MODULE",
    help="Draw packages instead of modules: by depth of name, each module's own, the layers of the first "
    "layers contract, or these. May be repeated.",
)
@click.option("--only-cycles", is_flag=True, help="Only what lies in an import cycle.")
@click.option("--only-breaches", is_flag=True, help="Only imports that break a contract.")
@click.option(
    "--external/--no-external",
    default=None,
    help="With external packages (default: in json, and with --only-breaches).",
)
@kinds_option
def graph(formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Print the module dependency graph of the project that PATHS belong to.

    Packages that --collapse draws carry the number of their modules, edges the number of imports.
    """
    from archlint.graph.view import Lens  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.graph import graph as use  # noqa: PLC0415

    if values["depth"] is not None and not values["focus"]:
        raise click.UsageError("--depth goes with --focus")
    wanted = outputs(formats, output_file, FORMATS, "json")
    lens = Lens(
        kinds=values["kinds"],
        focus=values["focus"],
        depth=1 if values["depth"] is None else values["depth"],
        collapse=values["collapse"],
        only_cycles=values["only_cycles"],
        only_breaches=values["only_breaches"],
    )
    result = use(request_of(values), [name for name, _ in wanted], lens, external=values["external"])
    hand_over(wanted, result.reports, () if values["quiet"] else result.notes, result.errors)
    return Exit.ERROR if result.errors else Exit.CLEAN
