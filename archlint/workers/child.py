"""What a worker process does: answer what it is sent, under limits, until the pipe closes."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from archlint.workers.messages import LOADING, Batch, Limits, Question, decode_message, encode
from archlint.workers.reading import alarm, load, one_by_one, read_outlines, together

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

STACK = 512 << 20
RECURSION = 20_000


def serve(
    connection: Connection, inherited: Iterable[Connection] = (), librarian: Connection | None = None
) -> None:
    """Answer messages on *connection* until it closes, in a thread with a deep stack.

    ``inherited`` are the parent's ends of pipes that a forked child holds too: they are closed, so that
    a worker sees when its parent is gone. ``librarian`` reads import outlines for this worker, which
    then does not load LibCST.
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
    thread = threading.Thread(target=_converse, args=(connection, librarian))
    thread.start()
    thread.join()
    os._exit(0)


def _converse(connection: Connection, librarian: Connection | None) -> None:
    alarm(LOADING)
    load(libcst=librarian is None)
    alarm(0)
    gc.freeze()
    limits = Limits()
    with suppress(EOFError, OSError):
        while True:
            message = decode_message(connection.recv_bytes())
            if isinstance(message, Limits):
                limits = message
                _limit_memory(limits.memory)
            elif isinstance(message, Question):
                connection.send_bytes(encode(read_outlines(message, limits)))
            else:
                _answer(connection, message, limits, librarian)


def _answer(connection: Connection, batch: Batch, limits: Limits, librarian: Connection | None) -> None:
    if batch.together and librarian is not None:
        answers = together(batch.files, limits, librarian)
    else:
        answers = one_by_one(batch.files, limits)
    for answer in answers:
        connection.send_bytes(encode(answer))
    # What is loaded is frozen, so that this walks only what the batch left behind in circles.
    gc.collect()


def _limit_memory(extra: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on every platform)

        with open("/proc/self/statm", "rb") as stat:
            used = int(stat.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + extra, used + extra))
    except (ImportError, OSError, ValueError):
        return  # No such limit here: the time limit still holds.
