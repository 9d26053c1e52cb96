"""What one contract sees, catches and allows: the interface, and the contracts about chains."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from archlint.graph.closing import Closing
from archlint.pipeline.laws import external_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    modules in its scope. ``says_more`` tells that it judges more than single imports.
    """

    units: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    seen: frozenset[int] = frozenset()
    says_more = False

    @abstractmethod
    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        """Return the positions of those *mutants* that would break the contract, each by itself."""

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:  # noqa: ARG002 (for those that allow something)
        """Return the positions of those *mutants* that the contract allows in so many words."""
        return set()


class ChainLens(Lens):
    """Layers, independence or forbidden."""

    def __init__(
        self, graph: ModuleGraph, kind: Layers | Independence | Forbidden, terms: Terms, laws: Sequence[Law]
    ) -> None:
        self._laws = tuple(laws)
        edges = graph.edges(terms.edges)
        self._closings = [
            Closing(edges, law.sources, law.targets, law.refused, walled=law.walled, direct=law.direct)
            for law in self._laws
        ]
        self.units = frozenset(name for law in self._laws for name in law.names)
        self.outside = external_words(graph, getattr(kind, "forbidden_modules", ()))
        self.seen = frozenset(
            node
            for law in self._laws
            for nodes in (*law.sources, *(law.targets[: len(law.targets) - len(law.outside)]))
            for node in nodes
        )
        self._order = getattr(kind, "layers", None) is not None
        self.says_more = bool(getattr(kind, "exhaustive", False))
        if self.says_more:
            containers = getattr(kind, "containers", ())
            self.seen |= {node for name in containers for node in graph.subtree(name)}

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        return {place for place, mutant in enumerate(mutants) if self._catches(mutant)}

    def _catches(self, mutant: Mutant) -> bool:
        for law, closing in zip(self._laws, self._closings, strict=True):
            far = _outside(law, mutant.outside) if mutant.outside else closing.far[mutant.head]
            if closing.breaks(closing.near[mutant.tail], far):
                return True
        return False

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:
        """Layers allow what leads from a layer to one that it may reach."""
        if not self._order:
            return set()
        owners = [_owner(law) for law in self._laws]
        return {
            place
            for place, mutant in enumerate(mutants)
            if not mutant.outside
            and any(_descends(law, own, mutant) for law, own in zip(self._laws, owners, strict=True))
        }


def _outside(law: Law, name: str) -> int:
    return sum(
        1 << number for number, known in law.outside.items() if name == known or name.startswith(known + ".")
    )


def _owner(law: Law) -> dict[int, int]:
    return {node: number for number, nodes in enumerate(law.sources) for node in nodes}


def _descends(law: Law, owner: dict[int, int], mutant: Mutant) -> bool:
    source, target = owner.get(mutant.tail), owner.get(mutant.head)
    if source is None or target is None or source == target:
        return False
    return not law.refused[source] >> target & 1


def nodes_of(graph: ModuleGraph, names: Iterable[str]) -> frozenset[int]:
    """Return the numbers of *names* and of all below them."""
    return frozenset(node for name in names for node in graph.subtree(name))
