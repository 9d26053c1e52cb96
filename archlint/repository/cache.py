"""The cache: one sqlite file of digested rows; whatever is wrong with it, a run only gets slower.

Every value is sealed with the user's own secret, and nothing in the file is ever executed or
unpickled. A row that does not fit its seal is a miss, so a cache that came with a repository is
worth nothing; a file that sqlite refuses, or that holds more than the one table, is thrown away; a
directory that cannot be written, or that somebody else owns, means no cache.
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
from archlint.repository.secret import secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

DIRECTORY = ".archlint_cache"
SCHEMA = 5
DIGEST = 16
DAY = 86_400
KEEP_DAYS = 30
CHUNK = 500
_PARTS = ("", "-wal", "-shm")
KINDS = ("facts", "log", "outline", "pack", "replay", "tree")
_TABLE = "CREATE TABLE rows (kind TEXT, key BLOB, value BLOB, day INTEGER, PRIMARY KEY (kind, key))"
_TABLES = [("table", "rows", _TABLE), ("index", "sqlite_autoindex_rows_1", None)]
# sqlite's own words about a broken file need not be text, and a broken length may be more than fits.
_BROKEN = (UnicodeError, MemoryError)
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This directory holds a cache of archlint.\n"


class Cache:
    """Rows of (kind, key) -> value. Every method is safe to call whatever state the file is in."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.note: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._closed = False
        self._secret = b""

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
                found.update(
                    (bytes(key), value[DIGEST:]) for key, value in rows if self._whole(kind, key, value)
                )
        except (sqlite3.Error, TypeError, OverflowError, *_BROKEN) as error:
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
                    ((kind, key, self._seal(kind, key, value) + value, today) for key, value in rows.items()),
                )
        except (sqlite3.Error, *_BROKEN) as error:
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
        except (sqlite3.Error, *_BROKEN) as error:
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
        except (sqlite3.Error, *_BROKEN) as error:
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
        except (sqlite3.Error, OSError, *_BROKEN) as error:
            self._discard(error)
        return self._connection

    def _ready(self, *, create: bool) -> bool:
        """Make the directory, where that is wanted, and tell whether it may be trusted and holds a file."""
        if not create and not os.path.lexists(self.path):
            return False
        fault = _distrusted_directory(self.directory) or _distrusted_file(self.path)
        if fault:
            self.note = f"{self.directory}: {fault}; running without a cache"
            self._closed = True
            return False
        if create:
            _make(self.directory)
        self._secret = secret(create=create) or b""
        return bool(self._secret)

    def _seal(self, kind: str, key: bytes, value: bytes) -> bytes:
        """Return the seal of a row; kind and key are in it, so that no value passes for another's."""
        seal = blake2b(bytes([len(key)]) + key, digest_size=DIGEST, key=self._secret, person=kind.encode())
        seal.update(value)
        return seal.digest()

    def _whole(self, kind: str, key: bytes, value: object) -> bool:
        return isinstance(value, bytes) and value[:DIGEST] == self._seal(kind, key, value[DIGEST:])

    def _discard(self, error: Exception) -> None:
        """Give the cache up for this run; a file that is no sound database goes: the next is fresh."""
        self.close()
        unsound = isinstance(error, _BROKEN)
        self.note = f"the cache was not used: {'its file is damaged' if unsound else error}"
        refused = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if unsound or refused:
            for suffix in _PARTS:
                with suppress(OSError):
                    os.unlink(self.path + suffix)


def file_name() -> str:
    """Return the cache's file name: archlint's version, the layout of rows and the Python minor are in it."""
    return f"{__version__}-{SCHEMA}-py{sys.version_info[0]}{sys.version_info[1]}.sqlite3"


def _connect(path: str) -> sqlite3.Connection:
    """Open the database at *path*. Raises sqlite3.DatabaseError where it holds anything but the table."""
    connection = sqlite3.connect(path, timeout=2.0)
    connection.text_factory = _text
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        _check_schema(connection)
    except (sqlite3.Error, *_BROKEN):
        connection.close()
        raise
    return connection


def _text(data: bytes) -> str:
    """Return what sqlite holds for text, which a broken file may have made of anything."""
    return data.decode("utf-8", "replace")


def _check_schema(connection: sqlite3.Connection) -> None:
    """Make the table. A view or a trigger in its place would be somebody's program: refuse those."""
    listing = "SELECT type, name, sql FROM sqlite_master LIMIT 3"
    if not connection.execute(listing).fetchall():
        connection.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    if connection.execute(listing).fetchall() != _TABLES:
        raise sqlite3.DatabaseError("it is no cache of archlint")


def _make(directory: str) -> None:
    os.makedirs(directory, mode=0o755, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        path = os.path.join(directory, name)
        if not os.path.lexists(path):
            with open(path, "x", encoding="utf-8") as stream:
                stream.write(text)


def _distrusted_directory(path: str) -> str | None:
    """Return why the directory at *path* may not be trusted, or None."""
    return _distrusted(path, stat.S_ISDIR, "it is not a directory")


def _distrusted_file(path: str) -> str | None:
    """Return why the database at *path*, with the files that sqlite puts beside it, may not be trusted."""
    faults = (_distrusted(path + suffix, stat.S_ISREG, "its file is not a regular one") for suffix in _PARTS)
    return next(filter(None, faults), None)


def _distrusted(path: str, is_right: Callable[[int], bool], wrong: str) -> str | None:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        return "it is a symbolic link"
    if not is_right(status.st_mode):
        return wrong
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return "it belongs to another user"
    if status.st_mode & stat.S_IWOTH and os.name == "posix":
        return "everybody may write to it"
    return None
