"""What the rules about effort, and the report, see of a project's history: by module, tests left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archlint.context.changes import LEAST_COMMITS, LEAST_DEGREE, LEAST_TOGETHER, churn, coupled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.context.changes import Churn, Coupled
    from archlint.context.history import History
    from archlint.graph.adjacency import Adjacency
    from archlint.model import Module
    from archlint.rule import Project


class Changed(NamedTuple):
    """A module that changed in the window, and its cyclomatic complexity: the sum over its functions."""

    module: Module
    churn: Churn
    complexity: int

    @property
    def heat(self) -> int:
        """Churn times complexity: what ARC601 judges."""
        return self.churn.commits * self.complexity


class Pair(NamedTuple):
    """Two modules that change together; ``tied`` where one imports the other, if through others.

    So is a pair of which one names the other in a string, as far as the history knows those.
    """

    module: Module
    other: Module
    coupled: Coupled
    tied: bool


def changed_modules(project: Project, *, include_tests: bool = False) -> Iterator[Changed]:
    """Yield the modules that changed, the hottest first, then by name."""
    if project.history is None:
        return
    modules = _by_path(project, include_tests=include_tests)
    found = (
        Changed(module, one, facts.cyclomatic if facts else 0)
        for one in churn(project.history)
        if (module := modules.get(one.path)) is not None
        for facts in (project.facts.get(module.name),)
    )
    yield from sorted(found, key=lambda one: (-one.heat, -one.churn.commits, one.module.name))


def changed_together(
    project: Project,
    *,
    min_commits: int = LEAST_COMMITS,
    min_together: int = LEAST_TOGETHER,
    min_degree: float = LEAST_DEGREE,
    include_tests: bool = False,
) -> Iterator[Pair]:
    """Yield the pairs of modules that change together, the strongest first."""
    if project.history is None:
        return
    modules = _by_path(project, include_tests=include_tests)
    graph = project.judged_graph(include_tests=include_tests)
    edges = graph.edges()
    for pair in coupled(
        project.history, min_commits=min_commits, min_together=min_together, min_degree=min_degree
    ):
        one, other = modules.get(pair.path), modules.get(pair.other)
        if one is not None and other is not None:
            tied = _are_tied(edges, graph.index[one.name], graph.index[other.name])
            yield Pair(one, other, pair, tied or _names(project.history, one, other))


def _are_tied(edges: Adjacency, one: int, other: int) -> bool:
    return other in edges.reachable([one]) or one in edges.reachable([other])


def _names(history: History, one: Module, other: Module) -> bool:
    """Tell whether a string in one of two modules names the other."""
    return (one.path, other.name) in history.named or (other.path, one.name) in history.named


def _by_path(project: Project, *, include_tests: bool) -> dict[str, Module]:
    return {module.path: module for module in project.judged(include_tests=include_tests) if module.path}
