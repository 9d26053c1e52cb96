"""Reading one file, whatever it turns out to be."""

from __future__ import annotations

import os
from stat import S_ISREG

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SLACK = 4096


class Unreadable(Exception):  # noqa: N818 (a state of the file, not a fault of the program)
    """The file cannot be read; ``reason`` says why in a few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(path: str, max_bytes: int) -> bytes:
    """Return the bytes of the regular file at *path*, read once.

    Raises ``Unreadable`` for everything else: a pipe or device (opened without waiting for a writer),
    a file that vanished, that may not be read, or that is longer than *max_bytes*.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise Unreadable(_reason(error)) from None
    try:
        return _read_open(descriptor, max_bytes)
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    finally:
        os.close(descriptor)


def _read_open(descriptor: int, max_bytes: int) -> bytes:
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode):
        raise Unreadable("not a regular file")
    if status.st_size > max_bytes:
        raise Unreadable(_too_large(status.st_size, max_bytes))
    # A file may grow between fstat and read, and some report no size at all: read until the end.
    content = os.read(descriptor, status.st_size + _SLACK)
    if len(content) == status.st_size:
        return content
    chunks = [content]
    size = len(content)
    while chunks[-1] and size <= max_bytes:
        chunks.append(os.read(descriptor, 1 << 20))
        size += len(chunks[-1])
    if size > max_bytes:
        raise Unreadable(_too_large(size, max_bytes))
    return b"".join(chunks)


def _too_large(size: int, limit: int) -> str:
    return f"larger than the limit ({size:,} of {limit:,} bytes)"


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file: it vanished while it was about to be read"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
