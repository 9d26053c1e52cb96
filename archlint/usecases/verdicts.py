"""What the configured contracts say of a graph that is drawn: its layers, and the imports that break them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.contracts.layers import Layers
from archlint.errors import ArchlintError
from archlint.graph.modulegraph import kinds_mask
from archlint.usecases.analyse import ENOUGH, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Import, Step
    from archlint.pipeline.analysis import Analysis
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

NO_CONTRACTS = (
    "--only-breaches: no contract is configured, so no import can break one; `archlint init` proposes some"
)
NO_LAYERS = "--collapse layer: no contract of the type `layers` is configured; `archlint init` proposes one"


def judged(request: Request, setups: Sequence[Setup]) -> list[Analysis]:
    """Judge the contracts of *setups*, and nothing else. Raises ArchlintError where there are none."""
    found = []
    for setup in setups:
        names = tuple(contract.terms.name for contract in setup.configuration.contracts)
        if names:
            found.append(run(replace(request, contracts=names), setup, measure_from=ENOUGH))
    if not found:
        raise ArchlintError(NO_CONTRACTS)
    return found


def breaches(graph: ModuleGraph, analyses: Sequence[Analysis]) -> dict[int, tuple[str, ...]]:
    """Return, by the ``id`` of each import of *graph* that breaks contracts, their names.

    An import breaks one where a chain that the contract reports leads through it; what a comment
    suppresses breaks nothing.
    """
    found: dict[int, set[str]] = {}
    for analysis in analyses:
        kinds = {one.terms.name: one.terms.edges for one in analysis.configuration.contracts}
        for finding in analysis.findings:
            for row in _rows(graph, finding, kinds.get(finding.contract or "")):
                found.setdefault(id(row), set()).add(finding.contract or "")
    return {row: tuple(sorted(names)) for row, names in found.items()}


def _rows(graph: ModuleGraph, finding: Finding, kinds: Sequence[str] | None) -> Iterator[Import]:
    if kinds is None:
        return
    for step in finding.chain:
        if step.imported in graph.index:
            yield from graph.details(step.importer, step.imported, kinds)
        else:
            yield from _external(graph, step, kinds)


def _external(graph: ModuleGraph, step: Step, kinds: Sequence[str]) -> Iterator[Import]:
    """Yield the imports behind the use of an external name: those in its line, else all of its package."""
    refused, top = ~kinds_mask(kinds), step.imported.partition(".")[0]
    rows = [
        row
        for row in graph.external_rows_of(step.importer)
        if row.imported == top and not row.flags & refused
    ]
    yield from [row for row in rows if row.line == step.line] or rows


def layers(graph: ModuleGraph, setups: Sequence[Setup]) -> dict[str, int]:
    """Return the modules that head a layer of the first ``layers`` contract, each with its level from 1.

    Raises ArchlintError where there is no such contract, it cannot be read, or none of its modules exists.
    """
    configured = (one for setup in setups for one in setup.configuration.contracts if one.type == Layers.type)
    contract = next(configured, None)
    if contract is None:
        raise ArchlintError(NO_LAYERS)
    if not isinstance(contract.contract, Layers):
        raise ArchlintError(contract.error or NO_LAYERS)
    members = {
        name: number + 1 for stack in contract.contract.stacks(graph) for name, number in stack.members
    }
    if not members:
        name = contract.terms.name
        raise ArchlintError(f"--collapse layer: the contract `{name}` names no module of this project")
    return members
