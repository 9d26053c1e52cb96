"""Supervised processes that run parsing: a crash, a hang or a memory hog costs one file.

Each worker owns a pipe and takes one batch at a time, answering file by file, so that the parent
always knows which file a silent or dead worker was busy with. That file becomes ARC901; the rest of
its batch goes to a fresh worker. The parent starts no threads, so that forking is safe at any time
(a pool of the standard library or pebble forks replacements from its own threads).
"""

from __future__ import annotations

import signal
import sys
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from archlint.facts import Failure, ModuleFacts
from archlint.workers.child import serve
from archlint.workers.messages import LOADING, PATIENCE, Answer, Batch, Limits, decode_answer, encode
from archlint.workers.spare import SPARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

BATCH_FILES = 24
BATCH_BYTES = 200_000
GRACE = 1.5
SMALL_FILES = 80
SMALL_BYTES = 1_200_000


@dataclass
class Worker:
    """A process, the pipe to it, and the files that it has been sent and not answered.

    ``together``: it answers none of them before it has looked at all, so that nobody knows which one it
    is busy with.
    """

    process: Any
    connection: Connection
    pending: deque[int] = field(default_factory=deque)
    deadline: float = 0.0
    together: bool = False


def start(others: Sequence[Connection] = (), librarian: Connection | None = None) -> Worker:
    """Start a worker; it loads its parsers at once and then waits. *others* are pipes it must not hold.

    With a *librarian* it leaves import outlines, and LibCST, to that one.
    """
    mine, theirs = context().Pipe()
    process = context().Process(target=serve, args=(theirs, [mine, *others], librarian), daemon=True)
    with _undisturbed():
        process.start()
    theirs.close()
    return Worker(process, mine)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back until the child has put its own handlers in place of the inherited ones."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare() -> None:
    """Start two workers early, for a run that will surely need them: they load while the parent goes on.

    The first can be the second's librarian; what they will be is settled when the files are known.
    """
    if not SPARE:
        librarian = start()
        SPARE.extend((librarian, start(librarian=librarian.connection)))


def dismiss() -> None:
    """End workers that were started early and never needed."""
    while SPARE:
        end(SPARE.pop())


def end(worker: Worker) -> None:
    """End a worker at once."""
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def parse_files(sources: dict[int, bytes], *, jobs: int, limits: Limits) -> Iterator[Answer]:
    """Yield number, facts and new outlines of every one of *sources* (number -> bytes), as they become known.

    ``jobs`` is the number of processes. A file on which a worker dies or exceeds *limits* has a
    failure ARC901. *sources* is emptied as files are answered. Outlines are pairs of digest and clauses
    for the memo of ``read_facts``. Workers end when the iterator does, however it ends.
    """
    pool = _Pool(sources, jobs, limits)
    try:
        yield from pool.run()
    finally:
        pool.stop()


