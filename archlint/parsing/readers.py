"""The two ways to read a file, and which one a file gets."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from archlint.facts import Failure
from archlint.parsing.clauses import Outline, Steps, Unread, drive
from archlint.parsing.complexity import Radon, complexities, counted
from archlint.parsing.decode import one_line
from archlint.parsing.facts import assignments, bind_imports, import_statements, uses
from archlint.parsing.maintainability import maintainability
from archlint.parsing.outline import Columns, OutlineReader, chain
from archlint.parsing.shallow import fits_libcst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.parsing.clauses import Outlines
    from archlint.parsing.complexity import Measure
    from archlint.parsing.decode import Source
    from archlint.parsing.skeleton import Clause, Skeleton, Span


def reading(source: Source, measure_from: int, *, shape: bool = False) -> Steps[dict[str, Any]]:
    """Read fields of ``ModuleFacts``: by its outline where the C parser takes the file, else whole.

    With *shape*, the shapes of functions and classes too, where the C parser takes the file.
    """
    try:
        tree = ast.parse(source.text)
    except SyntaxError as error:
        return read_refused(source, measure_from, error)
    return (yield from outline_reading(source, tree, measure_from, shape=shape))


def read_outline(
    source: Source, tree: ast.Module, measure_from: int, outlines: Outlines | None, *, shape: bool = False
) -> dict[str, Any]:
    """Return the facts of a file by its outline."""
    return drive(outline_reading(source, tree, measure_from, shape=shape), outlines)


def outline_reading(
    source: Source, tree: ast.Module, measure_from: int, *, shape: bool = False
) -> Steps[dict[str, Any]]:
    """Read a file by its outline, asking once what LibCST makes of its import statements."""
    lines = source.lines()
    reader = OutlineReader(Columns(source, lines))
    skeleton = reader.read(tree)
    outline = Outline(
        tuple(_text(placed.span, lines) for placed in skeleton.imports),
        tuple(len(placed.places) for placed in skeleton.imports),
    )
    try:
        clauses = (yield outline) if outline.statements else []
    except Unread as error:
        return _unread(skeleton.imports[error.index].span, error.reason)

    def describe(node: Any, anchor: Any) -> tuple[str, int, int]:
        said, name = chain(node)
        place = name if anchor is None else anchor
        return said, place.lineno, reader.columns.at(place.lineno, place.col_offset)

    imported = bind_imports(skeleton, clauses)
    return {
        "reader": "outline",
        "uses": uses(skeleton, imported, describe),
        "assigned": assignments(skeleton, imported, describe),
        "maintainability": maintainability(source.text, tree) if measure_from == 0 else None,
        **(_shapes(skeleton, tree, lines) if shape else {}),
        **assemble(skeleton, clauses, measure_from, Radon()),
    }


def _shapes(skeleton: Skeleton, tree: ast.Module, lines: list[str]) -> dict[str, Any]:
    from archlint.parsing.shape import shapes  # noqa: PLC0415 (few runs ask for them)

    return {"shapes": shapes(skeleton, tree, lines)}


def _unread(span: Span, reason: str) -> dict[str, Any]:
    """Return the ARC901 for an import statement that only the C parser takes."""
    failure = Failure("ARC901", span.line, span.column, one_line(f"unreadable import statement: {reason}"))
    return {"reader": "none", "failure": failure}


def assemble(
    skeleton: Skeleton, clauses: Sequence[Clause], measure_from: int, measure: Measure
) -> dict[str, Any]:
    """Return the facts that both readers make alike."""
    return {
        "imports": import_statements(skeleton.imports, clauses),
        "definitions": tuple(sorted(skeleton.definitions, key=lambda one: (one.line, one.column))),
        "complexity": complexities(skeleton.functions, measure_from, measure),
        "exports": skeleton.exports,
        "doc": skeleton.doc,
    }


def _text(span: Span, lines: list[str]) -> str:
    """Return the source text of a span."""
    line, column, end_line, end_column = span
    if line == end_line:
        return lines[line - 1][column - 1 : end_column - 1]
    inner = lines[line : end_line - 1]
    return "\n".join([lines[line - 1][column - 1 :], *inner, lines[end_line - 1][: end_column - 1]])


def read_refused(source: Source, measure_from: int, error: SyntaxError) -> dict[str, Any]:
    """Return the facts of a file that the C parser refuses: read whole, else its ARC900."""
    if not fits_libcst(source.text):
        return _refused(error, " (and too large or deep for the parser of newer grammar)")
    import libcst  # noqa: PLC0415 (heavy; few files need it)

    try:
        return read_whole(source, measure_from)
    except libcst.ParserSyntaxError:
        return _refused(error, "")


def _refused(error: SyntaxError, remark: str) -> dict[str, Any]:
    """Return the ARC900 for the C parser's error."""
    place = max(error.lineno or 1, 1), max(error.offset or 1, 1)
    return {"reader": "none", "failure": Failure("ARC900", *place, one_line(str(error.msg)) + remark)}


def read_whole(source: Source, measure_from: int) -> dict[str, Any]:
    """Return the facts of a file as LibCST reads all of it. Raises ``libcst.ParserSyntaxError``."""
    from archlint.parsing.whole import WholeReader  # noqa: PLC0415

    reader = WholeReader()
    skeleton = reader.read(source.text)
    imported = bind_imports(skeleton, reader.clauses)
    return {
        "reader": "whole",
        "uses": uses(skeleton, imported, reader.describe),
        "assigned": assignments(skeleton, imported, reader.describe),
        **assemble(skeleton, reader.clauses, measure_from, counted),
    }
