"""Names that begin with one underscore: private to the package they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.contracts.naming import inside

if TYPE_CHECKING:
    from archlint.graph.modulegraph import ModuleGraph


def private_part(graph: ModuleGraph, importer: str, name: str) -> tuple[str, str] | None:
    """Return the private component of *name* and the package whose it is, where *importer* is not in that.

    Dunder names and a bare ``_`` are public. The first private component decides: it hides all below it.
    """
    parts = name.split(".")
    for place, part in enumerate(parts):
        if place and part.startswith("_") and part != "_" and not part.startswith("__"):
            owner = _package(graph, ".".join(parts[:place]))
            if not inside(importer, owner):
                return part, owner
    return None


def _package(graph: ModuleGraph, name: str) -> str:
    """Return *name* where it is a package, else the package that holds the plain module *name*."""
    module = graph.modules.get(name)
    parent = name.rpartition(".")[0]
    return name if module is None or module.package or not parent else parent
