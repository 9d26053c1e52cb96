"""The debt ledger: a TOML file of known findings, one table each, that git merges line by line.

Entries are sorted and hold no line number. Removing one leaves every other line as it was, the blank
line between its neighbours included: two branches that each remove an entry merge without a conflict.
"""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date  # noqa: TC003 (msgspec reads the annotations)
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from archlint.errors import ConfigError
from archlint.model import LedgerEntry
from archlint.repository.paths import shown
from archlint.repository.project import LEDGER, ledger_path
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = LEDGER
LARGEST = 20_000_000
_HEADER = re.compile(r"^\s*\[\[\s*known\s*\]\]")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})( |$)", re.MULTILINE)

_EXPECTED = re.compile(r"Expected `(?P<type>\w+).*?(?: - at `\$\.?(?P<key>[^`]*)`|$)")
_WORDS = {
    "array": "a list of at least one text",
    "date": "a date such as 2026-12-31",
    "float": "a number",
    "object": "a table",
    "str": "a text that is not empty",
}

Word = Annotated[str, Meta(min_length=1)]


class _Known(Struct, forbid_unknown_fields=True):
    """One table as written; ``rule`` is a code or a name."""

    rule: Word
    subject: Annotated[list[Word], Meta(min_length=1)]
    contract: str | None = None
    value: float | None = None
    owner: str | None = None
    reason: str | None = None
    until: date | None = None


class Ledger(Struct, frozen=True):
    """The entries of a ledger in order, and its text; ``blocks`` are their first and last lines, from 0."""

    entries: tuple[LedgerEntry, ...] = ()
    text: str = ""
    blocks: tuple[tuple[int, int], ...] = ()


def read_ledger(root: str, codes: Mapping[str, str]) -> Ledger | None:
    """Return the ledger of the project at *root*, None where there is none.

    *codes* maps every code and name of a rule to its code. Raises ConfigError with a line for each fault.
    """
    path = ledger_path(root)
    if not os.path.lexists(path):
        return None
    try:
        return parse_ledger(read(path, LARGEST), codes)
    except Unreadable as error:
        raise ConfigError(f"{FILE}: {error.reason}") from None


def parse_ledger(data: bytes, codes: Mapping[str, str]) -> Ledger:
    """Return the ledger that *data* holds. Raises ConfigError with a line for each fault."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{FILE}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    tables = _tables(text)
    blocks = tuple(_blocks(text))
    if len(blocks) != len(tables):
        raise ConfigError(f"{FILE}: write each entry as a table of its own, below a line [[known]]")
    entries: list[LedgerEntry] = []
    faults: list[str] = []
    for (first, _), table in zip(blocks, tables, strict=True):
        try:
            entries.append(_entry(table, first + 1, codes))
        except (msgspec.ValidationError, ValueError) as error:
            faults.append(f"{FILE}:{first + 1}: {_plain(error)}")
    if faults:
        raise ConfigError(*faults)
    return Ledger(tuple(entries), text, blocks)


def _tables(text: str) -> list[object]:
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise ConfigError(
            f"{FILE}:{line}: an unresolved merge conflict; take out the three marker lines, keep both sides, "
            "and run `archlint baseline --shrink`"
        )
    try:
        document = tomllib.loads(text)
    except ValueError as error:
        raise ConfigError(f"{FILE}: not valid TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{FILE}: nested too deeply") from None
    tables = document.pop("known", [])
    if document:
        strange = shown(next(iter(document)))
        raise ConfigError(f"{FILE}: unknown key `{strange}`; entries are tables below a line [[known]]")
    if not isinstance(tables, list):
        raise ConfigError(f"{FILE}: `known` must be written [[known]], once for each entry")
    return tables


def _entry(table: object, line: int, codes: Mapping[str, str]) -> LedgerEntry:
    known = msgspec.convert(table, _Known)
    if known.rule not in codes:
        raise ValueError(f"unknown rule `{shown(known.rule)}`{_near(known.rule, codes)}")
    until = known.until.isoformat()[:10] if known.until is not None else None
    return LedgerEntry(
        code=codes[known.rule],
        subject=tuple(known.subject),
        contract=known.contract,
        value=known.value,
        owner=known.owner,
        reason=known.reason,
        until=until,
        line=line,
    )


def _near(word: str, codes: Mapping[str, str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (only to say what is wrong)

    near = get_close_matches(word, list(codes), n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else "; `archlint rules` lists them"


def _plain(error: Exception) -> str:
    """Say msgspec's verdict in the words of TOML."""
    text = str(error)
    kind = _EXPECTED.match(text)
    if kind:
        key = (kind["key"] or "").partition("[")[0] or "the entry"
        return f"`{key}` must be {_WORDS.get(kind['type'], kind['type'])}"
    return text.replace("Object contains unknown field", "unknown key").replace(
        "Object missing required field", "there is no"
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each entry; comments and blank lines behind it are not part of it."""
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=False):
        last = following - 1
        while last > head and (not lines[last].strip() or lines[last].lstrip().startswith("#")):
            last -= 1
        yield head, last
