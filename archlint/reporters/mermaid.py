"""The graph as a Mermaid flowchart, for Markdown pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.graph.view import Edge, Node, View

# What Mermaid's client draws by default; beyond either it shows an error instead.
MOST_EDGES = 500
MOST_CHARACTERS = 50_000
_PLAIN = frozenset("._")
_ARROWS = {"deferred": "-.->", "type-checking": "-.->", "import-time": "-->"}


def mermaid(view: View, *, weights: bool = False) -> str:
    """Return *view* as a flowchart; *weights* writes the number of imports on each arrow.

    Imports that do not run at import time are dotted; cycles are red and external packages grey.
    """
    return "\n".join(_lines(view, weights=weights)) + "\n"


def fits(text: str, view: View) -> bool:
    """Tell whether Mermaid's client will draw *text*, made of *view*."""
    return len(view.edges) <= MOST_EDGES and len(text) <= MOST_CHARACTERS


def _lines(view: View, *, weights: bool) -> Iterator[str]:
    yield "flowchart TD"
    ids = {node.name: f"n{number}" for number, node in enumerate(view.nodes)}
    for node in view.nodes:
        yield f"  {ids[node.name]}{_shape(node)}"
    for edge in view.edges:
        yield f"  {ids[edge.importer]} {_arrow(edge, weights=weights)} {ids[edge.imported]}"
    yield from _styles(view, ids)


def _styles(view: View, ids: Mapping[str, str]) -> Iterator[str]:
    red = [str(number) for number, edge in enumerate(view.edges) if edge.cyclic]
    if red:
        yield f"  linkStyle {','.join(red)} stroke:#c00"
    outside = [ids[node.name] for node in view.nodes if node.external]
    cyclic = [ids[node.name] for node in view.nodes if node.cyclic]
    for style, chosen, look in (
        ("external", outside, "fill:#eee,stroke:#999,color:#555"),
        ("cyclic", cyclic, "stroke:#c00"),
    ):
        if chosen:
            yield f"  classDef {style} {look}"
            yield f"  class {','.join(chosen)} {style}"


def _shape(node: Node) -> str:
    label = node.name if node.modules == 1 else f"{node.name} ({node.modules})"
    return f'(["{encoded(label)}"])' if node.external else f'["{encoded(label)}"]'


def _arrow(edge: Edge, *, weights: bool) -> str:
    arrow = _ARROWS[edge.strength]
    return f"{arrow}|{edge.weight}|" if weights else arrow


def encoded(text: str) -> str:
    """Return *text* with all but letters, digits, dots and underscores as Mermaid's entity codes."""
    return "".join(char if char.isalnum() or char in _PLAIN else f"#{ord(char)};" for char in safe(text))
