"""``archlint report --format markdown``: for a pull request, a job summary or a wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.reporters import report_words as words
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.pipeline.overview.values import Counted, Overview, Unit

ROWS = 10
MOST_ARROWS = 60
_SPECIAL = re.compile(r"([\\`*_\[\]|~$]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_MENTION = re.compile(r"([@#])(?=\w)")


def markdown_report(overview: Overview) -> str:
    """Return the report as GitHub-flavoured Markdown with one Mermaid diagram."""
    sections = (
        _makeup,
        _map,
        _against,
        _contracts,
        _cycles,
        _hotspots,
        _functions,
        _capabilities,
        _system,
        _actions,
    )
    return "\n".join(line for section in sections for line in section(overview))


def plain(text: str) -> str:
    """Return *text* so that Markdown and HTML show it as it is."""
    text = safe(text).replace("&", "&amp;").replace("<", "&lt;")
    # A zero-width space keeps a forge from taking `@name` and `#1` for people and issues.
    return _MENTION.sub("\\1\u200b", _SPECIAL.sub(r"\\\1", text))


def code(text: str) -> str:
    """Return *text* as a code span that also stands in a table."""
    text = safe(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if longest or not text.strip() else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join(' --- ' for _ in head)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _counted(counts: Counted, most: int = ROWS) -> str:
    shown = ", ".join(f"{code(name)} {number:,}" for name, number in counts[:most])
    return shown + (f" and {len(counts) - most:,} more" if len(counts) > most else "")


def _makeup(overview: Overview) -> Iterator[str]:
    made = overview.makeup
    yield f"# Architecture of {', '.join(code(root) for root in made.roots[:ROWS])}"
    yield ""
    yield f"{plain(words.sizes(made))}."
    yield ""
    starts = ", ".join(f"{code(command)} ({code(runs)})" for command, runs in made.entry_points)
    for label, text in (
        ("Starts", starts),
        ("Built on", _counted(made.needed)),
        ("Optional", _counted(made.optional)),
        ("Tests", plain(words.tests(made))),
    ):
        if text:
            yield f"- **{label}:** {text}"
    yield ""


def _map(overview: Overview) -> Iterator[str]:
    map_ = overview.map
    shown, rest = words.shown_units(map_)
    yield "## Map"
    yield ""
    yield f"Highest first: {plain(words.direction(map_))}."
    yield ""
    rows = (_unit_row(unit) for unit in shown)
    yield from _table(("Level", "Part", "Modules", "Lines", "Imports", "Upwards", "What it is"), rows)
    if rest:
        yield f"And {len(rest)} less tied: {', '.join(code(unit.label) for unit in rest)}."
        yield ""
    yield from _diagram(shown)


def _unit_row(unit: Unit) -> tuple[str, ...]:
    about = plain(unit.doc) if unit.doc else ", ".join(map(code, unit.offers))
    sizes = (f"{unit.modules:,}", f"{unit.lines:,}")
    return (str(unit.level), code(unit.label), *sizes, _counted(unit.down, 5), _counted(unit.up, 3), about)


def _diagram(units: Sequence[Unit]) -> Iterator[str]:
    """Draw the heaviest imports between *units*; dotted arrows run against the order."""
    number = {unit.label: position for position, unit in enumerate(units)}
    arrows = [
        (count, number[unit.label], number[label], mark)
        for unit in units
        for side, mark in ((unit.down, "-->"), (unit.up, "-.->"))
        for label, count in side
        if label in number
    ]
    if not arrows:
        return
    yield "```mermaid"
    yield "flowchart TD"
    for unit in units:
        yield f'  n{number[unit.label]}["{_label(unit.label)}"]'
    heaviest = sorted(arrows, key=lambda arrow: (-arrow[0], arrow[1:]))[:MOST_ARROWS]
    for count, tail, head, mark in sorted(heaviest, key=lambda arrow: arrow[1:]):
        yield f"  n{tail} {mark}|{count}| n{head}"
    yield "```"
    yield ""


def _label(text: str) -> str:
    """Return *text* for a quoted Mermaid label: everything but names as character codes."""
    return "".join(char if char.isalnum() or char in "_." else f"#{ord(char)};" for char in safe(text))


def _against(overview: Overview) -> Iterator[str]:
    pairs = overview.map.against
    if not pairs:
        return
    yield "## Against the order"
    yield ""
    rows = (
        (
            code(pair.importer),
            code(pair.imported),
            str(pair.count),
            str(pair.forward),
            _place(pair.rows[0].path, pair.rows[0].line),
        )
        for pair in pairs[:ROWS]
    )
    yield from _table(("From", "To", "Up", "Down", "First place"), rows)


def _place(path: str | None, line: int) -> str:
    return code(f"{path}:{line}")


def _contracts(overview: Overview) -> Iterator[str]:
    results = overview.analysis.contracts
    if not results:
        return
    yield "## Contracts"
    yield ""
    rows = (
        (
            plain(one.name),
            code(one.type),
            "kept" if one.kept else "not judged" if one.error else "broken",
            f"{one.findings:,}",
        )
        for one in results
    )
    yield from _table(("Contract", "Type", "State", "Findings"), rows)


def _cycles(overview: Overview) -> Iterator[str]:
    yield "## Cycles"
    yield ""
    yield f"{plain(words.cycles(overview))}."
    yield ""
    if overview.circles:
        rows = (
            (
                str(len(circle.modules)),
                " → ".join(map(code, words.loop(circle, overview.makeup.roots))),
                str(len(circle.breaks)),
                _place(circle.breaks[0][0].path, circle.breaks[0][0].line),
            )
            for circle in overview.circles[:ROWS]
        )
        yield from _table(("Modules", "Shortest way round", "Imports to break it", "First"), rows)


def _hotspots(overview: Overview) -> Iterator[str]:
    if not overview.hotspots:
        return
    yield "## Coupling"
    yield ""
    yield "Modules that many import (Ca) and that import many (Ce); I = Ce / (Ca + Ce)."
    yield ""
    rows = (
        (
            code(spot.module.name),
            f"{spot.coupling.afferent:,}",
            f"{spot.coupling.efferent:,}",
            f"{spot.coupling.instability:.2f}",
        )
        for spot in overview.hotspots[:ROWS]
    )
    yield from _table(("Module", "Ca", "Ce", "I"), rows)


def _functions(overview: Overview) -> Iterator[str]:
    found = words.striking(overview, ROWS)
    if not found:
        return
    yield "## Complexity"
    yield ""
    rows = (
        (
            code(one.function.name),
            f"{one.function.cyclomatic:,}",
            f"{one.function.end_line - one.function.line + 1:,}",
            _place(one.module.path, one.function.line),
        )
        for one in found
    )
    yield from _table(("Function", "Cyclomatic", "Lines", "Place"), rows)


def _capabilities(overview: Overview) -> Iterator[str]:
    if not overview.capabilities:
        return
    yield "## Capabilities"
    yield ""
    yield "Sensitive powers, how many modules of each part use them, and the lines that use each API."
    yield ""
    rows = ((code(one.name), _counted(one.parts, 5), _counted(one.apis, 5)) for one in overview.capabilities)
    yield from _table(("Capability", "Parts", "By"), rows)


def _system(overview: Overview) -> Iterator[str]:
    yield "## As a whole"
    yield ""
    yield plain(words.system(overview))
    yield ""


def _actions(overview: Overview) -> Iterator[str]:
    yield "## What to do first"
    yield ""
    if not overview.actions:
        yield plain(words.NOTHING)
    for number, action in enumerate(overview.actions, 1):
        more = "; ".join(plain(part) for part in (action.how, action.reason) if part)
        yield f"{number}. **{plain(action.title)}** ({_place(action.path, action.line)}): {more}"
    yield ""
