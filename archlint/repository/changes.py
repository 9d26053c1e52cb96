"""Which files of the working tree differ from an earlier commit: asked of git, but read by nobody else.

Git compares sizes and times alone; where those leave it open, the content is read here. So no filter that
a repository's configuration names is run, and a tree that was copied, with all times new, has not changed.
"""

from __future__ import annotations

import os
from hashlib import sha1, sha256
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from archlint.errors import ArchlintError
from archlint.repository.git import GitError, run_git
from archlint.repository.paths import lies_in, relative
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterator

Status = Literal["changed", "new", "gone"]
_LARGEST = 64 << 20
_FILTERS = r"^filter\..*\.(clean|process|required)$"
_RAW = ("diff-index", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all")
_OTHERS = ("ls-files", "--others", "--exclude-standard", "-z")


class ChangedFile(Struct, frozen=True, order=True):
    """A file that differs: its path below the project, and how."""

    path: str
    status: Status


class Changes(Struct, frozen=True):
    """The files of the project that differ, by path, and how many differ elsewhere in the repository."""

    files: tuple[ChangedFile, ...]
    outside: int = 0


class _Row(NamedTuple):
    """A path below the repository's top, git's name of its old content, and whether the new one is open."""

    path: str
    old: str
    is_open: bool

    def is_change(self, repository: str) -> bool:
        """Tell whether the content differs; where git left that open, by reading it."""
        return not (self.is_open and _is_same(os.path.join(repository, self.path), self.old))


def changes_since(root: str, repository: str, commit: str) -> Changes:
    """Return what differs between *commit* and the working tree, untracked files included.

    *root* is the project's directory and *repository* the top around it. Raises ArchlintError, in one
    line, where git cannot answer.
    """
    prefix = relative(root, repository) or ""
    quiet = _without_filters(root)
    listed = list(_rows(_git(root, *quiet, *_RAW, "--end-of-options", commit, "--")))
    rows = [row for row in listed if row.is_change(repository)]
    own = {path: row for row in rows if (path := _inside(row.path, prefix)) is not None}
    # What was taken out of the index is listed once more, as untracked.
    listed_before = {_inside(row.path, prefix) for row in listed}
    new = [path for path in _paths(_git(root, *quiet, *_OTHERS)) if path not in listed_before]
    files = [ChangedFile(path, _status(root, path, own.get(path))) for path in (*own, *new)]
    return Changes(tuple(sorted(files)), outside=len(rows) - len(own))


def _inside(path: str, prefix: str) -> str | None:
    """Return *path* as seen from the directory *prefix*, None where it lies elsewhere."""
    if not prefix:
        return path
    return path.removeprefix(f"{prefix}/") if lies_in(path, prefix) else None


def _status(root: str, path: str, row: _Row | None) -> Status:
    if not os.path.lexists(os.path.join(root, path)):
        return "gone"
    return "changed" if row is not None and row.old.strip("0") else "new"


def _git(root: str, *args: str) -> bytes:
    try:
        return run_git(root, args, timeout=120)
    except GitError as error:
        raise ArchlintError(f"git: {error.reason}") from None


def _without_filters(root: str) -> list[str]:
    """Return the options with which git runs no filter of a repository's configuration."""
    try:
        names = _paths(run_git(root, ("config", "--null", "--name-only", "--get-regexp", _FILTERS)))
    except GitError:  # There is none.
        return []
    if any("=" in name for name in names):
        raise ArchlintError("git: the name of a filter in .git/config holds `=`; rename it there")
    # Without the program, a filter that is required fails.
    values = ((name, "false" if name.endswith(".required") else "") for name in names)
    return [part for name, value in values for part in ("-c", f"{name}={value}")]


def _paths(listing: bytes) -> list[str]:
    """Take a list apart; what ends in a slash is another repository inside this one."""
    return [os.fsdecode(path) for path in listing.split(b"\0") if path and not path.endswith(b"/")]


def _rows(listing: bytes) -> Iterator[_Row]:
    """Take a raw difference apart: ``:100644 100644 <old> <new> M``, a zero byte, the path, a zero byte.

    Of content in the working tree git has not worked out the new name, and writes zeros.
    """
    fields = listing.split(b"\0")
    for head, path in zip(fields[0::2], fields[1::2], strict=False):
        words = head.decode("ascii", "replace").split()
        if len(words) == 5:
            mode, _, old, new, _ = words
            is_file = not mode.endswith(("120000", "160000"))
            yield _Row(os.fsdecode(path), old, is_open=is_file and not new.strip("0"))


def _is_same(path: str, old: str) -> bool:
    """Tell whether the file at *path* has the content that git calls *old*, its line ends aside."""
    digest = {40: sha1, 64: sha256}.get(len(old))
    if digest is None or not old.strip("0"):
        return False
    try:
        data = read(path, _LARGEST)
    except Unreadable:
        return False
    texts = (data, data.replace(b"\r\n", b"\n")) if b"\r\n" in data else (data,)
    return any(digest(b"blob %d\0" % len(text) + text).hexdigest() == old for text in texts)
