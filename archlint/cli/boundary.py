"""What stands around every run: the two signals, streams that are closed or fail, and bugs.

Nothing here loads click: the short way of an unchanged run passes through it too.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from archlint import __version__
from archlint.cli.console import complain
from archlint.errors import ArchlintError, Exit

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def bounded(act: Callable[[], int]) -> int:
    """Return the exit code of *act*, or the one for what ended it. Never raises.

    With ``ARCHLINT_DEBUG`` set, a bug is raised.
    """
    _open_streams()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with suppress(ValueError):  # Not the main thread: whoever called has the signals.
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, _leave)
    try:
        return _outcome(act)
    finally:
        _dismiss()
        with suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, handler)


def _outcome(act: Callable[[], int]) -> int:
    try:
        _look_around()
        return act()
    except ArchlintError as error:
        complain(str(error))
        return Exit.ERROR
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 (the boundary: a bug is one line, not a traceback)
        return _bug(error)


def _open_streams() -> None:
    """Put the null device where a standard stream is closed, else the next file opened takes its number."""
    if sys.stdin is not None and sys.stdout is not None and sys.stderr is not None:
        return
    last = 0
    while last <= 2:
        last = os.open(os.devnull, os.O_RDWR)
    os.close(last)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _look_around() -> None:
    try:
        os.getcwd()
    except OSError:
        raise ArchlintError("the working directory is gone; change to one that exists") from None


def _dismiss() -> None:
    """End a worker that was started early, where one was and nobody needed it."""
    pool = sys.modules.get("archlint.workers.pool")
    if pool is not None:
        pool.dismiss()


def _bug(error: Exception) -> int:
    if os.environ.get("ARCHLINT_DEBUG"):
        raise error
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno})" if place else ""
    complain(
        f"this is a bug in archlint {__version__}: {type(error).__name__}: {error}{where}",
        hint="please report it; ARCHLINT_DEBUG=1 shows the traceback",
    )
    return Exit.ERROR


def _leave(number: int, _frame: FrameType | None) -> None:
    """End this process at once, its workers and what it was writing.

    An exception instead would come up anywhere: Python wraps one that is raised while a class is made,
    and native code does not always expect one. The cache stands being left in the middle.
    """
    # The signal may come while a module is half loaded.
    with suppress(Exception):
        for child in sys.modules["multiprocessing.process"].active_children():
            child.kill()
    with suppress(Exception):
        for path in sys.modules["archlint.repository.output"].UNFINISHED:
            os.unlink(path)
    os._exit(128 + number)
