"""The graph in Graphviz's DOT language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from archlint.graph.view import Edge, Node, View

_STYLE = {"deferred": "dashed", "type-checking": "dotted"}


def dot(view: View, *, weights: bool = False) -> str:
    """Return *view* as a digraph: external packages in grey, import cycles in red.

    Deferred imports are dashed and type-checking ones dotted; *weights* writes the number of imports
    beside each edge.
    """
    nodes = (_node(node) for node in view.nodes)
    edges = (_edge(edge, weights=weights) for edge in view.edges)
    head = ("digraph architecture {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];')
    return "\n".join([*head, *nodes, *edges, "}"]) + "\n"


def _node(node: Node) -> str:
    more = []
    if node.modules > 1:
        more.append(f"label={quoted(f'{node.name} ({node.modules})')}")
    if node.external:
        more += ["shape=ellipse", 'color="gray50"', 'fontcolor="gray30"']
    elif node.cyclic:
        more.append('color="red3"')
    return f"  {quoted(node.name)}{_attributes(more)};"


def _edge(edge: Edge, *, weights: bool) -> str:
    more = [f"label={quoted(str(edge.weight))}"] if weights else []
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
