"""Imports that lead to files beside the system: by the directories that tests and scripts are run from.

pytest puts the first directory without an ``__init__.py`` above each test file on the path, and Python
the directory of the script that it runs, so that ``import helpers`` finds ``tests/helpers.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from archlint.repository.beside import INIT, TOP, is_beside
from archlint.repository.paths import join, lies_in, parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import, Module


class Neighbours:
    """The files beside the system by every name that an import could call them by.

    *modules* are all modules by name; *sources* are directories that packages are imported from.
    """

    def __init__(self, modules: Mapping[str, Module], sources: Iterable[str]) -> None:
        placed = {name: module.path for name, module in modules.items() if module.path is not None}
        self._packages = {parent(path) for path in placed.values() if path.rpartition("/")[2] == INIT}
        beside = {name: path for name, path in placed.items() if is_beside(name)}
        self._searched = {"", *sources, *map(self._base, beside.values())}
        self._named: dict[str, list[tuple[str, str]]] = {}
        for name, path in sorted(beside.items()):
            for directory, dotted in _spellings(path):
                self._named.setdefault(dotted, []).append((directory, name))

    def _base(self, path: str) -> str:
        directory = parent(path)
        while directory in self._packages and directory:
            directory = parent(directory)
        return directory

    def meant(self, row: Import, target: str) -> list[str]:
        """Return the files that *target*, a dotted name in the import *row*, may stand for.

        Those found from the nearest directory above the importer go before all others.
        """
        found = self._named.get(target) or self._named.get(target.rpartition(".")[0], [])
        home = parent(row.path or "")
        near = max((directory for directory, _ in found if lies_in(home, directory)), key=len, default=None)
        if near is None and not row.external:
            return []  # What is a module of the system by that name is not asked for elsewhere.
        searched = self._searched if near is None else {near}
        return [name for directory, name in found if directory in searched]


def _spellings(path: str) -> Iterator[tuple[str, str]]:
    """Yield the dotted names of the file at *path*, each with the directory that it is a name from."""
    parts = path.removesuffix(".py").split("/")
    if parts[-1] == "__init__":
        parts.pop()
    directory = ""
    while parts:
        yield directory, ".".join(parts)
        directory = join(directory, parts.pop(0))


def found_beside(graph: ModuleGraph, neighbours: Neighbours) -> Iterator[Import]:
    """Yield the imports by tests, and among the files beside the system, that *graph* does not have."""
    for row in (*graph.imports, *graph.externals, *graph.unresolved):
        if graph.modules[row.importer].test:
            targets = (target for target in row.targets if not target.startswith(TOP))
            for name in sorted({name for target in targets for name in neighbours.meant(row, target)}):
                yield structs.replace(row, imported=name, external=False)
