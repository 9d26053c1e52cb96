"""Where a project's cache is: in its root, or, for a linked git worktree, in the main one's.

A ``.git`` file names the main worktree, and a hostile checkout could name any directory. So it is
believed only where git's own record there points back to this worktree.
"""

from __future__ import annotations

import os

from archlint.repository.cache import DIRECTORY
from archlint.repository.sources import Unreadable, read

LONGEST = 8_192
MARK = b"gitdir: "


def cache_home(root: str) -> str:
    """Return the directory for the cache of the project at *root*."""
    return os.path.join(main_worktree(root) or root, DIRECTORY)


def nearest_cache(start: str) -> str | None:
    """Return the nearest existing cache directory at or above *start*, or None."""
    directory = start
    while True:
        for home in (os.path.join(directory, DIRECTORY), cache_home(directory)):
            if os.path.isdir(home):
                return home
        above = os.path.dirname(directory)
        if above == directory:
            return None
        directory = above


def main_worktree(root: str) -> str | None:
    """Return the main worktree of the linked one at *root*; None where it is not one."""
    mark = os.path.join(root, ".git")
    if not os.path.isfile(mark):
        return None
    record = _line(mark, MARK)
    if record is None:
        return None
    record = os.path.normpath(os.path.join(root, record))
    git, _, name = record.rpartition(f"{os.sep}worktrees{os.sep}")
    back = _line(os.path.join(record, "gitdir"), b"")
    if not git or not name or back is None or os.path.realpath(back) != os.path.realpath(mark):
        return None
    return os.path.dirname(git) if os.path.basename(git) == ".git" else None


def _line(path: str, mark: bytes) -> str | None:
    """Return the rest of the first line of a small file behind *mark*, or None."""
    try:
        first = read(path, LONGEST).split(b"\n", 1)[0]
    except Unreadable:
        return None
    return os.fsdecode(first[len(mark) :].strip()) if first.startswith(mark) else None
