"""What ``archlint baseline`` does: the only command that writes the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from archlint.errors import ArchlintError
from archlint.pipeline.debt import settle
from archlint.pipeline.filters import touching
from archlint.pipeline.ledger import KEEPERS, entry_of, grown, shrunk
from archlint.reporters.concise import one_line
from archlint.reporters.text import count
from archlint.repository.ledger import FILE
from archlint.repository.ledger_text import render, revised, write_ledger
from archlint.usecases.adopt import run_all, set_ups
from archlint.usecases.known import everywhere, is_partial, ledger_of, today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.model import Finding, LedgerEntry
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.debt import Settled
    from archlint.repository.ledger import Ledger
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup


@dataclass(frozen=True)
class Recording:
    """What is asked of the ledger: take new findings in, resolved ones out, and what to write of new ones."""

    allow_new: bool = False
    shrink: bool = False
    owner: str | None = None
    reason: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Recorded:
    """The ledger to be (None: it stays as it is), what to say, and the lines for stderr."""

    root: str
    text: str | None
    said: str
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    def write(self) -> None:
        """Write the ledger. Raises ArchlintError where that is not possible."""
        if self.text is not None:
            write_ledger(self.root, self.text)


def baseline(request: Request, wanted: Recording) -> Recorded:
    """Compare today's findings with the ledger and return it as *wanted*; nothing is written yet.

    Raises ArchlintError where there are new findings that a ledger may not take in without being told to,
    and where --shrink would judge by a part of the project.
    """
    setups = set_ups(request)
    setup = setups[0]
    ledger = ledger_of(setup.place, setup.known)
    everything = [replace(each, place=everywhere(each.place)) for each in setups]
    analysis = run_all(request, everything)
    root, names = setup.place.root, setup.known.names
    if analysis.errors:
        said = f"{FILE} is left as it is: not everything could be judged.\n"
        return Recorded(root, None, said, analysis.notes, analysis.errors)
    found = _Findings(request, setup, analysis, wanted)
    if ledger is None:
        if wanted.shrink:
            raise ArchlintError(f"there is no {FILE} yet; `archlint baseline` writes one")
        entries = found.entries(found.shown(analysis.findings))
        if not entries:
            return Recorded(root, None, "There is nothing to record: no findings.\n", analysis.notes)
        return Recorded(root, render(entries, names), _first(entries), analysis.notes)
    return found.revise(ledger, names)


def _first(entries: list[LedgerEntry]) -> str:
    return f"Recorded {count(len(entries), 'finding')} in {FILE}.\n"


@dataclass(frozen=True)
class _Findings:
    request: Request
    setup: Setup
    analysis: Analysis
    wanted: Recording

    def shown(self, findings: tuple[Finding, ...]) -> list[Finding]:
        """Return those of *findings* that the paths asked for, and that a ledger can hold."""
        return [each for each in touching(findings, self.setup.place.within) if each.code not in KEEPERS]

    def entries(self, findings: list[Finding]) -> list[LedgerEntry]:
        wanted = self.wanted
        return [
            msgspec.structs.replace(
                entry_of(finding), owner=wanted.owner, reason=wanted.reason, until=wanted.until
            )
            for finding in findings
        ]

    def revise(self, ledger: Ledger, names: Mapping[str, str]) -> Recorded:
        """Return *ledger* with what is new or worse taken in, and what is resolved taken out, as wanted."""
        request, wanted = self.request, self.wanted
        self._check_scope()
        settled = settle(self.analysis, ledger.entries, today(request.environ), only=request.contracts)
        new = self.shown(settled.match.new)
        worse = {number: finding for finding, number in settled.match.worse if self.shown((finding,))}
        if not wanted.allow_new:
            self._refuse([*new, *worse.values()])
        replaced = self._replaced(settled, ledger)
        said = _counted(settled, replaced, new=len(new) + len(worse), taken_in=wanted.allow_new)
        if wanted.allow_new:
            replaced |= _grown(ledger, worse)
        added = self.entries(new) if wanted.allow_new else []
        text = revised(ledger, replaced, added, names) if replaced or added else None
        return Recorded(self.setup.place.root, text, said, self.analysis.notes)

    def _check_scope(self) -> None:
        if self.wanted.shrink and (self.setup.place.within or is_partial(self.request)):
            raise ArchlintError("--shrink needs the whole project; leave out PATHS, --roots and --exclude")

    def _refuse(self, findings: list[Finding]) -> None:
        """Raise ArchlintError where there are *findings* that nobody asked to record; --shrink lets be."""
        if not findings or self.wanted.shrink:
            return
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        raise ArchlintError(
            f"{FILE} is there already and does not know {one_line(findings[0])}{more}; "
            "mend that, or record it with --allow-new"
        )

    def _replaced(self, settled: Settled, ledger: Ledger) -> dict[int, LedgerEntry | None]:
        """Return the entries that are resolved (None) or smaller, by position, where that is wanted."""
        if not self.wanted.shrink:
            return {}
        return {**shrunk(ledger.entries, settled.match), **dict.fromkeys(settled.stale)}


def _grown(ledger: Ledger, worse: Mapping[int, Finding]) -> dict[int, LedgerEntry | None]:
    return {number: grown(ledger.entries[number], finding) for number, finding in worse.items()}


def _counted(
    settled: Settled, replaced: Mapping[int, LedgerEntry | None], *, new: int, taken_in: bool
) -> str:
    removed = sum(entry is None for entry in replaced.values())
    left = len(settled.stale) - removed
    counts = (
        (len(settled.match.known), "known"),
        (removed, "resolved and removed"),
        (left, "resolved (--shrink removes them)"),
        (len(replaced) - removed, "reduced"),
        (new, "new and recorded" if taken_in else "new, not recorded"),
    )
    return f"{FILE}: {', '.join(f'{number:,} {what}' for number, what in counts if number) or 'empty'}.\n"
