"""The Markdown of this repository, as far as tests read it: fenced blocks, and the sessions in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ ", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text without indentation, and where it begins."""

    path: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    def session(self) -> list[tuple[str, str]]:
        """Return the commands behind ``$`` and what each is said to print."""
        parts = (part.partition("\n") for part in _COMMAND.split(self.text)[1:])
        return [(command, printed) for command, _, printed in parts]


def pages() -> list[Path]:
    """Return every page that people wrote by hand."""
    return [
        *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *sorted((REPOSITORY / "docs").glob("*.md")),
        *sorted((REPOSITORY / "examples").glob("**/*.md")),
    ]


def blocks(*languages: str) -> list[Block]:
    """Return the fenced blocks in these languages on all pages."""
    return [block for page in pages() for block in blocks_of(page) if block.language in languages]


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of one page."""
    text = page.read_text(encoding="utf-8")
    path = page.relative_to(REPOSITORY).as_posix()
    return [
        Block(path, text.count("\n", 0, found.start()) + 1, found[2], _dedented(found[3], found[1]))
        for found in _FENCE.finditer(text)
    ]


def _dedented(text: str, indent: str) -> str:
    return "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


def pattern(printed: str) -> re.Pattern[str]:
    """Return what *printed* stands for: a line ``...`` any lines, `` ...`` at a line's end the rest of it."""
    lines = []
    for line in printed.splitlines(keepends=True):
        if line == "...\n":
            lines.append(r"(?:.*\n)*?")
        elif line.endswith(" ...\n"):
            lines.append(re.escape(line.removesuffix("...\n")) + r".*\n")
        else:
            lines.append(re.escape(line))
    return re.compile("".join(lines))
