"""External packages that contracts name: who imports them, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import EDGE_KINDS
from archlint.graph.expressions import fixed_part, reaches
from archlint.graph.modulegraph import kinds_mask
from archlint.model import Import, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.modulegraph import ModuleGraph


class Sightings(Struct, frozen=True):
    """An external name that a contract's *expression* found, with the imports of it by importer."""

    name: str
    expression: str
    rows: dict[str, list[Import]]


def sightings(
    graph: ModuleGraph, expressions: Iterable[str], kinds: Iterable[str] = EDGE_KINDS
) -> list[Sightings]:
    """Return the external names among *expressions* that *graph* imports, sorted by name."""
    # What begins with a module of the roots stands for modules of the roots.
    wanted = [expression for expression in expressions if fixed_part(expression) not in graph.index]
    found: dict[str, Sightings] = {}
    if not wanted:
        return []
    refused = ~kinds_mask(kinds)
    for row in graph.externals:
        if row.flags & refused:
            continue
        for expression in wanted:
            name = reaches(row, expression)
            if name:
                place = found.setdefault(name, Sightings(name, expression, {}))
                place.rows.setdefault(row.importer, []).append(row)
    return [found[name] for name in sorted(found)]


def external_step(row: Import) -> Step:
    """Return the step of an external import."""
    return Step(row.importer, row.imported, row.path, row.line)
