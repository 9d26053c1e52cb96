"""What earlier runs left behind: the tree as it was, facts by content, and the last run's imports.

Three kinds of rows serve three cases. *facts* are what a content says, for branches, worktrees and
history; *outlines* are what LibCST made of import statements, for edits that leave them alone; the
*pack* is one row with the whole last run, resolved, for the run in which next to nothing changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from archlint.graph.resolution import Resolved
from archlint.model import ModuleFacts, ModuleSummary
from archlint.repository.snapshot import Mark, Snapshot, mark, now, take, unchanged_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.repository.cache import Cache
    from archlint.repository.layout import Layout

_FACTS = msgspec.msgpack.Decoder(ModuleFacts)
_ENCODE = msgspec.msgpack.Encoder().encode


@dataclass
class Remembered:
    """What is known of one file: its content's digest (empty: unreadable) and what it says.

    ``facts`` is a summary where the imports came resolved from the pack. ``new`` marks what this run
    parsed.
    """

    digest: bytes
    facts: ModuleSummary
    resolved: Resolved | None = None
    new: bool = False

    @property
    def summary(self) -> ModuleSummary:
        """The facts without the long lists."""
        return self.facts.summary() if isinstance(self.facts, ModuleFacts) else self.facts


class Packed(Struct, frozen=True, array_like=True):
    """One file in the pack."""

    digest: bytes
    summary: ModuleSummary
    resolved: Resolved


class Pack(Struct, frozen=True, array_like=True):
    """The last run of one project: its tree, and what every file said."""

    snapshot: Snapshot
    modules: bytes
    files: dict[str, Packed]


class Memory:
    """The cache as one project sees it; with no cache, it remembers nothing.

    ``key`` tells projects, and ways of looking at one (roots, exclusions), apart.
    """

    def __init__(self, root: str, key: bytes = b"", cache: Cache | None = None) -> None:
        self._root = root
        self._key = key
        self._cache = cache
        self._taken = now()
        self._marks: dict[str, Mark | None] = {}
        self._outlines: dict[bytes, bytes] = {}
        self._pack = self._load()
        self._fresh = False

    def _load(self) -> Pack | None:
        stored = self._cache.get("pack", [self._key]) if self._cache else {}
        try:
            return msgspec.msgpack.decode(stored[self._key], type=Pack) if self._key in stored else None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    @property
    def snapshot(self) -> Snapshot | None:
        """The tree as the last run saw it, where that is known."""
        return self._pack.snapshot if self._pack else None

    def recall(
        self, paths: Iterable[str], layout: Layout, *, measured_from: int, detail: bool
    ) -> dict[str, Remembered]:
        """Return what is known of those of *paths* that are as they were, measured as far as needed."""
        if self._pack is None:
            return {}
        same = unchanged_files(self._root, self._pack.snapshot, paths)
        if detail:
            known = self.facts(same.values(), measured_from)
            return {path: Remembered(digest, known[digest]) for path, digest in same.items() if digest in known}
        if self._pack.modules != modules_digest(layout):
            # Another set of modules resolves imports anew; the facts by content still serve.
            return self.recall(paths, layout, measured_from=measured_from, detail=True)
        packed = self._pack.files
        return {
            path: Remembered(digest, packed[path].summary, packed[path].resolved)
            for path, digest in same.items()
            if path in packed and packed[path].digest == digest and packed[path].summary.measured_from <= measured_from
        }

    def look(self, path: str) -> None:
        """Note how *path* looks before it is read, so that a later change shows."""
        if self._cache:
            self._marks[path] = mark(f"{self._root}/{path}")

    def facts(self, digests: Iterable[bytes], measured_from: int) -> dict[bytes, ModuleFacts]:
        """Return the facts of contents that were parsed before, measured as far as needed."""
        found: dict[bytes, ModuleFacts] = {}
        for digest, value in (self._cache.get("facts", digests) if self._cache else {}).items():
            try:
                facts = _FACTS.decode(value)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                continue
            if facts.measured_from <= measured_from:
                found[digest] = facts
        return found

    def get(self, digest: bytes) -> bytes | None:
        """Return LibCST's reading of an import outline (the memo's interface)."""
        if digest in self._outlines or self._cache is None:
            return self._outlines.get(digest)
        return self._cache.get("outline", [digest]).get(digest)

    def put(self, digest: bytes, clauses: bytes) -> None:
        """Remember LibCST's reading of an import outline (the memo's interface)."""
        self._outlines[digest] = clauses

    def keep(self, layout: Layout, said: Mapping[str, Remembered]) -> None:
        """Store what this run learned; nothing, where it learned nothing."""
        if self._cache is None:
            return
        parsed = {one.digest: _ENCODE(one.facts) for one in said.values() if one.new and _lasting(one)}
        self._cache.put("facts", parsed)
        self._cache.put("outline", self._outlines)
        if self._pack is not None and not self._marks and self._pack.snapshot.layout == layout:
            return
        self._cache.put("pack", {self._key: _ENCODE(self._packed(layout, said))})

    def _packed(self, layout: Layout, said: Mapping[str, Remembered]) -> Pack:
        known = self._pack.snapshot.files if self._pack else {}
        files: dict[str, tuple[Mark, bytes]] = {}
        packed: dict[str, Packed] = {}
        for path, one in said.items():
            seen = self._marks.get(path) or (known[path][0] if path in known and path not in self._marks else None)
            if seen is None or one.resolved is None or not _lasting(one):
                continue
            files[path] = (seen, one.digest)
            packed[path] = Packed(one.digest, one.summary, one.resolved)
        return Pack(take(self._taken, self._root, layout, files), modules_digest(layout), packed)


def _lasting(one: Remembered) -> bool:
    """Tell whether what is known of a file follows from its content alone, not from time or memory."""
    failure = one.facts.failure
    return bool(one.digest) and (failure is None or failure.code == "ARC900")


def modules_digest(layout: Layout) -> bytes:
    """Return a digest of everything that resolving imports depends on."""
    return sha256(_ENCODE(layout.modules)).digest()
