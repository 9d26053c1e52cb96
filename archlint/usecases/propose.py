"""Contracts proposed from the code alone: layers as they are, and the imports that run against them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archlint.facts import EDGE_KINDS
from archlint.graph.coupling import grouped
from archlint.graph.expressions import expression_fault, prefixes
from archlint.graph.ordering import arrange
from archlint.repository.testing import TEST_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.ordering import Arrangement, Pair
    from archlint.model import Finding

FEWEST = 2
# Imports for the type checker alone say little about layers, and much that runs against them.
KINDS = tuple(kind for kind in EDGE_KINDS if kind != "type-checking")


@dataclass
class Proposal:
    """A layers contract: its container (empty: the root packages), its levels from the highest, its evidence.

    ``counted`` imports run between the layers, ``upward`` of them against the order. ``ignored`` are the
    imports that the contract leaves out to hold today, pairs of importer and imported.
    """

    container: str
    levels: list[list[str]]
    counted: int
    upward: int = 0
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

    def leave_out(self, findings: Iterable[Finding], disliked: Collection[Pair]) -> None:
        """Ignore as few imports as it takes to cut the chain of each of *findings* (greedy cover).

        Those that are *disliked* come first: they run upwards in some other contract. Tests within a layer
        may import what they test, wherever it is: all of them are left out at once.
        """
        chains = [{_pair(step.importer, step.imported) for step in finding.chain} for finding in findings]
        while chains:
            counts = Counter(pair for chain in chains for pair in chain)
            best = min(counts, key=lambda pair: (pair not in disliked, -counts[pair], pair))
            self.ignored.add(best)
            chains = [chain for chain in chains if best not in chain]


def _pair(importer: str, imported: str) -> Pair:
    """Return what to ignore where *importer* imports *imported*: a wildcard for a folder of tests."""
    parts = importer.split(".")
    folder = next((place for place in range(len(parts) - 1, 0, -1) if parts[place] in TEST_FOLDERS), None)
    if folder is None:
        return importer, imported
    return f"**.{parts[folder]}" + ("" if folder == len(parts) - 1 else ".**"), "**"


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


def _arranged(graph: ModuleGraph, container: str, found: tuple[str, ...]) -> Proposal | None:
    """Return the layers of the children *found* in *container*, or None where they make no two.

    The container's own file has its place in the order, and none in the layers.
    """
    children = frozenset(filter(_is_nameable, found))
    weights = grouped(graph, graph.edges(KINDS), lambda name: _home(graph, name, container, children))
    arrangement = arrange({*children, container} - {""}, weights)
    levels = _levels(arrangement, children, container)
    between = {pair: count for pair, count in weights.items() if container not in pair}
    if len(levels) < FEWEST or not between:
        return None
    upward = between.keys() & set(arrangement.upward)
    ignored = {pair for one, other in upward for pair in _between(graph, one, other)}
    return Proposal(container, levels, sum(between.values()), sum(map(between.__getitem__, upward)), ignored)


def _is_nameable(name: str) -> bool:
    return expression_fault(name) is None


def _levels(arrangement: Arrangement, children: Iterable[str], container: str) -> list[list[str]]:
    """Return the levels of *children* from the highest, by their names in the *container*."""
    levels: dict[int, list[str]] = {}
    for name in sorted(children):
        levels.setdefault(arrangement.levels[name], []).append(name[len(container) :].lstrip("."))
    return [levels[height] for height in sorted(levels, reverse=True)]


def _home(graph: ModuleGraph, name: str, container: str, children: Collection[str]) -> str | None:
    """Return which of *children* the module *name* lies in, or the *container* whose own file it is.

    Tests inside a child say nothing of where it stands.
    """
    if name == container:
        return container
    home = next((above for above in prefixes(name) if above in children), None)
    return home if home is None or not graph.modules[name].test or graph.modules[home].test else None


def _between(graph: ModuleGraph, one: str, other: str) -> Iterator[Pair]:
    """Yield the imports of *other*, or of what is in it, by *one* or what is in it."""
    target = graph.subtree(other)
    for tail in graph.subtree(one):
        if graph.modules[graph.names[tail]].test and not graph.modules[one].test:
            continue
        for head in graph.edges(KINDS).successors[tail]:
            if head in target:
                yield graph.names[tail], graph.names[head]
