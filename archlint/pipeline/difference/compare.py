"""From two analyses, judged alike, to what lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from archlint.pipeline.difference.graphs import cycle_changes, externals, metrics, package_pairs
from archlint.pipeline.difference.values import Added, ContractChange, Difference
from archlint.pipeline.ledger import edges_of, entry_of, match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Step
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.difference.values import Weakening
    from archlint.rule import Project


@dataclass(frozen=True)
class Names:
    """What the two states are called, and the configuration that judged both."""

    base: str
    head: str
    judged_by: str


@dataclass(frozen=True)
class Outcome:
    """Which findings of the later state are new, or worse than before, and which earlier ones are gone."""

    added: tuple[Added, ...]
    fixed: tuple[Finding, ...]
    unchanged: int


def outcome(before: Analysis, after: Analysis) -> Outcome:
    """Match the findings of two states as a ledger would: by identity, values and cycles included."""
    entries = [entry_of(finding) for finding in before.findings]
    matched = match(entries, after.findings)
    graphs = before.project.graph, after.project.graph
    added = [Added(finding, _closing(finding, *graphs)) for finding in matched.new]
    added += [
        Added(finding, _closing(finding, *graphs), entries[number].value) for finding, number in matched.worse
    ]
    return Outcome(
        added=tuple(sorted(added, key=lambda each: each.finding.sort_key)),
        fixed=tuple(before.findings[number] for number in matched.resolved),
        unchanged=len(matched.known),
    )


def _closing(finding: Finding, before: ModuleGraph, after: ModuleGraph) -> tuple[Step, ...]:
    """Return the imports of the finding's chain that are new, or new of their kind."""
    circle = [after.step(*edge) for edge in edges_of(finding) if after.details(*edge)]
    return tuple(step for step in circle or finding.chain if _is_new(step, before, after))


def _is_new(step: Step, before: ModuleGraph, after: ModuleGraph) -> bool:
    old = before.details(step.importer, step.imported)
    here = [row for row in after.details(step.importer, step.imported) if row.line == step.line]
    kinds = {(row.flags, row.targets) for row in old}
    return not old or any((row.flags, row.targets) not in kinds for row in here)


def difference(
    before: Analysis, after: Analysis, names: Names, found: Outcome, weakened: tuple[Weakening, ...]
) -> Difference:
    """Return all that lies between *before* and *after*."""
    old, new = before.project, after.project
    brought, had = externals(new.graph), externals(old.graph)
    return Difference(
        base=names.base,
        head=names.head,
        judged_by=names.judged_by,
        modules_added=tuple(sorted(_modules(new) - _modules(old))),
        modules_removed=tuple(sorted(_modules(old) - _modules(new))),
        packages=tuple(package_pairs(old.graph, new.graph)),
        externals_added=tuple(brought[name] for name in sorted(brought.keys() - had.keys())),
        externals_removed=tuple(sorted(had.keys() - brought.keys())),
        cycles=tuple(cycle_changes(old, new)),
        metrics=tuple(metrics(old, new)),
        contracts=tuple(_contracts(before, after)),
        added=found.added,
        fixed=found.fixed,
        unchanged=found.unchanged,
        weakened=weakened,
    )


def _modules(project: Project) -> set[str]:
    """Return the names of the modules; a namespace is none of its own, having no file."""
    return {name for name, module in project.modules.items() if module.kind != "namespace"}


def _contracts(before: Analysis, after: Analysis) -> Iterator[ContractChange]:
    # What could not be judged then (its modules were not there yet) broke nothing.
    old = {result.name: result.findings for result in before.contracts if result.error is None}
    for new in after.contracts:
        earlier = old.get(new.name, 0)
        if new.error is None and earlier != new.findings:
            yield ContractChange(new.name, _state(earlier, new.findings), earlier, new.findings)


def _state(before: int, after: int) -> Literal["broke", "healed", "worse", "better"]:
    if not before:
        return "broke"
    if not after:
        return "healed"
    return "worse" if after > before else "better"
