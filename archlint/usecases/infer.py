"""A configuration inferred from the code alone, whose contracts the code keeps today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archlint.config.document import Remark
from archlint.config.load import load
from archlint.errors import SEVERITIES, ArchlintError, NothingToAnalyse
from archlint.graph.expressions import is_wildcard
from archlint.pipeline.judge import judge
from archlint.usecases.analyse import run
from archlint.usecases.confine import confine
from archlint.usecases.propose import propose
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archlint.config.document import Keys
    from archlint.config.registry import Registry
    from archlint.model import Finding
    from archlint.pipeline.judge import Verdicts
    from archlint.rule import Project
    from archlint.usecases.propose import Proposal
    from archlint.usecases.request import Request

ROUNDS = 20
NO_LAYERS = (
    "no layers can be inferred: no packages here import each other; to keep it so, write an `independence` "
    "contract in archlint.toml (`archlint report` shows the parts)"
)


@dataclass(frozen=True)
class Inferred:
    """Settings and contracts, the comments that go with them, and what is said of them.

    ``debts`` counts what other rules find today, by the rule's name.
    """

    table: dict[str, Any]
    remarks: dict[Keys, Remark]
    said: str
    debts: Mapping[str, int]


def inferred(request: Request) -> Inferred:
    """Return the contracts that the code suggests and keeps today; limits of rules stay what they are.

    Raises ArchlintError where the code cannot be analysed, NothingToAnalyse where it suggests no layers.
    """
    setup = set_up(request)
    analysis = run(request, setup, detail=True)
    if analysis.errors:
        raise ArchlintError("\n".join(analysis.errors))
    project = analysis.project
    proposals = propose(project.graph, project.roots)
    if not proposals:
        raise NothingToAnalyse(NO_LAYERS)
    settle(project, proposals, setup.known)
    boundaries = list(confine(project))
    contracts = [*(each.table() for each in proposals), *(each.table() for each in boundaries)]
    table = {"roots": list(project.roots), "contracts": contracts}
    _prove(project, table, setup.known)
    failing = Counter(finding.rule for finding in analysis.findings if _fails(finding))
    said = "".join(f"{each.name}: {evidence(each)}\n" for each in proposals)
    said += "".join(f"{each.name}: {each.evidence}\n" for each in boundaries)
    remarks = _remarks(project, proposals)
    for number, boundary in enumerate(boundaries, len(proposals)):
        remarks["contracts", number] = Remark((boundary.evidence,))
    return Inferred(table, remarks, said, failing)


def settle(project: Project, proposals: Sequence[Proposal], known: Registry) -> None:
    """Leave out of each proposal the imports that keep it from holding today."""
    disliked = {pair for proposal in proposals for pair in proposal.ignored}
    for _ in range(ROUNDS):
        findings = _judged(project, [proposal.table() for proposal in proposals], known).findings
        if not findings:
            return
        for proposal in proposals:
            mine = [finding for finding in findings if finding.contract == proposal.name]
            proposal.leave_out(mine, disliked)


def _judged(project: Project, contracts: Sequence[Mapping[str, Any]], known: Registry) -> Verdicts:
    table = {"select": ["ARC1", "ARC4"], "contracts": contracts}
    return judge(project, load(None, [("proposal", table)], known), known)


def _prove(project: Project, table: Mapping[str, Any], known: Registry) -> None:
    """Judge the project by what is about to be written. Raises ArchlintError where it would not pass."""
    verdicts = _judged(project, table["contracts"], known)
    if verdicts.findings or verdicts.errors:
        first = verdicts.errors[0] if verdicts.errors else verdicts.findings[0].message
        raise ArchlintError(f"no contracts that the code keeps today were found: {first}")


def _fails(finding: Finding) -> bool:
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index("warning")


def _remarks(project: Project, proposals: Sequence[Proposal]) -> dict[Keys, Remark]:
    """Return the comments that say why each part of the configuration is as it is."""
    first = "Proposed by `archlint init` from the imports as they are: its contracts are kept today."
    made: dict[Keys, Remark] = {(): Remark((first, ""))}
    for number, proposal in enumerate(proposals):
        made["contracts", number] = Remark((evidence(proposal),))
        made["contracts", number, "edges"] = Remark(("Imports for the type checker alone do not count.",))
        if proposal.ignored:
            made["contracts", number, "ignore-imports"] = Remark(
                ("Imports that run against the layers today. Take one off the list once it is gone.",)
            )
        for place, pair in enumerate(sorted(proposal.ignored)):
            made["contracts", number, "ignore-imports", place] = Remark(beside=_place(project, *pair))
    return made


def _place(project: Project, importer: str, imported: str) -> str:
    if is_wildcard(importer):
        return "tests may import what they test"
    rows = project.graph.details(importer, imported)
    return f"{rows[0].path}:{rows[0].line}" if rows else ""


def evidence(proposal: Proposal) -> str:
    """Return one sentence on how well the code keeps to the layers proposed."""
    kept = proposal.counted - proposal.upward
    share = f"{100 * kept / proposal.counted:.1f} %"
    return (
        f"{len(proposal.levels)} levels; {kept:,} of {proposal.counted:,} imports between them "
        f"run downwards ({share})."
    )
