"""Acyclic siblings, asked about imports that are not there."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from archlint.graph.adjacency import Adjacency
from archlint.graph.expressions import expand_all
from archlint.graph.siblings import sibling_edges
from archlint.pipeline.audit.lens import Lens, nodes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.contracts.acyclic_siblings import AcyclicSiblings
    from archlint.pipeline.audit.values import Mutant
    from archlint.rule import Project, Terms


class SiblingsLens(Lens):
    """An import is caught where it is the first between two siblings, and the second reaches the first."""

    def __init__(self, project: Project, kind: AcyclicSiblings, terms: Terms) -> None:
        self._graph = project.graph
        self._edges = project.graph.edges(terms.edges)
        ancestors = expand_all(project.graph, kind.ancestors)
        self._packages = frozenset(kind.packages(project))
        self._between: dict[str, tuple[tuple[str, ...], Adjacency]] = {}
        self._reached: dict[str, set[int]] = {}
        self.units = frozenset(child for name in ancestors for child in project.graph.children(name))
        self.seen = nodes_of(
            project.graph, (child for name in self._packages for child in project.graph.children(name))
        )

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        return {place for place, mutant in enumerate(mutants) if self._catches(mutant)}

    def _catches(self, mutant: Mutant) -> bool:
        if mutant.outside:
            return False
        fork = _fork(self._graph.names[mutant.tail], self._graph.names[mutant.head])
        if fork is None or fork[0] not in self._packages:
            return False
        return self._closes(*fork)

    def _closes(self, package: str, importer: str, imported: str) -> bool:
        """Tell whether an import of one child by another is new, and closes a circle."""
        if package not in self._between:
            children = self._graph.children(package)
            edges = sibling_edges(self._graph, self._edges, children)
            self._between[package] = (children, Adjacency(len(children), edges))
        children, between = self._between[package]
        tail, head = (bisect_left(children, child) for child in (importer, imported))
        if head in between.successors[tail]:
            return False
        if imported not in self._reached:
            self._reached[imported] = between.reachable([head])
        return tail in self._reached[imported]


def _fork(one: str, other: str) -> tuple[str, str, str] | None:
    """Return the innermost package around both, and its child around each; None where one is in the other."""
    left, right = one.split("."), other.split(".")
    depth = next(
        (place for place, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), None
    )
    if not depth:
        return None
    return ".".join(left[:depth]), ".".join(left[: depth + 1]), ".".join(right[: depth + 1])
