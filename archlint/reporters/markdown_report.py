"""``archlint report --format markdown``: for a pull request, a job summary or a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.values import MOST_ROOTS
from archlint.pipeline.remediation import spoken
from archlint.reporters import owner_words
from archlint.reporters import report_words as words
from archlint.reporters.markdown_effort import effort_section
from archlint.reporters.markdown_text import ROWS, code, counted, plain, prose, table
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.pipeline.overview.values import Overview, Unit

RADAR = 20
HOLDERS = 6  # so few modules are named
MOST_ARROWS = 60


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
        effort_section,
        _capabilities,
        _radar,
        _owners,
        _system,
        _single_imports,
        _actions,
    )
    return "\n".join(line for section in sections for line in section(overview))


def _makeup(overview: Overview) -> Iterator[str]:
    made = overview.makeup
    few = len(made.roots) <= MOST_ROOTS
    title = ", ".join(map(code, made.roots)) if few else plain(words.title(overview))
    yield f"# Architecture of {title}"
    yield ""
    yield f"{plain(words.sizes(made))}."
    yield ""
    starts = ", ".join(f"{code(command)} ({code(runs)})" for command, runs in made.entry_points)
    for label, text in (
        ("Starts", starts),
        ("Built on", counted(made.needed)),
        ("Optional", counted(made.optional)),
        ("Tests", plain(words.tests(made))),
        ("Vendored", plain(words.vendored(made))),
        ("Migrations", plain(words.migrations(made))),
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
    yield from table(("Level", "Part", "Modules", "Lines", "Imports", "Upwards", "What it is"), rows)
    if rest:
        yield f"And {len(rest)} less tied: {', '.join(code(unit.label) for unit in rest)}."
        yield ""
    yield from _diagram(shown)


def _unit_row(unit: Unit) -> tuple[str, ...]:
    about = plain(unit.doc) if unit.doc else ", ".join(map(code, unit.offers))
    sizes = (f"{unit.modules:,}", f"{unit.lines:,}")
    return (str(unit.level), code(unit.label), *sizes, counted(unit.down, 5), counted(unit.up, 3), about)


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
    yield from table(("From", "To", "Up", "Down", "First place"), rows)


def _place(path: str | None, line: int) -> str:
    return code(f"{path}:{line}")


def _contracts(overview: Overview) -> Iterator[str]:
    results = overview.analysis.contracts
    if adopted := words.adopted(overview):
        yield "## Contracts"
        yield ""
        yield from (line for text in adopted for line in (f"{plain(text)}.", ""))
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
    yield from table(("Contract", "Type", "State", "Findings"), rows)


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
        yield from table(("Modules", "Shortest way round", "Imports to break it", "First"), rows)


def _hotspots(overview: Overview) -> Iterator[str]:
    if not overview.imported:
        return
    yield "## Coupling"
    yield ""
    yield "The modules that most others import (Ca), and how many they import (Ce); I = Ce / (Ca + Ce)."
    yield ""
    rows = (
        (
            code(spot.module.name),
            f"{spot.coupling.afferent:,}",
            f"{spot.coupling.efferent:,}",
            f"{spot.coupling.instability:.2f}",
        )
        for spot in overview.imported[:ROWS]
    )
    yield from table(("Module", "Ca", "Ce", "I"), rows)


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
    yield from table(("Function", "Cyclomatic", "Lines", "Place"), rows)


def _capabilities(overview: Overview) -> Iterator[str]:
    if not overview.capabilities:
        return
    yield "## Capabilities"
    yield ""
    yield "Sensitive powers, how many modules of each part use them, and the lines that use each API."
    yield ""
    rows = ((code(one.name), counted(one.parts, 5), counted(one.apis, 5)) for one in overview.capabilities)
    yield from table(("Capability", "Parts", "By"), rows)
    yield from _holders(overview)


def _holders(overview: Overview) -> Iterator[str]:
    """Yield where the powers are that few modules hold: the first use of each."""
    few = [one for one in overview.capabilities if one.modules <= HOLDERS]
    for one in few:
        first = {use.module: use for use in reversed(one.uses)}
        places = (
            f"{code(f'{overview.analysis.project.path(name)}:{first[name].line}')} ({code(first[name].api)})"
            for name in sorted(first)
        )
        yield f"- {code(one.name)} in {', '.join(places)}"
    if few:
        yield ""


def _radar(overview: Overview) -> Iterator[str]:
    if not overview.radar:
        return
    yield "## Technology radar"
    yield ""
    rows = (
        (
            code(blip.package),
            plain(", ".join(blip.purposes)),
            blip.ring,
            f"{blip.modules:,}",
            "optional" if blip.optional else "",
            blip.declared,
            ", ".join(map(code, blip.rivals)),
        )
        for blip in overview.radar[:RADAR]
    )
    head = ("Package", "For", "Ring", "Modules", "Needed", "Declared", "Beside")
    yield from table(head, rows)
    if len(overview.radar) > RADAR:
        yield f"And {len(overview.radar) - RADAR:,} more."
        yield ""


def _system(overview: Overview) -> Iterator[str]:
    if said := words.system(overview):
        yield "## As a whole"
        yield ""
        yield prose(said)
        yield ""


def _single_imports(overview: Overview) -> Iterator[str]:
    if overview.removals:
        yield "Single imports whose removal would move these numbers most:"
        yield ""
        yield from table(*owner_words.removal_table(overview.removals, code))


def _owners(overview: Overview) -> Iterator[str]:
    if overview.ownership is not None:
        yield "## Owners"
        yield ""
        yield f"{plain(owner_words.owned(overview.ownership))}."
        yield ""
        for head, rows in owner_words.owner_tables(overview.ownership, code, ROWS):
            yield from table(head, rows)


def _actions(overview: Overview) -> Iterator[str]:
    yield "## What to do first"
    yield ""
    if takes := owner_words.takes(overview):
        yield f"Best return first; {prose(takes)}."
        yield ""
    if not overview.actions:
        yield plain(words.nothing(overview))
    for number, action in enumerate(overview.actions, 1):
        more = "; ".join(prose(part) for part in (action.how, action.reason, action.effect) if part)
        place = _place(action.path, action.line)
        yield f"{number}. **{prose(action.title)}** ({place}, {spoken(action.minutes)}): {more}"
    yield ""
