"""Legal routes: modules that pass on a name which may not be imported from where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archlint.facts import ModuleSummary
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import

_BINDING = ("eager", "conditional", "lazy")


class Route(Struct, frozen=True):
    """*module* passes a name on, as *name*, by the import at *path*:*line*."""

    module: str
    name: str
    path: str | None
    line: int


def legal_routes(
    graph: ModuleGraph,
    facts: Mapping[str, ModuleSummary],
    imported: str,
    name: str,
    allowed: Callable[[str, str], bool],
) -> tuple[Route, ...]:
    """Return the modules from which *name* of the module *imported* can be had, nearest first.

    *allowed* is asked with a module and the name that it offers.
    A module passes a name on when it imports it with ``from``, or ``*``, at module scope and not only for
    type checking, from *imported* itself or from another module that passes it on; under another name
    where it gives it one. By ``*`` travels what ``__all__``
    lists, else every name without an underscore in front. Packages come before plain modules of the same
    distance.
    """
    found: dict[str, Route] = {}
    frontier = [(imported, name)]
    while frontier:
        offers = [(row, known_as) for module, known_as in frontier for row in _importers(graph, module)]
        frontier = []
        for row, known_as in offers:
            bound = _bound(row, known_as, facts)
            if bound and row.importer not in found and row.importer != imported:
                found[row.importer] = Route(row.importer, bound, row.path, row.line)
                frontier.append((row.importer, bound))
    return tuple(route for route in found.values() if allowed(route.module, route.name))


def _importers(graph: ModuleGraph, module: str) -> list[Import]:
    """Return the imports of *module* that bind names for others, those of packages first."""
    importers = graph.edges(_BINDING).predecessors[graph.index[module]]
    rows = [row for number in importers for row in graph.details(graph.names[number], module, _BINDING)]
    return sorted(rows, key=lambda row: (not graph.modules[row.importer].package, row.importer, row.line))


def _bound(row: Import, name: str, facts: Mapping[str, ModuleSummary]) -> str | None:
    """Return the name under which the importer of *row* passes *name* on, or None."""
    if name in row.names:
        return _alias(row, name, facts)
    if "*" not in row.names:
        return None
    source = facts.get(row.imported)
    exported = source.exports if source else None
    return name if (name in exported if exported is not None else not name.startswith("_")) else None


def _alias(row: Import, name: str, facts: Mapping[str, ModuleSummary]) -> str | None:
    """Return what *name*, which *row* takes, is called in the importer; None where others cannot have it."""
    own = facts.get(row.importer)
    for rename in own.renames if own else ():
        if (rename.line, rename.column, rename.name) == (row.line, row.column, name):
            return rename.alias
    return name
