"""Imports through a facade: from where a name could be imported instead.

A package's ``__init__`` often imports names from its submodules only to pass them on. Who takes such
a name from the package depends on the whole package; who takes it from where it is defined does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.modulegraph import kinds_mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import

    Exports = Callable[[str], tuple[str, ...] | None]

BINDING = ("eager", "conditional", "lazy")
LONGEST = 20


def definers(graph: ModuleGraph, rows: Iterable[Import], exports: Exports) -> tuple[str, ...]:
    """Return the modules from which the names that *rows*, the imports of one edge, take could be taken.

    Empty where any of them takes the module itself, ``*``, or a name that the module does not merely
    pass on, or where the importer itself would be one of them. *exports* gives a module's ``__all__``,
    where it is known: it bounds what travels by ``*``.
    """
    found: set[str] = set()
    for row in rows:
        if "*" in row.names or not row.names or len(row.names) != len(row.targets):
            return ()
        for name in row.names:
            home = definer(graph, row.imported, name, exports)
            if home in (None, row.imported, row.importer):
                return ()
            found.add(str(home))
    return tuple(sorted(found))


def definer(graph: ModuleGraph, module: str, name: str, exports: Exports) -> str | None:
    """Return the module that *name* of *module* comes from, through up to ``LONGEST`` modules.

    That is *module* itself where it does not import the name at its top with ``from``; None where the
    imports go round in a circle or ``*`` leaves it open.
    """
    for _ in range(LONGEST):
        following = _source(graph, module, name, exports)
        if following in (None, module):
            return following
        module = str(following)
    return None


def _source(graph: ModuleGraph, module: str, name: str, exports: Exports) -> str | None:
    """Return the module that *module* imports *name* from, else itself; None where that is open."""
    refused = ~kinds_mask(BINDING)
    starred = False
    for row in graph.rows_of(module):
        if row.flags & refused:
            continue
        if name in row.names:
            return row.imported
        starred |= "*" in row.names and _travels(name, exports(row.imported))
    return None if starred else module


def _travels(name: str, listed: tuple[str, ...] | None) -> bool:
    """Tell whether ``*`` may bring *name*."""
    return name in listed if listed is not None else not name.startswith("_")
