"""An analysis in the light of the ledger: known findings set aside, the ledger itself judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from archlint.pipeline.analysis import Delta
from archlint.pipeline.ledger import KEEPERS, match, told_worse
from archlint.repository.ledger import FILE
from archlint.rule import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from archlint.model import ContractResult, Finding, LedgerEntry
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.ledger import Match


@dataclass(frozen=True)
class Settled:
    """An analysis with the ledger applied, and what was matched with what.

    ``stale`` are the positions of the entries whose finding is gone for certain: what makes it was judged.
    """

    analysis: Analysis
    match: Match
    stale: tuple[int, ...]


def settle(
    analysis: Analysis,
    entries: Sequence[LedgerEntry],
    today: str,
    *,
    only: Collection[str] = (),
    partial: bool = False,
) -> Settled:
    """Set aside what *entries* know of the findings of *analysis*, which are those of the whole project.

    *today* is a day as ``YYYY-MM-DD``. *only* are the contracts that were asked for. A *partial* run looked
    at a part of the project only, so that no entry can be said to be stale.
    """
    matched = match(entries, analysis.findings)
    judged = _judged(analysis, only)
    stale = () if partial else tuple(number for number in matched.resolved if judged(entries[number]))
    expired = _expired(matched, entries, today)
    record = Record(ledger=FILE, stale=tuple(entries[number] for number in stale), expired=tuple(expired))
    fresh = [*matched.new, *told_worse(matched, entries)]
    findings = [*fresh, *_kept_honest(analysis, record)]
    known = [finding for finding, _ in matched.known]
    settled = replace(
        analysis,
        findings=_sorted(findings),
        known=_sorted(known),
        contracts=_recounted(analysis, known),
        delta=Delta(len(known), len(stale), len(fresh), len(matched.worse), _next_day(entries, today)),
    )
    return Settled(settled, matched, stale)


def _next_day(entries: Sequence[LedgerEntry], today: str) -> str:
    return min(
        (entry.until for entry in entries if entry.until is not None and entry.until >= today), default=""
    )


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


def _expired(
    matched: Match, entries: Sequence[LedgerEntry], today: str
) -> Iterator[tuple[LedgerEntry, Finding]]:
    """Yield each entry whose last day has passed, with a finding that it knows."""
    seen: set[int] = set()
    for finding, number in matched.known:
        until = entries[number].until
        if until is not None and until < today and number not in seen:
            seen.add(number)
            yield entries[number], finding


def _judged(analysis: Analysis, only: Collection[str]) -> Callable[[LedgerEntry], bool]:
    """Return a test of whether this run would have found what an entry knows, were it still there."""
    failed = {result.name for result in analysis.contracts if result.error is not None}
    dark = _unread(analysis)

    def is_judged(entry: LedgerEntry) -> bool:
        if (
            entry.code not in analysis.ran
            or (only and entry.contract not in only)
            or entry.contract in failed
        ):
            return False
        if any(line.startswith(f"rule {entry.code} ") for line in analysis.errors):
            return False
        return not any(_speaks_of(part, module) for part in entry.subject for module in dark)

    return is_judged


def _unread(analysis: Analysis) -> list[str]:
    """Return the modules whose files could not be analysed."""
    project = analysis.project
    sides = (project.facts, project.stub_facts)
    return sorted({name for facts in sides for name, said in facts.items() if said.failure is not None})


def _speaks_of(part: str, module: str) -> bool:
    """Tell whether a *part* of a subject names *module*, a package above it, or something in it."""
    return any(
        module == name or module.startswith(f"{name}.") or name.startswith(f"{module}.")
        for name in (word.partition(":")[0] for word in part.split(" -> "))
    )


def _kept_honest(analysis: Analysis, record: Record) -> Iterator[Finding]:
    """Yield what the rules about the ledger say."""
    severities = analysis.configuration.severities
    project = replace(analysis.project, record=record)
    for rule in analysis.configuration.rules:
        # Another tool's configuration says nothing of a ledger, which is there nonetheless.
        if rule.code in KEEPERS and (rule.code in analysis.ran or analysis.configuration.adopted):
            severity = severities.get(rule.code, rule.severity)
            for finding in rule.check(project):
                yield msgspec.structs.replace(finding, severity=severity)


def _recounted(analysis: Analysis, known: Sequence[Finding]) -> tuple[ContractResult, ...]:
    counts = Counter(finding.contract for finding in known)
    return tuple(recounted(result, result.findings - counts[result.name]) for result in analysis.contracts)


def recounted(result: ContractResult, left: int) -> ContractResult:
    """Return the verdict on a contract of whose findings *left* count; without any it needs no way out."""
    result = msgspec.structs.replace(result, findings=left, known=result.findings - left)
    if left or result.error is not None:
        return result
    return msgspec.structs.replace(result, kept=True, way_out=(), chains=0, least=False)
