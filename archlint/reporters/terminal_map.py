"""The package map as text: a row for each part, highest first, with what it imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from archlint.reporters import report_words as words
from archlint.reporters.terminal_lines import Page, padded
from archlint.reporters.text import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.pipeline.overview.values import Against, PackageMap, Unit

LONGEST_NAME = 24
PAIR = 32
SMALL = 3
ROOMY = 10


def map_lines(map_: PackageMap, page: Page, rows: int) -> Iterator[Text]:
    """Yield the map and the cheapest imports that run against it."""
    shown, rest = words.shown_units(map_)
    yield page.section("MAP", f"modules, lines, what it imports: {words.direction(map_)}")
    wide = min(max(len(unit.label) for unit in shown), LONGEST_NAME)
    last = 0
    for unit in shown:
        level = f"{unit.level:>2} " if unit.level != last else "   "
        line = Text(level, style="dim").append(
            padded(page.cut_front(unit.label, wide), wide), style="not dim bold"
        )
        yield from _unit(unit, page, line, brief=unit.modules <= SMALL and len(shown) > ROOMY)
        last = unit.level
    if rest:
        line = Text(f"   and {len(rest)} less tied: ")
        yield line.append(page.listed([unit.label for unit in rest], page.width - line.cell_len), style="dim")
    yield Text()
    yield from _against(map_, page, rows)


def _unit(unit: Unit, page: Page, line: Text, *, brief: bool) -> Iterator[Text]:
    """Yield the rows of a unit whose *line* has level and name; a *brief* one says only what it imports."""
    line.append(f" {unit.modules:>5,} {unit.lines:>8,}  ", style="not dim")
    indent = line.cell_len
    uses = _uses(unit, page, page.width - indent)
    about = page.cut(unit.doc, page.width - indent) or page.listed(unit.offers, page.width - indent)
    if uses.plain and (brief or not about):
        yield line.append_text(uses)
        return
    yield line.append(about, style="dim")
    if uses.plain:
        yield Text(" " * indent).append_text(uses)


def _uses(unit: Unit, page: Page, room: int) -> Text:
    """Return what a unit imports below it, and above it, in *room* cells."""
    up = page.listed(
        [f"{label} {number:,}" for label, number in unit.up], room // 3 if unit.down else room - 2
    )
    text = Text()
    if unit.down:
        left = room - 2 - len(page.arrow) - (cell_len(up) + 3 if up else 0)
        items = page.listed([f"{label} {number:,}" for label, number in unit.down], left)
        text.append(f"{page.arrow} {items}{'  ' if up else ''}", style="not dim green")
    return text.append(f"{page.upward} {up}" if up else "", style="not dim red")


def _against(map_: PackageMap, page: Page, rows: int) -> Iterator[Text]:
    if not map_.against:
        return
    pairs = count(len(map_.against), "pair")
    yield page.section("AGAINST THE ORDER", f"{pairs} of parts; those with fewest imports first")
    for pair in map_.against[:rows]:
        yield _pair(pair, page)
    yield Text()


def _pair(pair: Against, page: Page) -> Text:
    half = (PAIR - 2 - len(page.arrow)) // 2
    ends = (pair.importer, pair.imported)
    room = [half + max(half - cell_len(other), 0) for other in reversed(ends)]
    names = f" {page.arrow} ".join(
        page.cut_front(name, width) for name, width in zip(ends, room, strict=True)
    )
    line = Text("  ").append(padded(names, PAIR)).append(f" {pair.count:>3,} up, {pair.forward:>4,} down  ")
    first = pair.rows[0]
    return line.append(page.cut_path(f"{first.path}:{first.line}", page.width - line.cell_len), style="dim")
