"""The imports without which no source of a law reaches what it may not: minimum cuts, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.closing import Closing, bits
from archlint.graph.cuts import minimum_cut
from archlint.graph.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from archlint.graph.cuts import Cut
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.ways import Edge
    from archlint.model import Step
    from archlint.pipeline.laws import Law

Pairs = list[tuple[int, int]]


class Group(Struct, frozen=True):
    """Sources and targets, by number, that one cut takes apart; there is one of one side."""

    sources: frozenset[int]
    targets: frozenset[int]


def groups_of(graph: ModuleGraph, kinds: Iterable[str], law: Law) -> list[Group]:
    """Return the broken pairs of *law* in groups: by source or by target, whichever makes fewer.

    An external package is a group by itself.
    """
    broken = _broken(graph, kinds, law)
    inner = [pair for pair in broken if pair[1] not in law.outside]
    outer = [pair for pair in broken if pair[1] in law.outside]
    ways = (_by_target(inner), [_turned(group) for group in _by_target([pair[::-1] for pair in inner])])
    return [*min(ways, key=len), *_by_target(outer)]


def _broken(graph: ModuleGraph, kinds: Iterable[str], law: Law) -> Pairs:
    """Return each source of *law* with each target that it reaches and may not."""
    edges = graph.edges(kinds)
    closing = Closing(edges, law.sources, law.targets, law.refused, walled=law.walled)
    found: Pairs = []
    for source, nodes in enumerate(law.sources):
        mask = 0
        for node in nodes:
            # A target outside is reached by the modules that import it, and those may be in the source.
            mask |= 0 if law.walled else closing.far[node]
            for head in edges.successors[node]:
                mask |= closing.far[head]
        found += [(source, target) for target in bits(mask & law.refused[source])]
    return found


def _by_target(pairs: Pairs) -> list[Group]:
    sources: dict[int, set[int]] = {}
    for source, target in pairs:
        sources.setdefault(target, set()).add(source)
    return [Group(frozenset(near), frozenset({target})) for target, near in sources.items()]


def _turned(group: Group) -> Group:
    return Group(group.targets, group.sources)


def cut_all(
    graph: ModuleGraph, kinds: Sequence[str], law: Law, groups: Iterable[Group]
) -> tuple[list[Step], bool]:
    """Return the imports that take all *groups* apart, and whether none cost less.

    A single group gives a minimum cut; of several, each takes for granted what those before it cut.
    """
    gone: dict[tuple[str, str], Step] = {}
    exact = [True]
    for group in groups:
        ways, targets = _ends(graph, kinds, law, group)
        cut = _cut(ways, law, group, targets, gone)
        steps = map(ways.step, cut.edges)
        gone |= {(step.importer, step.imported): step for step in steps}
        exact.append(cut.exact)
    return list(gone.values()), all(exact) and len(exact) <= 2


def _ends(graph: ModuleGraph, kinds: Sequence[str], law: Law, group: Group) -> tuple[Ways, set[int]]:
    """Return the ways that count for *group*, and the nodes of its targets."""
    outside = next((target for target in group.targets if target in law.outside), None)
    if outside is None:
        return Ways(graph, kinds), {node for number in group.targets for node in law.targets[number]}
    ways = Ways(graph, kinds, law.rows[outside], law.outside[outside])
    return ways, {ways.beyond}


def _cut(ways: Ways, law: Law, group: Group, targets: set[int], gone: Collection[tuple[str, str]]) -> Cut:
    sources = {node for number in group.sources for node in law.sources[number]}

    def cost(edge: Edge) -> int:
        step = ways.step(edge)
        return 0 if (step.importer, step.imported) in gone else ways.cost(edge)

    walls = {node for nodes in law.sources for node in nodes} if law.walled else set[int]()
    return minimum_cut(ways.adjacency, sources - targets, targets - sources, cost, walls - sources - targets)
