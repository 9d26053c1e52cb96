"""What ``archlint cache`` does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archlint.repository.cache import Cache
from archlint.repository.cachehome import cache_home
from archlint.repository.project import find_project

if TYPE_CHECKING:
    from archlint.usecases.request import Request

MEANING = {
    "facts": "what files say, by content",
    "log": "what git says of past commits",
    "outline": "what LibCST made of import statements",
    "pack": "the last run of a project, resolved",
    "replay": "what finished runs printed",
    "tree": "what trees looked like",
}


def find_cache(request: Request) -> Cache:
    """Return the cache that a check in the same place would use."""
    given = request.cache_dir or request.environ.get("ARCHLINT_CACHE_DIR")
    if given:
        return Cache(os.path.join(request.cwd, given))
    return Cache(cache_home(find_project((), cwd=request.cwd, project=request.project).root))


def info(request: Request) -> str:
    """Return what the cache holds: a line for each kind of row, with their number and size."""
    cache = find_cache(request)
    counts = cache.counts()
    lines = [f"{cache.directory}"]
    if cache.note:
        lines.append(cache.note)
    lines += [
        f"{number:>8,} {kind:<8} {size:>12,} bytes  {MEANING.get(kind, '')}"
        for kind, (number, size) in counts.items()
    ]
    cache.close()
    return "\n".join(lines if counts else [*lines, "empty"]) + "\n"


def clean(request: Request) -> str:
    """Empty the cache and say how many rows went."""
    cache = find_cache(request)
    gone = cache.sweep(everything=True)
    cache.close()
    return f"{cache.directory}: {gone:,} rows removed\n"
