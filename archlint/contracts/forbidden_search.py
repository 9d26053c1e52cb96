"""The search behind ``forbidden``: which sources import or reach which targets, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.contracts.external import Sightings, external_step, sightings
from archlint.contracts.naming import inside
from archlint.graph.chains import indirect_chains
from archlint.graph.expressions import expand_all
from archlint.graph.masks import reach_masks, union

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Step


class Reach(Struct, frozen=True):
    """*source* reaches *target*, the name that the contract gives it, by the imports of *chain*."""

    source: str
    target: str
    chain: tuple[Step, ...]

    @property
    def way(self) -> tuple[str, ...]:
        """The modules along the chain, and where it ends."""
        end = self.chain[-1].imported
        return (*(step.importer for step in self.chain), end if len(end) > len(self.target) else self.target)


class _Goal(Struct, frozen=True):
    """A target and its nodes; of an external one (``seen``) those that import it."""

    name: str
    nodes: Collection[int]
    seen: Sightings | None = None


class Search:
    """Sources and targets of one evaluation. All results come in a fixed order."""

    def __init__(
        self,
        graph: ModuleGraph,
        kinds: Iterable[str],
        sources: Iterable[str],
        targets: Iterable[str],
        *,
        packages: bool,
    ) -> None:
        self._graph, self._kinds, self._packages = graph, tuple(kinds), packages
        self._edges = graph.edges(self._kinds)
        targets = tuple(targets)
        self._sources = [(name, self._nodes(name)) for name in expand_all(graph, sources)]
        self._inner = [_Goal(name, self._nodes(name)) for name in expand_all(graph, targets)]
        self._outer = [
            _Goal(seen.name, frozenset(graph.index[importer] for importer in seen.rows), seen)
            for seen in sightings(graph, targets, self._kinds)
        ]

    def _nodes(self, name: str) -> range:
        whole = self._graph.subtree(name)
        return whole if self._packages else whole[:1]

    def _overlap(self, source: str, target: str) -> bool:
        if not self._packages:
            return source == target
        return inside(source, target) or inside(target, source)

    def direct(self) -> Iterator[Reach]:
        """Yield each import of a target by a source, once for each source that the importer is in."""
        owners: dict[int, list[str]] = {}
        for goal in self._inner:
            for node in goal.nodes:
                owners.setdefault(node, []).append(goal.name)
        for source, nodes in self._sources:
            yield from self._direct_internal(source, nodes, owners)
            yield from self._direct_external(source, nodes)

    def _direct_internal(self, source: str, nodes: range, owners: dict[int, list[str]]) -> Iterator[Reach]:
        for tail in nodes:
            for head in self._edges.successors[tail]:
                if any(not self._overlap(source, target) for target in owners.get(head, ())):
                    steps = self._graph.steps((tail, head), self._kinds)
                    yield Reach(source, self._graph.names[head], steps)

    def _direct_external(self, source: str, nodes: range) -> Iterator[Reach]:
        for goal in self._outer:
            for node in sorted(goal.nodes):
                if node in nodes and goal.seen:
                    row = goal.seen.rows[self._graph.names[node]][0]
                    yield Reach(source, goal.name, (external_step(row),))

    def indirect(self) -> Iterator[Reach]:
        """Yield a shortest chain through other modules for each source and target that have one."""
        goals = [*self._inner, *self._outer]
        masks = reach_masks(self._edges, {key: goal.nodes for key, goal in enumerate(goals)})
        for source, nodes in self._sources:
            reached = union(masks, nodes)
            wanted = {key: goal for key, goal in enumerate(goals) if reached >> key & 1}
            chains = self._chains(source, nodes, wanted)
            for key in sorted(chains):
                yield self._reach(source, goals[key], chains[key])

    def _chains(self, source: str, nodes: range, wanted: dict[int, _Goal]) -> dict[int, list[int]]:
        inner = {key: goal for key, goal in wanted.items() if not goal.seen}
        targets = {key: goal.nodes for key, goal in inner.items() if not self._overlap(source, goal.name)}
        gates = {key: frozenset(goal.nodes).difference(nodes) for key, goal in wanted.items() if goal.seen}
        return indirect_chains(self._edges, nodes, targets, gates)

    def _reach(self, source: str, goal: _Goal, path: list[int]) -> Reach:
        chain = self._graph.steps(path, self._kinds)
        if goal.seen:
            chain = (*chain, external_step(goal.seen.rows[chain[-1].imported][0]))
        return Reach(source, goal.name, chain)
