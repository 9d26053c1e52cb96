"""Earlier states of a project, read from git's objects: nothing is checked out, no hook or filter runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.errors import ArchlintError
from archlint.repository.git import GitError, run_git
from archlint.repository.paths import relative, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PLAIN = ("100644", "100755", "100664")
_LINK = "120000"
_CHUNK = 64 << 20


class Revision(Struct, frozen=True):
    """A commit as somebody named it, its object name, and that of the project's tree (None: not there)."""

    name: str
    commit: str
    tree: str | None

    @property
    def short(self) -> str:
        """The name, and the beginning of the commit's object name where that says more."""
        return self.name if self.commit.startswith(self.name) else f"{self.name} ({self.commit[:10]})"


class Blob(Struct, frozen=True):
    """A file in a tree: its path below the project, what it is, its object name and size."""

    path: str
    is_link: bool
    name: str
    size: int


class Past:
    """The history of the repository that holds the project at directory *root*.

    Every method raises ArchlintError, in one line, where git cannot answer.
    """

    def __init__(self, root: str, repository: str | None) -> None:
        if repository is None or not os.path.lexists(os.path.join(repository, ".git")):
            raise ArchlintError(
                f"{shown(root)} is in no git repository, so there is nothing to compare it with; "
                "run `git init`, or give --project a directory that is in one"
            )
        self.root = root
        self._prefix = relative(root, repository) or ""

    def _git(self, *args: str, stdin: bytes | None = None) -> bytes:
        try:
            return run_git(self.root, args, timeout=120, stdin=stdin)
        except GitError as error:
            raise ArchlintError(f"git: {error.reason}") from None

    def revision(self, name: str) -> Revision:
        """Return the commit that *name* stands for."""
        commit = self.commit(name)
        if commit is None:
            raise ArchlintError(self._unknown(name))
        tree = self._named(f"{commit}:{self._prefix}" if self._prefix else f"{commit}^{{tree}}")
        return Revision(name, commit, tree)

    def commit(self, name: str) -> str | None:
        """Return the object name of the commit that *name* stands for, None where there is none."""
        return self._named(f"{name}^{{commit}}")

    def _named(self, expression: str) -> str | None:
        if any(ord(char) < 0x20 for char in expression):
            return None
        arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", expression)
        try:
            return run_git(self.root, arguments).decode("ascii", "replace").strip() or None
        except GitError as error:
            if error.reason.startswith("git rev-parse failed") or "revision" in error.reason:
                return None
            raise ArchlintError(f"git: {error.reason}") from None

    def _unknown(self, name: str) -> str:
        line = f"`{shown(name)}` names no commit"
        if self.is_shallow():
            return f"{line} in this shallow clone; fetch it: `git fetch --unshallow`, or --depth=1 origin REF"
        return f"{line}; `git branch --all` and `git tag` list what there is"

    def is_shallow(self) -> bool:
        """Tell whether the history of this clone was cut off."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def common(self, one: Revision, other: Revision) -> Revision | None:
        """Return the best common ancestor of two commits, called as *one* is; None where there is none."""
        try:
            found = run_git(self.root, ("merge-base", "--end-of-options", one.commit, other.commit))
        except GitError:
            return None
        commit = found.split(b"\n", 1)[0].decode("ascii", "replace").strip()
        if commit == one.commit:
            return one
        ancestor = self.revision(commit)
        return Revision(one.name, ancestor.commit, ancestor.tree)

    def files(self, tree: str) -> list[Blob]:
        """Return the files of a tree, submodules left out."""
        listing = self._git("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        return list(_blobs(listing))

    def contents(self, blobs: Iterable[Blob]) -> Iterator[tuple[Blob, bytes]]:
        """Yield *blobs* with their contents, in their order; some megabytes at a time."""
        for part in _parts(blobs):
            names = "".join(f"{blob.name}\n" for blob in part).encode()
            yield from _batch(part, self._git("cat-file", "--batch", stdin=names))


def _blobs(listing: bytes) -> Iterator[Blob]:
    for row in listing.split(b"\0"):
        head, _, path = row.partition(b"\t")
        words = head.decode("ascii", "replace").split()
        if len(words) == 4 and words[1] == "blob" and words[3].isdecimal():
            mode, _, name, size = words
            if mode in _PLAIN or mode == _LINK:
                yield Blob(os.fsdecode(path), mode == _LINK, name, int(size))


def _parts(blobs: Iterable[Blob]) -> Iterator[list[Blob]]:
    part: list[Blob] = []
    size = 0
    for blob in blobs:
        if part and size + blob.size > _CHUNK:
            yield part
            part, size = [], 0
        part.append(blob)
        size += blob.size
    if part:
        yield part


def _batch(blobs: list[Blob], output: bytes) -> Iterator[tuple[Blob, bytes]]:
    """Take the answer of ``git cat-file --batch`` apart: a line with the size, the content, a newline."""
    at = 0
    for blob in blobs:
        end = output.find(b"\n", at)
        head = output[at:end].split()
        if len(head) != 3 or head[1] != b"blob":
            raise ArchlintError(f"git has no content for {shown(blob.path)}: this clone holds only a part")
        size = int(head[2])
        yield blob, output[end + 1 : end + 1 + size]
        at = end + size + 2
