"""``archlint graph --format json``: the schema archlint-graph/1, and archlint-packages/1 once collapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.facts import flag_names
from archlint.reporters.json_check import dumped

if TYPE_CHECKING:
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.view import Edge, Node, View
    from archlint.model import Import


def json_graph(graph: ModuleGraph) -> str:
    """Return modules, imports and unresolved imports, sorted by name and place."""
    modules = [
        {
            "name": name,
            "path": graph.modules[name].path,
            "package": graph.modules[name].package,
            "kind": graph.modules[name].kind,
            "test": graph.modules[name].test,
        }
        for name in graph.names
    ]
    rows = sorted((*graph.imports, *graph.externals), key=_place)
    return dumped(
        {
            "schema": "archlint-graph/1",
            "modules": modules,
            "imports": [_row(row) for row in rows],
            "unresolved": [_row(row) for row in sorted(graph.unresolved, key=_place)],
        }
    )


def json_packages(view: View) -> str:
    """Return a collapsed *view*: its nodes, and for each pair of them how many imports there are."""
    return dumped(
        {
            "schema": "archlint-packages/1",
            "packages": [_node(node) for node in view.nodes],
            "imports": [_edge(edge) for edge in view.edges],
        }
    )


def _node(node: Node) -> dict[str, Any]:
    return {"name": node.name, "modules": node.modules, "external": node.external, "cyclic": node.cyclic}


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "importer": edge.importer,
        "imported": edge.imported,
        "weight": edge.weight,
        "kinds": list(edge.kinds),
        "cyclic": edge.cyclic,
    }


def _place(row: Import) -> tuple[object, ...]:
    return (row.importer, row.path or "", row.line, row.column, row.imported)


def _row(row: Import) -> dict[str, Any]:
    return {
        "importer": row.importer,
        "imported": row.imported,
        "line": row.line,
        "column": row.column,
        "external": row.external,
        "flags": flag_names(row.flags),
        "names": list(row.names),
    }
