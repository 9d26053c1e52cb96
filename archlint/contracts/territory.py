"""Configured modules as territories: every dotted name belongs to the nearest one above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from archlint.contracts.globs import glob_matches, is_glob
from archlint.contracts.naming import close
from archlint.graph.expressions import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph

ROOT = "<root>"
T = TypeVar("T")


class Territory(Generic[T]):
    """Paths of configured modules with what is said of each; what no path holds belongs to the root."""

    def __init__(
        self, graph: ModuleGraph, entries: Iterable[tuple[str, T]], *, as_written: bool = False
    ) -> None:
        """Lay out *entries* (path or glob, and its value): plain paths override what a glob found.

        With *as_written*, as in tach, only where they come later; before the glob they are a duplicate.
        """
        if not as_written:
            entries = sorted(entries, key=lambda entry: not is_glob(entry[0]))
        self.paths: dict[str, T] = {}
        self.absent: list[str] = []
        self.twice: list[str] = []
        self._nearest: dict[str, str] = {}
        origin: dict[str, str] = {}
        for written, value in entries:
            for path in self._paths(graph, written):
                first = origin.setdefault(path, written)
                if path in self.paths and (first == written or not is_glob(first)):
                    self.twice.append(path)
                self.paths[path] = value

    @classmethod
    def of(cls, paths: dict[str, T]) -> Territory[T]:
        """Return the territory of *paths* as they are, whether they are modules or not."""
        territory = cls.__new__(cls)
        territory.paths, territory.absent, territory.twice, territory._nearest = paths, [], [], {}  # noqa: SLF001
        return territory

    def _paths(self, graph: ModuleGraph, written: str) -> list[str]:
        if written in (ROOT, "."):
            return [ROOT]
        if is_glob(written):
            found = [name for name in graph.names if glob_matches(written, name)]
        else:
            found = [written] if written in graph.index else []
        if not found:
            self.absent.append(written)
        return found

    def nearest(self, name: str) -> str:
        """Return the path that the dotted *name* belongs to, or ROOT."""
        if name not in self._nearest:
            above = (path for path in reversed(prefixes(name)) if path in self.paths)
            self._nearest[name] = next(above, ROOT)
        return self._nearest[name]

    def problems(self, graph: ModuleGraph, option: str, *, absent: bool) -> Iterator[str]:
        """Yield a line for each path given twice and, with *absent*, for each that is no module."""
        for path in dict.fromkeys(self.twice):
            yield f"{option}: '{path}' is listed twice"
        for written in dict.fromkeys(self.absent if absent else ()):
            what = "matches no module" if is_glob(written) else "is no module"
            yield f"{option}: '{written}' {what}{close(graph, written)}"
