"""How long one import takes to go, told from what the file does with it. In minutes, as findings are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.remedy import Ease

if TYPE_CHECKING:
    from archlint.model import Import
    from archlint.pipeline.overview.remedy import Usage

ELSEWHERE = 5
FURTHER_NAME = 5
# To move it under `if TYPE_CHECKING:`, into functions, or to drop it once nobody takes it from there.
DEFERRED = {Ease.ANNOTATIONS: 5, Ease.FUNCTIONS: 10, Ease.UNUSED: 10}
MOVED = {Ease.ANNOTATIONS: 5, Ease.UNUSED: 10}
MOVE = 30


def to_break(row: Import, found: Usage) -> int:
    """Return the minutes that *row* takes to leave a cycle on load, as ``break_cycle`` says how."""
    return DEFERRED.get(found.ease) or _move(row)


def to_turn(row: Import, found: Usage) -> int:
    """Return the minutes that *row* takes to stop running upwards, as ``turn_round`` says how."""
    return MOVED.get(found.ease) or _move(row)


def _move(row: Import) -> int:
    return MOVE + FURTHER_NAME * max(0, len(row.names) - 1)
