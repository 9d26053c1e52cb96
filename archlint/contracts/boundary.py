"""What the boundary contracts share: the modules that they judge, and the place of a use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts import EDGE_KINDS
from archlint.graph.expressions import expand_all
from archlint.graph.modulegraph import kinds_mask
from archlint.graph.touches import Touches
from archlint.model import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.contracts.apis import Sighting
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.rule import Project, Terms


def nodes_of(graph: ModuleGraph, expressions: Iterable[str], *, packages: bool) -> frozenset[int]:
    """Return the numbers of the modules that *expressions* stand for; with all below them if *packages*."""
    names = expand_all(graph, expressions)
    if not packages:
        return frozenset(graph.index[name] for name in names)
    return frozenset(node for name in names for node in graph.subtree(name))


def judged(project: Project, allowed: frozenset[int], *, tests: bool) -> Iterator[str]:
    """Yield the modules that are not among *allowed*, sorted; test modules only where *tests*."""
    graph = project.graph
    for number, name in enumerate(graph.names):
        if number not in allowed and (tests or not graph.modules[name].test):
            yield name


def touches_of(project: Project, terms: Terms) -> Touches:
    """Return the uses in *project* through imports that the contract counts."""
    graph = project.graph
    if set(terms.edges) < set(EDGE_KINDS):
        refused = ~kinds_mask(terms.edges)
        rows = (*graph.imports, *graph.externals)
        graph = graph.without([row for row in rows if row.flags & refused])
    return Touches(graph, project.details)


def use_step(project: Project, found: Sighting) -> Step:
    """Return the step from a module to the API that it uses."""
    return Step(found.module, found.api, project.path(found.module), found.line)


def allowed_words(modules: Iterable[str]) -> str:
    """Return the modules that may, as words."""
    return ", ".join(modules) or "nobody"
