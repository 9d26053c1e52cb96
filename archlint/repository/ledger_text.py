"""Writing the debt ledger: whole, or only the entries that changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from archlint.errors import ConfigError
from archlint.repository.ledger import parse_ledger
from archlint.repository.output import write_atomically
from archlint.repository.project import ledger_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archlint.model import LedgerEntry
    from archlint.repository.ledger import Ledger

_INTRODUCTION = """\
# Findings that are known and do not fail `archlint check`, written by `archlint baseline`.
# `owner`, `reason` and `until` (the last day on which the entry counts) may be edited by hand.
"""
# A last line that stays: without it, whoever removes the last entry would touch the one before it.
_END = "# The end of the ledger.\n"
_ESCAPES = {'"': '\\"', "\\": "\\\\"}


def write_ledger(root: str, text: str) -> None:
    """Write *text* as the ledger of the project at *root*. Raises ArchlintError where that fails."""
    write_atomically(ledger_path(root), text.encode())


def render(entries: Iterable[LedgerEntry], names: Mapping[str, str]) -> str:
    """Return the text of a ledger that holds *entries*, sorted; *names* maps codes to rule names."""
    blocks = ("\n".join(_block(entry, names)) for entry in sorted(entries, key=order))
    return "\n".join([_INTRODUCTION, *(f"{block}\n" for block in blocks), _END])


def revised(
    ledger: Ledger,
    replaced: Mapping[int, LedgerEntry | None],
    added: Sequence[LedgerEntry],
    names: Mapping[str, str],
) -> str:
    """Return the ledger's text with some entries, by position, *replaced* (None: removed) and some *added*.

    All other lines stay as they are. *names* maps codes to rule names.
    """
    wanted = _wanted(ledger, replaced, added)
    if not ledger.blocks:
        return render(wanted, names)
    text = "\n".join(_woven(ledger, replaced, sorted(added, key=order), names))
    # A text that somebody arranged in ways unforeseen is written anew rather than wrongly.
    return text if _holds(text, wanted, names) else render(wanted, names)


def _woven(
    ledger: Ledger,
    replaced: Mapping[int, LedgerEntry | None],
    added: Sequence[LedgerEntry],
    names: Mapping[str, str],
) -> Iterator[str]:
    """Yield the lines of *ledger* as changed, each of the sorted *added* before the first larger one."""
    before: dict[int, list[LedgerEntry]] = {}
    for entry in added:
        before.setdefault(_position(ledger.entries, entry), []).append(entry)
    lines = ledger.text.split("\n")
    done = 0
    for position, (first, last) in enumerate(ledger.blocks):
        yield from lines[done:first]
        for entry in before.get(position, ()):
            yield from (*_block(entry, names), "")
        kept = replaced.get(position)
        if position not in replaced:
            yield from lines[first : last + 1]
        elif kept is not None:
            yield from _block(kept, names)
        done = last + 1
    for entry in before.get(len(ledger.blocks), ()):
        yield from ("", *_block(entry, names))
    yield from lines[done:]


def order(entry: LedgerEntry) -> tuple[object, ...]:
    """Return what entries are sorted by."""
    return (entry.code, entry.contract or "", entry.subject, -(entry.value or 0))


def _position(entries: Sequence[LedgerEntry], entry: LedgerEntry) -> int:
    return next((n for n, each in enumerate(entries) if order(each) > order(entry)), len(entries))


def _wanted(
    ledger: Ledger, replaced: Mapping[int, LedgerEntry | None], added: Sequence[LedgerEntry]
) -> list[LedgerEntry]:
    kept = (replaced.get(number, entry) for number, entry in enumerate(ledger.entries))
    return [*(entry for entry in kept if entry is not None), *added]


def _holds(text: str, wanted: Iterable[LedgerEntry], names: Mapping[str, str]) -> bool:
    codes = {word: code for code, name in names.items() for word in (code, name)}
    with suppress(ConfigError):
        found = parse_ledger(text.encode(), codes).entries
        return sorted(map(_content, found)) == sorted(map(_content, wanted))
    return False


def _content(entry: LedgerEntry) -> str:
    return repr((entry.identity, entry.value, entry.owner, entry.reason, entry.until))


def _block(entry: LedgerEntry, names: Mapping[str, str]) -> list[str]:
    lines = ["[[known]]", f"rule = {quoted(names.get(entry.code, entry.code))}"]
    if entry.contract is not None:
        lines.append(f"contract = {quoted(entry.contract)}")
    lines += _subject(entry.subject)
    if entry.value is not None:
        lines.append(f"value = {int(entry.value) if entry.value % 1 == 0 else entry.value}")
    lines += [f"{key} = {quoted(text)}" for key in ("owner", "reason") if (text := getattr(entry, key))]
    return [*lines, f"until = {entry.until}"] if entry.until else lines


def _subject(subject: Sequence[str]) -> list[str]:
    """Write a pair or a symbol on one line, and the edges of a cycle on one each."""
    if len(subject) > 1 and all(" -> " in part for part in subject):
        return ["subject = [", *(f"  {quoted(part)}," for part in subject), "]"]
    return [f"subject = [{', '.join(map(quoted, subject))}]"]


def quoted(text: str) -> str:
    """Return *text* as a basic string of TOML, with everything that does not print as an escape."""
    return f'"{"".join(map(_character, text))}"'


def _character(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
