"""Answering a run in which nothing changed, before any option is looked at.

A finished ``check`` leaves a record: what was printed, under a key of the command line, the working
directory and the environment that output depends on, together with the project's place, the digests
of the configuration files and the digest of the tree. The next run with the same key looks whether
all of that still holds, and prints the record. None of click, libcst, networkx or rich is loaded.
"""

from __future__ import annotations

import os
import sys
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from archlint.errors import ArchlintError
from archlint.pipeline.tree import recorded
from archlint.repository.cache import Cache, file_name
from archlint.repository.cachehome import nearest_cache
from archlint.repository.project import Place, find_project
from archlint.repository.snapshot import content_digest, looked_at_again, same_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENVIRONMENT = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS")


class Replay(Struct, frozen=True, array_like=True):
    """What a run printed, and what must still hold for the next to print the same.

    ``paths`` and ``project`` are as given; ``inputs`` maps configuration files (absolute) to content
    digests; ``tree_key`` and ``tree`` identify the recorded tree. ``outputs`` are pairs of a file (None:
    stdout) and its text. ``only_touching`` says how the paths were meant. ``good_until`` is the last day
    on which it holds (empty: any), ``revisions`` are names of commits, each with what it stood for. An
    empty ``tree`` means that none on the disk was looked at.
    """

    paths: tuple[str, ...]
    project: str | None
    place: Place
    inputs: dict[str, bytes]
    tree_key: bytes
    tree: bytes
    outputs: tuple[tuple[str | None, str], ...]
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    exit: int = 0
    only_touching: bool = False
    good_until: str = ""
    revisions: tuple[tuple[str, str], ...] = ()


class Seen(Struct, frozen=True):
    """What a run looked at: the recorded tree, empty where none on the disk, and the commits named."""

    tree_key: bytes
    tree: bytes
    revisions: tuple[tuple[str, str], ...] = ()


def key_of(arguments: Sequence[str], cwd: str, environ: Mapping[str, str]) -> bytes:
    """Return the digest of everything outside the project that output depends on."""
    own = sorted((name, value) for name, value in environ.items() if name.startswith("ARCHLINT_"))
    seen = [(name, environ.get(name)) for name in ENVIRONMENT]
    terminal = (sys.stdout.isatty(), sys.stdout.encoding)
    return sha256(
        repr((list(arguments), cwd, own, seen, terminal)).encode("utf-8", "surrogateescape")
    ).digest()


def find(arguments: Sequence[str], cwd: str, environ: Mapping[str, str]) -> Replay | None:
    """Return the record that answers this command line now, or None."""
    directory = _cache_directory(arguments, cwd, environ)
    if directory is None:
        return None
    cache = Cache(directory)
    try:
        key = key_of(arguments, cwd, environ)
        stored = cache.get("replay", [key]).get(key)
        replay = msgspec.msgpack.decode(stored, type=Replay) if stored else None
        return replay if replay is not None and _holds(replay, cache, cwd) else None
    except (msgspec.MsgspecError, UnicodeDecodeError, ArchlintError, OSError):
        return None  # Whatever is wrong, the long way round will say it properly.
    finally:
        cache.close()


def is_cold(arguments: Sequence[str], cwd: str, environ: Mapping[str, str]) -> bool:
    """Tell whether this run will surely have to parse everything: there is no cache to read."""
    if "--no-cache" in arguments:
        return True
    directory = _cache_directory(arguments, cwd, environ)
    return directory is None or not os.path.exists(os.path.join(directory, file_name()))


def _cache_directory(arguments: Sequence[str], cwd: str, environ: Mapping[str, str]) -> str | None:
    """Return the nearest cache at or above the working directory, unless an option names another."""
    if any(word == "--no-cache" or word.startswith("--cache-dir") for word in arguments):
        return None
    given = environ.get("ARCHLINT_CACHE_DIR")
    if given:
        return os.path.join(cwd, given)
    return nearest_cache(cwd)


def _holds(replay: Replay, cache: Cache, cwd: str) -> bool:
    place = find_project(replay.paths, cwd=cwd, project=replay.project, only_touching=replay.only_touching)
    if place != replay.place or (replay.good_until and replay.good_until < day()):
        return False
    if any(content_digest("", path) != digest for path, digest in replay.inputs.items()):
        return False
    return _same_commits(replay) and _same_tree(replay, cache)


def _same_tree(replay: Replay, cache: Cache) -> bool:
    if not replay.tree:
        return True
    snapshot = recorded(cache, replay.tree_key)
    if snapshot is None or snapshot.digest != replay.tree:
        return False
    root = replay.place.root
    again = looked_at_again(root, snapshot) if same_layout(root, snapshot) else None
    if again is not None and again is not snapshot:
        cache.put("tree", {replay.tree_key: msgspec.msgpack.encode(again)})
    return again is not None


def day() -> str:
    """Return today's date, of UTC, as ``YYYY-MM-DD``."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def _same_commits(replay: Replay) -> bool:
    if not replay.revisions:
        return True
    from archlint.repository.history import Past  # noqa: PLC0415 (only where states were compared)

    past = Past(replay.place.root, replay.place.repository)
    return all(past.commit(name) == commit for name, commit in replay.revisions)


def store(
    cache: Cache, arguments: Sequence[str], cwd: str, environ: Mapping[str, str], replay: Replay
) -> None:
    """Leave a record for the next run."""
    cache.put("replay", {key_of(arguments, cwd, environ): msgspec.msgpack.encode(replay)})
