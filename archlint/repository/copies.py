"""A copy of an earlier tree on the disk: only what archlint reads, and plain files alone.

Paths come from a repository that may be hostile. Every component is checked, links are never made, and
each file is created anew in a directory of our own: nothing can be written elsewhere.
"""

from __future__ import annotations

import os
import posixpath
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from archlint.repository.conventions import SOURCE_MARKS
from archlint.repository.filenames import CYTHON, file_kind
from archlint.repository.foreign import DOMAIN_FILE
from archlint.repository.ledger import FILE as LEDGER
from archlint.repository.manifests import MANIFESTS
from archlint.repository.paths import parent
from archlint.repository.project import OWN_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.repository.history import Blob, Past

CONFIGURATION = frozenset(
    {
        *(LEDGER, DOMAIN_FILE, *OWN_FILES, *MANIFESTS),
        *(".importlinter", "tach.toml", "requirements.txt", "CODEOWNERS"),
    }
)
LARGEST = 4_000_000
LONGEST_LINK = 4_096
# Their presence decides where packages begin; what is in them does not matter.
_SIGNS = SOURCE_MARKS | {"pyvenv.cfg"}
_METADATA = (".dist-info/", ".egg-info/")
_ODD = re.compile(r'[\x00-\x1f\\:*?"<>|]') if os.name == "nt" else re.compile(r"\x00")


class Copy:
    """The project's tree at one commit, in an empty *directory* of our own; written as far as asked for."""

    def __init__(self, past: Past, tree: str | None, directory: str, commit: str = "HEAD") -> None:
        self.directory = directory
        self.commit = commit
        self._past = past
        self._tree = tree
        self._written: set[str] = set()
        self._listed: dict[str, Blob] | None = None
        self._leads: dict[str, str] | None = None

    @property
    def project(self) -> str:
        """The directory of the project whose earlier tree this is."""
        return self._past.root

    @property
    def key(self) -> tuple[str, str]:
        """What tells this tree, as archlint sees it, from all others: the name of its directory has a say."""
        return "tree", f"{os.path.basename(self.directory)}:{self._tree}"

    def _files(self) -> dict[str, Blob]:
        if self._listed is None:
            found = self._past.files(self._tree) if self._tree else []
            self._listed = {blob.path: blob for blob in found if _is_harmless(blob.path)}
        return self._listed

    def configure(self) -> None:
        """Write the files that say how the project is configured."""
        self._write(blob for blob in self._files().values() if _name(blob) in CONFIGURATION)

    def complete(self) -> None:
        """Write everything that archlint reads."""
        self._write(blob for blob in self._files().values() if _is_read(blob))

    def _write(self, blobs: Iterable[Blob]) -> None:
        wanted = [blob for blob in blobs if blob.path not in self._written]
        found = {blob.path: end for blob in wanted if (end := self._end(blob)) is not None}
        small = {blob.name: blob for blob in found.values() if _is_copied(blob)}
        texts = {blob.name: data for blob, data in self._past.contents(small.values())}
        made: set[str] = set()
        for path, blob in found.items():
            self._put(path, texts.get(blob.name), blob.size, made)
        self._written.update(blob.path for blob in wanted)

    def _end(self, blob: Blob) -> Blob | None:
        """Return the file that *blob* is or leads to in the tree; None for a link that leads elsewhere."""
        seen: set[str] = set()
        while blob.is_link:
            path = self._links().get(blob.path)
            if path is None or path in seen or path not in self._files():
                return None
            seen.add(path)
            blob = self._files()[path]
        return blob

    def _links(self) -> dict[str, str]:
        """Return where each link of the tree leads, as a path in it or out of it."""
        if self._leads is None:
            links = [blob for blob in self._files().values() if blob.is_link and blob.size <= LONGEST_LINK]
            self._leads = {
                blob.path: posixpath.normpath(posixpath.join(parent(blob.path), os.fsdecode(text)))
                for blob, text in self._past.contents(links)
            }
        return self._leads

    def _put(self, path: str, data: bytes | None, size: int, made: set[str]) -> None:
        """Write one file; one too large to read has only its size."""
        folder = parent(path)
        # Two names that a file system takes for one: the first stays.
        with suppress(FileExistsError, NotADirectoryError):
            if folder not in made:
                os.makedirs(os.path.join(self.directory, folder), exist_ok=True)
                made.add(folder)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            handle = os.open(os.path.join(self.directory, path), flags, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data or b"")
                if data is None:
                    stream.truncate(size)


@contextmanager
def room_for_copies() -> Iterator[str]:
    """Make a directory that is gone afterwards; yield its path."""
    import tempfile  # noqa: PLC0415 (only where something is copied)

    with tempfile.TemporaryDirectory(prefix="archlint-", ignore_cleanup_errors=True) as directory:
        yield os.path.realpath(directory)


def _name(blob: Blob) -> str:
    return blob.path.rpartition("/")[2]


def _is_read(blob: Blob) -> bool:
    name = _name(blob)
    is_code = file_kind(name) is not None or name.endswith(CYTHON)
    return is_code or name in CONFIGURATION or name in _SIGNS or _is_metadata(blob)


def _is_metadata(blob: Blob) -> bool:
    return any(mark in blob.path for mark in _METADATA)


def _is_copied(blob: Blob) -> bool:
    """Tell whether the content matters, and may be read."""
    name = _name(blob)
    is_text = name in CONFIGURATION or name.endswith((".py", ".pyi")) or _is_metadata(blob)
    return is_text and blob.size <= LARGEST


def _is_harmless(path: str) -> bool:
    """Tell whether *path* stays below the directory that it is written to."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) and not _ODD.search(
        path
    )
