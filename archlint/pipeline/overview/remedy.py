"""How one import could go, told from what the file does with the names that it binds."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.facts import Definition, ImportedName, ImportStatement, ModuleFacts, Use
    from archlint.model import Import


class Ease(IntEnum):
    """How easily an import goes, easiest first; ``FACE`` is a package passing on what is below it."""

    ANNOTATIONS = 0
    FUNCTIONS = 1
    LOADING = 2
    UNKNOWN = 3
    UNUSED = 4
    FACE = 5


class Usage(Struct, frozen=True):
    """What a file does with an import: how it could go, what it binds, and where that is read first.

    ``taken`` is what is read of a module that was imported whole, where that is known.
    """

    ease: Ease
    named: str
    line: int | None = None
    taken: str = ""

    @property
    def wanted(self) -> str:
        """What the importer needs: what it takes from a module that it imports whole, else the names."""
        return self.taken or self.named


def usage(row: Import, facts: ModuleFacts | None) -> Usage:
    """Return what the importer's file, which says *facts*, does with what *row* binds."""
    if facts is None:
        return Usage(Ease.UNKNOWN, _named(row, set()))
    bound = set(_bound(row, facts))
    named = _named(row, bound)
    if not bound or "*" in bound:
        return Usage(Ease.UNKNOWN, named)
    uses = [use for use in facts.uses if _reads(use, bound)]
    if not uses:
        return Usage(Ease.FACE if _is_face(row, bound, facts) else Ease.UNUSED, named)
    whole = "" if row.names else _taken(uses, bound)
    return _read(uses, facts.definitions, named, whole)


def _taken(uses: Iterable[Use], bound: Iterable[str]) -> str:
    """Name what is read of the modules that *bound* says: two names and how many more."""
    found: dict[str, None] = {}
    for use in uses:
        for name in bound:
            if use.chain.startswith(f"{name}."):
                found[f"{name}.{use.chain[len(name) + 1 :].partition('.')[0]}"] = None
    return _listed(sorted(found)) if found else ""


def _read(uses: Sequence[Use], definitions: Sequence[Definition], named: str, taken: str) -> Usage:
    """Return when names that are read at *uses* are needed first."""
    first = min(use.line for use in uses)
    if all(use.annotation for use in uses):
        return Usage(Ease.ANNOTATIONS, named, first, taken)
    early = [use.line for use in uses if not use.annotation and not _is_late(use, definitions)]
    ease, line = (Ease.LOADING, early[0]) if early else (Ease.FUNCTIONS, first)
    return Usage(ease, named, line, taken)


def break_cycle(row: Import, found: Usage) -> str:
    """Say how *row* could leave an import-time cycle."""
    if found.ease == Ease.ANNOTATIONS:
        return f"only annotations use {found.named}: import it under `if TYPE_CHECKING:`"
    if found.ease == Ease.FUNCTIONS:
        return f"only functions use {found.named} (first at line {found.line}): import it inside them"
    if found.ease == Ease.LOADING:
        return f"{found.wanted} is used on load, at line {found.line}: move it below both"
    if found.ease == Ease.UNUSED:
        return _unused(row, found)
    return f"move {found.wanted} below both"


def turn_round(row: Import, found: Usage, above: str) -> str:
    """Say how *row* could stop running upwards, to the part called *above*."""
    if found.ease == Ease.ANNOTATIONS:
        return f"only annotations use {found.named}: import it under `if TYPE_CHECKING:`"
    if found.ease == Ease.UNUSED:
        return _unused(row, found)
    place = f" (used at line {found.line})" if found.line else ""
    return f"move {found.wanted}{place} down, or let {above} hand it in"


def goes(found: Usage) -> bool:
    """Tell whether `turn_round` takes the import away: one for annotations stays, for type checkers."""
    return found.ease != Ease.ANNOTATIONS


def _unused(row: Import, found: Usage) -> str:
    if row.names:
        return f"nothing in the file reads {found.named}: drop it, unless others take it from here"
    return f"nothing in the file reads {found.named}: if loading it has an effect, cause that at the start"


def _is_face(row: Import, bound: set[str], facts: ModuleFacts) -> bool:
    """Tell whether a package offers as its own what a module below it, or ``__all__``, says."""
    offered = {name.partition(".")[0] for name in bound} & set(facts.exports or ())
    return bool(offered) or (bool(row.names) and row.imported.startswith(f"{row.importer}."))


def _named(row: Import, bound: set[str]) -> str:
    """Name what a row takes: two names and how many more."""
    names = row.names or tuple(sorted(bound)) or (row.imported,)
    return _listed(names)


def _listed(names: Sequence[str]) -> str:
    shown = [f"`{name}`" for name in names[:2]]
    return f"{shown[0]} and {len(names) - 1} more" if len(names) > 2 else " and ".join(shown)


def _bound(row: Import, facts: ModuleFacts) -> Iterator[str]:
    """Yield what the row's names are called in the file: a name, or a dotted one for ``import a.b``."""
    for statement in facts.imports:
        if (statement.line, statement.column) == (row.line, row.column):
            yield from (item.alias or item.name for item in _items(row, statement))


def _items(row: Import, statement: ImportStatement) -> Iterator[ImportedName]:
    lasts = {target.rpartition(".")[2] for target in row.targets}
    for item in statement.names:
        if item.name in (lasts if statement.is_from else row.targets):
            yield item


def _reads(use: Use, bound: Iterable[str]) -> bool:
    return any(use.chain == name or use.chain.startswith(name + ".") for name in bound)


def _is_late(use: Use, definitions: Iterable[Definition]) -> bool:
    """Tell whether a use runs only when a function is called; its header runs with the module."""
    return any(one.kind != "class" and one.line < use.line <= one.end_line for one in definitions)
