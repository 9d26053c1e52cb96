"""A log as git tells it, and the history that it makes once every file goes by its present name."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.context.history import Commit, History

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CHANGED, DELETED = -1, -2
BOT = "[bot]"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# A path of the log, and the number of the present file that it was; None for a file that is gone.
Touched = tuple[int, int | None]


class Log(Struct, frozen=True, array_like=True):
    """The commits that git lists, newest first, merges left out.

    ``until`` is the time of the commit at which it starts, in seconds. A commit is the number of its author,
    then two numbers for each file that it touches: its path, and CHANGED, DELETED or the path that it was
    renamed from. Paths are relative to the project. ``latest`` and ``exact`` are as in ``History``.
    """

    until: int
    paths: tuple[bytes, ...]
    authors: tuple[str, ...]
    commits: tuple[tuple[int, ...], ...]
    latest: bool = False
    exact: bool = False


def history(log: Log, present: Iterable[str], head: str, days: int, max_files: int) -> History:
    """Return the history of the files that are *present*; commits of more than *max_files* are set aside."""
    paths = tuple(sorted(present))
    found: list[tuple[int, tuple[int, ...]]] = []
    set_aside = 0
    for (author, *_), touched in zip(log.commits, traced(log, paths), strict=True):
        files = {number for _, number in touched if number is not None}
        if not files:
            continue
        if is_set_aside(log, author, touched, max_files):
            set_aside += 1
        else:
            found.append((author, tuple(sorted(files))))
    authors = sorted({author for author, _ in found}, key=lambda author: log.authors[author])
    number = {author: place for place, author in enumerate(authors)}
    return History(
        head=head,
        since=_day(log.until, -days),
        until=_day(log.until),
        days=days,
        paths=paths,
        authors=tuple(log.authors[author] for author in authors),
        commits=tuple(Commit(number[author], files) for author, files in found),
        set_aside=set_aside,
        latest=log.latest,
        exact=log.exact,
    )


def lines(
    log: Log, present: Iterable[str], counts: Iterable[Mapping[bytes, tuple[int, int]]], max_files: int
) -> dict[str, tuple[int, int]]:
    """Return the lines added to and deleted from each file that is *present*.

    *counts* has those of each commit by path; commits of more than *max_files* are set aside.
    """
    paths = tuple(sorted(present))
    found: dict[str, tuple[int, int]] = {}
    for (author, *_), touched, by_path in zip(log.commits, traced(log, paths), counts, strict=True):
        if is_set_aside(log, author, touched, max_files):
            continue
        for path, number in touched:
            if number is not None:
                added, deleted = by_path.get(log.paths[path], (0, 0))
                before = found.get(paths[number], (0, 0))
                found[paths[number]] = (before[0] + added, before[1] + deleted)
    return found


def is_set_aside(log: Log, author: int, touched: Sequence[Touched], max_files: int) -> bool:
    """Tell whether a commit says nothing about its files: a bot made it, or there are too many of them."""
    return log.authors[author].lower().endswith(BOT) or len(touched) > max_files


def traced(log: Log, present: Iterable[str]) -> Iterator[list[Touched]]:
    """Yield for each commit the files that it touches, under the numbers that they have in *present*.

    Renames are followed from the newest commit back. A commit on a branch that was merged later may still
    use the old name after the rename; where no file is called so today, it means the renamed one.
    """
    number = {os.fsencode(path): place for place, path in enumerate(present)}
    own = _own(log, number)
    now: dict[int, int | None] = {}
    for _, *pairs in log.commits:
        touched = [(path, now.get(path, own[path])) for path in pairs[::2]]
        yield touched
        for (_, known), origin in zip(touched, pairs[1::2], strict=True):
            if origin >= 0:
                now[origin] = known


def _own(log: Log, number: Mapping[bytes, int]) -> list[int | None]:
    """Return for each path the present file of that name, else the one that it was last renamed to."""
    renamed: dict[int, int] = {}
    for _, *pairs in log.commits:
        for path, origin in zip(pairs[::2], pairs[1::2], strict=True):
            if origin >= 0:
                renamed.setdefault(origin, path)
    return [_end(path, renamed, log, number) for path in range(len(log.paths))]


def _end(path: int, renamed: Mapping[int, int], log: Log, number: Mapping[bytes, int]) -> int | None:
    seen: set[int] = set()
    while log.paths[path] not in number and path in renamed and path not in seen:
        seen.add(path)
        path = renamed[path]
    return number.get(log.paths[path])


def _day(seconds: int, days: int = 0) -> str:
    """Return a day of UTC as ``YYYY-MM-DD``; the nearest that there is for a time beyond the calendar."""
    try:
        return (EPOCH + timedelta(seconds=seconds, days=days)).date().isoformat()
    except OverflowError:
        return "0001-01-01" if seconds < 0 else "9999-12-31"
