"""From the bytes of a source file to text, exactly as CPython would read it."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import chain
from tokenize import detect_encoding

from msgspec import Struct

_TWO_LINES = re.compile(rb"[^\r\n]*(?:\r\n?|\n)?[^\r\n]*(?:\r\n?|\n)?")
_SOUND = frozenset({"utf-8", "utf-8-sig", "iso-8859-1"})
_BOM = b"\xef\xbb\xbf"


class Undecodable(Exception):  # noqa: N818 (a state of the file, not a fault of the program)
    """The bytes are no Python source text; ``line``, ``column`` and ``reason`` say where and why."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column
        self.reason = reason


class Source(Struct, frozen=True):
    """Text with every newline as ``\\n``, and whether offsets in bytes and characters agree."""

    text: str
    ascii: bool

    def lines(self) -> list[str]:
        """Return the lines without their ends, split where CPython splits them."""
        return self.text.split("\n")

    def count(self) -> int:
        """Return the number of lines; a last line without a newline counts."""
        return count_lines(self.text)


def count_lines(text: str) -> int:
    """Return how many lines the newline-normalised *text* has."""
    return text.count("\n") + (not text.endswith("\n") and bool(text))


def decode(data: bytes) -> Source:
    """Decode *data* by PEP 263 and normalise its newlines.

    Raises ``Undecodable`` for a null byte, an unknown or non-text codec, a byte order mark that
    contradicts the cookie, and bytes that are not of the encoding.
    """
    nul = data.find(b"\0")
    if nul >= 0:
        raise Undecodable(*_place(data, nul), "source code contains a null byte")
    encoding = source_encoding(data)
    try:
        text = data.decode(encoding)
        if encoding not in _SOUND:
            text.encode()  # some codecs make lone surrogates
    except UnicodeDecodeError as error:
        place = _place(data, error.start)
        raise Undecodable(*place, f"not {encoding} text: {error.reason}") from None
    except (LookupError, ValueError, OverflowError):
        raise Undecodable(1, 1, f"{encoding} is no encoding for source text") from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Undecodable(1, 1, "source code contains a null character")
    return Source(text, text.isascii())


def source_encoding(data: bytes) -> str:
    """Return the encoding that PEP 263 gives *data*. Raises ``Undecodable``."""
    head = _two_lines(data)
    if b"coding" not in head and not head.startswith(_BOM):
        return "utf-8"
    lines = BytesIO(head.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        return detect_encoding(chain(lines, [b""]).__next__)[0]
    except SyntaxError as error:
        raise Undecodable(1, 1, f"{error.msg}") from None


def _two_lines(data: bytes) -> bytes:
    match = _TWO_LINES.match(data)
    return match.group() if match else b""


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column of a byte offset in text that cannot be decoded."""
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1, len(before) - before.rfind(b"\n")


def one_line(text: str) -> str:
    """Return *text* on one line without control characters, at most 200 characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]
