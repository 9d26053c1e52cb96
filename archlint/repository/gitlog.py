"""Reading the log of a repository: names of files alone, so that no content need be looked at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archlint.context.log import CHANGED, DELETED, Log
from archlint.repository.git import GitError, GitTimeoutError, Limits, run_git, run_restrained

if TYPE_CHECKING:
    from collections.abc import Iterator

# More than the busiest repositories see in a year; a window that holds more is cut to the latest ones.
MOST_COMMITS = 50_000
LIMITS = Limits(seconds=120.0, memory=2 << 30, output=256 << 20)
DAY = 86_400
_MARK = b"\x01"
# Whatever the user's and the repository's settings say, the same commits give the same log.
_PLAIN = (
    "--no-merges",
    "--full-history",
    "--date-order",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-notes",
    "--no-relative",
    "--no-rename-empty",
    "--encoding=UTF-8",
    "--format=%x01%aN",
    "-z",
    "-l400",
    f"-O{os.devnull}",
)
_PYTHON = b".py"
_ALIKE, _SAME = "--find-renames=50%", "--find-renames=100%"


class Tip(Struct, frozen=True):
    """Where a log starts: the commit, and the project's place below the repository's top."""

    commit: str
    prefix: bytes
    shallow: bool


def find_tip(root: str, revision: str = "HEAD") -> Tip | None:
    """Return where the log of the project in directory *root* starts; None where there is no commit.

    *revision* is ``HEAD`` or the full name of a commit. Raises GitError where git does not answer.
    """
    question = ("rev-parse", "--is-shallow-repository", "--show-prefix", f"{revision}^{{commit}}")
    try:
        shallow, _, rest = run_git(root, question).partition(b"\n")
    except GitError as error:
        if "unknown revision" in error.reason:
            return None
        raise
    prefix, _, commit = rest.removesuffix(b"\n").rpartition(b"\n")
    # A file may be called as the commit is asked for; git then says its name.
    return Tip(commit.decode(), prefix, shallow == b"true") if commit.isalnum() else None


def shallow_file(root: str) -> str:
    """Return the absolute path of the file that is there while a clone is shallow. Raises GitError."""
    said = run_git(root, ("rev-parse", "--git-path", "shallow"))
    return os.path.normpath(os.path.join(root, os.fsdecode(said.removesuffix(b"\n"))))


def read_log(root: str, tip: Tip, days: int, most: int = MOST_COMMITS) -> Log:
    """Return the log of the Python files below *root*, of the *days* before its newest commit.

    Git lists *most* commits at the most. Files that were renamed are recognised by their content, or, in a
    clone that holds only a part of the contents, by being just as they were. Raises GitError.
    """
    until = _time_of(root, tip)
    window = _window(until, days, most)
    # Where files are named, git compares every two trees twice.
    below = (".",) if tip.prefix else ()
    for paths in (below, ("*.py",)):
        try:
            text = _log(root, tip, (*window, "--name-status", _ALIKE), paths)
        except GitTimeoutError:
            raise
        except GitError:
            continue  # Contents that are not there are perhaps none of Python files.
        return _Reader(tip.prefix).log(text, until, most)
    text = _log(root, tip, (*window, "--name-status", _SAME), below)
    return replace(_Reader(tip.prefix).log(text, until, most), exact=True)


def read_lines(root: str, tip: Tip, log: Log, days: int) -> Iterator[dict[bytes, tuple[int, int]]]:
    """Yield for each commit of *log*, which ``read_log`` returned, the lines added and deleted by path.

    Git compares the contents of every file for that. Raises GitError, also where those are not all there.
    """
    if not log.commits:
        return iter(())
    window = _window(log.until, days, len(log.commits))
    text = _log(root, tip, (*window, "--numstat", _SAME if log.exact else _ALIKE), ("*.py",))
    return _counted(text, tip.prefix)


def _time_of(root: str, tip: Tip) -> int:
    plain = ("--no-show-signature", "--no-color", "--encoding=UTF-8", "--format=%ct")
    return int(run_git(root, ("log", "-1", *plain, "--end-of-options", tip.commit)))


def _window(until: int, days: int, most: int) -> tuple[str, ...]:
    return (f"--max-age={max(0, until - days * DAY)}", f"--max-count={most}")


def _log(root: str, tip: Tip, options: tuple[str, ...], paths: tuple[str, ...]) -> bytes:
    arguments = ("log", *_PLAIN, *options, "--end-of-options", tip.commit, "--", *paths)
    return run_restrained(root, arguments, LIMITS)


def _counted(text: bytes, prefix: bytes) -> Iterator[dict[bytes, tuple[int, int]]]:
    counts: dict[bytes, tuple[int, int]] | None = None
    fields = iter(text.split(b"\0"))
    for field in fields:
        if field.startswith(_MARK):
            if counts is not None:
                yield counts
            counts = {}
        elif field and counts is not None:
            added, deleted, path = field.lstrip(b"\n").split(b"\t", 2)
            if not path:  # A renamed file: its old and its new path follow.
                next(fields, b"")
                path = next(fields, b"")
            counts[path.removeprefix(prefix)] = (_number(added), _number(deleted))
    if counts is not None:
        yield counts


def _number(text: bytes) -> int:
    """Return a count of lines; git counts none in what it takes for binary."""
    return int(text) if text.isdigit() else 0


class _Reader:
    """Takes the text of a log apart: fields that end in NUL, the first of each commit marked."""

    def __init__(self, prefix: bytes) -> None:
        self._prefix = prefix
        self._paths: dict[bytes, int] = {}
        self._authors: dict[bytes, int] = {}

    def log(self, text: bytes, until: int, most: int) -> Log:
        said = list(self._commits(text))
        commits = tuple(commit for commit in said if len(commit) > 1)
        return Log(
            until,
            tuple(self._paths),
            tuple(name.decode("utf-8", "replace") for name in self._authors),
            commits,
            latest=len(said) >= most,
        )

    def _commits(self, text: bytes) -> Iterator[tuple[int, ...]]:
        commit: list[int] = []
        fields = iter(text.split(b"\0"))
        for field in fields:
            if field.startswith(_MARK):
                if commit:
                    yield tuple(commit)
                commit = [self._author(field[1:])]
            elif field and commit:
                commit += self._touched(field.lstrip(b"\n"), fields)
        if commit:
            yield tuple(commit)

    def _touched(self, status: bytes, fields: Iterator[bytes]) -> tuple[int, ...]:
        path = origin = next(fields, b"")
        if status.startswith(b"R"):
            path = next(fields, b"")
        if not path.endswith(_PYTHON):
            return ()
        if path is not origin:
            return self._path(path), self._path(origin)
        return self._path(path), DELETED if status == b"D" else CHANGED

    def _path(self, path: bytes) -> int:
        return self._paths.setdefault(path.removeprefix(self._prefix), len(self._paths))

    def _author(self, name: bytes) -> int:
        return self._authors.setdefault(b" ".join(name.split()), len(self._authors))
