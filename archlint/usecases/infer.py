"""A configuration inferred from the code alone, which the code passes today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.config.document import Remark
from archlint.config.load import load
from archlint.errors import SEVERITIES, ArchlintError, NothingToAnalyse
from archlint.pipeline.judge import judge
from archlint.usecases.analyse import run
from archlint.usecases.propose import propose
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.config.document import Keys
    from archlint.config.registry import Registry
    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.rule import Project
    from archlint.usecases.propose import Proposal
    from archlint.usecases.request import Request

ROUNDS = 20
# Rules whose threshold can be set to what is there today, with the option that holds it.
THRESHOLDS = {"ARC301": ("complex-function", "max-cyclomatic")}


def inferred(request: Request) -> tuple[dict[str, Any], dict[Keys, Remark], str]:
    """Return settings and contracts, the comments that go with them, and what is said of them.

    Raises ArchlintError where the code cannot be analysed, NothingToAnalyse where it suggests no layers.
    """
    setup = set_up(request)
    analysis = run(request, setup)
    if analysis.errors:
        raise ArchlintError("\n".join(analysis.errors))
    project = analysis.project
    proposals = propose(project.graph, project.roots)
    if not proposals:
        raise NothingToAnalyse("no layers can be inferred: no packages here import each other")
    settle(project, proposals, setup.known)
    draft = _Draft(analysis, proposals)
    table = draft.table()
    _prove(project, table, setup.known)
    return table, draft.remarks(table), draft.said()


def settle(project: Project, proposals: Sequence[Proposal], known: Registry) -> None:
    """Leave out of each proposal the imports that keep it from holding today."""
    for _ in range(ROUNDS):
        table = {"select": ["ARC1"], "contracts": [proposal.table() for proposal in proposals]}
        findings = judge(project, load(None, [("proposal", table)], known), known).findings
        if not findings:
            return
        for proposal in proposals:
            proposal.leave_out(finding for finding in findings if finding.contract == proposal.name)


def _prove(project: Project, table: dict[str, Any], known: Registry) -> None:
    """Judge the project by what is about to be written. Raises ArchlintError where it would not pass."""
    verdicts = judge(project, load(None, [("proposal", table)], known), known)
    failing = [finding for finding in verdicts.findings if _fails(finding)]
    if failing or verdicts.errors:
        first = verdicts.errors[0] if verdicts.errors else failing[0].message
        raise ArchlintError(f"no configuration that passes today was found: {first}")


def _fails(finding: Finding) -> bool:
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index("warning")


class _Draft:
    """The configuration for proposals, with what rules find today set aside in the open."""

    def __init__(self, analysis: Analysis, proposals: Sequence[Proposal]) -> None:
        self._analysis = analysis
        self._proposals = proposals
        self._failing: dict[str, list[Finding]] = {}
        for finding in analysis.findings:
            if _fails(finding):
                self._failing.setdefault(finding.code, []).append(finding)

    def table(self) -> dict[str, Any]:
        """Return the settings and contracts."""
        table: dict[str, Any] = {"roots": list(self._analysis.project.roots)}
        if self._ignored():
            table["ignore"] = self._ignored()
        if self._unread():
            table["per-file-ignores"] = self._unread()
        table["contracts"] = [proposal.table() for proposal in self._proposals]
        rules = {name: {option: self._worst(code)} for code, name, option in self._thresholds()}
        return {**table, "rules": rules} if rules else table

    def _ignored(self) -> list[str]:
        return [
            code for code in sorted(self._failing) if code not in THRESHOLDS and not code.startswith("ARC9")
        ]

    def _unread(self) -> dict[str, list[str]]:
        """Return the files that could not be analysed, each with the codes that say so."""
        found: dict[str, set[str]] = {}
        for code, findings in self._failing.items():
            for finding in findings if code.startswith("ARC9") else ():
                found.setdefault(finding.path, set()).add(code)
        return {path: sorted(codes) for path, codes in sorted(found.items())}

    def _thresholds(self) -> Iterable[tuple[str, str, str]]:
        return ((code, *THRESHOLDS[code]) for code in sorted(self._failing) if code in THRESHOLDS)

    def _worst(self, code: str) -> int:
        return int(max(finding.value or 0 for finding in self._failing[code]))

    def remarks(self, table: dict[str, Any]) -> dict[Keys, Remark]:
        """Return the comments that say why each part of *table* is as it is."""
        made: dict[Keys, Remark] = {
            (): Remark(("Proposed by `archlint init` from the imports as they are; it passes today.", ""))
        }
        if "ignore" in table:
            made["ignore",] = Remark(("Rules that find something today; take one off the list to see what.",))
        for number, code in enumerate(table.get("ignore", ())):
            found = self._failing[code]
            made["ignore", number] = Remark(beside=f"{found[0].rule}: {_times(len(found), 'finding')}")
        for number, proposal in enumerate(self._proposals):
            made["contracts", number] = Remark((evidence(proposal),))
            made["contracts", number, "edges"] = Remark(("Imports for the type checker alone do not count.",))
            if proposal.ignored:
                made["contracts", number, "ignore-imports"] = Remark(
                    ("Imports that run against the layers today. Take one off the list once it is gone.",)
                )
            for place, pair in enumerate(sorted(proposal.ignored)):
                made["contracts", number, "ignore-imports", place] = Remark(beside=self._place(*pair))
        for code, name, _ in self._thresholds():
            found = self._failing[code]
            made["rules", name, THRESHOLDS[code][1]] = Remark(
                (f"Today's worst; {_times(len(found), 'function')} would be over the default.",)
            )
        return made

    def _place(self, importer: str, imported: str) -> str:
        rows = self._analysis.project.graph.details(importer, imported)
        return f"{rows[0].path}:{rows[0].line}" if rows else ""

    def said(self) -> str:
        """Return what is said of the draft on the terminal."""
        return "".join(f"{proposal.name}: {evidence(proposal)}\n" for proposal in self._proposals)


def evidence(proposal: Proposal) -> str:
    """Return one sentence on how well the code keeps to the layers proposed."""
    kept = max(0, proposal.counted - len(proposal.ignored))
    share = f"{100 * kept / proposal.counted:.1f} %"
    return (
        f"{len(proposal.levels)} levels; {kept:,} of {proposal.counted:,} imports between them "
        f"run downwards ({share})."
    )


def _times(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
