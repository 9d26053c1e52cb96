"""The log of the project's repository: from the cache where it is known, else from git."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from archlint.context.log import Log
from archlint.pipeline.analysis import LookedAt
from archlint.repository.git import GitError
from archlint.repository.gitlog import Tip, find_tip, read_log, shallow_file
from archlint.repository.project import repository_of
from archlint.repository.snapshot import content_digest

if TYPE_CHECKING:
    from archlint.repository.cache import Cache
    from archlint.usecases.setup import Setup

T = TypeVar("T")

KIND = "log"
SHALLOW = "this is a shallow clone; `git fetch --unshallow` brings the rest"


class Source(Struct, frozen=True):
    """Where a log comes from: the project's directory, the top of its repository, and where it starts."""

    root: str
    top: str
    tip: Tip


class Absent(Exception):  # noqa: N818 (it need not be a fault)
    """There is no history to read; ``reason`` is one line, ``detail`` what git said."""

    def __init__(self, reason: str, detail: str = "", looked_at: LookedAt | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail
        self.looked_at = looked_at or LookedAt(revisions=(("HEAD", ""),))


def find_source(setup: Setup) -> Source:
    """Return where the log of the project starts. Raises Absent where there is none, or only a part."""
    root, revision = setup.place.root, "HEAD"
    if setup.copy is not None:
        root, revision = setup.copy.project, setup.copy.commit
    top = repository_of(root)
    if top is None:
        raise Absent("this is in no git repository", looked_at=LookedAt())
    try:
        tip = find_tip(root, revision)
        if tip is None:
            raise Absent("there is no commit yet")
        if tip.shallow:
            raise Absent(SHALLOW, looked_at=LookedAt((shallow_file(root),), (("HEAD", tip.commit),)))
    except GitError as error:
        raise Absent("git does not answer", error.reason) from None
    return Source(root, top, tip)


def read(setup: Setup, source: Source) -> Log:
    """Return the log of the configured window. Raises Absent where git cannot read it."""
    days = setup.configuration.settings.history_days
    key = key_of(source, days)
    known = recall(setup, key, Log)
    if known is not None:
        return known
    try:
        log = read_log(source.root, source.tip, days)
    except GitError as error:
        raise Absent("git cannot read the history", error.reason) from None
    remember(setup, key, log)
    return log


def key_of(source: Source, *more: object) -> bytes:
    """Return a digest of all that a log depends on."""
    seen = (source.tip.commit, source.tip.prefix, content_digest(source.top, ".mailmap"), *more)
    return sha256(repr(seen).encode("utf-8", "surrogateescape")).digest()


def looked_at(setup: Setup, source: Source) -> LookedAt:
    """Return what must stay as it is for the history to be the same."""
    revisions = () if setup.copy is not None else (("HEAD", source.tip.commit),)
    return LookedAt((os.path.join(source.top, ".mailmap"),), revisions)


def recall(setup: Setup, key: bytes, kind: type[T]) -> T | None:
    """Return what an earlier run left under *key*, None where there is nothing."""
    cache = _open(setup)
    if cache is None:
        return None
    try:
        stored = cache.get(KIND, [key]).get(key)
        return msgspec.msgpack.decode(stored, type=kind) if stored else None
    except msgspec.MsgspecError:
        return None
    finally:
        cache.close()


def remember(setup: Setup, key: bytes, value: object) -> None:
    """Leave *value* under *key* for later runs."""
    cache = _open(setup)
    if cache is not None:
        cache.put(KIND, {key: msgspec.msgpack.encode(value)})
        cache.close()


def _open(setup: Setup) -> Cache | None:
    return setup.cache() if setup.cache is not None else None
