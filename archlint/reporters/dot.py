"""The graph in Graphviz's DOT language."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.graph.view import Edge, Node, View

_STYLE = {"deferred": "dashed", "type-checking": "dotted"}


def dot(view: View, *, weights: bool = False) -> str:
    """Return *view* as a digraph: external packages in grey, import cycles in red.

    Deferred imports are dashed and type-checking ones dotted; *weights* writes the number of imports
    beside each edge.
    """
    nodes = (_node(node) for node in view.nodes)
    level = {node.name: node.level for node in view.nodes}
    edges = (_edge(edge, weights=weights, free=_upward(edge, level)) for edge in view.edges)
    head = ("digraph architecture {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];')
    return "\n".join([*head, *nodes, *_levels(view), *edges, "}"]) + "\n"


def _levels(view: View) -> Iterator[str]:
    """Put the layers of a view one below the other, whichever way imports run."""
    levels: dict[int, list[str]] = {}
    for node in view.nodes:
        if node.level is not None:
            levels.setdefault(node.level, []).append(quoted(node.name))
    rows = [levels[level] for level in sorted(levels)]
    for names in rows:
        yield f"  {{ rank=same; {' '.join(f'{name};' for name in names)} }}"
    for upper, lower in pairwise(rows):
        yield f"  {upper[0]} -> {lower[0]} [style=invis];"


def _node(node: Node) -> str:
    more = []
    if node.modules > 1:
        more.append(f"label={quoted(f'{node.name} ({node.modules})')}")
    if node.external:
        more += ["shape=ellipse", 'color="gray50"', 'fontcolor="gray30"']
    elif node.cyclic:
        more.append('color="red3"')
    return f"  {quoted(node.name)}{_attributes(more)};"


def _upward(edge: Edge, level: Mapping[str, int | None]) -> bool:
    lower, higher = level[edge.importer], level[edge.imported]
    return lower is not None and higher is not None and higher < lower


def _edge(edge: Edge, *, weights: bool, free: bool) -> str:
    """Write an edge; a *free* one does not decide which of its ends stands above."""
    more = [f"label={quoted(str(edge.weight))}"] if weights else []
    if free:
        more.append("constraint=false")
    if edge.contracts:
        more.append(f"edgetooltip={quoted('breaks ' + '; '.join(edge.contracts))}")
    if edge.strength in _STYLE:
        more.append(f"style={_STYLE[edge.strength]}")
    if edge.cyclic:
        more.append('color="red3"')
    return f"  {quoted(edge.importer)} -> {quoted(edge.imported)}{_attributes(more)};"


def _attributes(items: list[str]) -> str:
    return f" [{', '.join(items)}]" if items else ""


def quoted(text: str) -> str:
    """Return *text* as a DOT string: one line, backslashes and quotes escaped."""
    escaped = safe(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
