"""What a worker process does: parse what it is sent, under limits, until the pipe closes."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import msgspec

from archlint.model import Failure, ModuleFacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

STACK = 512 << 20
RECURSION = 20_000
LOADING = 30.0


class Limits(msgspec.Struct, frozen=True):
    """What one file may cost: wall seconds, and bytes of memory beyond the worker's own at its start.

    ``measure_from`` and ``shape`` are what ``read_facts`` is asked for.
    """

    seconds: float = 10.0
    memory: int = 2 << 30
    measure_from: int = 0
    shape: bool = False


def serve(connection: Connection, inherited: Iterable[Connection] = ()) -> None:
    """Answer batches on *connection* until it closes, in a thread with a deep stack.

    The first message are the Limits that hold from then on.

    ``inherited`` are the parent's ends of pipes that a forked child holds too: they are closed, so that
    a worker sees when its parent is gone.
    """
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    gc.disable()
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_answer, args=(connection,))
    thread.start()
    thread.join()
    os._exit(0)


def _answer(connection: Connection) -> None:
    # Loading the parsers takes longer than most files: no file's time may pay for it.
    _alarm(LOADING)
    _facts(b"import os\n", Limits(), NewOutlines())
    _alarm(0)
    try:
        limits = msgspec.msgpack.decode(connection.recv_bytes(), type=Limits)
        _limit_memory(limits.memory)
        while True:
            batch = msgspec.msgpack.decode(connection.recv_bytes(), type=list[tuple[int, bytes]])
            for number, data in batch:
                outlines = NewOutlines()
                _alarm(limits.seconds)
                facts = _facts(data, limits, outlines)
                _alarm(0)
                connection.send_bytes(msgspec.msgpack.encode((number, facts, outlines.found)))
    except (EOFError, OSError):
        return


class NewOutlines:
    """A memo that knows nothing and remembers what it is told, for the parent to keep."""

    def __init__(self) -> None:
        self.found: list[tuple[bytes, bytes]] = []

    def get(self, digest: bytes) -> bytes | None:  # noqa: ARG002 (the memo's interface)
        """Return None: every outline is new here."""
        return None

    def put(self, digest: bytes, clauses: bytes) -> None:
        """Remember the *clauses* of an outline."""
        self.found.append((digest, clauses))


def _facts(data: bytes, limits: Limits, outlines: NewOutlines) -> ModuleFacts:
    from archlint.parsing.read import read_facts  # noqa: PLC0415 (the parent loads it before it forks)

    try:
        return read_facts(data, measure_from=limits.measure_from, outlines=outlines, shape=limits.shape)
    except MemoryError:
        reason = f"needs more than {limits.memory >> 20} MB of memory to be parsed"
        return ModuleFacts(failure=Failure("ARC901", 1, 1, reason), reader="none")


def _alarm(seconds: float) -> None:
    """Let the kernel end this process after *seconds* (0: never), even inside native code."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(extra: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on every platform)

        with open("/proc/self/statm", "rb") as stat:
            used = int(stat.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + extra, used + extra))
    except (ImportError, OSError, ValueError):
        return  # No such limit here: the time limit still holds.
