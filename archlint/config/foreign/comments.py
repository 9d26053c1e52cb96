"""The comments of another tool's configuration, and the keys of archlint's that each goes with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.config.document import Keys, Remark
from archlint.config.foreign.tach_words import kebab
from archlint.config.lines import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.config.foreign.words import Foreign, Taken


def remarks_of(foreign: Foreign, text: str) -> dict[Keys, Remark]:
    """Return the comments of *text*, from which *foreign* was read, by archlint's keys that they go with.

    Contracts are numbered without those that cannot be judged.
    """
    by_line = _by_line(text, ini=not foreign.path.endswith(".toml"))
    found: dict[Keys, Remark] = {}
    for key, line in foreign.lines.items():
        found[key,] = by_line.get(line, Remark())
    for number, taken in enumerate(each for each in foreign.contracts if not each.faults):
        for keys, line in _lines_of(taken, text):
            remark = by_line.get(line)
            if remark is not None:
                found["contracts", number, *keys] = remark
    return {keys: remark for keys, remark in found.items() if remark != Remark()}


def _lines_of(taken: Taken, text: str) -> Iterator[tuple[Keys, int]]:
    """Yield the keys of a contract's table with the line that each stands on in *text*."""
    if taken.theirs != "modules":
        yield (), taken.line
    lines = text.split("\n")
    for key, value in taken.table.items():
        line = taken.lines.get(key)
        if line is None or (key == "modules" and taken.theirs == "modules"):
            continue
        yield (key,), line
        if isinstance(value, list):
            yield from (((key, place), found) for place, found in _items(value, line, lines))
    if taken.theirs == "modules":
        yield from _modules(taken, text)


def _items(value: list[Any], line: int, lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of items of a list with the lines below *line* that they stand on by themselves."""
    at = line
    for place, item in enumerate(value):
        ahead = range(at, min(len(lines), at + 200))
        found = next((number for number in ahead if str(item) in lines[number].partition("#")[0]), None)
        if found is not None:
            at = found + 1
            yield place, at


def _modules(taken: Taken, text: str) -> Iterator[tuple[Keys, int]]:
    """Yield the keys of tach's modules, table by table; those of domain files stand elsewhere."""
    above = ("tool", "tach") if taken.path.rpartition("/")[2] == "pyproject.toml" else ()
    for place, entry in enumerate(taken.table.get("modules", ())):
        header = line_of(text, (*above, "modules", place))
        if header == line_of(text, (*above, "modules", len(taken.table["modules"]))):
            return
        yield ("modules", place), header
        for key in entry:
            line = line_of(text, (*above, "modules", place, key.replace("-", "_")))
            if line != header and kebab(key) == key:
                yield ("modules", place, key), line


def _by_line(text: str, *, ini: bool) -> dict[int, Remark]:
    """Return, for each line that says something, the comments above it and behind it."""
    marks = ("#", ";") if ini else ("#",)
    found: dict[int, Remark] = {}
    pending: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if bare.startswith(marks):
            pending.append(bare[1:].strip())
        elif bare:
            beside = "" if ini else _behind(line)
            if pending or beside:
                found[number] = Remark(tuple(pending), beside)
            pending = []
    return found


def _behind(line: str) -> str:
    """Return the comment behind the TOML of a line, empty without one."""
    quote = ""
    for place, character in enumerate(line):
        if quote:
            quote = "" if character == quote and line[place - 1] != "\\" else quote
        elif character in "\"'":
            quote = character
        elif character == "#":
            return line[place + 1 :].strip()
    return ""
