"""The audit of all contracts of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.audit.gaps import Trial
from archlint.pipeline.audit.overlap import contract_audits
from archlint.pipeline.audit.units import Town
from archlint.pipeline.audit.values import Audit, ContractAudit, Unseen
from archlint.pipeline.audit.witness import Witness, witness
from archlint.pipeline.judge import place_of
from archlint.pipeline.suppression import Suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration
    from archlint.rule import Project


def audit(project: Project, configuration: Configuration, known: Registry) -> Audit:
    """Ask of the contracts of *configuration* what they see, what they catch, and which say nothing.

    No import is added to the graph: each contract is turned once into look-up tables, which then answer for
    every import that is supposed. A contract that cannot be judged is an error; the others are audited.
    """
    suppressions = Suppressions(project, known.names)
    asked = [witness(project, each, configuration, suppressions) for each in configuration.contracts]
    able = [each for each in asked if isinstance(each, Witness)]
    town = Town(project.graph, {name for each in able for name in each.lens.units})
    trial = Trial(town, able)
    score, gaps = trial.outcome()
    audits = iter(contract_audits(project.graph, able, trial.mutants))
    rows = tuple(
        next(audits)
        if isinstance(said, Witness)
        else ContractAudit(each.terms.name, each.type, place_of(each, configuration), error=said)
        for each, said in zip(configuration.contracts, asked, strict=True)
    )
    return Audit(
        modules=_size(project),
        contracts=rows,
        unseen=tuple(_unseen(project, able)),
        score=score,
        gaps=gaps,
        errors=tuple(said for said in asked if isinstance(said, str)),
    )


def _size(project: Project) -> int:
    return sum(module.kind != "namespace" for module in project.modules.values())


def _unseen(project: Project, witnesses: Sequence[Witness]) -> Iterator[Unseen]:
    """Yield the modules that no contract sees, a package with all below it as one.

    Tests are left out, and so is a package that imports nothing and is imported by nobody.
    """
    graph = project.graph
    seen = set[int]().union(*(each.lens.seen for each in witnesses))
    node = 0
    while node < len(graph.names):
        whole = graph.subtree(graph.names[node])
        if not seen.isdisjoint(whole):
            whole = whole[:1]
        dark = [place for place in whole if place not in seen and _counts(project, place)]
        if dark and (len(whole) > 1 or _is_used(project, node)):
            yield Unseen(graph.names[node], project.path(graph.names[node]), len(dark))
        node = whole.stop


def _counts(project: Project, node: int) -> bool:
    module = project.modules[project.graph.names[node]]
    return not module.test and module.kind != "namespace"


def _is_used(project: Project, node: int) -> bool:
    edges = project.graph.edges()
    return bool(edges.successors[node] or edges.predecessors[node])
