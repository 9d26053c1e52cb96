"""From the bytes of one file to its facts; never an exception, whatever the bytes are."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from archlint.facts import Failure, ModuleFacts
from archlint.parsing.decode import Undecodable, count_lines, decode, one_line
from archlint.parsing.header import is_generated
from archlint.parsing.suppressions import suppressions

if TYPE_CHECKING:
    from archlint.parsing.clauses import Outlines, Steps
    from archlint.parsing.decode import Source


def read_facts(
    data: bytes, *, measure_from: int = 0, outlines: Outlines | None = None, shape: bool = False
) -> ModuleFacts:
    """Return what the source file of these bytes says.

    *measure_from* is the complexity from which functions are measured; *outlines* remembers what
    LibCST read; *shape* asks for the shapes of functions and classes. Bad source gives facts with a
    ``failure``: ARC900 where it is no Python, ARC901 where a parser gave up.
    """
    from archlint.parsing.clauses import drive  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return drive(read_in_steps(data, measure_from, shape=shape), outlines)


def read_in_steps(data: bytes, measure_from: int, *, shape: bool = False) -> Steps[ModuleFacts]:
    """Read a file as ``read_facts`` does, leaving it to the caller to have its import outline read.

    Asks at most once. Callers see to it that the parser's warnings stay silent.
    """
    try:
        source = decode(data)
    except Undecodable as error:
        failure = Failure("ARC900", error.line, error.column, one_line(error.reason))
        return ModuleFacts(lines=_lines(data), reader="none", failure=failure)
    except Exception as error:  # noqa: BLE001 (a codec may raise anything)
        return ModuleFacts(lines=_lines(data), reader="none", failure=_gave_up(error))
    return (yield from _reading(source, measure_from, shape=shape))


def _reading(source: Source, measure_from: int, *, shape: bool) -> Steps[ModuleFacts]:
    from archlint.parsing.facts import renames  # noqa: PLC0415 (with the parsers)
    from archlint.parsing.readers import reading  # noqa: PLC0415 (loads the parsers)

    comments: tuple[Any, ...] = ()
    generated = False
    try:
        generated = is_generated(source.text)
        comments = suppressions(source.text)
        found = yield from reading(source, measure_from, shape=shape)
    except BaseException as error:  # hostile input may raise anything in any parser
        if not (isinstance(error, Exception) or _is_panic(error)):
            raise
        found = {"reader": "none", "failure": _gave_up(error)}
    return ModuleFacts(
        measured_from=measure_from,
        suppressions=comments,
        lines=source.count(),
        generated=generated,
        shaped=shape,
        renames=renames(found.get("imports", ())),
        **found,
    )


def _is_panic(error: BaseException) -> bool:
    """Tell a failure inside LibCST's native parser, which is no ``Exception``, from an interrupt."""
    return type(error).__module__ == "pyo3_runtime"


def _gave_up(error: BaseException) -> Failure:
    """Return the ARC901 for an exception that no parser should raise."""
    reasons: dict[type, str] = {
        RecursionError: "nested too deeply for the parser",
        MemoryError: "too deep or too large for the parser",
    }
    reason = reasons.get(type(error)) or f"the parser failed: {type(error).__name__}: {error}"
    return Failure("ARC901", 1, 1, one_line(reason))


def _lines(data: bytes) -> int:
    return count_lines(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("latin-1"))
