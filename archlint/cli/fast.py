"""The short way: print what an unchanged run printed, without loading the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def replayed(arguments: Sequence[str]) -> int | None:
    """Print the record of an unchanged ``check`` and return its exit code; None where there is none."""
    if arguments[:1] != ["check"] or "--help" in arguments or "-h" in arguments:
        return None
    from archlint.usecases.replay import find, is_cold  # noqa: PLC0415

    cwd = os.getcwd()
    if is_cold(arguments, cwd, os.environ):
        from archlint.workers.pool import prepare  # noqa: PLC0415

        prepare()
        return None
    replay = find(arguments, cwd, os.environ)
    if replay is None:
        return None
    from archlint.cli.console import deliver  # noqa: PLC0415

    deliver(replay.outputs, replay.notes, replay.errors)
    return replay.exit
