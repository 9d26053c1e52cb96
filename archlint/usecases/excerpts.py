"""What reports show of the files behind findings: their bytes, and where they are in the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.repository.paths import join, relative
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from archlint.repository.project import Place


class Sources(Mapping[str, bytes]):
    """The bytes of files below *root* by path, each read when it is first asked for, once."""

    def __init__(self, root: str, max_bytes: int) -> None:
        self._root = root
        self._max_bytes = max_bytes
        self._read: dict[str, bytes | None] = {}

    def __getitem__(self, path: str) -> bytes:
        """Return the bytes of the file at *path*. Raises KeyError where it cannot be read."""
        if path not in self._read:
            self._read[path] = self._bytes(path)
        data = self._read[path]
        if data is None:
            raise KeyError(path)
        return data

    def _bytes(self, path: str) -> bytes | None:
        try:
            return read(os.path.join(self._root, path), self._max_bytes)
        except Unreadable:
            return None

    def __iter__(self) -> Iterator[str]:
        """Yield the paths that were read so far."""
        return (path for path, data in self._read.items() if data is not None)

    def __len__(self) -> int:
        """Count the files that were read so far."""
        return sum(1 for _ in self)


class InRepository:
    """Turns a path of the project into one from the top of its repository.

    Symbolic links are followed: a forge can show a file only where it is. What lies outside of the
    repository, and everything where there is none, stays as it is.
    """

    def __init__(self, place: Place) -> None:
        self._root = place.root
        self._top = os.path.realpath(place.repository or place.root)
        self._below = relative(os.path.realpath(place.root), self._top) or ""
        self._known: dict[str, str] = {}

    def __call__(self, path: str) -> str:
        """Return where *path* is; "" is the project's own directory."""
        if path not in self._known:
            real = os.path.realpath(os.path.join(self._root, path)) if path else None
            inside = relative(real, self._top) if real else None
            self._known[path] = inside or (join(self._below, path) if path else self._below)
        return self._known[path]
