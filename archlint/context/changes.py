"""What follows from a history: churn, change coupling, partners, authors. Pure computations."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archlint.context.history import History

# code-maat's defaults: fewer commits, or fewer that two files share, say nothing.
LEAST_COMMITS = 5
LEAST_TOGETHER = 5
LEAST_DEGREE = 0.3
# A partner is for somebody who changes one file now, so the other must usually follow.
LEAST_SHARE = 0.5


class Churn(Struct, frozen=True):
    """How often a file changed: ``commits`` by so many ``authors``, ``most`` of them by ``main``.

    ``main`` is a number in the history's authors; of several that made as many, the first by name.
    """

    path: str
    commits: int
    authors: int
    main: int
    most: int

    @property
    def share(self) -> float:
        """The part of its commits that its main author made."""
        return self.most / self.commits


class Coupled(Struct, frozen=True):
    """Two files, the commits of each, and those that touched both: ``together``."""

    path: str
    other: str
    together: int
    commits: int
    other_commits: int

    @property
    def degree(self) -> float:
        """Shared commits over the average of both counts, as code-maat defines it; 1 at most."""
        return 2 * self.together / (self.commits + self.other_commits)


class Partner(Struct, frozen=True):
    """``other`` changed in ``together`` of the ``commits`` commits that changed ``path``."""

    path: str
    other: str
    together: int
    commits: int


def churn(history: History) -> tuple[Churn, ...]:
    """Return the churn of each file that changed in the window, by path."""
    by: dict[int, Counter[int]] = {}
    for commit in history.commits:
        for file in commit.files:
            by.setdefault(file, Counter())[commit.author] += 1
    return tuple(_churn(history.paths[file], by[file]) for file in sorted(by))


def _churn(path: str, authors: Counter[int]) -> Churn:
    main = min(authors, key=lambda author: (-authors[author], author))
    return Churn(path, authors.total(), len(authors), main, authors[main])


def coupled(
    history: History,
    *,
    min_commits: float = LEAST_COMMITS,
    min_together: int = LEAST_TOGETHER,
    min_degree: float = LEAST_DEGREE,
) -> tuple[Coupled, ...]:
    """Return the pairs of files that change together, the strongest first.

    As code-maat's ``coupling`` does: *min_commits* is compared with the average of both files' commits,
    *min_together* with those that they share, *min_degree* with shared over average.
    """
    found = (
        pair
        for pair in _pairs(history, min_together)
        if pair.commits + pair.other_commits >= 2 * min_commits and pair.degree >= min_degree
    )
    return tuple(sorted(found, key=lambda pair: (-pair.degree, -pair.together, pair.path, pair.other)))


def _pairs(history: History, least: int) -> Iterator[Coupled]:
    """Yield the pairs of files with at least *least* commits that touch both."""
    alone = Counter(file for commit in history.commits for file in commit.files)
    often = {file for file, number in alone.items() if number >= least}
    both: Counter[tuple[int, int]] = Counter()
    for commit in history.commits:
        both.update(combinations([file for file in commit.files if file in often], 2))
    for (one, other), together in both.items():
        if together >= least:
            paths = (history.paths[one], history.paths[other])
            yield Coupled(*paths, together, alone[one], alone[other])


def partners(history: History, paths: Collection[str]) -> tuple[Partner, ...]:
    """Return the files outside *paths* that usually change with one of them, the most regular first.

    A file counts from ``LEAST_COMMITS`` commits on; another is its partner where it changed in at least
    ``LEAST_TOGETHER`` of these, and in at least the share ``LEAST_SHARE`` of them.
    """
    wanted = frozenset(paths)
    chosen = {number for number, path in enumerate(history.paths) if path in wanted}
    alone: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for commit in history.commits:
        mine = [file for file in commit.files if file in chosen]
        alone.update(mine)
        both.update((one, other) for one in mine for other in commit.files if other not in chosen)
    found = (
        Partner(history.paths[one], history.paths[other], together, alone[one])
        for (one, other), together in both.items()
    )
    return tuple(sorted(filter(_is_regular, found), key=_regularity))


def _is_regular(pair: Partner) -> bool:
    least = max(LEAST_TOGETHER, LEAST_SHARE * pair.commits)
    return pair.commits >= LEAST_COMMITS and pair.together >= least


def _regularity(pair: Partner) -> tuple[object, ...]:
    return (-pair.together / pair.commits, -pair.together, pair.path, pair.other)
