"""What the tree looked like in an earlier run, and whether it still does.

A file whose size, times and inode are as recorded is taken as unchanged, unless it was touched so
shortly before the record was made that a later write could carry the same time ("racy", as git
calls it): such a file is read again.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.repository.layout import Layout  # noqa: TC001 (msgspec reads the annotations)
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RACY_NS = 2_000_000_000
# File systems stamp with a clock that ticks every few milliseconds.
TICK_NS = 100_000_000
NEVER = b"changed meanwhile"
LARGEST_INFLUENCE = 4_000_000

Mark = tuple[int, int, int, int]


class Snapshot(Struct, frozen=True, array_like=True):
    """A recorded tree. ``files`` maps paths to (mark, content digest), ``directories`` to a mark.

    ``influences`` maps files that had a say in the layout to the digest of their content (empty: not
    there). All paths are as in Layout. ``taken`` is the wall clock in nanoseconds before the first look.
    """

    taken: int
    layout: Layout
    directories: dict[str, Mark]
    influences: dict[str, bytes]
    files: dict[str, tuple[Mark, bytes]]

    @property
    def digest(self) -> bytes:
        """A digest of what the tree says: the layout's modules and every file's content."""
        contents = sorted((path, digest) for path, (_, digest) in self.files.items())
        return sha256(repr((self.layout.notes, contents)).encode("utf-8", "surrogateescape")).digest()


def mark(path: str) -> Mark | None:
    """Return size, modification and change time in nanoseconds, and inode; None where it is not there."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def now() -> int:
    """Return the wall clock in nanoseconds."""
    return time.time_ns()


def same_layout(root: str, snapshot: Snapshot) -> bool:
    """Tell whether the recorded layout still stands: nothing was added, removed or reconfigured."""
    racy = snapshot.taken - RACY_NS
    for path, known in snapshot.directories.items():
        found = mark(os.path.join(root, path))
        # The size of a directory says nothing; the rest does.
        if found is None or found[1:] != known[1:] or found[1] >= racy:
            return False
    return all(content_digest(root, path) == digest for path, digest in snapshot.influences.items())


def unchanged_files(root: str, snapshot: Snapshot, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the content digests of those of *paths* that are surely as recorded."""
    racy = snapshot.taken - RACY_NS
    same: dict[str, bytes] = {}
    files = snapshot.files
    prefix = os.path.join(root, "")
    for path in paths:
        known = files.get(path)
        if known is None:
            continue
        found = mark(prefix + path)
        if found == known[0] and found[1] < racy and found[2] < racy:
            same[path] = known[1]
    return same


def content_digest(root: str, path: str) -> bytes:
    """Return the SHA-256 of a file's content, empty where it cannot be read."""
    try:
        return sha256(read(os.path.join(root, path), LARGEST_INFLUENCE)).digest()
    except Unreadable:
        return b""


def steady_digest(root: str, path: str, since: int) -> bytes:
    """Return the digest of a file that was read at some time after *since*.

    Where it may have been written since, that is no content's digest: what was read is not known.
    """
    found = mark(os.path.join(root, path))
    if found is not None and max(found[1], found[2]) >= since - TICK_NS:
        return NEVER
    return content_digest(root, path)


def looked_at_again(root: str, snapshot: Snapshot) -> Snapshot | None:
    """Return the record where every file still has its recorded content, else None.

    Files whose marks leave it open are read. What they look like now is in the record that is returned,
    as of now, so that they need not be read a third time.
    """
    started = now()
    same = unchanged_files(root, snapshot, snapshot.files)
    files = dict(snapshot.files)
    for path, (known, digest) in snapshot.files.items():
        if path in same:
            continue
        found = mark(os.path.join(root, path))
        if found is None or found[0] != known[0] or content_digest(root, path) != digest:
            return None
        files[path] = (found, digest)
    if len(same) == len(files):
        return snapshot
    return Snapshot(started, snapshot.layout, snapshot.directories, snapshot.influences, files)


def take(taken: int, root: str, layout: Layout, files: Mapping[str, tuple[Mark, bytes]]) -> Snapshot:
    """Record a tree that was looked at from the time *taken* on."""
    directories = {path: found for path in layout.directories if (found := mark(os.path.join(root, path)))}
    influences = {path: steady_digest(root, path, taken) for path in layout.ignore_files}
    return Snapshot(taken, layout, directories, influences, dict(files))
