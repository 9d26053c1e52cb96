"""What it would cost a developer to remove an import, in rough comparable units.

One unit is an import that no run executes. The scale orders remedies; it estimates no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts import Flag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.model import Import

TYPE_ONLY, DEFERRED, EAGER, STAR = 1, 3, 4, 10


def removal_cost(imports: Iterable[Import]) -> int:
    """Return the cost of removing all *imports* of one edge: at least 1 for each statement.

    A type-checking import costs 1; a deferred or lazy one 3 and one more for each name; an eager one
    4 and two more for each name; a star import, whose names nobody knows, 10.
    """
    return sum(_cost(row) for row in imports)


def _cost(row: Import) -> int:
    if row.flags & Flag.TYPE_CHECKING:
        return TYPE_ONLY
    if "*" in row.names:
        return STAR
    names = max(1, len(row.names))
    if row.flags & (Flag.DEFERRED | Flag.LAZY):
        return DEFERRED + names
    return EAGER + 2 * names
