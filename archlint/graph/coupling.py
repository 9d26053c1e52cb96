"""Martin's coupling numbers of modules and packages.

Ca counts those outside that import a component, Ce those outside that it imports, and
I = Ce / (Ca + Ce), 0 where both are 0 (R. C. Martin, OO Design Quality Metrics, 1994).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph


class Coupling(Struct, frozen=True):
    """Afferent and efferent coupling of a module or package: counts of distinct components."""

    afferent: int
    efferent: int

    @property
    def instability(self) -> float:
        """Ce / (Ca + Ce), between 0 (only depended on) and 1 (only depending)."""
        total = self.afferent + self.efferent
        return self.efferent / total if total else 0.0


def module_coupling(edges: Adjacency) -> list[Coupling]:
    """Return the coupling of every node, in order; components are modules."""
    return [
        Coupling(len(tails), len(heads))
        for tails, heads in zip(edges.predecessors, edges.successors, strict=True)
    ]


def grouped(
    graph: ModuleGraph, edges: Adjacency, group: Callable[[str], str | None]
) -> dict[tuple[str, str], int]:
    """Return, for each ordered pair of distinct groups, the number of module edges between them.

    ``group`` names a module's group; modules of group None are left out.
    """
    groups = [group(name) for name in graph.names]
    counts: dict[tuple[str, str], int] = {}
    for tail, head in edges.edges():
        importer, imported = groups[tail], groups[head]
        if importer is not None and imported is not None and importer != imported:
            pair = (importer, imported)
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def pair_coupling(pairs: Iterable[tuple[str, str]], names: Iterable[str]) -> dict[str, Coupling]:
    """Return the coupling of each of *names* from the distinct ordered *pairs* between them."""
    into: dict[str, int] = dict.fromkeys(names, 0)
    out = dict(into)
    for importer, imported in pairs:
        out[importer] += 1
        into[imported] += 1
    return {name: Coupling(into[name], out[name]) for name in into}


def outside_coupling(
    graph: ModuleGraph, edges: Adjacency, over_afferent: int, over_efferent: int
) -> Iterator[tuple[str, Coupling]]:
    """Yield each module whose coupling is over both limits, by name.

    A package's dealings with its own descendants do not count: an ``__init__`` that gathers its
    submodules is neither a hub nor widely imported on their account.
    """
    for number, name in enumerate(graph.names):
        tails, heads = edges.predecessors[number], edges.successors[number]
        if len(tails) <= over_afferent or len(heads) <= over_efferent:
            continue
        own = graph.subtree(name)
        coupling = Coupling(sum(tail not in own for tail in tails), sum(head not in own for head in heads))
        if coupling.afferent > over_afferent and coupling.efferent > over_efferent:
            yield name, coupling
