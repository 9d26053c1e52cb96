"""Names that begin with an underscore: private to the package they are in."""

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


def private_module(importer: str, name: str) -> tuple[str, str] | None:
    """Return the private component of the module *name*, and its package, where *importer* is not in that.

    The outermost such component is named, since whoever gets past an inner one only still meets it. The
    verdict is import-linter's, which asks the innermost alone: that one shuts out whomever another does.
    Top-level modules have no package to be private to.
    """
    parts = name.split(".")
    for place, part in enumerate(parts):
        owner = ".".join(parts[:place])
        if owner and is_private(part) and not inside(importer, owner):
            return part, owner
    return None


def has_private(name: str) -> bool:
    """Return whether any component of the module *name* is private."""
    return any(map(is_private, name.split(".")))


def is_private(part: str) -> bool:
    """Return whether modules called *part* are private; to import-linter ``_`` and ``__x`` are too."""
    return part.startswith("_") and not (part.startswith("__") and part.endswith("__"))


def _package(graph: ModuleGraph, name: str) -> str:
    """Return *name* where it is a package, else the package that holds the plain module *name*."""
    module = graph.modules.get(name)
    parent = name.rpartition(".")[0]
    return name if module is None or module.package or not parent else parent
