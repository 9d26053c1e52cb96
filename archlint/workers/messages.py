"""What goes through the pipes between the parent and its workers."""

from __future__ import annotations

import signal

import msgspec

from archlint.facts import ModuleFacts

LOADING = 30.0
# A worker that the system gives little time to is slow, not lost: the parent waits so many times the limit,
# which the kernel counts in the worker's own seconds where it can.
PATIENCE = 6 if hasattr(signal, "setitimer") else 1


class Limits(msgspec.Struct, frozen=True, tag=True):
    """What one file may cost: seconds of a processor, and bytes of memory beyond the worker's at its start.

    ``measure_from`` and ``shape`` are what ``read_facts`` is asked for. The first message a parser gets.
    """

    seconds: float = 10.0
    memory: int = 2 << 30
    measure_from: int = 0
    shape: bool = False


class Batch(msgspec.Struct, frozen=True, tag=True):
    """Files to parse, by number. ``together``: their outlines go to the librarian in one question."""

    files: list[tuple[int, bytes]]
    together: bool = False


class Question(msgspec.Struct, frozen=True, tag=True):
    """Import outlines for LibCST to read: the statements' texts, and how many names each holds."""

    outlines: list[tuple[tuple[str, ...], tuple[int, ...]]]


Answer = tuple[int, ModuleFacts, list[tuple[bytes, bytes]]]
Reply = list[bytes | tuple[int, str]]
"""A file's number, facts and new outlines; for each outline its clauses, or the statement refused and why."""

encode = msgspec.msgpack.Encoder().encode
decode_message = msgspec.msgpack.Decoder(Limits | Batch | Question).decode
decode_answer = msgspec.msgpack.Decoder(Answer).decode
decode_reply = msgspec.msgpack.Decoder(Reply).decode
