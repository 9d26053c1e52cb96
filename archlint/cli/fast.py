"""The short way: print what an unchanged run printed, without loading the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def replayed(arguments: Sequence[str]) -> int | None:
    """Print the record of an unchanged ``check`` and return its exit code; None where there is none."""
    if arguments[:1] != ["check"]:
        return None
    from archlint.usecases.replay import find  # noqa: PLC0415

    replay = find(arguments, os.getcwd(), os.environ)
    if replay is None:
        return None
    from archlint.cli.console import deliver  # noqa: PLC0415

    deliver(replay.outputs, replay.notes, replay.errors)
    return replay.exit
