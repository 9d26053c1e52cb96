"""The list of all rules."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from archlint.reporters.json_check import dumped
from archlint.reporters.paint import Paint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.reporters.pages import Entry

FAMILIES = {
    "0": "keeping the record honest",
    "1": "layering (from contracts)",
    "2": "coupling",
    "3": "complexity",
    "4": "boundaries",
    "5": "technology",
    "6": "effort",
    "9": "not analysed",
}
_NARROW = 40


def text_list(rules: Sequence[Entry], *, width: int | None = None, colour: bool = False) -> str:
    """Return a table by family; ``*`` marks what runs unasked. Summaries are wrapped to *width*, if given."""
    paint = Paint(enabled=colour)
    name_width = max((len(entry.name) for entry in rules), default=0)
    lines: list[str] = []
    family = None
    for entry in rules:
        if entry.code[3:4] != family:
            family = entry.code[3:4]
            lines += [""] * bool(lines) + [paint.bold(f"{family}  {FAMILIES.get(family, 'plugins')}")]
        lines += _lines(entry, name_width, width, paint)
    lines += ["", "* runs unasked; `archlint explain RULE` prints the page of one."]
    return "\n".join(lines) + "\n"


def _lines(entry: Entry, name_width: int, width: int | None, paint: Paint) -> Iterator[str]:
    mark = "*" if entry.default else " "
    lead = 3 + len(entry.code) + 1 + name_width + 2 + len("warning") + 2
    wide = width is not None and width - lead < _NARROW
    parts = (
        textwrap.wrap(entry.summary, max(_NARROW, (width or 0) - (6 if wide else lead)))
        if width
        else [entry.summary]
    )
    severity = paint.severity(entry.severity, entry.severity) + " " * (7 - len(entry.severity))
    head = f" {mark} {entry.code} {entry.name:<{name_width}}  {severity}"
    if wide:
        yield head.rstrip()
        yield from (f"      {part}" for part in parts)
        return
    yield f"{head}  {parts[0] if parts else ''}".rstrip()
    yield from (" " * lead + part for part in parts[1:])


def markdown_list(rules: Sequence[Entry]) -> str:
    """Return the table in Markdown."""
    rows = (
        f"| {entry.code} | `{entry.name}` | {entry.severity} | {'yes' if entry.default else 'no'} "
        f"| {entry.summary.replace('|', chr(92) + '|')} |"
        for entry in rules
    )
    return (
        "\n".join(["| code | name | severity | by default | summary |", "|---|---|---|---|---|", *rows])
        + "\n"
    )


def json_list(rules: Sequence[Entry]) -> str:
    """Return the list as a JSON document."""
    return dumped(
        {
            "schema": "archlint-rules/1",
            "rules": [
                {
                    "code": entry.code,
                    "name": entry.name,
                    "severity": entry.severity,
                    "default": entry.default,
                    "summary": entry.summary,
                    "contract_types": list(entry.contract_types),
                }
                for entry in rules
            ],
        }
    )
