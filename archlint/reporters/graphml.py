"""The graph as GraphML, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.graph.view import View

_KEYS = (
    ("name", "node", "string"),
    ("modules", "node", "int"),
    ("package", "node", "boolean"),
    ("external", "node", "boolean"),
    ("cyclic", "node", "boolean"),
    ("level", "node", "int"),
    ("weight", "edge", "int"),
    ("kinds", "edge", "string"),
    ("in_cycle", "edge", "boolean"),
    ("contracts", "edge", "string"),
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def graphml(view: View) -> str:
    """Return *view* as a GraphML document; ids are the names, made fit for XML and told apart."""
    return (
        "\n".join(
            [_HEAD, *_keys(), '  <graph edgedefault="directed">', *_body(view), "  </graph>", "</graphml>"]
        )
        + "\n"
    )


def _keys() -> Iterator[str]:
    for name, home, kind in _KEYS:
        yield f'  <key id="{name}" for="{home}" attr.name="{name}" attr.type="{kind}"/>'


def _body(view: View) -> Iterator[str]:
    ids = _ids(view)
    for node in view.nodes:
        yield f'    <node id="{ids[node.name]}">'
        yield from _data(
            name=node.name,
            modules=node.modules,
            package=node.package,
            external=node.external,
            cyclic=node.cyclic,
            level=node.level,
        )
        yield "    </node>"
    for edge in view.edges:
        yield f'    <edge source="{ids[edge.importer]}" target="{ids[edge.imported]}">'
        contracts = "; ".join(edge.contracts) or None
        yield from _data(
            weight=edge.weight, kinds=" ".join(edge.kinds), in_cycle=edge.cyclic, contracts=contracts
        )
        yield "    </edge>"


def _data(**values: object) -> Iterator[str]:
    known = {key: value for key, value in values.items() if value is not None}
    for key, value in known.items():
        text = str(value).lower() if isinstance(value, bool) else escaped(str(value))
        yield f'      <data key="{key}">{text}</data>'


def _ids(view: View) -> Mapping[str, str]:
    """Return an id for each node; where escaping made two alike, the later one gets a number."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for node in view.nodes:
        wanted = escaped(node.name)
        number = 1
        while wanted in taken:
            number += 1
            wanted = f"{escaped(node.name)}~{number}"
        taken.add(wanted)
        ids[node.name] = wanted
    return ids


def escaped(text: str) -> str:
    """Return *text* for XML 1.0: no control characters, the four special ones as entities."""
    plain = safe(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        plain = plain.replace(char, entity)
    return plain
