"""The module dependency graph: modules, import edges with every location, and views of them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.facts import EDGE_KINDS, FLAG_NAMES
from archlint.graph.adjacency import Adjacency
from archlint.model import Import, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from archlint.model import BeyondRoot, Module


class ModuleGraph:
    """Modules and their imports. Immutable; ``without`` and ``edges`` give narrower views.

    ``modules`` maps names to modules; ``imports``, ``externals`` and ``unresolved`` are sorted by
    importer and place. Node numbers are positions in ``names``.
    """

    def __init__(
        self,
        modules: Mapping[str, Module],
        imports: Iterable[Import],
        externals: Iterable[Import] = (),
        unresolved: Iterable[Import] = (),
        beyond_root: Iterable[BeyondRoot] = (),
    ) -> None:
        self.modules = modules
        self.names: tuple[str, ...] = tuple(sorted(modules))
        self.index: dict[str, int] = {name: number for number, name in enumerate(self.names)}
        self.imports: tuple[Import, ...] = tuple(imports)
        self.externals: tuple[Import, ...] = tuple(externals)
        self.unresolved: tuple[Import, ...] = tuple(unresolved)
        self.beyond_root: tuple[BeyondRoot, ...] = tuple(beyond_root)
        self._views: dict[int, Adjacency] = {}

    def edges(self, kinds: Iterable[str] = EDGE_KINDS) -> Adjacency:
        """Return the adjacency of the imports whose every flag is among *kinds*; eager ones always count."""
        mask = kinds_mask(kinds)
        if mask not in self._views:
            index, refused = self.index, ~mask
            self._views[mask] = Adjacency(
                len(self.names),
                (
                    (index[row.importer], index[row.imported])
                    for row in self.imports
                    if not row.flags & refused
                ),
            )
        return self._views[mask]

    def without(self, imports: Iterable[Import]) -> ModuleGraph:
        """Return this graph less the given *imports* (rows of ``imports`` or ``externals``)."""
        gone = {id(row) for row in imports}
        return ModuleGraph(
            self.modules,
            (row for row in self.imports if id(row) not in gone),
            (row for row in self.externals if id(row) not in gone),
            self.unresolved,
            self.beyond_root,
        )

    def among(self, names: Iterable[str]) -> ModuleGraph:
        """Return the graph of just the modules called *names* and the imports between them."""
        kept = dict.fromkeys(names)
        if len(kept) == len(self.names):
            return self
        return ModuleGraph(
            {name: self.modules[name] for name in kept},
            (row for row in self.imports if row.importer in kept and row.imported in kept),
            (row for row in self.externals if row.importer in kept),
        )

    def rows_of(self, importer: str) -> list[Import]:
        """Return the imports of modules of the roots by *importer*."""
        return self._by_importer.get(importer, ([], []))[0]

    def external_rows_of(self, importer: str) -> list[Import]:
        """Return the imports of external packages by *importer*."""
        return self._by_importer.get(importer, ([], []))[1]

    @cached_property
    def _by_importer(self) -> dict[str, tuple[list[Import], list[Import]]]:
        rows: dict[str, tuple[list[Import], list[Import]]] = {}
        for side, imports in enumerate((self.imports, self.externals)):
            for row in imports:
                rows.setdefault(row.importer, ([], []))[side].append(row)
        return rows

    @cached_property
    def _by_edge(self) -> dict[tuple[str, str], list[Import]]:
        rows: dict[tuple[str, str], list[Import]] = {}
        for row in self.imports:
            rows.setdefault((row.importer, row.imported), []).append(row)
        for row in self.externals:
            rows.setdefault((row.importer, row.imported), []).append(row)
        return rows

    def details(self, importer: str, imported: str, kinds: Iterable[str] = EDGE_KINDS) -> tuple[Import, ...]:
        """Return the imports of *imported* by *importer* that count among *kinds*, by place."""
        refused = ~kinds_mask(kinds)
        rows = self._by_edge.get((importer, imported), ())
        return tuple(row for row in rows if not row.flags & refused)

    def subtree(self, name: str) -> range:
        """Return the numbers of *name* and its descendants (empty for an unknown name)."""
        start = self.index.get(name)
        if start is None:
            return range(0)
        # '/' is the character after '.': the first name that is no descendant sorts there or later.
        return range(start, bisect_left(self.names, name + "/", start))

    def children(self, name: str) -> tuple[str, ...]:
        """Return the direct children of *name*, sorted."""
        depth = name.count(".") + 1
        names = (self.names[number] for number in self.subtree(name))
        return tuple(child for child in names if child.count(".") == depth)

    def steps(self, path: Iterable[int], kinds: Iterable[str] = EDGE_KINDS) -> tuple[Step, ...]:
        """Turn a *path* of node numbers into steps, each with its first place in the sources."""
        kinds = tuple(kinds)
        names = [self.names[number] for number in path]
        return tuple(self.step(importer, imported, kinds) for importer, imported in pairwise(names))

    def step(self, importer: str, imported: str, kinds: Iterable[str] = EDGE_KINDS) -> Step:
        """Return the step from *importer* to *imported* with its first place."""
        row = self.details(importer, imported, kinds)[0]
        return Step(importer, imported, row.path, row.line)

    @cached_property
    def external_names(self) -> tuple[str, ...]:
        """The top-level names of all external packages, sorted."""
        return tuple(sorted({row.imported for row in self.externals}))

    @cached_property
    def networkx(self) -> nx.DiGraph[str]:
        """The public networkx graph: nodes are names (attribute ``module``), edges carry ``imports``."""
        import networkx as nx  # noqa: PLC0415 (0.1 s: only for those who ask)

        graph: nx.DiGraph[str] = nx.DiGraph()
        for name in self.names:
            graph.add_node(name, module=self.modules[name])
        for row in self.imports:
            if graph.has_edge(row.importer, row.imported):
                graph.edges[row.importer, row.imported]["imports"] += (row,)
            else:
                graph.add_edge(row.importer, row.imported, imports=(row,))
        return graph


def kinds_mask(kinds: Iterable[str]) -> int:
    """Return the flags that *kinds* (names of EDGE_KINDS) admit, as a bit mask."""
    mask = 0
    for kind in kinds:
        mask |= int(FLAG_NAMES.get(kind, 0))
    return mask
