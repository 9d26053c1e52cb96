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
    from collections.abc import Iterable


_PATH = re.compile(r"\S*/\S*")


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
        """Return *text*, made safe, in at most *width* cells; its beginning is left out.

        A path is cut at a slash where one is not far: a part of a directory's name tells nobody anything.
        """
        text = safe(text)
        if cell_len(text) <= width:
            return text
        rest = chop_cells(text[::-1], max(width - len(self.dots), 1))[0][::-1]
        slash = rest.find("/")
        return self.dots + (rest[slash:] if 0 < slash <= len(rest) // 2 else rest)

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

    def wrap(self, text: Text, indent: int) -> list[Text]:
        """Break *text* into lines that all start *indent* cells from the left; no path is broken."""
        room = self.width - indent
        lines = self._with_short_paths(text, room).wrap(_console(self.width, colour=False), room)
        return [Text(" " * indent).append_text(line) for line in lines]

    def _with_short_paths(self, text: Text, room: int) -> Text:
        """Return *text* with each path that no line has room for cut at its front."""
        for word in reversed([*_PATH.finditer(text.plain)]):
            if cell_len(word[0]) > room:
                start, end = word.span()
                cut = Text(
                    self.cut_front(word[0], room), text.get_style_at_offset(_console(80, colour=False), start)
                )
                text = text[:start].append_text(cut).append_text(text[end:])
        return text


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
