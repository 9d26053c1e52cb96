"""Text that Markdown and HTML show as it is, and the tables that reports are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.pipeline.overview.values import Counted

ROWS = 10
_SPECIAL = re.compile(r"([\\`*_\[\]|~$]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_MENTION = re.compile(r"([@#])(?=\w)")


def plain(text: str) -> str:
    """Return *text* so that Markdown and HTML show it as it is."""
    text = safe(text).replace("&", "&amp;").replace("<", "&lt;")
    # A zero-width space keeps a forge from taking `@name` and `#1` for people and issues.
    return _MENTION.sub("\\1\u200b", _SPECIAL.sub(r"\\\1", text))


def prose(text: str) -> str:
    """Return a sentence of archlint's own: what stands between its backticks as code, the rest as it is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(code(part) if place % 2 else plain(part) for place, part in enumerate(parts))


def code(text: str) -> str:
    """Return *text* as a code span that also stands in a table."""
    text = safe(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if longest or not text.strip() else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table, and an empty one."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join(' --- ' for _ in head)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def counted(counts: Counted, most: int = ROWS) -> str:
    """Name the first of *counts* with their numbers, and how many more there are."""
    shown = ", ".join(f"{code(name)} {number:,}" for name, number in counts[:most])
    return shown + (f" and {len(counts) - most:,} more" if len(counts) > most else "")
