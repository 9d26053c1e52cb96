"""What one contract sees, catches and allows: the interface, and the contracts about chains."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from archlint.graph.expressions import expand_all
from archlint.pipeline.audit.court import Court
from archlint.pipeline.laws import external_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from archlint.contracts.forbidden import Forbidden
    from archlint.contracts.independence import Independence
    from archlint.contracts.layers import Layers
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.pipeline.audit.values import Mutant
    from archlint.pipeline.laws import Law
    from archlint.rule import Terms


class Lens(ABC):
    """One contract, asked about imports that are not there.

    ``units`` are the modules that it names, ``outside`` the external names, ``seen`` the numbers of all
    modules in its scope. ``says_more`` tells that it judges more than single imports, ``judges`` names what
    it judges where that is no import of a module at all.
    """

    units: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    seen: frozenset[int] = frozenset()
    says_more = False
    judges = ""

    @abstractmethod
    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        """Return the positions of those *mutants* that would break the contract, each by itself."""

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:  # noqa: ARG002 (for those that allow something)
        """Return the positions of those *mutants* that the contract allows in so many words."""
        return set()


class ChainLens(Lens):
    """Layers, independence or forbidden.

    ``reported`` holds the pairs of source and target that it reports a chain for today: a further chain is
    nothing new there, and only a direct import would be seen.
    """

    def __init__(
        self,
        graph: ModuleGraph,
        kind: Layers | Independence | Forbidden,
        terms: Terms,
        laws: Sequence[Law],
        reported: Collection[tuple[str, str]],
    ) -> None:
        edges = graph.edges(terms.edges)
        self._courts = [Court(edges, law, reported) for law in laws]
        self.units = frozenset(name for law in laws for name in (*law.source_names, *law.target_names))
        self.outside = external_words(graph, getattr(kind, "forbidden_modules", ()))
        self.seen = frozenset(node for law in laws for nodes in law.regions for node in nodes)
        self._ordered = hasattr(kind, "layers")
        self.says_more = bool(getattr(kind, "exhaustive", False))
        containers = getattr(kind, "containers", ())
        # A container's own file is in no layer: what leads through it from one to another is a chain.
        self.seen |= frozenset(graph.index[name] for name in expand_all(graph, containers))
        if self.says_more:
            self.seen |= nodes_of(graph, containers)

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        return {
            place
            for place, mutant in enumerate(mutants)
            if any(court.catches(mutant) for court in self._courts)
        }

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:
        """Layers allow what leads from a layer to one that it may reach."""
        if not self._ordered:
            return set()
        return {
            place
            for place, mutant in enumerate(mutants)
            if not mutant.outside and any(court.descends(mutant) for court in self._courts)
        }


def nodes_of(graph: ModuleGraph, names: Iterable[str]) -> frozenset[int]:
    """Return the numbers of *names* and of all below them."""
    return frozenset(node for name in names for node in graph.subtree(name))
