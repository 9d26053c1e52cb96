"""Whose findings are whose: each goes to those who own the module that it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec.structs import replace as changed

from archlint.errors import ArchlintError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.context.owners import Owners
    from archlint.model import Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.rule import Project

UNOWNED = "unowned"
NO_OWNERS = (
    "there is no CODEOWNERS in .github, at the top of the repository, in docs or in .gitlab, so nobody is "
    "known to own anything"
)


def routed(analysis: Analysis) -> Analysis:
    """Return *analysis* with the owners of each finding, where the project has owners."""
    owners: Owners | None = analysis.project.owners
    if owners is None:
        return analysis

    def each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(_routed(finding, owners, analysis.project) for finding in findings)

    return replace(analysis, findings=each(analysis.findings), known=each(analysis.known))


def _routed(finding: Finding, owners: Owners, project: Project) -> Finding:
    own = owners.of(finding.path)
    target = project.modules.get(finding.chain[-1].imported) if finding.contract and finding.chain else None
    theirs = owners.of(target.path) if target is not None and target.path else ()
    return changed(finding, owners=own, offended=tuple(name for name in theirs if name not in own))


def owned_by(analysis: Analysis, owner: str) -> Analysis:
    """Return *analysis*, which is routed, with the findings of one *owner* alone, and the counts of them.

    They are those in what it owns and those that reach into it; of ``unowned``, those that nobody owns.
    Raises ArchlintError where no owner is called so.
    """
    wanted = _name(analysis.project.owners, owner)

    def each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if _concerns(finding, wanted))

    findings, known = each(analysis.findings), each(analysis.known)
    delta = analysis.delta
    if delta is not None:
        # Nobody owns what is resolved: it has no place any more.
        delta = replace(delta, known=len(known), new=len(findings), resolved=0)
    return replace(analysis, findings=findings, known=known, delta=delta)


def _concerns(finding: Finding, wanted: str) -> bool:
    return not finding.owners if wanted == UNOWNED else wanted in (*finding.owners, *finding.offended)


def _name(owners: Owners | None, word: str) -> str:
    """Return the owner that *word* means: as the file spells it, with or without the @."""
    if owners is None:
        raise ArchlintError(f"--owner {word}: {NO_OWNERS}")
    by_word = {name.casefold().removeprefix("@"): name for name in owners.names} | {UNOWNED: UNOWNED}
    found = by_word.get(word.casefold().removeprefix("@"))
    if found is None:
        from difflib import get_close_matches  # noqa: PLC0415 (only once something is wrong)

        near = get_close_matches(word.casefold().removeprefix("@"), by_word, 1)
        hint = f"; did you mean `{by_word[near[0]]}`?" if near else ""
        raise ArchlintError(f"--owner {word}: no such owner in {owners.path}{hint}")
    return found
