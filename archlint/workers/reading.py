"""Parsing inside a worker: file by file, or many with one question to the librarian.

LibCST takes longer to load than a small project takes to parse. So a small cold run has two workers:
one parses, while the other, the librarian, loads LibCST and then reads all import outlines at once.
"""

from __future__ import annotations

import signal
import warnings
from typing import TYPE_CHECKING, Any

from archlint.facts import Failure, ModuleFacts
from archlint.workers.messages import PATIENCE, Limits, Question, decode_reply, encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from archlint.parsing.clauses import Outline, Steps
    from archlint.workers.messages import Answer, Reply


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


def load(*, libcst: bool) -> None:
    """Load the parsers, LibCST among them or not: no file's time may pay for it."""
    from archlint.parsing.read import read_facts  # noqa: PLC0415 (the parent may have loaded it)

    warnings.simplefilter("ignore")
    read_facts(b"import os\n" if libcst else b"x = 1\n")


def alarm(seconds: float) -> None:
    """Let the kernel end this process after *seconds* (0: never) of work, even inside native code.

    Work is processor time, so that what is parsed does not depend on how busy the machine is.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def one_by_one(files: Sequence[tuple[int, bytes]], limits: Limits) -> Iterator[Answer]:
    """Yield the answer for each of *files* as soon as it is known."""
    from archlint.parsing import read  # noqa: PLC0415

    for number, data in files:
        outlines = NewOutlines()
        alarm(limits.seconds)
        try:
            facts = read.read_facts(
                data, measure_from=limits.measure_from, outlines=outlines, shape=limits.shape
            )
        except MemoryError:
            facts = _out_of_memory(limits)
        except Exception as error:  # noqa: BLE001 (a bug of ours costs this file, not the worker)
            facts = ModuleFacts(
                failure=Failure("ARC901", 1, 1, f"the parser failed: {error!r}"), reader="none"
            )
        alarm(0)
        yield number, facts, outlines.found


def together(files: Sequence[tuple[int, bytes]], limits: Limits, librarian: Connection) -> Iterator[Answer]:
    """Yield the answer for each of *files*, after one question to the librarian about all of them."""
    from archlint.parsing.read import read_in_steps  # noqa: PLC0415

    begun: list[tuple[int, Any, Outline | ModuleFacts]] = []
    for number, data in files:
        steps = read_in_steps(data, limits.measure_from, shape=limits.shape)
        alarm(limits.seconds)
        begun.append((number, steps, _begin(steps, limits)))
        alarm(0)
    outlines = [first for _, _, first in begun if not isinstance(first, ModuleFacts)]
    replies = iter(_ask(librarian, outlines, limits))
    for number, steps, first in begun:
        if isinstance(first, ModuleFacts):
            yield number, first, []
        else:
            alarm(limits.seconds)
            facts, found = _finish(steps, first, next(replies))
            alarm(0)
            yield number, facts, found


def _begin(steps: Steps[ModuleFacts], limits: Limits) -> Outline | ModuleFacts:
    """Return the outline that a reading asks about, or its facts where it asks nothing."""
    try:
        return next(steps)
    except StopIteration as stop:
        facts: ModuleFacts = stop.value
        return facts
    except MemoryError:
        return _out_of_memory(limits)


def _ask(librarian: Connection, outlines: Sequence[Outline], limits: Limits) -> Reply:
    """Return the librarian's replies. Raises OSError or EOFError where it is gone or too slow."""
    if not outlines:
        return []
    librarian.send_bytes(encode(Question([(one.statements, one.sizes) for one in outlines])))
    if not librarian.poll(2 * PATIENCE * limits.seconds):
        raise OSError("the librarian does not answer")
    return decode_reply(librarian.recv_bytes())


def _finish(
    steps: Steps[ModuleFacts], outline: Outline, reply: bytes | tuple[int, str]
) -> tuple[ModuleFacts, list[tuple[bytes, bytes]]]:
    from archlint.parsing.clauses import Unread, decode_clauses, digest_of  # noqa: PLC0415

    try:
        if isinstance(reply, bytes):
            steps.send(decode_clauses(reply))
        else:
            steps.throw(Unread(*reply))
    except StopIteration as stop:
        new = [(digest_of(outline.statements), reply)] if isinstance(reply, bytes) else []
        return stop.value, new
    raise AssertionError("a reading asks about one outline")


def read_outlines(question: Question, limits: Limits) -> Reply:
    """Return, for each outline of *question*, what LibCST makes of it."""
    from archlint.parsing.clauses import Unread, encode_clauses, read_clauses  # noqa: PLC0415

    replies: Reply = []
    for statements, sizes in question.outlines:
        alarm(limits.seconds)
        try:
            replies.append(encode_clauses(read_clauses(statements, sizes, None)))
        except Unread as error:
            replies.append((error.index, error.reason))
        alarm(0)
    return replies


def _out_of_memory(limits: Limits) -> ModuleFacts:
    reason = f"needs more than {limits.memory >> 20} MB of memory to be parsed"
    return ModuleFacts(failure=Failure("ARC901", 1, 1, reason), reader="none")


def _said(error: Exception) -> str:
    from archlint.parsing.decode import one_line  # noqa: PLC0415

    return one_line(f"the parser failed: {type(error).__name__}: {error}")