class _Pool:
    def __init__(self, sources: dict[int, bytes], jobs: int, limits: Limits) -> None:
        self._sources = sources
        self._limits = limits
        self._patience = PATIENCE * limits.seconds + GRACE
        self._queue = deque(batches({number: len(data) for number, data in sources.items()}))
        self._workers: list[Worker] = []
        self._jobs = max(1, min(jobs, len(self._queue)))
        self._parallel = jobs > 1
        self._librarian: Worker | None = None

    def run(self) -> Iterator[Answer]:
        from multiprocessing.connection import wait  # noqa: PLC0415 (30 ms: only where workers run)

        self._begin()
        while busy := [worker for worker in self._workers if worker.pending]:
            patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
            ready = wait([worker.connection for worker in busy], patience)
            for worker in busy:
                yield from self._attend(worker, heard=worker.connection in ready)

    def _begin(self) -> None:
        if self._is_small():
            self._start_together()
            return
        while len(self._workers) < self._jobs:
            self._start()

    def _attend(self, worker: Worker, *, heard: bool) -> Iterator[Answer]:
        if heard:
            yield from self._hear(worker)
        elif time.monotonic() > worker.deadline:
            yield from self._lose(worker, f"took longer than {self._limits.seconds:g} s to parse")

    def _is_small(self) -> bool:
        """Tell whether loading LibCST would take longer than all the parsing."""
        small = len(self._sources) <= SMALL_FILES and sum(map(len, self._sources.values())) <= SMALL_BYTES
        return small and len(SPARE) == 2 and self._parallel

    def _start_together(self) -> None:
        """Let one worker parse everything, and the one that was started early be its librarian."""
        worker, self._librarian = SPARE.pop(), SPARE.pop()
        worker.together = True
        self._queue = deque([sorted(self._sources)])
        self._welcome(worker)

    def _start(self) -> None:
        """Start a worker, or take the one that was started early, and give it work."""
        self._welcome(SPARE.pop(0) if SPARE else start([worker.connection for worker in self._workers]))

    def _welcome(self, worker: Worker) -> None:
        self._workers.append(worker)
        with suppress(OSError):
            worker.connection.send_bytes(encode(self._limits))
        self._feed(worker, 2 * LOADING if worker.together else LOADING)

    def _feed(self, worker: Worker, extra: float = 0.0) -> None:
        """Send the next batch; *extra* seconds are granted to a worker that has yet to load its parsers."""
        if not self._queue:
            return
        batch = self._queue.popleft()
        worker.pending = deque(batch)
        worker.deadline = time.monotonic() + self._patience + extra
        files = [(number, self._sources[number]) for number in batch]
        try:
            worker.connection.send_bytes(encode(Batch(files, worker.together)))
        except OSError:
            worker.deadline = 0.0  # It died before it began: `_hear` or the deadline will notice.

    def _hear(self, worker: Worker) -> Iterator[Answer]:
        try:
            answer = decode_answer(worker.connection.recv_bytes())
        except (EOFError, OSError, msgspec.MsgspecError):
            worker.process.join(GRACE)
            yield from self._lose(worker, _cause(worker.process.exitcode, self._limits))
            return
        del self._sources[worker.pending.popleft()]
        worker.deadline = time.monotonic() + self._patience
        if not worker.pending:
            self._feed(worker)
        yield answer

    def _lose(self, worker: Worker, cause: str) -> Iterator[Answer]:
        """Give up the file that *worker* was busy with, and hand the rest of its batch to another.

        Where nobody knows which file that was, none is given up: all are parsed again, one by one.
        """
        lost = None if worker.together else worker.pending.popleft()
        end(worker)
        self._workers.remove(worker)
        if worker.pending:
            self._queue.appendleft(list(worker.pending))
        if self._queue:
            self._start()
        if lost is not None:
            del self._sources[lost]
            yield lost, ModuleFacts(failure=Failure("ARC901", 1, 1, cause), reader="none"), []

    def stop(self) -> None:
        """End every worker, at once."""
        for worker in self._workers:
            end(worker)
        if self._librarian is not None:
            end(self._librarian)
        dismiss()


def batches(sizes: Mapping[int, int]) -> list[list[int]]:
    """Group files (number -> bytes) into batches, the largest files first, so that no one waits long."""
    result: list[list[int]] = []
    room = 0
    for number in sorted(sizes, key=lambda number: (-sizes[number], number)):
        if not result or len(result[-1]) >= BATCH_FILES or sizes[number] > room:
            result.append([])
            room = BATCH_BYTES
        result[-1].append(number)
        room -= sizes[number]
    return result


def context(platform: str = sys.platform) -> Any:
    """Return the way to start processes: fork where a single-threaded parent makes it safe, else spawn."""
    import os  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    if platform == "linux":
        return get_context("fork")
    # A spawned interpreter must not put the working directory, which may be hostile, on its path.
    os.environ["PYTHONSAFEPATH"] = "1"
    return get_context("spawn")


def _cause(exitcode: int | None, limits: Limits) -> str:
    if exitcode is None or exitcode >= 0:
        return f"the parser ended with exit code {exitcode}"
    if -exitcode == getattr(signal, "SIGPROF", 0):
        return f"took longer than {limits.seconds:g} s to parse"
    names: Sequence[str] = [item.name for item in signal.Signals if item.value == -exitcode]
    return f"the parser crashed ({names[0] if names else -exitcode})"
