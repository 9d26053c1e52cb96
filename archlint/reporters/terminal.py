"""``archlint report`` for a terminal: the architecture in two screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from archlint.pipeline.overview.units import short
from archlint.pipeline.remediation import spoken
from archlint.reporters import owner_words
from archlint.reporters import report_words as words
from archlint.reporters.terminal_effort import effort_lines
from archlint.reporters.terminal_lines import Page, padded, rendered
from archlint.reporters.terminal_map import map_lines
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.circles import Circle
    from archlint.pipeline.overview.values import Action, Hotspot, MeasuredFunction, Overview, Ownership

NARROWEST, WIDEST = 60, 120
SENSITIVE = 6
TOLD = 5  # actions at length
FEWEST = 3  # actions, in whatever room
SCREENS = 80  # lines: two screens


def terminal(overview: Overview, *, width: int = 80, colour: bool = False, fancy: bool = False) -> str:
    """Return the report in lines of at most *width* cells; ASCII alone unless *fancy*."""
    page = Page(min(max(width, NARROWEST), WIDEST), fancy)
    lines = [*_lines(overview, page), *_actions(overview, page, TOLD)]
    if len(lines) > SCREENS:
        lines = list(_lines(overview, page, brief=True))
        lines += _fitting_actions(overview, page, SCREENS - len(lines))
    return rendered(lines, page.width, colour=colour)


def _lines(overview: Overview, page: Page, *, brief: bool = False) -> Iterator[Text]:
    """Yield the lines above the actions; a *brief* report has a line for the capabilities, not a section."""
    rows = 5 if len(overview.map.units) <= 12 else 4 if len(overview.map.units) <= 16 else 3
    yield from _makeup(overview, page)
    if brief and overview.capabilities:
        uses = [f"{one.name} {one.modules:,}" for one in overview.capabilities]
        yield Text(padded("touches", 10), style="dim").append(
            page.listed(uses, page.width - 10), style="not dim"
        )
    yield Text()
    yield from map_lines(overview.map, page, rows)
    yield from _contracts(overview, page)
    yield from _cycles(overview, page, rows)
    yield from _hotspots(overview, page, rows - brief)
    yield from _functions(overview, page, rows)
    yield from effort_lines(overview.effort, overview.makeup.roots, page, rows - brief)
    if not brief:
        yield from _capabilities(overview, page)
    if overview.ownership is not None:
        yield from _owners(overview.ownership, page, rows - brief)
    yield from _system(overview, page)


def _makeup(overview: Overview, page: Page) -> Iterator[Text]:
    made = overview.makeup
    yield Text(page.cut(words.title(overview), page.width), style="bold")
    room = page.width - 10
    yield from page.wrap(Text(words.sizes(made)), 0)
    starts = [f"{command} ({runs})" for command, runs in made.entry_points]
    facts = (
        ("starts", page.listed(starts, room)),
        ("built on", page.listed([f"{name} {number:,}" for name, number in made.needed], room)),
        ("optional", page.listed([f"{name} {number:,}" for name, number in made.optional], room)),
        ("on hold", page.listed(words.on_hold(overview), room)),
        ("rivals", page.listed(words.rivals(overview), room)),
        ("manifest", page.cut(words.undeclared(overview), room)),
        ("tests", page.cut(words.tests(made), room)),
        ("vendored", page.cut(words.vendored(made), room)),
        ("migrated", page.cut(words.migrations(made), room)),
    )
    for label, text in facts:
        if text:
            yield Text(padded(label, 10), style="dim").append(text, style="not dim")


def _contracts(overview: Overview, page: Page) -> Iterator[Text]:
    results = overview.analysis.contracts
    for text in words.adopted(overview):
        yield from page.wrap(
            Text("CONTRACTS", style="bold cyan").append(f"  {safe(text)}", "not bold default"), 0
        )
        yield Text()
    if not results:
        return
    broken = [result for result in results if not result.kept]
    yield page.section("CONTRACTS", f"{len(results) - len(broken)} of {len(results)} kept")
    for result in broken[:5]:
        state = "not judged" if result.error else f"broken, {count(result.findings, 'finding')}"
        yield Text("  ").append(page.cut(f"{result.name}: {state}", page.width - 2), style="red")
    yield Text()


def _cycles(overview: Overview, page: Page, rows: int) -> Iterator[Text]:
    yield page.section("CYCLES", words.cycles(overview))
    for circle in overview.circles[:rows]:
        yield _cycle(circle, overview, page)
    yield Text()


def _cycle(circle: Circle, overview: Overview, page: Page) -> Text:
    first = circle.breaks[0][0]
    edges = len(circle.breaks)
    place = f"break at {first.path}:{first.line}" if edges == 1 else f"broken by {edges} imports"
    names = f" {page.arrow} ".join(words.loop(circle, overview.makeup.roots))
    line = Text(f"{len(circle.modules):>4}  ")
    room = page.width - 8
    wide = min(room, max(room // 2, room - cell_len(safe(place))))
    line.append(page.cut(names, wide)).append("  ")
    return line.append(page.cut_path(place, page.width - line.cell_len), style="dim")


def _hotspots(overview: Overview, page: Page, rows: int) -> Iterator[Text]:
    if not overview.imported:
        return
    yield page.section("COUPLING", "most imported (Ca), and how many they import (Ce); I = Ce/(Ca+Ce)")
    names = _short(overview, [spot.module.name for spot in overview.imported[:rows]])
    wide = min(max(map(len, names)), page.width // 2)
    digits = max(len(f"{spot.coupling.afferent:,}") for spot in overview.imported[:rows])
    for name, spot in zip(names, overview.imported, strict=False):
        line = Text("  ").append(padded(page.cut_front(name, wide), wide))
        yield _hotspot(line, spot, page, digits)
    yield Text()


def _hotspot(line: Text, spot: Hotspot, page: Page, digits: int) -> Text:
    ca, ce = spot.coupling.afferent, spot.coupling.efferent
    line.append(f"  Ca {ca:>{digits},}  Ce {ce:>3,}  I {spot.coupling.instability:.2f}  ")
    return line.append(page.listed(spot.offers, page.width - line.cell_len), style="dim")


def _functions(overview: Overview, page: Page, rows: int) -> Iterator[Text]:
    found = words.striking(overview, rows)
    if not found:
        return
    yield page.section("COMPLEXITY", "the functions of highest cyclomatic complexity, and their lines")
    for one in found:
        yield _function(one, page)
    yield Text()


def _function(one: MeasuredFunction, page: Page) -> Text:
    function = one.function
    line = Text(f"{function.cyclomatic:>4,} {function.end_line - function.line + 1:>5,}  ")
    wide = (page.width - 14) * 2 // 5
    line.append(padded(page.cut_front(function.name, wide), wide)).append("  ")
    return line.append(
        page.cut_path(f"{one.module.path}:{function.line}", page.width - line.cell_len), style="dim"
    )


def _capabilities(overview: Overview, page: Page) -> Iterator[Text]:
    if not overview.capabilities:
        return
    shown, rest = overview.capabilities[:SENSITIVE], overview.capabilities[SENSITIVE:]
    also = ", ".join(f"{one.name} {one.modules:,}" for one in rest)
    yield page.section("CAPABILITIES", "modules of each part that use them" + (f"; {also}" if also else ""))
    wide = max(len(one.name) for one in shown)
    for one in shown:
        line = Text("  ").append(padded(one.name, wide)).append("  ")
        parts = [f"{label} {number:,}" for label, number in one.parts]
        yield line.append(page.listed(parts, page.width - line.cell_len), style="dim")
    yield Text()


def _owners(found: Ownership, page: Page, rows: int) -> Iterator[Text]:
    yield page.section("OWNERS", owner_words.owned(found))
    shown = [one for one in found.owners if one.name][:rows] + [one for one in found.owners if not one.name]
    wide = max((cell_len(safe(owner_words.owner_name(one))) for one in shown), default=0)
    for one in shown:
        name = padded(page.cut(owner_words.owner_name(one), page.width // 3), min(wide, page.width // 3))
        yield Text(f"  {name}  ").append(page.cut(owner_words.has(one), page.width - wide - 4), style="dim")
    pairs = [f"{one.importer} {page.arrow} {one.imported} {one.imports:,}" for one in found.crossings]
    for label, items in (("crossing", pairs), ("imported", list(map(owner_words.wanted, found.wanted)))):
        if items:
            listed = page.listed(items, page.width - 12)
            yield Text(f"  {label}  ", style="dim").append(listed, style="not dim")
    yield Text()


def _system(overview: Overview, page: Page) -> Iterator[Text]:
    if not (said := words.system(overview)):
        return
    text = Text("AS A WHOLE", style="bold cyan").append(f"  {said}", style="not bold default")
    single = owner_words.single_imports(overview)
    text.append(f" {safe(single)}." if single else "", style="not bold default")
    yield from page.wrap(text, 0)
    yield Text()


def _actions(overview: Overview, page: Page, told: int, most: int | None = None) -> Iterator[Text]:
    """Yield the first *most* actions, all by default, of which the first *told* at length."""
    yield page.section("WHAT TO DO FIRST", owner_words.takes(overview))
    if not overview.actions:
        yield from page.wrap(Text(words.nothing(overview)), 2)
    for number, action in enumerate(overview.actions[:most], 1):
        yield from _action(number, action, page) if number <= told else [_brief_action(number, action, page)]
    if len(overview.actions) > told:
        left = len(overview.actions[most:]) if most is not None else 0
        more = f"and {left} more: " if left else ""
        yield Text(f"   {more}--format markdown tells all of them at length", style="dim")


def _fitting_actions(overview: Overview, page: Page, room: int) -> list[Text]:
    """Return the actions in *room* lines: as many at length as leave one for the others, else fewer."""
    lines: list[Text] = []
    for told in range(TOLD, 0, -1):
        lines = list(_actions(overview, page, told))
        if len(lines) <= room:
            return lines
    most = max(len(overview.actions) - (len(lines) - room), FEWEST)
    return list(_actions(overview, page, 1, most))


def _brief_action(number: int, action: Action, page: Page) -> Text:
    """Return one line: the title, the place where there is room for it, and how long it takes."""
    head, took = f"{number:>2}. ", f"  ({spoken(action.minutes)})"
    line = Text(head).append(page.cut(action.title, page.width - len(head) - len(took)))
    place = safe(f"  {action.path}:{action.line}")
    if line.cell_len + cell_len(place) + len(took) <= page.width:
        line.append(place, style="dim")
    return line.append(took, style="dim")


def _action(number: int, action: Action, page: Page) -> Iterator[Text]:
    title = page.wrap(Text(safe(action.title), style="bold"), 3)
    title[0].plain = f"{number}." + title[0].plain[2:]
    yield from title
    place = safe(f"{action.path}:{action.line}")
    text = Text(place, style="cyan")
    more = "; ".join(safe(part) for part in (action.how, action.reason, action.effect) if part)
    text.append(f": {more}" if more else "", style="default")
    text.append(f" ({spoken(action.minutes)})", style="dim")
    yield from page.wrap(text, 3, whole=len(place))


def _short(overview: Overview, names: list[str]) -> list[str]:
    """Return *names* without what all roots begin with."""
    return [short(name, overview.makeup.roots) for name in names]
