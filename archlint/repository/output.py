"""Writing an output file, all or nothing."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress

from archlint.errors import ArchlintError


def write_atomically(path: str, data: bytes) -> None:
    """Replace the file at *path* with *data*; readers see the old bytes or the new, never a part.

    Raises ArchlintError where the file cannot be written.
    """
    directory = os.path.dirname(path) or "."
    temporary = None
    try:
        os.makedirs(directory, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=directory, prefix=".archlint-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise ArchlintError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
