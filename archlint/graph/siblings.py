"""The imports among the direct children of a package, each child standing for all below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph

Edge = tuple[int, int]


def sibling_edges(graph: ModuleGraph, edges: Adjacency, children: tuple[str, ...]) -> dict[Edge, list[Edge]]:
    """Return for each pair of *children* (by position) the imports between them, ascending.

    *children* are sorted; an import inside one child, or to anything else, is left out.
    """
    spans = [graph.subtree(child) for child in children]
    if not spans:
        return {}
    first, last = spans[0].start, spans[-1].stop
    owner = [-1] * (last - first)
    for number, span in enumerate(spans):
        owner[span.start - first : span.stop - first] = [number] * len(span)
    found: dict[Edge, list[Edge]] = {}
    for tail in range(first, last):
        number = owner[tail - first]
        heads = edges.successors[tail] if number >= 0 else ()
        for head in heads:
            if first <= head < last and owner[head - first] not in (-1, number):
                found.setdefault((number, owner[head - first]), []).append((tail, head))
    return found
