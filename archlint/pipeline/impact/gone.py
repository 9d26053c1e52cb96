"""Modules that are no longer there, and those who still ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from archlint.graph.expressions import prefixes
from archlint.graph.lookup import external_imports
from archlint.model import Module
from archlint.repository.beside import INIT, TOP, is_beside, name_beside
from archlint.repository.paths import lies_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import


class Departures(Struct, frozen=True):
    """Deleted files as the modules that they were.

    ``modules`` are those that are gone, by name, and ``names`` maps all that imports may call them to these
    names. ``replaced`` maps a file to the module that is still there, out of another file.
    """

    modules: dict[str, Module]
    names: dict[str, str]
    replaced: dict[str, str]


def departures(
    paths: Iterable[str], roots: Iterable[str], sources: Iterable[str], present: Collection[str]
) -> Departures:
    """Return what became of the deleted files at *paths*, given the names of the modules *present*.

    *sources* are the directories from which the packages *roots* are imported.
    """
    tops, directories = {root.partition(".")[0] for root in roots}, sorted({"", *sources}, key=len)
    found = Departures({}, {}, {})
    for path in sorted(paths):
        names = [_dotted(path[len(each) :].lstrip("/")) for each in directories if lies_in(path, each)]
        # The longest directory is the one from which it was imported.
        own = next((name for name in reversed(names) if name.partition(".")[0] in tops), name_beside(path))
        if own in present:
            found.replaced[path] = own
            continue
        is_package = path.rpartition("/")[2] == INIT
        found.modules[own] = Module(own, path, package=is_package, test=is_beside(own))
        found.names.update(dict.fromkeys(filter(None, (*names, name_beside(path))), own))
    return found


def _dotted(path: str) -> str:
    return name_beside(path).removeprefix(TOP).removeprefix(".")


def asked_for(graph: ModuleGraph, left: Departures) -> Iterator[Import]:
    """Yield the imports of *graph* that ask for what has *left*, as imports of the modules that it was."""
    if not left.names:
        return
    for row in (*graph.imports, *graph.externals, *graph.unresolved):
        names = (name for target in row.targets for name in prefixes(target))
        for home in sorted({left.names[name] for name in names if name in left.names}):
            yield structs.replace(row, imported=home, external=False)


def used_from(graph: ModuleGraph, package: str) -> Iterator[Import]:
    """Yield the imports of the external *package* as imports of a module of that name."""
    for row in external_imports(graph, package):
        yield structs.replace(row, imported=package, external=False)
