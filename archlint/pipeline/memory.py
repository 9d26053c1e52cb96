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

from archlint.facts import ModuleFacts, ModuleSummary
from archlint.graph.resolution import Resolved  # noqa: TC001 (msgspec reads the annotations)
from archlint.pipeline.tree import recorded
from archlint.repository.snapshot import Mark, Snapshot, mark, now, same_layout, take, unchanged_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archlint.repository.cache import Cache
    from archlint.repository.layout import Layout

DAY_NS = 86_400 * 10**9
FLUSH = 400
_FACTS = msgspec.msgpack.Decoder(ModuleFacts)
_ENCODE = msgspec.msgpack.Encoder().encode


@dataclass
class Remembered:
    """What is known of one file: its content's digest (empty: unreadable) and what it says.

    ``facts`` is a summary where the imports are resolved and no details are needed.
    """

    digest: bytes
    facts: ModuleSummary
    resolved: Resolved | None = None

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
    """The last run of one project: what every file said, resolved against modules of a digest."""

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
        self._learned: dict[bytes, bytes] = {}
        self._snapshot = recorded(cache, key)
        self._current = False

    @property
    def remarks(self) -> tuple[str, ...]:
        """Why there is no cache, where one was wanted: true of this run alone."""
        note = self._cache.note if self._cache is not None else None
        return (f"cache: {note}",) if note else ()

    def layout(self, find: Callable[[], Layout]) -> Layout:
        """Return the layout of the last run where it still stands, else what *find* finds."""
        if self._snapshot is not None and same_layout(self._root, self._snapshot):
            self._current = True
            return self._snapshot.layout
        return find()

    def _pack(self) -> Pack | None:
        stored = self._cache.get("pack", [self._key]) if self._cache else {}
        try:
            return msgspec.msgpack.decode(stored[self._key], type=Pack) if self._key in stored else None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def recall(
        self, paths: Iterable[str], layout: Layout, *, measured_from: int, detail: bool, shape: bool = False
    ) -> dict[str, Remembered]:
        """Return what is known of those of *paths* that are as they were, measured as far as needed.

        Only *detail* gives full facts; *shape* demands that they have shapes.
        """
        if self._snapshot is None:
            return {}
        same = unchanged_files(self._root, self._snapshot, paths)
        return self._known(same, layout, measured_from, detail=detail, shape=shape)

    def _known(
        self, digests: Mapping[str, bytes], layout: Layout, measured_from: int, *, detail: bool, shape: bool
    ) -> dict[str, Remembered]:
        """Return what is known of files (path -> digest): from the pack, else by content."""
        pack = None if detail else self._pack()
        if pack is None or pack.modules != modules_digest(layout):
            # Another set of modules resolves imports anew; the facts by content still serve.
            known = self.facts(digests.values(), measured_from, shape=shape)
            return {
                path: Remembered(digest, known[digest]) for path, digest in digests.items() if digest in known
            }
        found: dict[str, Remembered] = {}
        for path, digest in digests.items():
            one = pack.files.get(path)
            if one and one.digest == digest and suffices(one.summary, measured_from, shape=shape):
                found[path] = Remembered(digest, one.summary, one.resolved)
        return found

    def look(self, path: str) -> None:
        """Note how *path* looks before it is read, so that a later change shows."""
        if self._cache:
            self._marks[path] = mark(f"{self._root}/{path}")

    def facts(
        self, digests: Iterable[bytes], measured_from: int, *, shape: bool = False
    ) -> dict[bytes, ModuleFacts]:
        """Return the facts of contents that were parsed before, measured as far as needed."""
        found: dict[bytes, ModuleFacts] = {}
        for digest, value in (self._cache.get("facts", digests) if self._cache else {}).items():
            try:
                facts = _FACTS.decode(value)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                continue
            if suffices(facts, measured_from, shape=shape):
                found[digest] = facts
        return found

    def get(self, digest: bytes) -> bytes | None:
        """Return LibCST's reading of an import outline (the memo's interface)."""
        if digest in self._outlines or self._cache is None:
            return self._outlines.get(digest)
        return self._cache.get("outline", [digest]).get(digest)

    def put(self, digest: bytes, clauses: bytes) -> None:
        """Remember LibCST's reading of an import outline (the memo's interface)."""
        if self._cache is not None:
            self._outlines[digest] = clauses

    def keep(self, layout: Layout, said: Mapping[str, Remembered]) -> Snapshot | None:
        """Store what this run learned; return the tree as it was, where every file of it can be trusted."""
        if self._cache is None or not is_encodable(layout):
            return None
        self._tidy()
        self._flush()
        if self._snapshot is None or not self._current or self._marks:
            return self._remember(layout, said)
        return self._snapshot if len(self._snapshot.files) == len(said) else None

    def _remember(self, layout: Layout, said: Mapping[str, Remembered]) -> Snapshot | None:
        lasting: dict[str, Remembered] = {}
        files: dict[str, tuple[Mark, bytes]] = {}
        for path, one in said.items():
            seen = self._seen(path)
            if seen is not None and lasts(one):
                lasting[path] = one
                files[path] = (seen, one.digest)
        snapshot = take(self._taken, self._root, layout, files)
        self._record(layout, lasting, snapshot)
        return snapshot if len(files) == len(said) else None

    def _tidy(self) -> None:
        """Drop old rows, where nobody did today."""
        if self._cache and (
            self._snapshot is None or self._snapshot.taken // DAY_NS != self._taken // DAY_NS
        ):
            self._cache.sweep()

    def learn(self, one: Remembered) -> None:
        """Take note of the full facts of a file that was parsed; what follows from its content is stored."""
        if self._cache is not None and lasts(one):
            self._learned[one.digest] = _ENCODE(one.facts)
            if len(self._learned) >= FLUSH:
                self._flush()

    def _flush(self) -> None:
        if self._cache is not None:
            self._cache.put("facts", self._learned)
            self._cache.put("outline", self._outlines)
            self._learned = {}
            self._outlines = {}

    def _record(self, layout: Layout, lasting: Mapping[str, Remembered], snapshot: Snapshot) -> None:
        """Store this run: its tree, and what every file of it said."""
        packed = {
            path: Packed(one.digest, one.summary, one.resolved)
            for path, one in lasting.items()
            if one.resolved
        }
        if self._cache:
            self._cache.put("pack", {self._key: _ENCODE(Pack(modules_digest(layout), packed))})
            self._cache.put("tree", {self._key: _ENCODE(snapshot)})

    def _seen(self, path: str) -> Mark | None:
        """Return how *path* looked before it was read, in this run or the one that recorded it."""
        if path in self._marks:
            return self._marks[path]
        return self._snapshot.files[path][0] if self._snapshot and path in self._snapshot.files else None


def suffices(facts: ModuleSummary, measured_from: int, *, shape: bool) -> bool:
    """Tell whether *facts* were measured as far as a run needs."""
    return facts.measured_from <= measured_from and (facts.shaped or not shape)


def lasts(one: Remembered) -> bool:
    """Tell whether what is known of a file follows from its content alone, not from time or memory."""
    failure = one.facts.failure
    return bool(one.digest) and (failure is None or failure.code == "ARC900")


def is_encodable(layout: Layout) -> bool:
    """Tell whether every name can be stored: an undecodable byte of a file name cannot."""
    try:
        _ENCODE(layout)
    except UnicodeEncodeError:
        return False
    return True


def modules_digest(layout: Layout) -> bytes:
    """Return a digest of everything that resolving imports depends on."""
    try:
        return sha256(_ENCODE((layout.modules, layout.meanings))).digest()
    except UnicodeEncodeError:
        return sha256(repr((layout.modules, layout.meanings)).encode("utf-8", "surrogateescape")).digest()
