"""The short way: what can be answered without loading the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archlint import __version__
from archlint.cli.console import deliver, emit

if TYPE_CHECKING:
    from collections.abc import Sequence


def answered(arguments: Sequence[str]) -> int | None:
    """Answer ``--version``, or an unchanged ``check`` from its record; None where that is not possible."""
    if list(arguments) == ["--version"]:
        emit(f"archlint {__version__}\n")
        return 0
    return _replayed(arguments)


def _replayed(arguments: Sequence[str]) -> int | None:
    if list(arguments[:1]) not in (["check"], ["diff"]) or "--help" in arguments or "-h" in arguments:
        return None
    if "--no-cache" in arguments:
        _prepare()
        return None
    from archlint.usecases.replay import find, is_cold  # noqa: PLC0415

    cwd = os.getcwd()
    if is_cold(arguments, cwd, os.environ):
        _prepare()
        return None
    replay = find(arguments, cwd, os.environ)
    if replay is None:
        return None
    deliver(replay.outputs, replay.notes, replay.errors)
    return replay.exit


def _prepare() -> None:
    """Let the parsers load in other processes while this one loads the command line."""
    from archlint.workers.pool import prepare  # noqa: PLC0415

    prepare()
