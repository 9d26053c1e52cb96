"""Relative POSIX paths and names as strings: pathlib would cost more than the walk itself."""

from __future__ import annotations

import os


def join(directory: str, name: str) -> str:
    """Return *name* below *directory*, where "" is the project root."""
    return f"{directory}/{name}" if directory else name


def parent(path: str) -> str:
    """Return the directory of *path*; "" for what lies directly in the project root."""
    return path.rpartition("/")[0]


def relative(path: str, root: str) -> str | None:
    """Return absolute *path* relative to absolute *root* with POSIX slashes, None if outside it."""
    if path == root:
        return ""
    prefix = root if root.endswith(os.sep) else root + os.sep
    if not path.startswith(prefix):
        return None
    return path[len(prefix) :].replace(os.sep, "/")


def lies_in(path: str, directory: str) -> bool:
    """Tell whether relative *path* is *directory* or below it."""
    return not directory or path == directory or path.startswith(directory + "/")


def shown(name: str) -> str:
    """Return *name* fit for a terminal line: control, bidirectional and undecodable ones escaped."""
    return "".join(_escaped(character) for character in name)


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return f"\\x{code:02x}"
    if not character.isprintable():
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character
