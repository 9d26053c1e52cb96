"""Comments and logical lines of a file, from the tokenizer."""

from __future__ import annotations

import re
from io import StringIO
from token import COMMENT, DEDENT, ENDMARKER, INDENT, NEWLINE, NL
from tokenize import TokenError, generate_tokens
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from tokenize import TokenInfo

# Comments that may be suppressions; all that is sought where the tokenizer does not get.
WANTED = re.compile(r"#\s*archlint:|#\s*noqa\s*:[^\n]*ARC|# *tach-ignore", re.IGNORECASE)
_LAYOUT = frozenset({NL, INDENT, DEDENT, ENDMARKER})


class Comment(NamedTuple):
    """A comment and its place; ``alone`` where no code stands before it on its line."""

    line: int
    column: int
    text: str
    alone: bool


class Logical(NamedTuple):
    """The physical lines of a logical line, and the text of its first token."""

    first: int
    last: int
    start: str


class Layout(NamedTuple):
    """Comments and logical lines of a file, in order."""

    comments: list[Comment]
    logical: list[Logical]


def read_layout(text: str) -> Layout:
    """Tokenize; lines beyond what the tokenizer takes are searched line by line."""
    layout = Layout([], [])
    tokens: list[TokenInfo] = []
    reached = 0
    try:
        for token in generate_tokens(StringIO(text).readline):
            if token.type in {NEWLINE, ENDMARKER}:
                reached = token.end[0]
            tokens.append(token)
    except (TokenError, SyntaxError):
        tokens = [token for token in tokens if token.end[0] <= reached]
        _collect(tokens, layout)
        _search(text, reached, layout)
    else:
        _collect(tokens, layout)
    return layout


def _collect(tokens: Sequence[TokenInfo], layout: Layout) -> None:
    """Sort tokens into comments and logical lines."""
    first: TokenInfo | None = None
    code_line = 0
    for token in tokens:
        if token.type == COMMENT:
            alone = code_line != token.start[0]
            layout.comments.append(Comment(token.start[0], token.start[1] + 1, token.string, alone))
        elif token.type == NEWLINE:
            if first is not None:
                layout.logical.append(Logical(first.start[0], token.start[0], first.string))
            first = None
        elif token.type not in _LAYOUT:
            first = first or token
            code_line = token.end[0]


def _search(text: str, reached: int, layout: Layout) -> None:
    """Find comments by pattern in the lines after *reached*; each line counts as a logical one."""
    for number, line in enumerate(text.split("\n")[reached:], reached + 1):
        bare = line.strip()
        match = WANTED.search(line)
        if match is not None:
            column = match.start()
            layout.comments.append(Comment(number, column + 1, line[column:], bare.startswith("#")))
        if bare and not bare.startswith("#"):
            layout.logical.append(Logical(number, number, bare.split()[0]))
