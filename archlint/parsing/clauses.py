"""LibCST's reading of import statements, remembered by their text.

The outline of a file is the text of its import statements, one after the other. LibCST reads it
in one go; a file whose outline was read before needs no LibCST at all.
"""

from __future__ import annotations

from collections.abc import Generator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from unicodedata import normalize

from msgspec import MsgspecError, Struct, msgpack

from archlint.parsing.skeleton import Clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst


Result = TypeVar("Result")


class Outlines(Protocol):
    """A memory of outlines that LibCST has read: digest of the text to what it says."""

    def get(self, digest: bytes) -> bytes | None:
        """Return what was put under *digest*, else None."""

    def put(self, digest: bytes, clauses: bytes) -> None:
        """Remember *clauses* under *digest*."""


class Outline(Struct, frozen=True, array_like=True):
    """The import statements of a file as text, and how many names each holds."""

    statements: tuple[str, ...]
    sizes: tuple[int, ...]


Steps = Generator[Outline, "list[Clause]", Result]


def drive(steps: Steps[Result], outlines: Outlines | None) -> Result:
    """Run a reading to its end, answering each outline that it asks about with LibCST's reading of it."""
    try:
        asked = next(steps)
        while True:
            try:
                clauses = read_clauses(asked.statements, asked.sizes, outlines)
            except Unread as error:
                asked = steps.throw(error)
            else:
                asked = steps.send(clauses)
    except StopIteration as stop:
        result: Result = stop.value
        return result


class Unread(Exception):  # noqa: N818 (a state of the text, not a fault of the program)
    """LibCST does not take the import statement of this index; ``reason`` is its message."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason


# LibCST recurses over dotted names, and dies of one with some thousands of dots.
MAX_DOTS = 100
encode_clauses = msgpack.Encoder().encode
decode_clauses = msgpack.Decoder(list[Clause]).decode


def read_clauses(statements: Sequence[str], sizes: Sequence[int], outlines: Outlines | None) -> list[Clause]:
    """Return LibCST's reading of each of the import *statements*, which hold *sizes* names each.

    Raises ``Unread``.
    """
    if not statements:
        return []
    outline = _joined(statements)
    if outline.count(".") > MAX_DOTS:
        _refuse_long_names(statements)
    digest = digest_of(statements)
    known = _recall(outlines, digest, sizes)
    if known is not None:
        return known
    clauses = _read_together(outline, statements)
    if outlines is not None:
        outlines.put(digest, encode_clauses(clauses))
    return clauses


def digest_of(statements: Sequence[str]) -> bytes:
    """Return the key of an outline in the memo."""
    return sha256(_joined(statements).encode()).digest()


def _joined(statements: Sequence[str]) -> str:
    return "\n".join(statements) + "\n"


def _refuse_long_names(statements: Sequence[str]) -> None:
    for index, text in enumerate(statements):
        if text.count(".") > MAX_DOTS and any(name.count(".") > MAX_DOTS for name in text.split(",")):
            raise Unread(index, f"a name of more than {MAX_DOTS} parts")


def _recall(outlines: Outlines | None, digest: bytes, sizes: Sequence[int]) -> list[Clause] | None:
    """Return remembered clauses; what is unreadable or does not fit is a miss."""
    memo = outlines.get(digest) if outlines is not None else None
    if memo is None:
        return None
    try:
        clauses = decode_clauses(memo)
    except (MsgspecError, ValueError):
        return None
    fits = [len(said.names) for said in clauses] == list(sizes)
    return clauses if fits else None


def _read_together(outline: str, statements: Sequence[str]) -> list[Clause]:
    import libcst  # noqa: PLC0415 (heavy; not needed where the outline is remembered)

    try:
        clauses = list(map(clause, _imports(libcst.parse_module(outline))))
    except libcst.ParserSyntaxError:
        clauses = []
    if len(clauses) == len(statements):
        return clauses
    return [_read_alone(index, text) for index, text in enumerate(statements)]


def _read_alone(index: int, text: str) -> Clause:
    import libcst  # noqa: PLC0415

    try:
        (node,) = _imports(libcst.parse_module(text + "\n"))
    except libcst.ParserSyntaxError as error:
        raise Unread(index, error.message) from None
    except ValueError:
        raise Unread(index, "not one import statement") from None
    return clause(node)


def _imports(module: libcst.Module) -> list[Any]:
    import libcst  # noqa: PLC0415

    kinds = (libcst.Import, libcst.ImportFrom, libcst.LazyImport, libcst.LazyImportFrom)
    lines = [line.body for line in module.body if isinstance(line, libcst.SimpleStatementLine)]
    return [node for line in lines for node in line if isinstance(node, kinds)]


def clause(node: Any) -> Clause:
    """Return what one of LibCST's four import nodes says."""
    kind = type(node).__name__
    is_from, lazy = kind.endswith("From"), kind.startswith("Lazy")
    if not is_from:
        return Clause(False, lazy, 0, "", _aliases(node.names))
    module = "" if node.module is None else dotted(node.module)
    return Clause(True, lazy, len(node.relative), module, _aliases(node.names))


def _aliases(names: Any) -> tuple[tuple[str, str | None], ...]:
    if type(names).__name__ == "ImportStar":
        return (("*", None),)
    return tuple(
        (dotted(alias.name), None if alias.asname is None else dotted(alias.asname.name)) for alias in names
    )


def dotted(node: Any) -> str:
    """Return the dotted name of a LibCST ``Name`` or ``Attribute`` chain of names."""
    parts = []
    while type(node).__name__ == "Attribute":
        parts.append(node.attr.value)
        node = node.value
    parts.append(node.value)
    return identifier(".".join(reversed(parts)))


def identifier(name: str) -> str:
    """Return *name* as Python takes it: in normal form KC (language reference 2.3)."""
    return name if name.isascii() else normalize("NFKC", name)
