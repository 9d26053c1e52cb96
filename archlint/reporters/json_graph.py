"""``archlint graph --format json``: the schema archlint-graph/1, and archlint-packages/1 once collapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.facts import flag_names
from archlint.reporters.json_check import dumped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.view import Edge, Node, View
    from archlint.model import Import


def json_graph(graph: ModuleGraph, breaches: Mapping[int, tuple[str, ...]] | None = None) -> str:
    """Return modules, imports and unresolved imports, sorted by name and place.

    *breaches* has, by the ``id`` of an import, the contracts that it breaks: then each names them.
    """
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
            "imports": [_row(row) | _broken(breaches, row) for row in rows],
            "unresolved": [_row(row) for row in sorted(graph.unresolved, key=_place)],
        }
    )


def _broken(breaches: Mapping[int, tuple[str, ...]] | None, row: Import) -> dict[str, Any]:
    return {} if breaches is None else {"contracts": list(breaches.get(id(row), ()))}


def json_packages(view: View, *, breaches: bool = False) -> str:
    """Return a collapsed *view*: its nodes, and for each pair of them how many imports there are.

    *breaches* says that they break contracts: then each names those.
    """
    return dumped(
        {
            "schema": "archlint-packages/1",
            "packages": [_node(node) for node in view.nodes],
            "imports": [
                _edge(edge) | ({"contracts": list(edge.contracts)} if breaches else {}) for edge in view.edges
            ],
        }
    )


def _node(node: Node) -> dict[str, Any]:
    found = {"name": node.name, "modules": node.modules, "external": node.external, "cyclic": node.cyclic}
    return found if node.level is None else found | {"level": node.level}


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
