"""Contracts proposed from the code alone: layers as they are, and the imports that run against them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archlint.facts import EDGE_KINDS
from archlint.graph.ordering import arrange
from archlint.graph.siblings import sibling_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.ordering import Pair
    from archlint.model import Finding

FEWEST = 2
# Imports for the type checker alone say little about layers, and much that runs against them.
KINDS = tuple(kind for kind in EDGE_KINDS if kind != "type-checking")


@dataclass
class Proposal:
    """A layers contract: its container (empty: the root packages), its levels from the highest, its evidence.

    ``counted`` imports run between the layers. ``ignored`` are the imports that the contract leaves out
    to hold today, pairs of importer and imported.
    """

    container: str
    levels: list[list[str]]
    counted: int
    ignored: set[Pair] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The contract's name."""
        return f"Layers of {self.container}" if self.container else "Root packages"

    def table(self) -> dict[str, Any]:
        """Return the contract as a table of the configuration."""
        table: dict[str, Any] = {"name": self.name, "type": "layers"}
        if self.container:
            table["containers"] = [self.container]
        table["edges"] = list(KINDS)
        table["layers"] = [" | ".join(level) for level in self.levels]
        if self.ignored:
            table["ignore-imports"] = [f"{tail} -> {head}" for tail, head in sorted(self.ignored)]
        return table

    def leave_out(self, findings: Iterable[Finding]) -> None:
        """Ignore as few imports as it takes to cut the chain of each of *findings* (greedy cover)."""
        chains = [{(step.importer, step.imported) for step in finding.chain} for finding in findings]
        while chains:
            counts = Counter(pair for chain in chains for pair in chain)
            best = min(counts, key=lambda pair: (-counts[pair], pair))
            self.ignored.add(best)
            chains = [chain for chain in chains if best not in chain]


def propose(graph: ModuleGraph, roots: Iterable[str]) -> list[Proposal]:
    """Return the layers that *graph* suggests: among its root packages, and within each of them.

    Levels come from an order in which as few imports as possible run upwards; what stands on one level
    does not import each other. A root with a single child is looked into until there are several.
    """
    tops = tuple(sorted(roots))
    found = [_arranged(graph, "", tops)] if len(tops) >= FEWEST else []
    found += [_arranged(graph, *_opened(graph, root)) for root in tops]
    return [proposal for proposal in found if proposal is not None]


def _opened(graph: ModuleGraph, root: str) -> tuple[str, tuple[str, ...]]:
    package, children = root, graph.children(root)
    while len(children) == 1:
        package, children = children[0], graph.children(children[0])
    return package, children


def _arranged(graph: ModuleGraph, container: str, children: tuple[str, ...]) -> Proposal | None:
    weights = _weights(graph, children)
    if not weights:
        return None
    arrangement = arrange(children, weights)
    height = max(arrangement.levels.values())
    if height < FEWEST:
        return None
    levels: list[list[str]] = [[] for _ in range(height)]
    for name in children:
        levels[height - arrangement.levels[name]].append(name[len(container) :].lstrip("."))
    ignored = {pair for one, other in arrangement.upward for pair in _between(graph, one, other)}
    return Proposal(container, levels, sum(weights.values()), ignored)


def _between(graph: ModuleGraph, one: str, other: str) -> Iterator[Pair]:
    """Yield the imports of *other*, or of what is in it, by *one* or what is in it."""
    target = graph.subtree(other)
    for tail in graph.subtree(one):
        for head in graph.edges(KINDS).successors[tail]:
            if head in target:
                yield graph.names[tail], graph.names[head]


def _weights(graph: ModuleGraph, children: tuple[str, ...]) -> Mapping[Pair, int]:
    """Return the number of imports between each two of *children* that have any."""
    edges = sibling_edges(graph, graph.edges(KINDS), children)
    return {(children[tail], children[head]): len(rows) for (tail, head), rows in edges.items()}
