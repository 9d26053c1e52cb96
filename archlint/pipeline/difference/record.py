"""What a change adds to the ledger and to the comments that let findings pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.pipeline.difference.values import Weakening
from archlint.pipeline.difference.wording import listed
from archlint.pipeline.ledger import is_cycle, without_position
from archlint.repository.ledger import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.facts import ModuleSummary, Suppression
    from archlint.model import LedgerEntry
    from archlint.rule import Project


def added_entries(old: Sequence[LedgerEntry], new: Sequence[LedgerEntry]) -> Iterator[Weakening]:
    """Yield the entries of the ledger *new* that let more pass than those of *old*."""
    same = Counter(without_position(old)) & Counter(without_position(new))
    rest: dict[tuple[str, ...], list[LedgerEntry]] = {}
    for entry in _less(old, same):
        rest.setdefault(entry.identity, []).append(entry)
    for entry in _less(new, same):
        alike = rest.get(entry.identity)
        text = _changed(entry, alike.pop()) if alike else _added(entry, old)
        if text:
            yield Weakening(text, FILE, entry.line or None)


def _less(entries: Sequence[LedgerEntry], same: Counter[LedgerEntry]) -> Iterator[LedgerEntry]:
    """Yield *entries* without as many of each as *same* counts."""
    left = Counter(same)
    for entry, bare in zip(entries, without_position(entries), strict=True):
        if left[bare] > 0:
            left[bare] -= 1
        else:
            yield entry


def _added(entry: LedgerEntry, old: Sequence[LedgerEntry]) -> str | None:
    return None if _is_part(entry, old) else f"a ledger entry was added: {_what(entry)}"


def _changed(entry: LedgerEntry, one: LedgerEntry) -> str | None:
    """Say what *entry* lets pass that it did not as *one*, None where that is nothing more."""
    if one.value is not None and (entry.value is None or entry.value > one.value):
        now = "grow" if entry.value is None else f"grow to {entry.value:g}"
        return f"the ledger lets {_what(entry)} {now}, was {one.value:g}"
    if one.until is not None and (entry.until or "never") > one.until:
        return f"the ledger knows {_what(entry)} until {entry.until or 'further notice'}, was {one.until}"
    return None


def _what(entry: LedgerEntry) -> str:
    contract = f" of `{entry.contract}`" if entry.contract is not None else ""
    return f"{entry.code} {listed(entry.subject)}{contract}"


def _is_part(entry: LedgerEntry, old: Sequence[LedgerEntry]) -> bool:
    """Tell whether *entry* is what is left of a cycle that was known."""
    return is_cycle(entry.subject) and any(
        (one.code, one.contract) == (entry.code, entry.contract) and set(entry.subject) <= set(one.subject)
        for one in old
    )


def added_comments(old: Project, new: Project) -> Iterator[Weakening]:
    """Yield the suppressions of *new* that *old* does not have."""
    known = Counter(key for _, key, _ in _suppressions(old))
    for path, key, suppression in _suppressions(new):
        if known[key] > 0:
            known[key] -= 1
            continue
        scope = "for the whole file" if not suppression.first else "here"
        reason = f": {suppression.reason}" if suppression.reason else ", without a reason"
        text = f"a suppression of {', '.join(suppression.rules)} {scope}{reason}"
        yield Weakening(text, path, suppression.line)


def _suppressions(project: Project) -> Iterator[tuple[str, tuple[object, ...], Suppression]]:
    """Yield every readable suppression with its file and what makes it the same in another state."""
    for path, said in _files(project):
        for each in said.suppressions:
            if each.malformed is None:
                yield path, (path, each.rules, each.targets, each.contracts, bool(each.first)), each


def _files(project: Project) -> Iterator[tuple[str, ModuleSummary]]:
    for facts, side in ((project.facts, "path"), (project.stub_facts, "stub")):
        for name in sorted(facts):
            yield getattr(project.modules[name], side), facts[name]
