"""Workers that were started before it was known what they will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.workers.pool import Worker

SPARE: list[Worker] = []


def is_prepared() -> bool:
    """Tell whether a worker waits."""
    return bool(SPARE)
