"""Where the work goes: what changes most, what changes together, and what one person alone changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.context.changes import LEAST_COMMITS, Churn, churn
from archlint.rules.effort.changed import Changed, Pair, changed_modules, changed_together
from archlint.rules.effort.knowledge_island import KnowledgeIsland

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.context.history import History
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.pipeline.analysis import Analysis

HOTSPOTS = 20
COUPLED = 50


class Together(Struct, frozen=True):
    """A pair of modules that change together; ``apart`` names the contract that wants them independent."""

    pair: Pair
    apart: str = ""

    @property
    def surprising(self) -> bool:
        """Whether nothing in the code ties the two, or a contract even says that nothing does."""
        return bool(self.apart) or not self.pair.tied


class Effort(Struct, frozen=True):
    """What the history of the project's modules says.

    ``churn`` has all files by path; tests are left out of the rest. ``changed`` are all modules that changed,
    the hottest first, and ``hotspots`` those of them that changed more than now and then. ``coupled`` are the
    strongest pairs, those that surprise first. ``islands`` are complex modules that one author has been
    changing. ``commits`` are those that touch a module, ``share`` the part of them that the busiest author
    made. ``lines`` are those added and deleted by path, where they were counted. ``latest`` and ``exact`` are
    as in ``History``. ``missing`` says in a line why there is no history; all else is empty then.
    """

    missing: str = ""
    head: str = ""
    since: str = ""
    until: str = ""
    days: int = 0
    commits: int = 0
    set_aside: int = 0
    authors: int = 0
    share: float = 0.0
    churn: Mapping[str, Churn] = {}
    changed: tuple[Changed, ...] = ()
    hotspots: tuple[Changed, ...] = ()
    coupled: tuple[Together, ...] = ()
    islands: tuple[Changed, ...] = ()
    lines: Mapping[str, tuple[int, int]] | None = None
    latest: bool = False
    exact: bool = False


def effort(analysis: Analysis) -> Effort | None:
    """Return what the history says; None where nobody asked for one."""
    history = analysis.project.history
    if history is None:
        return None
    changed = tuple(changed_modules(analysis.project))
    often = (one for one in changed if one.heat and one.churn.commits >= LEAST_COMMITS)
    return Effort(
        missing=history.missing,
        head=history.head,
        since=history.since,
        until=history.until,
        days=history.days,
        commits=len(history.commits),
        set_aside=history.set_aside,
        authors=len(history.authors),
        share=_share(history),
        churn={one.path: one for one in churn(history)},
        changed=changed,
        hotspots=tuple(often)[:HOTSPOTS],
        coupled=tuple(sorted(_coupled(analysis), key=lambda one: not one.surprising))[:COUPLED],
        islands=tuple(_islands(history, changed)),
        lines=analysis.project.churn,
        latest=history.latest,
        exact=history.exact,
    )


def _share(history: History) -> float:
    by = Counter(commit.author for commit in history.commits)
    return max(by.values()) / len(history.commits) if by else 0.0


def _islands(history: History, changed: tuple[Changed, ...]) -> Iterator[Changed]:
    rule = KnowledgeIsland()
    if len(history.authors) >= rule.min_authors:
        yield from (one for one in changed if rule.is_island(one))


def _coupled(analysis: Analysis) -> Iterator[Together]:
    apart = [(name, frozenset(parts)) for name, parts in _independent(analysis)]
    for pair in changed_together(analysis.project):
        names = (pair.module.name, pair.other.name)
        broken = (name for name, homes in apart if _lie_apart(homes, *names))
        yield Together(pair, next(broken, ""))


def _independent(analysis: Analysis) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the modules of each contract that wants modules independent."""
    from archlint.contracts.independence import Independence  # noqa: PLC0415 (few projects have one)
    from archlint.graph.expressions import expand_all  # noqa: PLC0415

    graph: ModuleGraph = analysis.project.graph
    for contract in analysis.configuration.contracts:
        if isinstance(contract.contract, Independence):
            yield contract.terms.name, expand_all(graph, contract.contract.modules)


def _lie_apart(homes: frozenset[str], one: str, other: str) -> bool:
    """Tell whether two modules lie in two of the modules that are to be independent."""
    ends = (_home(homes, one), _home(homes, other))
    return "" not in ends and ends[0] != ends[1]


def _home(homes: frozenset[str], module: str) -> str:
    while module and module not in homes:
        module = module.rpartition(".")[0]
    return module
