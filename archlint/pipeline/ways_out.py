"""The way out of each broken contract: the fewest imports whose change makes all its chains disappear."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.layers import Layers
from archlint.graph.cost import removal_cost
from archlint.pipeline.cutting import cut_all, groups_of
from archlint.pipeline.judge import as_judged
from archlint.pipeline.laws import laws_of
from archlint.pipeline.suppression import Suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration, Contract
    from archlint.model import ContractResult, Finding, Step
    from archlint.rule import Project

MOST_GROUPS = 40
ROUNDS = 8


def with_ways_out(
    results: Iterable[ContractResult],
    findings: Iterable[Finding],
    project: Project,
    configuration: Configuration,
    known: Registry,
) -> list[ContractResult]:
    """Return *results* with the way out of each broken one, the imports that are cheapest to change first.

    *findings* are those of all contracts. A contract that is kept, or was not judged, costs nothing.
    """
    chains: dict[str | None, list[Finding]] = {}
    for finding in findings:
        if finding.chain:
            chains.setdefault(finding.contract, []).append(finding)
    contracts = {contract.terms.name: contract for contract in configuration.contracts}
    scout = _Scout(project, Suppressions(project, known.names))

    def with_one(result: ContractResult) -> ContractResult:
        if result.error or result.name not in chains:
            return result
        return scout.result(result, contracts[result.name], chains[result.name])

    return list(map(with_one, results))


class _Scout:
    def __init__(self, project: Project, suppressions: Suppressions) -> None:
        self._project = project
        self._suppressions = suppressions

    def result(
        self, result: ContractResult, contract: Contract, findings: Sequence[Finding]
    ) -> ContractResult:
        """Return *result* with its way out; none where it would take too long to find."""
        steps, least = self._steps(contract, findings)
        return replace(
            result, way_out=self._cheapest_first(steps, contract), chains=len(findings), least=least
        )

    def _steps(self, contract: Contract, findings: Sequence[Finding]) -> tuple[list[Step], bool]:
        """Return the imports to change, and whether no others cost less."""
        if all(len(finding.chain) == 1 for finding in findings):
            return [finding.chain[0] for finding in findings], True
        kind = contract.contract
        project, _ = as_judged(self._project, contract, self._suppressions)
        if not isinstance(kind, Layers | Independence | Forbidden):
            return list(_round_by_round(project, contract)), False
        return _cut(project, kind, contract)

    def _cheapest_first(self, steps: Iterable[Step], contract: Contract) -> tuple[Step, ...]:
        graph, kinds = self._project.graph, contract.terms.edges
        found = {(step.importer, step.imported): step for step in steps}

        def cost(step: Step) -> tuple[int, str, str]:
            imported = step.imported if step.imported in graph.index else step.imported.partition(".")[0]
            return removal_cost(graph.details(step.importer, imported, kinds)), step.importer, step.imported

        return tuple(sorted(found.values(), key=cost))


def _cut(
    project: Project, kind: Layers | Independence | Forbidden, contract: Contract
) -> tuple[list[Step], bool]:
    laws = laws_of(kind, project.graph, contract.terms)
    groups = [(law, groups_of(project.graph, contract.terms.edges, law)) for law in laws]
    if sum(len(found) for _, found in groups) > MOST_GROUPS:
        return [], False
    cuts = [cut_all(project.graph, contract.terms.edges, law, found) for law, found in groups]
    least = all(exact for _, exact in cuts) and sum(bool(steps) for steps, _ in cuts) <= 1
    return [step for steps, _ in cuts for step in steps], least


def _round_by_round(project: Project, contract: Contract) -> Iterator[Step]:
    """Yield what the findings say is to be changed, and what is left to change after that.

    Nothing is yielded where some findings remain after ``ROUNDS``: a way out that leads nowhere is none.
    """
    assert contract.contract is not None, "only a contract that was judged is broken"  # noqa: S101 (for mypy)
    chosen: list[Step] = []
    for _ in range(ROUNDS):
        steps = [
            step
            for finding in contract.contract.check(project, contract.terms)
            for _, step in finding.related or tuple(("", step) for step in finding.chain[:1])
        ]
        if not steps:
            yield from chosen
            return
        chosen += steps
        gone = [row for step in steps for row in project.graph.details(step.importer, step.imported)]
        project = dataclasses.replace(project, graph=project.graph.without(gone))
