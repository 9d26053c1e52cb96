"""From the bytes of one file to its facts; never an exception, whatever the bytes are."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from archlint.model import Failure, ModuleFacts
from archlint.parsing.decode import Undecodable, count_lines, decode, one_line
from archlint.parsing.header import is_generated
from archlint.parsing.suppressions import suppressions

if TYPE_CHECKING:
    from archlint.parsing.clauses import Outlines
    from archlint.parsing.decode import Source


def read_facts(data: bytes, *, measure_from: int = 0, outlines: Outlines | None = None) -> ModuleFacts:
    """Return what the source file of these bytes says.

    *measure_from* is the complexity from which functions are measured; *outlines* remembers what
    LibCST read. Bad source gives facts with a ``failure``: ARC900 where it is no Python, ARC901
    where a parser gave up.
    """
    try:
        source = decode(data)
    except Undecodable as error:
        failure = Failure("ARC900", error.line, error.column, one_line(error.reason))
        return ModuleFacts(lines=_lines(data), reader="none", failure=failure)
    except Exception as error:  # noqa: BLE001 (a codec may raise anything)
        return ModuleFacts(lines=_lines(data), reader="none", failure=_gave_up(error))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _read(source, measure_from, outlines)


def _read(source: Source, measure_from: int, outlines: Outlines | None) -> ModuleFacts:
    from archlint.parsing.readers import read_source  # noqa: PLC0415 (loads the parsers)

    comments: tuple[Any, ...] = ()
    generated = False
    try:
        generated = is_generated(source.text)
        comments = suppressions(source.text)
        found = read_source(source, measure_from, outlines)
    except Exception as error:  # noqa: BLE001 (hostile input may raise anything in any parser)
        found = {"reader": "none", "failure": _gave_up(error)}
    return ModuleFacts(
        measured_from=measure_from,
        suppressions=comments,
        lines=source.count(),
        generated=generated,
        **found,
    )


def _gave_up(error: Exception) -> Failure:
    """Return the ARC901 for an exception that no parser should raise."""
    reasons: dict[type, str] = {
        RecursionError: "nested too deeply for the parser",
        MemoryError: "too deep or too large for the parser",
    }
    reason = reasons.get(type(error)) or f"the parser failed: {type(error).__name__}: {error}"
    return Failure("ARC901", 1, 1, one_line(reason))


def _lines(data: bytes) -> int:
    return count_lines(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("latin-1"))
