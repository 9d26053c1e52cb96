"""The cache as a tree of git's objects sees it: what has a name by its content never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.pipeline.memory import (
    Memory,
    Remembered,
    is_encodable,
    lasts,
)
from archlint.repository.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archlint.repository.cache import Cache
    from archlint.repository.layout import Layout

_ENCODE = msgspec.msgpack.Encoder().encode
_NO_MARK = (0, 0, 0, 0)


class PastMemory(Memory):
    """What is remembered of a tree that *key* names; *complete* writes its files, when one has to be read."""

    def __init__(self, root: str, key: bytes, cache: Cache | None, complete: Callable[[], None]) -> None:
        super().__init__(root, key, cache)
        self._complete = complete

    def layout(self, find: Callable[[], Layout]) -> Layout:
        """Return the layout of the tree, which *find* finds where it was never looked for."""
        if self._snapshot is not None:
            self._current = True
            return self._snapshot.layout
        self._complete()
        return find()

    def recall(
        self, paths: Iterable[str], layout: Layout, *, measured_from: int, detail: bool, shape: bool = False
    ) -> dict[str, Remembered]:
        """Return what is known of those of *paths* whose facts suffice."""
        files = self._snapshot.files if self._snapshot is not None else {}
        digests = {path: files[path][1] for path in paths if path in files}
        return self._known(digests, layout, measured_from, detail=detail, shape=shape)

    def look(self, path: str) -> None:
        """See to it that *path* is there to be read."""
        self._complete()
        self._marks[path] = _NO_MARK

    def keep(self, layout: Layout, said: Mapping[str, Remembered]) -> Snapshot | None:
        """Store what this run learned. Returns None: there is no tree on the disk to recognise."""
        if self._cache is None or not is_encodable(layout) or (self._current and not self._marks):
            return None
        lasting = {path: one for path, one in said.items() if lasts(one)}
        self._flush()
        files = {path: (_NO_MARK, one.digest) for path, one in lasting.items()}
        self._record(layout, lasting, Snapshot(self._taken, layout, {}, {}, files))
        return None
