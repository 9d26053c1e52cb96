"""The user's own secret, by which the cache tells its rows from forged ones.

A repository can carry a cache in its commits, made by whoever wrote them. Rows are therefore sealed
with a key that lies outside every repository, in the user's own cache directory.
"""

from __future__ import annotations

import os
from contextlib import suppress
from stat import S_IRWXG, S_IRWXO, S_ISREG

LENGTH = 32


def secret(*, create: bool) -> bytes | None:
    """Return the user's secret, made where *create* asks for it; None where there is none to be had.

    Raises OSError where it cannot be made, and PermissionError where others could know it.
    """
    path = _path()
    found = _read(path)
    if found is None and create:
        _make(path)
        found = _read(path)
    return found


def _path() -> str:
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):
        home = os.environ.get("LOCALAPPDATA", "") if os.name == "nt" else os.path.expanduser("~/.cache")
    if not os.path.isabs(home):
        # Else it would lie in the working directory, where the analysed code could bring one along.
        raise PermissionError("there is no home directory for its secret; set XDG_CACHE_HOME")
    return os.path.join(home, "archlint", "key")


def _read(path: str) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(descriptor)
        # Git never checks a file out this private: one that a repository brought along is refused.
        public = os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & (S_IRWXG | S_IRWXO))
        content = os.read(descriptor, LENGTH + 1) if S_ISREG(status.st_mode) else b""
    finally:
        os.close(descriptor)
    if public or len(content) != LENGTH:
        raise PermissionError(f"{path} is not a secret of this user alone; delete it")
    return content


def _make(path: str) -> None:
    """Write a new secret; of several runs that do so at once, the first one's stays."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    temporary = f"{path}-{os.getpid()}-{os.urandom(4).hex()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, os.urandom(LENGTH))
    finally:
        os.close(descriptor)
    try:
        _place(temporary, path)
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _place(temporary: str, path: str) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:  # A file system without hard links: the last one's stays.
        os.replace(temporary, path)
