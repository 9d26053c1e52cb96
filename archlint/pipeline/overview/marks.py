"""The values of a grade, and how points are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LETTERS = (("A", 90), ("B", 75), ("C", 60), ("D", 40), ("E", 0))
LEAST = 0.05
SHARE, FEW = 0.2, 5


class Item(Struct, frozen=True):
    """Something that costs points: what it is, the place, and how many points are lost to it.

    ``module`` is the dotted name of a module to look at, empty where there is none. ``places`` are
    further (path, line) pairs that belong to it, and ``view`` the view of the page, with what is chosen in
    it, that lists all of them.
    """

    text: str
    points: float
    module: str = ""
    path: str = ""
    line: int = 0
    places: tuple[tuple[str, int], ...] = ()
    view: tuple[str, ...] = ()


class Criterion(Struct, frozen=True):
    """One part of a grade: ``earned`` of ``points``; the rest is lost to ``items``, heaviest first.

    ``value`` is what was measured, ``scale`` how points follow from it and where that comes from.
    """

    title: str
    value: str
    scale: str
    points: float
    earned: float
    items: tuple[Item, ...] = ()


class Lever(Struct, frozen=True):
    """A change, and the points that it would add to the grade."""

    text: str
    points: float
    module: str = ""
    path: str = ""
    line: int = 0


class Grade(Struct, frozen=True):
    """The grade of one challenge; ``letter`` and ``points`` are None where nothing measured it.

    ``missing`` then says what would. ``levers`` are changes, the one that raises it most first.
    """

    challenge: str
    question: str
    letter: str | None = None
    points: float | None = None
    criteria: tuple[Criterion, ...] = ()
    levers: tuple[Lever, ...] = ()
    missing: str = ""


def letter(points: float) -> str:
    """Return the letter for *points* of 100, rounded first so that what is shown is what is judged."""
    return next(name for name, least in LETTERS if round(points) >= least)


def limit(whole: int) -> int:
    """Return how many of *whole* things lose all points: a fifth, at least five."""
    return max(FEW, round(whole * SHARE))


def graded(
    challenge: str, question: str, criteria: Sequence[Criterion], levers: Iterable[Lever] = ()
) -> Grade:
    """Return the grade that *criteria*, whose points add up to 100, make."""
    points = round(sum(one.earned for one in criteria), 1)
    useful = [replace(one, points=round(one.points, 3)) for one in levers if one.points >= LEAST]
    useful.sort(key=lambda lever: (-lever.points, lever.text, lever.path, lever.line))
    return Grade(challenge, question, letter(points), points, tuple(criteria), tuple(useful))


def unmeasured(challenge: str, question: str, missing: str) -> Grade:
    """Return the grade of a challenge that nothing measured, and what would measure it."""
    return Grade(challenge, question, missing=missing)


def criterion(title: str, value: str, scale: str, points: float, items: Iterable[Item]) -> Criterion:
    """Return a criterion that loses what its *items* cost, never more than its *points*.

    Where they cost more, each one's cost shrinks in proportion, so that items still add up to the loss.
    """
    items = list(items)
    lost = sum(item.points for item in items)
    factor = points / lost if lost > points else 1.0
    ranked = sorted(items, key=lambda item: (-item.points, item.text, item.path, item.line))
    scaled = tuple(replace(one, points=round(one.points * factor, 3)) for one in ranked)
    earned = min(points, round(max(0.0, points - lost), 3))
    return Criterion(title, value, scale, points, earned, scaled)
