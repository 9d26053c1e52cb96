"""The project with all that a change in it could reach: its modules, its tests, and the files beside them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archlint.graph.modulegraph import ModuleGraph
from archlint.model import Module
from archlint.pipeline.impact.beside import Neighbours, found_beside
from archlint.pipeline.impact.gone import asked_for, departures, used_from
from archlint.repository.beside import is_beside
from archlint.repository.paths import join, parent
from archlint.repository.pytest_settings import CONFTEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archlint.model import Import
    from archlint.repository.layout import Layout
    from archlint.repository.pytest_settings import Collection
    from archlint.rule import Project


class Scene:
    """What was read of *project*, with the modules whose files *gone* were deleted.

    *collection* says which files pytest takes for tests; *packages* are external ones that changed.
    """

    def __init__(
        self,
        project: Project,
        layout: Layout,
        collection: Collection,
        *,
        gone: Iterable[str] = (),
        packages: Iterable[str] = (),
    ) -> None:
        self.project = project
        self.roots = layout.roots
        self._collection = collection
        sources = [source for _, source in layout.sources]
        left = departures(gone, layout.roots, sources, project.modules)
        self.replaced = left.replaced
        self.gone = frozenset(left.modules)
        modules = {**project.modules, **left.modules}
        more = [*found_beside(project.graph, Neighbours(modules, sources)), *asked_for(project.graph, left)]
        for package in packages:
            modules[package] = Module(package, None, kind="namespace", test=True)
            more += used_from(project.graph, package)
        self.graph = _with(project.graph, modules, more)

    @cached_property
    def production(self) -> frozenset[str]:
        """The names of the project's modules; tests count only where there is nothing else."""
        own = {name: module for name, module in self.project.modules.items() if not is_beside(name)}
        real = (name for name, module in own.items() if not module.test and name not in self.tests)
        return frozenset(real) or frozenset(own)

    @cached_property
    def tests(self) -> dict[str, str]:
        """The test files that pytest collects: their paths by module name."""
        return {
            name: module.path
            for name, module in self.project.modules.items()
            if module.path is not None and self._collection.takes(module.path)
        }

    @cached_property
    def at(self) -> dict[str, str]:
        """The names of all modules that have or had a file, by its path."""
        return {module.path: name for name, module in self.graph.modules.items() if module.path is not None}

    def loads(self) -> Iterator[tuple[str, str]]:
        """Yield each test file with every ``conftest.py`` that pytest loads before it."""
        for name, path in self.tests.items():
            for folder in _above(path):
                configured = self.at.get(join(folder, CONFTEST))
                if configured is not None:
                    yield name, configured

    def entries(self) -> Iterator[str]:
        """Yield what programs start with, as far as it is no module of the project."""
        return (name for name, module in self.graph.modules.items() if module.test or name in self.tests)

    def shown(self, name: str) -> str:
        """Return what people call the module *name*: a file beside the modules by its path."""
        return self.graph.modules[name].path or name if is_beside(name) else name


def _with(graph: ModuleGraph, modules: Mapping[str, Module], more: Sequence[Import]) -> ModuleGraph:
    if not more and len(modules) == len(graph.modules):
        return graph
    return ModuleGraph(modules, (*graph.imports, *more), graph.externals, graph.unresolved)


def _above(path: str) -> Iterator[str]:
    """Yield the directories that *path* lies in."""
    while path:
        path = parent(path)
        yield path
