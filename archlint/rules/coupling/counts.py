"""Coupling counts that several rules hold against a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from archlint.graph.coupling import outside_coupling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.rule import Project

RUN_TIME = ("eager", "conditional", "deferred", "lazy")


def over_limit(
    project: Project, side: Literal["afferent", "efferent"], limit: int, *, include_tests: bool
) -> Iterator[tuple[str, int]]:
    """Yield each module whose coupling on one *side* is over *limit*, with the number."""
    graph = project.judged_graph(include_tests=include_tests)
    limits = {"afferent": -1, "efferent": -1, side: limit}
    for name, coupling in outside_coupling(
        graph, graph.edges(RUN_TIME), limits["afferent"], limits["efferent"]
    ):
        yield name, getattr(coupling, side)
