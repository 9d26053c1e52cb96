"""The next step that a finding proposes, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.cost import removal_cost

if TYPE_CHECKING:
    from archlint.model import Step
    from archlint.rule import Project, Terms


def change_cheapest(project: Project, terms: Terms, chain: tuple[Step, ...]) -> str:
    """Return which import of *chain* costs least to change (the first among equals)."""
    graph, kinds = project.graph, terms.edges
    best = min(chain, key=lambda step: removal_cost(graph.details(step.importer, step.imported, kinds)))
    where = place(project, best)
    return f"Break the chain at its cheapest import: {best.importer} -> {best.imported} ({where})."


def place(project: Project, step: Step) -> str:
    """Return ``path:line`` of *step*."""
    return f"{step.path or project.path(step.importer)}:{step.line}"


def through(chain: tuple[Step, ...]) -> str:
    """Return ``through 2 modules`` for the modules between both ends of *chain*."""
    count = len(chain) - 1
    return f"through {count} module{'s' if count > 1 else ''}"
