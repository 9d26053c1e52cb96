"""Writing an output file, all or nothing."""

from __future__ import annotations

import os
from contextlib import suppress

from archlint.errors import ArchlintError

# What a signal must not leave behind: each is here before it is made.
UNFINISHED: set[str] = set()


def write_atomically(path: str, data: bytes) -> None:
    """Replace the file at *path* with *data*; readers see the old bytes or the new, never a part.

    Raises ArchlintError where the file cannot be written.
    """
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
