"""What to do first: at most ten things, each at a place, with what it takes and what it gains.

The order is that of the return: what an action is worth, by the minute that it takes. Worth counts in points
of the report's grades for adaptability and complexity, on their scales, but with no end: where the grade has
nothing left to lose, a step is worth as much as elsewhere.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from archlint.pipeline.overview.action_cycles import break_circles
from archlint.pipeline.overview.action_directions import Spread, turn_imports
from archlint.pipeline.overview.action_parts import part_hubs, split_functions
from archlint.pipeline.overview.values import Action
from archlint.pipeline.remediation import FORMULAS, minutes_of
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.coupling.hub_module import HubModule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archlint.graph.circles import Circle
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.values import Hotspot, MeasuredFunction, PackageMap
    from archlint.rule import Project, Rule

R = TypeVar("R", bound="Rule")
MOST = 10
OF_A_KIND = 4


def choose_actions(
    analysis: Analysis,
    map_: PackageMap,
    circles: Sequence[Circle],
    spots: Sequence[Hotspot],
    functions: Sequence[MeasuredFunction],
    commits: Mapping[str, int],
) -> tuple[Action, ...]:
    """Return the actions, those with the best return first, at most four of a kind.

    *commits* are those to each file, where the history is known. Before all stand broken contracts and files
    that do not parse: they are known to be wrong.
    """
    project = analysis.project
    spread = Spread(project.measured)
    kinds = (
        break_circles(project, circles),
        turn_imports(project, map_, spread),
        split_functions(project, _in_force(analysis, ComplexFunction), functions, commits),
        part_hubs(project, _in_force(analysis, HubModule), spots, spread),
    )
    best = [action for kind in kinds for action in islice(_ranked(kind), OF_A_KIND)]
    ranked = _once(chain(_contracts(analysis), _failures(project), _ranked(best)))
    return tuple(islice(ranked, MOST))


def _in_force(analysis: Analysis, kind: type[R]) -> R:
    """Return the rule with the limits that are configured."""
    return next((rule for rule in analysis.configuration.rules if isinstance(rule, kind)), kind())


def _once(actions: Iterable[Action]) -> Iterator[Action]:
    """Yield *actions* but those at a place that one before is at: the same import, for another reason."""
    seen: set[tuple[str, int]] = set()
    for action in actions:
        if (action.path, action.line) not in seen:
            seen.add((action.path, action.line))
            yield action


def _ranked(actions: Iterable[Action]) -> list[Action]:
    worth = (action for action in actions if action.value > 0)
    return sorted(worth, key=lambda one: (-one.value / one.minutes, one.path, one.line, one.title))


def _contracts(analysis: Analysis) -> Iterator[Action]:
    rules = {rule.code: rule for rule in analysis.configuration.rules}
    for result in analysis.contracts:
        mine = [finding for finding in analysis.findings if finding.contract == result.name]
        if result.kept or not mine:
            continue
        first, rest = mine[0], len(mine) - 1
        more = f", and {rest:,} more" if rest else ""
        yield Action(
            "contract",
            f"Keep the contract `{result.name}`",
            first.path,
            first.line,
            (first.help or "").removesuffix("."),
            first.message + more,
            minutes=sum(minutes_of(finding, rules) for finding in mine),
            effect="the contract is kept",
        )


def _failures(project: Project) -> Iterator[Action]:
    failed = [
        (module, facts.failure)
        for module in project.judged()
        if (facts := project.facts.get(module.name)) and facts.failure
    ]
    if failed:
        module, failure = failed[0]
        more = f"; {len(failed) - 1:,} more files like it" if len(failed) > 1 else ""
        yield Action(
            "failure",
            f"Make {module.path} readable: nothing in it is analysed",
            module.path or "",
            failure.line,
            "",
            failure.reason + more,
            minutes=len(failed) * FORMULAS["ARC900"].minutes,
            effect="it is judged like all others",
        )
