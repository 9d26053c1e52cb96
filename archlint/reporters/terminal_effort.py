"""Where the work goes, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from archlint.pipeline.overview.units import short
from archlint.reporters import effort_words as words
from archlint.reporters.terminal_lines import padded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.pipeline.overview.effort import Effort, Together
    from archlint.reporters.terminal_lines import Page
    from archlint.rules.effort.changed import Changed

TITLE = "WHERE THE WORK GOES"
LABEL = 12
NUMBERS = 37


def effort_lines(effort: Effort | None, roots: Sequence[str], page: Page, rows: int) -> Iterator[Text]:
    """Yield the section: *rows* hotspots, the pairs that surprise, and what one person alone changes."""
    if effort is None:
        return
    yield page.section(TITLE, words.window(effort))
    for text in words.caveats(effort):
        yield Text("  ").append(page.cut(text, page.width - 2), style="dim")
    yield from _hotspots(effort.hotspots[:rows], roots, page)
    for pair in words.surprising(effort, (rows + 1) // 2):
        yield _together(pair, roots, page)
    if effort.islands:
        alone = [words.alone(one, roots) for one in effort.islands]
        line = Text("  ").append(padded("mostly one", LABEL), style="dim")
        yield line.append(page.listed(alone, page.width - line.cell_len))
    yield Text()


def _hotspots(spots: Sequence[Changed], roots: Sequence[str], page: Page) -> Iterator[Text]:
    names = [short(one.module.name, roots) for one in spots]
    room = page.width - NUMBERS - max((len(words.hands(one)) for one in spots), default=0)
    wide = min(max(map(len, names), default=0), room)
    for one, name in zip(spots, names, strict=True):
        yield _hotspot(one, padded(page.cut_front(name, wide), wide), page)


def _hotspot(one: Changed, name: str, page: Page) -> Text:
    line = (
        Text(f"{one.churn.commits:>5,} commits x complexity {one.complexity:<5,}  ").append(name).append("  ")
    )
    return line.append(page.cut(words.hands(one), page.width - line.cell_len), style="dim")


def _together(pair: Together, roots: Sequence[str], page: Page) -> Text:
    line = Text("  ").append(padded("together", LABEL), style="dim")
    why = words.shared(pair)
    room = page.width - line.cell_len
    wide = max(room // 3, room - len(why) - 2)
    line.append(page.cut_front(words.both(pair, roots), wide)).append("  ")
    return line.append(page.cut(why, page.width - line.cell_len), style="dim")
