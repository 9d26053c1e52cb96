"""radon's counts of lines, in one pass.

``radon.raw.analyze`` tokenizes a statement again for each of its lines: minutes for a table of some
thousand lines. The counts here are the same (radon 6.0, ``raw.py``), from one look at each line.
"""

from __future__ import annotations

from itertools import chain
from token import COMMENT, ENDMARKER, NEWLINE, NL, OP, STRING
from tokenize import generate_tokens
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from tokenize import TokenInfo

_LAYOUT = frozenset({COMMENT, NL, NEWLINE})
_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Counts(NamedTuple):
    """Logical lines, source lines, comments, and lines of strings that stand alone over several lines."""

    logical: int
    source: int
    comments: int
    multi: int


def count_code(text: str) -> Counts:
    """Count the lines of *text*. Raises TokenError or SyntaxError where a statement does not end."""
    lines = [line.strip() for line in text.splitlines()]
    logical = source = comments = multi = at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        tokens = _statement(lines, at)
        used = lines[at : at + tokens[-1].start[0]]
        at += len(used)
        filled = sum(map(bool, used))
        comments += sum(token.type == COMMENT for token in tokens)
        if not _is_lone(tokens):
            source += filled
        elif tokens[0].type == STRING and len(used) > 1:
            multi += filled
        logical += _logical(tokens)
    return Counts(logical, source, comments, multi)


def _statement(lines: Sequence[str], at: int) -> list[TokenInfo]:
    """Return the tokens of the shortest run of lines from *at* on that is complete."""
    rest = chain((f"{lines[number]}\n" for number in range(at, len(lines))), [""])
    tokens: list[TokenInfo] = []
    depth = 0
    for token in generate_tokens(rest.__next__):
        tokens.append(token)
        if token.type == OP:
            depth += _DEPTH.get(token.string, 0)
        elif token.type in (NEWLINE, NL) and not depth:
            return tokens
    raise SyntaxError(f"no end of the statement in line {at + 1}")


def _is_lone(tokens: Sequence[TokenInfo]) -> bool:
    """Tell whether a comment or a string stands alone."""
    return tokens[0].type in (COMMENT, STRING) and all(token.type in (NL, NEWLINE) for token in tokens[1:])


def _logical(tokens: Sequence[TokenInfo]) -> int:
    """Count logical lines as radon does: a part between semicolons is two where code follows its colon."""
    parts: list[list[TokenInfo]] = [[]]
    for token in tokens:
        if token.type == OP and token.string == ";":
            parts.append([])
        elif token.type not in _LAYOUT:
            parts[-1].append(token)
    return sum(_in_part(part, last=part is parts[-1]) for part in parts)


def _in_part(part: Sequence[TokenInfo], *, last: bool) -> int:
    # radon takes the end marker, which only the last part has, for the place after a colon at the end.
    size = len(part) + last
    colons = [number for number, token in enumerate(part) if token.type == OP and token.string == ":"]
    if colons:
        return 2 - (colons[-1] == size - 2)
    return int(any(token.type != ENDMARKER for token in part))
