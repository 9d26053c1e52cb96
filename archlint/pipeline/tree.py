"""The tree that an earlier run recorded in the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.repository.snapshot import Snapshot

if TYPE_CHECKING:
    from archlint.repository.cache import Cache


def recorded(cache: Cache | None, key: bytes) -> Snapshot | None:
    """Return the tree recorded under *key*, or None."""
    stored = cache.get("tree", [key]) if cache else {}
    try:
        return msgspec.msgpack.decode(stored[key], type=Snapshot) if key in stored else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
