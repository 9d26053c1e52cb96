"""Suppression comments, and the lines that each covers.

``# archlint: ignore[code-or-name, ...] -- reason`` behind code covers that statement; on a line of
its own the next one; ``file-ignore`` covers the file. ``# noqa: ARC101`` is taken as well, and so are
``# tach-ignore`` comments.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import structs

from archlint.facts import Suppression
from archlint.parsing.layout import WANTED, read_layout
from archlint.parsing.tach_comments import MARK, tach_ignore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.parsing.layout import Comment, Logical

_MARKER = re.compile(r"#\s*archlint:\s*(?P<body>.*)")
_BODY = re.compile(r"(?P<verb>[\w-]*)\s*(?:\[(?P<rules>[^\[\]]*)\])?\s*(?P<rest>.*)")
_REASON = re.compile(r"--\s*(?P<reason>.*?)\s*(?:\s#\s.*)?$")
_NOQA = re.compile(r"#\s*noqa\s*:\s*(?P<codes>[A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*)(?P<rest>.*)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def suppressions(text: str) -> tuple[Suppression, ...]:
    """Return the suppression comments of newline-normalised *text*; broken source has some too."""
    if "archlint:" not in text and "ARC" not in text and MARK not in text:
        return ()
    if WANTED.search(text) is None:
        return ()
    layout = read_layout(text)
    found = [(comment, _parse(comment)) for comment in layout.comments]
    return tuple(_cover(comment, said, layout.logical) for comment, said in found if said is not None)


def _parse(comment: Comment) -> Suppression | None:
    """Return what a comment says, its cover still open (first -1; 0 for the file); None for others."""
    match = _MARKER.search(comment.text)
    if match is not None:
        return _read_body(comment, match)
    match = _NOQA.search(comment.text)
    if match is None:
        return tach_ignore(comment)
    codes = tuple(code for code in re.split(r"[\s,]+", match["codes"]) if code.startswith("ARC"))
    if not codes:
        return tach_ignore(comment)
    return Suppression(
        comment.line, comment.column + match.start(), codes, _reason(match["rest"]) or "", -1, -1
    )


def _read_body(comment: Comment, marker: re.Match[str]) -> Suppression:
    """Read what follows ``archlint:``; what cannot be read becomes a malformed suppression."""
    body = _BODY.match(marker["body"])
    verb, listed, rest = body.group("verb", "rules", "rest") if body else ("", None, "")
    rules = tuple(name.strip() for name in (listed or "").split(","))
    if len(rules) > 1 and not rules[-1]:
        rules = rules[:-1]
    reason = _reason(rest)
    problem = _problem(verb, listed, rules, reason)
    column = comment.column + marker.start()
    place = 0 if verb == "file-ignore" and problem is None else -1
    if problem is not None:
        return Suppression(comment.line, column, (), "", place, place, problem)
    return Suppression(comment.line, column, rules, reason or "", place, place)


def _problem(verb: str, listed: str | None, rules: tuple[str, ...], reason: str | None) -> str | None:
    if verb not in {"ignore", "file-ignore"}:
        return "unknown verb: write ignore[...] or file-ignore[...]"
    if listed is None:
        return f"no rules: write {verb}[code-or-name]"
    if not all(map(_NAME.fullmatch, rules)):
        return f"unreadable list of rules: write {verb}[code-or-name, ...]"
    if reason is None:
        return 'unreadable reason: write " -- reason" after the closing bracket'
    return None


def _reason(rest: str) -> str | None:
    """Return the reason in what follows the rules, empty without one; None where it is unreadable."""
    rest = rest.strip()
    if not rest or rest.startswith("#"):
        return ""
    match = _REASON.match(rest)
    return match["reason"] if match else None


def _cover(comment: Comment, said: Suppression, logical: Sequence[Logical]) -> Suppression:
    """Return *said* with the lines that it covers."""
    if said.first == 0:
        return said
    first, last = _lines(comment, logical)
    return structs.replace(said, first=first, last=last)


def _lines(comment: Comment, logical: Sequence[Logical]) -> tuple[int, int]:
    index = bisect_left(logical, comment.line, key=lambda line: line.last)
    if index == len(logical):
        return comment.line, comment.line
    line = logical[index]
    if line.first > comment.line:
        return _with_decorated(index, logical)
    is_import = line.start in {"import", "from", "lazy"}
    if is_import and line.first < comment.line < line.last:
        # Inside a list of imported names: that name, or the one below.
        place = comment.line + comment.alone
        return place, place
    return line.first, line.last


def _with_decorated(index: int, logical: Sequence[Logical]) -> tuple[int, int]:
    """Return the lines of a statement's head, decorators and the decorated head included."""
    last = index
    while logical[last].start == "@" and last + 1 < len(logical):
        last += 1
    return logical[index].first, logical[last].last
