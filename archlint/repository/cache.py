"""The cache: one sqlite file of digested rows; whatever is wrong with it, a run only gets slower.

Every value carries a digest of itself, and nothing in the file is ever executed or unpickled. A row
that does not fit its digest is a miss; a file that sqlite refuses is thrown away; a directory that
cannot be written, or that somebody else owns, means no cache.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from archlint import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DIRECTORY = ".archlint_cache"
SCHEMA = 1
DIGEST = 16
DAY = 86_400
KEEP_DAYS = 30
CHUNK = 500
KINDS = ("facts", "outline", "pack", "replay", "tree")
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This directory holds a cache of archlint.\n"


class Cache:
    """Rows of (kind, key) -> value. Every method is safe to call whatever state the file is in."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.note: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._closed = False

    @property
    def path(self) -> str:
        """The file of this version of archlint on this Python."""
        return os.path.join(self.directory, file_name())

    def get(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values of those of *keys* that are there and whole."""
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        connection = self._open(create=False)
        if connection is None:
            return found
        try:
            for start in range(0, len(wanted), CHUNK):
                part = wanted[start : start + CHUNK]
                marks = ",".join("?" * len(part))
                rows = connection.execute(
                    f"SELECT key, value FROM rows WHERE kind = ? AND key IN ({marks})",  # noqa: S608 (marks only)
                    (kind, *part),
                )
                found.update((bytes(key), value[DIGEST:]) for key, value in rows if _whole(kind, key, value))
        except (sqlite3.Error, TypeError, OverflowError) as error:
            self._discard(error)
            return {}
        return found

    def put(self, kind: str, rows: Mapping[bytes, bytes]) -> None:
        """Store *rows* under *kind*; where that fails, nothing is stored."""
        connection = self._open(create=True) if rows else None
        if connection is None:
            return
        today = int(time.time()) // DAY
        try:
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO rows (kind, key, value, day) VALUES (?, ?, ?, ?)",
                    ((kind, key, _digest(kind, key, value) + value, today) for key, value in rows.items()),
                )
        except sqlite3.Error as error:
            self._discard(error)

    def sweep(self, *, everything: bool = False) -> int:
        """Drop rows that were not written for a month, or *everything*; return how many."""
        connection = self._open(create=False)
        if connection is None:
            return 0
        oldest = int(time.time()) // DAY - KEEP_DAYS
        try:
            with connection:
                if everything:
                    return connection.execute("DELETE FROM rows").rowcount
                return connection.execute("DELETE FROM rows WHERE day < ?", (oldest,)).rowcount
        except sqlite3.Error as error:
            self._discard(error)
            return 0

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return the number of rows and bytes of each kind."""
        connection = self._open(create=False)
        if connection is None:
            return {}
        try:
            rows = connection.execute(
                "SELECT kind, COUNT(*), SUM(LENGTH(value)) FROM rows GROUP BY kind"
            ).fetchall()
        except sqlite3.Error as error:
            self._discard(error)
            return {}
        return {str(kind): (number, size or 0) for kind, number, size in sorted(rows)}

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._closed = True

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        if self._connection is not None or self._closed:
            return self._connection
        try:
            if not self._ready(create=create):
                return None
            self._connection = _connect(self.path)
        except (sqlite3.Error, OSError) as error:
            self._discard(error)
        return self._connection

    def _ready(self, *, create: bool) -> bool:
        """Make the directory, where that is wanted, and tell whether it may be trusted and holds a file."""
        if create:
            _make(self.directory)
        elif not os.path.exists(self.path):
            return False
        fault = _distrusted(self.directory) or _distrusted(self.path)
        if fault:
            self.note = f"{self.directory}: {fault}; running without a cache"
            self._closed = True
        return not fault

    def _discard(self, error: Exception) -> None:
        """Give the cache up for this run; a file that is no sound database goes, so that the next is fresh."""
        self.close()
        self.note = f"the cache was not used: {error}"
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            for suffix in ("", "-wal", "-shm"):
                with suppress(OSError):
                    os.unlink(self.path + suffix)


def file_name() -> str:
    """Return the cache's file name: archlint's version, the layout of rows and the Python minor are in it."""
    return f"{__version__}-{SCHEMA}-py{sys.version_info[0]}{sys.version_info[1]}.sqlite3"


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2.0)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS rows (kind TEXT, key BLOB, value BLOB, day INTEGER, PRIMARY KEY (kind, key))"
    )
    return connection


def _digest(kind: str, key: bytes, value: bytes) -> bytes:
    """Return the digest of a row; kind and key are in it, so that no value passes for another's."""
    return blake2b(value, digest_size=DIGEST, key=kind.encode() + key[:32]).digest()


def _whole(kind: str, key: bytes, value: object) -> bool:
    return isinstance(value, bytes) and value[:DIGEST] == _digest(kind, key, value[DIGEST:])


def _make(directory: str) -> None:
    os.makedirs(directory, mode=0o755, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        path = os.path.join(directory, name)
        if not os.path.lexists(path):
            with open(path, "x", encoding="utf-8") as stream:
                stream.write(text)


def _distrusted(path: str) -> str | None:
    """Return why the file or directory at *path* may not be trusted, or None."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        return "it is a symbolic link"
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return "it belongs to another user"
    if status.st_mode & stat.S_IWOTH and os.name == "posix":
        return "everybody may write to it"
    return None
