"""Where a key stands in a TOML text: tomllib keeps no positions, and people need them."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
_KEY = r'(?:[A-Za-z0-9_-]+|"[^"\n]*"|\'[^\'\n]*\')'
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_DOTTED})\s*\]\]?")
_PAIR = re.compile(rf"^\s*({_DOTTED})\s*=")
_PART = re.compile(_KEY)


def line_of(text: str, keys: Path) -> int:
    """Return the line, from 1, of the deepest part of *keys* that stands in *text* by itself.

    Integers in *keys* count the tables of an array of tables. Falls back to the line of the
    nearest enclosing table, else 1.
    """
    best, best_depth = 1, 0
    for path, line in places(text):
        depth = _common(path, keys)
        if depth == len(path) and depth > best_depth:
            best, best_depth = line, depth
    return best


def places(text: str) -> list[tuple[Path, int]]:
    """Return each table and key of *text* with its line, in the order of the text."""
    found: list[tuple[Path, int]] = []
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        if header:
            table = _indexed(_parts(header[2]), counts, grows=header[1] == "[[")
            found.append((table, number))
            continue
        pair = _PAIR.match(line)
        if pair:
            found.append(((*table, *_parts(pair[1])), number))
    return found


def _indexed(parts: Path, counts: dict[Path, int], *, grows: bool) -> Path:
    """Put the number of the current table behind each array of tables in *parts*."""
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if grows and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _common(path: Path, keys: Path) -> int:
    depth = 0
    for one, other in zip(path, keys, strict=False):
        if one != other:
            break
        depth += 1
    return depth
