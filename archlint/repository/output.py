"""Writing an output file, all or nothing."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from archlint.errors import ArchlintError

# What a signal must not leave behind: each is here before it is made.
UNFINISHED: set[str] = set()


def write_atomically(path: str, data: bytes) -> None:
    """Replace the file at *path* with *data*; readers see the old bytes or the new, never a part.

    A device or a pipe is written to instead: who replaced ``/dev/null`` would take it from everybody.
    Raises ArchlintError where the file cannot be written.
    """
    if _is_stream(path):
        _write_to(path, data)
        return
    temporary = os.path.join(os.path.dirname(path) or ".", f".archlint-{os.getpid()}-{os.urandom(6).hex()}")
    UNFINISHED.add(temporary)
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(temporary, "xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise ArchlintError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)
        UNFINISHED.discard(temporary)


def _is_stream(path: str) -> bool:
    """Tell whether *path* is nothing to be replaced: a device, a pipe, or a name for one below /dev.

    Any other link is replaced, so that one planted in a repository leads nowhere.
    """
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    if stat.S_ISLNK(mode):
        return os.path.abspath(path).startswith(("/dev/", "/proc/"))
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_to(path: str, data: bytes) -> None:
    """Write *data* to the device or pipe at *path*; a pipe that nobody reads is an error, no endless wait."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0))
        if hasattr(os, "set_blocking"):
            os.set_blocking(descriptor, True)
        with open(descriptor, "wb") as stream:
            stream.write(data)
    except OSError as error:
        raise ArchlintError(f"{path}: cannot be written: {error.strerror or error}") from None
