"""What the ledger knows of today's findings: which are known, which are new or worse, which are gone.

A finding is known by its identity, never by its line. Of several alike, each needs an entry of its own.
A measured one is known while its value is at most the recorded one, a cycle while its edges are a
subset of those recorded: cutting a chain or shrinking a cycle never makes anything new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from archlint.model import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from archlint.model import Finding

# Radon and others round differently from one version of Python to the next.
TOLERANCE = 1e-6
KEEPERS = frozenset({"ARC010", "ARC011"})

Key = tuple[str, str | None, tuple[str, ...]]


@dataclass(frozen=True)
class Match:
    """What became of each finding and of each entry.

    ``known`` and ``worse`` pair findings with the entry that knows them, or knew less (a smaller value, a
    part of the cycle); ``new`` have none. ``resolved`` are the positions of entries whose finding is gone.
    """

    known: tuple[tuple[Finding, int], ...] = ()
    worse: tuple[tuple[Finding, int], ...] = ()
    new: tuple[Finding, ...] = ()
    resolved: tuple[int, ...] = ()


def entry_of(finding: Finding) -> LedgerEntry:
    """Return an entry that knows *finding*."""
    code, contract, subject = _key(finding)
    return LedgerEntry(code, subject, contract, finding.value)


def match(entries: Sequence[LedgerEntry], findings: Iterable[Finding]) -> Match:
    """Match *findings* with *entries*; those that keep the ledger itself are not for it to know."""
    found: dict[Key, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in findings:
        if finding.code in KEEPERS:
            rest.append(finding)
        else:
            found.setdefault(_key(finding), []).append(finding)
    matching = _Matching(entries)
    for key, alike in found.items():
        matching.take(key, alike)
    resolved = tuple(number for number in range(len(entries)) if number not in matching.used)
    return Match(tuple(matching.known), tuple(matching.worse), (*matching.new, *rest), resolved)


class _Matching:
    def __init__(self, entries: Sequence[LedgerEntry]) -> None:
        self.known: list[tuple[Finding, int]] = []
        self.worse: list[tuple[Finding, int]] = []
        self.new: list[Finding] = []
        self.used: set[int] = set()
        self._entries = entries
        self._single: dict[Key, list[int]] = {}
        self._cycles: dict[tuple[str, str | None], list[tuple[frozenset[str], int]]] = {}
        for number, entry in enumerate(entries):
            if is_cycle(entry.subject):
                circle = frozenset(entry.subject)
                self._cycles.setdefault((entry.code, entry.contract), []).append((circle, number))
            else:
                key = (entry.code, entry.contract, entry.subject)
                self._single.setdefault(key, []).append(number)

    def take(self, key: Key, alike: list[Finding]) -> None:
        """Find entries for the findings *alike*, whose identity *key* is."""
        if is_cycle(key[2]):
            self._take_cycles(key, alike)
            return
        left = sorted(self._single.get(key, ()), key=lambda number: -_most(self._entries[number]))
        for finding in sorted(alike, key=lambda finding: -(finding.value or 0)):
            if not left:
                self.new.append(finding)
                continue
            number = left.pop(0)
            self.used.add(number)
            is_worse = (finding.value or 0) > _most(self._entries[number]) + TOLERANCE
            (self.worse if is_worse else self.known).append((finding, number))

    def _take_cycles(self, key: Key, alike: list[Finding]) -> None:
        edges = frozenset(key[2])
        circles = self._cycles.get(key[:2], ())
        holders = [number for circle, number in circles if edges <= circle]
        parts = holders or [number for circle, number in circles if edges & circle]
        self.used.update(parts)
        if holders:
            self.known += [(finding, holders[0]) for finding in alike]
        elif parts:
            self.worse += [(finding, parts[0]) for finding in alike]
        else:
            self.new += alike


def is_cycle(subject: Collection[str]) -> bool:
    """Tell whether *subject* is the edges of a cycle."""
    return len(subject) > 1 and all(" -> " in part for part in subject)


def shrunk(entries: Sequence[LedgerEntry], matched: Match) -> dict[int, LedgerEntry]:
    """Return the entries, by position, that *matched* findings no longer need in full: smaller now."""
    findings: dict[int, list[Finding]] = {}
    for finding, number in matched.known:
        findings.setdefault(number, []).append(finding)
    smaller = {number: _smallest(entries[number], known) for number, known in findings.items()}
    return {number: entry for number, entry in smaller.items() if entry != entries[number]}


def _smallest(entry: LedgerEntry, findings: Sequence[Finding]) -> LedgerEntry:
    if is_cycle(entry.subject):
        edges = {edge for finding in findings for edge in _key(finding)[2]}
        return msgspec.structs.replace(entry, subject=tuple(edge for edge in entry.subject if edge in edges))
    value = findings[0].value
    if entry.value is None or value is None or value >= entry.value - TOLERANCE:
        return entry
    return msgspec.structs.replace(entry, value=value)


def _most(entry: LedgerEntry) -> float:
    """Return the largest value that *entry* knows; without one, any."""
    return float("inf") if entry.value is None else entry.value


def _key(finding: Finding) -> Key:
    """Return code, contract and subject of *finding*, without the number that tells it from others alike."""
    identity = tuple(map(_plain, finding.identity))
    if identity[:1] != (finding.code,):  # a plugin's, perhaps
        identity = (finding.code, *identity)
    if len(identity) > 2 and identity[-1].startswith("#") and identity[-1][1:].isdecimal():
        identity = identity[:-1]
    contract = finding.contract
    if contract is not None and identity[1:2] == (_plain(contract),) and len(identity) > 2:
        return finding.code, identity[1], identity[2:]
    return finding.code, None, identity[1:] or (_plain(finding.module),)


def _plain(text: str) -> str:
    """Return *text* as a file can hold it: an undecodable byte of a file name is written out."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def told_worse(matched: Match, entries: Sequence[LedgerEntry]) -> Iterator[Finding]:
    """Yield the findings that are worse than recorded, with what is recorded in the message."""
    for finding, number in matched.worse:
        known = _recorded(entries[number], finding)
        yield msgspec.structs.replace(finding, message=f"{finding.message}; the ledger knows {known}")


def _recorded(entry: LedgerEntry, finding: Finding) -> str:
    if not is_cycle(entry.subject):
        return f"{_most(entry):g}"
    edges = _key(finding)[2]
    return f"{sum(edge in entry.subject for edge in edges)} of its {len(edges)} imports"


def grown(entry: LedgerEntry, finding: Finding) -> LedgerEntry:
    """Return *entry* so that it knows *finding*, which is worse than recorded."""
    return msgspec.structs.replace(entry, subject=_key(finding)[2], value=finding.value)


def edges_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return the edges of the cycle that *finding* reports, none where it is about something else."""
    subject = _key(finding)[2]
    pairs = (part.partition(" -> ") for part in subject if is_cycle(subject))
    return tuple((importer, imported) for importer, _, imported in pairs)


def without_position(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return *entries* as they compare between two ledgers: without the line where they stand."""
    return tuple(msgspec.structs.replace(entry, line=0) for entry in entries)
