"""Lines of styled text that fit a width: the terminal report's small typesetting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^ ]+")
_PLACE = re.compile(r":\d+[),.;:]*$")


@dataclass(frozen=True)
class Page:
    """How wide a line may be, and whether it may hold more than ASCII."""

    width: int = 80
    fancy: bool = False

    @property
    def arrow(self) -> str:
        """What stands between importer and imported."""
        return "→" if self.fancy else "->"

    @property
    def upward(self) -> str:
        """What marks an import against the order."""
        return "↑" if self.fancy else "^"

    @property
    def dots(self) -> str:
        """What stands for text left out."""
        return "…" if self.fancy else "..."

    def cut(self, text: str, width: int) -> str:
        """Return *text*, made safe, in at most *width* cells; its end is left out."""
        text = safe(text)
        if cell_len(text) <= width:
            return text
        room = max(width - len(self.dots), 1)
        return chop_cells(text, room)[0] + self.dots

    def cut_front(self, text: str, width: int) -> str:
        """Return *text*, made safe, in at most *width* cells; its beginning is left out."""
        text = safe(text)
        if cell_len(text) <= width:
            return text
        return self.dots + chop_cells(text[::-1], max(width - len(self.dots), 1))[0][::-1]

    def cut_path(self, place: str, width: int) -> str:
        """Return the path *place* in at most *width* cells; its first directories are left out."""
        place = safe(place)
        rest = place
        while cell_len(rest) + (rest != place) * (len(self.dots) + 1) > width and "/" in rest:
            rest = rest.partition("/")[2]
        shorter = rest if rest == place else f"{self.dots}/{rest}"
        return shorter if cell_len(shorter) <= width else self.cut_front(place, width)

    def listed(self, items: Iterable[str], width: int) -> str:
        """Return as many *items* as fit, separated by commas, and how many more there are."""
        left = [safe(item) for item in items]
        whole, line = len(left), ""
        for number, item in enumerate(left):
            longer = f"{line}, {item}" if line else item
            rest = whole - number - 1
            if cell_len(longer) + (len(f" +{rest}") if rest else 0) > width:
                return f"{line} +{rest + 1}" if line else self.cut_front(item, width)
            line = longer
        return line

    def section(self, title: str, note: str = "") -> Text:
        """Return the title of a section with a remark, on one line."""
        text = Text(title, style="bold cyan")
        return (
            text.append(f"  {self.cut(note, self.width - len(title) - 2)}", style="not bold default")
            if note
            else text
        )

    def wrap(self, text: Text, indent: int, *, whole: int = 0) -> list[Text]:
        """Break *text* into lines that all start *indent* cells from the left.

        A path with its line is never broken, nor are the first *whole* characters: where they are longer
        than a line, they stand on one of their own that is too long.
        """
        room, ends, line = self.width - indent, list[int](), 0
        for start, end in _words(text.plain, whole):
            if start > line and cell_len(text.plain[line:end]) > room:
                ends.append(start)
                line = start
            kept = start < whole or _PLACE.search(text.plain, start, end)
            while not kept and cell_len(text.plain[line:end]) > room:
                line += len(chop_cells(text.plain[line:end], room)[0])
                ends.append(line)
        lines = text.divide(ends)
        for one in lines:
            one.rstrip()
        return [Text(" " * indent).append_text(one) for one in lines]


def _words(text: str, whole: int) -> Iterator[tuple[int, int]]:
    """Yield where each word starts and ends; the first *whole* characters are one, blanks and all."""
    first = whole
    if whole:
        first = text.find(" ", whole) % (len(text) + 1)
        yield 0, first
    for word in _WORD.finditer(text, first):
        yield word.span()


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return *text* filled with blanks to *width* cells."""
    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if right else text + blanks


def rendered(lines: Iterable[Text], width: int, *, colour: bool) -> str:
    """Return *lines* as text, with ANSI colours where wanted."""
    console = _console(width, colour=colour)
    with console.capture() as captured:
        for line in lines:
            line.rstrip()
            console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
    return captured.get()


def _console(width: int, *, colour: bool) -> Console:
    """Return a console that asks neither the environment nor the terminal anything."""
    return Console(
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        _environ={},
    )
