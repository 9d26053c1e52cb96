"""What ``archlint can`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.contracts.naming import inside
from archlint.errors import SEVERITIES, ArchlintError
from archlint.facts import EDGE_KINDS
from archlint.graph.expressions import ARROW, matching_imports
from archlint.graph.modulegraph import kinds_mask
from archlint.graph.ways import both_ends
from archlint.pipeline.judge import Verdicts, chosen_codes, judge, sorted_findings
from archlint.reporters.can_page import Answer, Circle, Permit, json_can, text_can
from archlint.rules.coupling.import_cycle import ImportCycle
from archlint.usecases.adopt import set_up_as_one
from archlint.usecases.adopting import beyond
from archlint.usecases.analyse import ENOUGH, gather
from archlint.usecases.context import in_context
from archlint.usecases.mentions import mention
from archlint.usecases.setup import all_needs, needs
from archlint.usecases.supposition import suppose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from archlint.config.settings import Configuration, Contract
    from archlint.errors import Severity
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Import, Step
    from archlint.rule import ContractType, Project
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup
    from archlint.usecases.supposition import Supposition


def can(
    request: Request, source: str, target: str, *, kind: str, formats: Sequence[str]
) -> tuple[Answer, tuple[str, ...]]:
    """Tell whether *source* may import *target* today, and return the answer in each of *formats*.

    Raises ArchlintError where *source* is outside the project.
    """
    setup = set_up_as_one(request)
    gathered = gather(request, setup, measure_from=ENOUGH, detail=needs(setup, "detail"))
    project = in_context(setup, gathered.project, all_needs(setup) & {"owners"}).project
    try:
        case = suppose(project, source, target, kind)
    except ArchlintError as error:
        raise beyond(setup.configuration, (source,), error) from None
    answer = answered(setup, case, kind)
    return answer, tuple(json_can(answer) if name == "json" else text_can(answer) for name in formats)


def answered(setup: Setup, case: Supposition, kind: str) -> Answer:
    """Judge the contracts, and import cycles, with and without the import of *case*."""
    configuration, row = setup.configuration, case.row
    after = _judged(setup, case.after)
    fresh = _fresh(setup, case, after)
    failing = tuple(finding for finding in fresh if _fails(configuration, finding.severity))
    circle = _cycle(setup, case)
    return Answer(
        source=row.importer,
        target=row.targets[0] if row.targets else row.imported,
        kind=kind,
        allowed=not failing and not circle.reported,
        place=row.path if case.existing else None,
        line=row.line if case.existing else None,
        forbids=failing,
        remarks=tuple(finding for finding in fresh if finding not in failing),
        places=_places(configuration),
        permits=tuple(_permits(configuration, case, {finding.contract for finding in fresh})),
        contracts=len(configuration.contracts),
        circle=circle,
        errors=tuple(after.errors),
        notes=case.notes,
        inner=_inner(case.before.graph, row),
    )


def _inner(graph: ModuleGraph, row: Import) -> tuple[Step, ...]:
    """Return the imports from below the importer of *row* to what it imports, or to below that."""
    if row.external or row.importer not in graph.index or row.imported not in graph.index:
        return ()
    near, far = both_ends(graph, row.importer, row.imported)
    edges = graph.edges()
    found = ((tail, head) for tail in sorted(near) for head in edges.successors[tail] if head in far)
    return tuple(graph.steps(pair, EDGE_KINDS)[0] for pair in found)


def _fresh(setup: Setup, case: Supposition, after: Verdicts) -> list[Finding]:
    """Return the findings of *after* that there are none of without the import of *case*.

    What the import adds leads through it, so only contracts with a finding that concerns it are judged twice.
    """
    names = {
        finding.contract for finding in after.findings if finding.contract and _concerns(finding, case.row)
    }
    if not names:
        return []
    known = {finding.identity for finding in _judged(setup, case.before, names).findings}
    fresh = (finding for finding in sorted_findings(after.findings) if finding.contract in names)
    return [finding for finding in fresh if finding.identity not in known]


def _concerns(finding: Finding, row: Import) -> bool:
    """Tell whether *finding* may come from the import *row*: by its chain, or by a circle of packages."""
    if not finding.chain or any(_is_through(step, row) for step in finding.chain):
        return True
    circle = (edge.partition(f" {ARROW} ") for edge in finding.identity[2:] if ARROW in edge)
    return any(inside(row.importer, tail) and inside(row.imported, head) for tail, _, head in circle)


def _is_through(step: Step, row: Import) -> bool:
    return step.importer == row.importer and step.imported in (row.imported, *row.targets)


def _fails(configuration: Configuration, severity: Severity) -> bool:
    return SEVERITIES.index(severity) <= SEVERITIES.index(configuration.settings.fail_on)


def _judged(setup: Setup, project: Project, only: Collection[str] = ()) -> Verdicts:
    """Judge the contracts (or those called *only*) and no rule."""
    names = only or [contract.terms.name for contract in setup.configuration.contracts]
    return judge(project, setup.configuration, setup.known, only=names) if names else Verdicts()


def _places(configuration: Configuration) -> dict[str, str]:
    return {
        contract.terms.name: f"{contract.terms.path or configuration.path}:{contract.terms.line}"
        for contract in configuration.contracts
        if configuration.path and contract.terms.line
    }


def _permits(
    configuration: Configuration, case: Supposition, breached: Iterable[str | None]
) -> Iterator[Permit]:
    """Yield each contract that speaks of both modules and is content."""
    for contract in configuration.contracts:
        if contract.contract is not None and contract.terms.name not in breached:
            permit = _permit(contract, contract.contract, case)
            if permit.ignored or (permit.source and permit.target):
                yield permit


def _permit(contract: Contract, kind: ContractType, case: Supposition) -> Permit:
    row = case.row
    target = row.targets[0] if row.external and row.targets else row.imported
    source_word, target_word = mention(kind, row.importer) or "", mention(kind, target) or ""
    ignored = _ignored(contract, case.after.graph, row.importer, row.imported)
    return Permit(contract.terms.name, contract.type, source_word, target_word, ignored)


def _ignored(contract: Contract, graph: ModuleGraph, importer: str, imported: str) -> str | None:
    """Return the ignore-imports expression of *contract* that covers the import, or None."""
    for expression in contract.terms.ignore_imports:
        try:
            rows = matching_imports(graph, expression)
        except ValueError:
            continue
        if any((row.importer, row.imported) == (importer, imported) for row in rows):
            return expression
    return None


def _cycle(setup: Setup, case: Supposition) -> Circle:
    """Return the way back from the imported module to the importer, and how bad that is.

    The imports that the rule counts come first, then any imports, then the packages of both as wholes.
    """
    if case.row.external:
        return Circle()
    configuration = setup.configuration
    rule = next((rule for rule in configuration.rules if isinstance(rule, ImportCycle)), ImportCycle())
    graph = case.before.judged_graph(include_tests=rule.include_tests)
    counts = not case.row.flags & ~kinds_mask(rule.edges)
    ends = (case.row.imported, case.row.importer)
    back = _way_back(graph, *ends, rule.edges) if counts else ()
    if back:
        severity = configuration.severities.get(rule.code, rule.severity)
        chosen = rule.code in chosen_codes(configuration, setup.known)
        return Circle(back, reported=chosen and _fails(configuration, severity))
    graph = case.before.graph
    back = _way_back(graph, *ends, EDGE_KINDS)
    return Circle(back) if back else Circle(_way_back(graph, *ends, EDGE_KINDS, whole=True), packages=True)


def _way_back(
    graph: ModuleGraph, start: str, goal: str, kinds: Sequence[str], *, whole: bool = False
) -> tuple[Step, ...]:
    """Return a shortest chain from *start* to *goal*, both with all below them where *whole*."""
    if start not in graph.index or goal not in graph.index:
        return ()
    ends = both_ends(graph, start, goal) if whole else ({graph.index[start]}, {graph.index[goal]})
    path = graph.edges(kinds).shortest_path(*ends)
    return graph.steps(path, kinds) if path else ()
