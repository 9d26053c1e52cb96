"""Neutral text: nothing that analysed code says may look like anything else.

Names, messages and excerpts come from strangers' files. ``safe`` makes control characters and
characters that reorder text visible, so that no name can start a line, move the cursor or forge a
workflow command.
"""

from __future__ import annotations

import re

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
_LINES = {0x2028, 0x2029}
_CONTROL = {*range(0x20), *range(0x7F, 0xA0)}
_LONE = re.compile("[\ud800-\udfff]")
# GitHub's runner obeys `::name::` at the start of a line, blanks before it or not, and `##[name]` anywhere
# in one (actions/runner, ActionCommand.cs); Azure Pipelines `##vso[`, TeamCity `##teamcity[`. A file called
# `:` is followed by the colon before its line.
_COMMAND = re.compile(r"^(\s*):(?=:|$)|(#)#(?=\w*\[)")


def _shown(code: int) -> str:
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


_TABLE = {code: _shown(code) for code in _BIDI | _LINES | _CONTROL}


def safe(text: str) -> str:
    """Return *text* on one line, with control and reordering characters as escapes.

    So is the first character of what a CI system would take for a command.
    """
    if not (text.isascii() and text.isprintable()):
        text = decodable(text.translate(_TABLE))
    return _COMMAND.sub(_broken, text) if "::" in text or "##" in text or text.endswith(":") else text


def _broken(command: re.Match[str]) -> str:
    return "#\\x23" if command[2] else f"{command[1]}\\x3a"


def decodable(text: str) -> str:
    """Return *text* with each undecodable byte of a file name, a lone surrogate, as an escape."""
    return text if text.isascii() else _LONE.sub(lambda found: _byte(found[0]), text)


def _byte(char: str) -> str:
    code = ord(char)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return ``1 import`` or ``2 imports``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
