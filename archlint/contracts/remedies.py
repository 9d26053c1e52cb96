"""The next step that a finding proposes, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.cost import removal_cost
from archlint.graph.routes import legal_routes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archlint.model import Step
    from archlint.rule import Project, Terms


def change_cheapest(project: Project, terms: Terms, chain: tuple[Step, ...]) -> str:
    """Return which import of *chain* costs least to change (the first among equals)."""
    graph, kinds = project.graph, terms.edges
    best = min(chain, key=lambda step: removal_cost(graph.details(step.importer, step.imported, kinds)))
    where = place(project, best)
    return f"Break the chain at its cheapest import: {best.importer} -> {best.imported} ({where})."


def pass_on(
    project: Project, imported: str, names: Iterable[str], allowed: Callable[[str, str], bool]
) -> str | None:
    """Return the legal route to one of *names* of *imported*: an *allowed* module that passes it on."""
    for name in names:
        routes = legal_routes(project.graph, project.facts, imported, name, allowed)
        if routes:
            best = routes[0]
            where = f"{best.path or project.path(best.module)}:{best.line}"
            return f"Import {best.name} from {best.module}, which passes it on ({where})."
    return None


def pass_on_of(project: Project, terms: Terms, step: Step, allowed: Callable[[str], bool]) -> str | None:
    """Return the legal route to what the import *step* takes: by an *allowed* module that passes it on."""
    if step.imported not in project.graph.index:
        return None
    rows = project.graph.details(step.importer, step.imported, terms.edges)
    names = (name for row in rows for name in row.names)
    return pass_on(
        project, step.imported, names, lambda module, _name: module != step.importer and allowed(module)
    )


def place(project: Project, step: Step) -> str:
    """Return ``path:line`` of *step*."""
    return f"{step.path or project.path(step.importer)}:{step.line}"


def through(chain: tuple[Step, ...]) -> str:
    """Return ``through 2 modules`` for the modules between both ends of *chain*."""
    count = len(chain) - 1
    return f"through {count} module{'s' if count > 1 else ''}"
