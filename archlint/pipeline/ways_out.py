"""The way out of each broken contract: the fewest imports whose change makes all its chains disappear."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.layers import Layers
from archlint.graph.closing import Closing, bits
from archlint.graph.cost import removal_cost
from archlint.graph.cuts import minimum_cut
from archlint.graph.ways import Ways
from archlint.pipeline.judge import as_judged
from archlint.pipeline.laws import laws_of
from archlint.pipeline.suppression import Suppressions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration, Contract
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.ways import Edge
    from archlint.model import ContractResult, Finding, Step
    from archlint.pipeline.laws import Law
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
    results = list(results)
    contracts = {contract.terms.name: contract for contract in configuration.contracts}
    chains: dict[str, list[Finding]] = {
        result.name: [] for result in results if result.findings and not result.error
    }
    for finding in findings:
        if finding.contract in chains and finding.chain:
            chains[finding.contract].append(finding)
    if not any(chains.values()):
        return results
    scout = _Scout(project, Suppressions(project, known.names))
    return [
        scout.result(result, contracts[result.name], chains[result.name])
        if chains.get(result.name)
        else result
        for result in results
    ]


class _Scout:
    def __init__(self, project: Project, suppressions: Suppressions) -> None:
        self._project = project
        self._suppressions = suppressions

    def result(
        self, result: ContractResult, contract: Contract, findings: Sequence[Finding]
    ) -> ContractResult:
        """Return *result* with its way out; none where it would take too long to find."""
        kind, least = contract.contract, True
        less, _ = as_judged(self._project, contract, self._suppressions)
        if all(len(finding.chain) == 1 for finding in findings):
            steps: Iterable[Step] = (finding.chain[0] for finding in findings)
        elif isinstance(kind, Layers | Independence | Forbidden):
            cuts = [_Cutting(less.graph, contract, law) for law in laws_of(kind, less.graph, contract.terms)]
            if sum(len(cut.groups) for cut in cuts) > MOST_GROUPS:
                return result
            steps = [step for cut in cuts for step in cut.steps()]
            least = all(cut.exact for cut in cuts)
        else:
            steps, least = list(_round_by_round(less, contract)), False
        way_out = self._cheapest_first(steps, contract)
        return replace(result, way_out=way_out, chains=len(findings), least=least)

    def _cheapest_first(self, steps: Iterable[Step], contract: Contract) -> tuple[Step, ...]:
        graph, kinds = self._project.graph, contract.terms.edges
        found = {(step.importer, step.imported): step for step in steps}

        def cost(step: Step) -> tuple[int, str, str]:
            imported = step.imported if step.imported in graph.index else step.imported.partition(".")[0]
            return removal_cost(graph.details(step.importer, imported, kinds)), step.importer, step.imported

        return tuple(sorted(found.values(), key=cost))


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


class _Cutting:
    """The cuts that one law asks for: one for each source, or one for each target, whichever are fewer.

    A single group is a minimum cut; of several, each takes for granted what those before it cut.
    """

    def __init__(self, graph: ModuleGraph, contract: Contract, law: Law) -> None:
        self._graph, self._law, self._kinds = graph, law, contract.terms.edges
        self.exact = True
        broken = _broken(graph, self._kinds, law)
        by_target = _turned(broken)
        outer = {target: near for target, near in by_target.items() if target in law.outside}
        inner = {target: near for target, near in by_target.items() if target not in law.outside}
        by_source = {
            source: {target for target in far if target not in law.outside} for source, far in broken.items()
        }
        by_source = {source: far for source, far in by_source.items() if far}
        self.groups: list[tuple[set[int], set[int]]] = [
            *(
                (({source}, far) for source, far in by_source.items())
                if len(by_source) < len(inner)
                else ((near, {target}) for target, near in inner.items())
            ),
            *((near, {target}) for target, near in outer.items()),
        ]

    def steps(self) -> Iterator[Step]:
        """Yield the imports to change."""
        self.exact = len(self.groups) <= 1
        gone: set[tuple[str, str]] = set()
        for near, far in self.groups:
            for step in self._cut(near, far, gone):
                gone.add((step.importer, step.imported))
                yield step

    def _cut(self, near: set[int], far: set[int], gone: Collection[tuple[str, str]]) -> list[Step]:
        law, outside = self._law, next((target for target in far if target in self._law.outside), None)
        sources = {node for number in near for node in law.sources[number]}
        if outside is None:
            ways = Ways(self._graph, self._kinds)
            targets = {node for number in far for node in law.targets[number]}
        else:
            ways = Ways(self._graph, self._kinds, law.rows[outside], law.outside[outside])
            targets = {ways.beyond}

        def cost(edge: Edge) -> int:
            step = ways.step(edge)
            return 0 if (step.importer, step.imported) in gone else ways.cost(edge)

        walls = {node for nodes in law.sources for node in nodes} if law.walled else set[int]()
        cut = minimum_cut(
            ways.adjacency, sources - targets, targets - sources, cost, walls - sources - targets
        )
        self.exact = self.exact and cut.exact
        return [ways.step(edge) for edge in cut.edges]


def _broken(graph: ModuleGraph, kinds: Iterable[str], law: Law) -> dict[int, set[int]]:
    """Return for each source of *law* the targets that it reaches and may not."""
    edges = graph.edges(kinds)
    closing = Closing(edges, law.sources, law.targets, law.refused, walled=law.walled)
    found: dict[int, set[int]] = {}
    for source, nodes in enumerate(law.sources):
        mask = 0
        for node in nodes:
            mask |= 0 if law.walled else closing.far[node]
            for head in edges.successors[node]:
                mask |= closing.far[head]
        targets = set(bits(mask & law.refused[source]))
        if targets:
            found[source] = targets
    return found


def _turned(broken: dict[int, set[int]]) -> dict[int, set[int]]:
    turned: dict[int, set[int]] = {}
    for source, targets in broken.items():
        for target in sorted(targets):
            turned.setdefault(target, set()).add(source)
    return turned
