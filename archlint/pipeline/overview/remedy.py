"""How one import could go, told from what the file does with the names that it binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Flag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.model import Definition, Import, ImportedName, ImportStatement, ModuleFacts, Use


def remedy(row: Import, facts: ModuleFacts | None) -> str:
    """Return in a few words what would take *row* away, *facts* being those of its importer's file."""
    named = _named(row)
    if row.flags & (Flag.DEFERRED | Flag.LAZY):
        return f"it is deferred already: hand {named} in from outside, or move it below both"
    if "*" in row.names:
        return "it is a star import: name what is used, then see what of it is needed"
    bound = set(_bound(row, facts)) if facts else set()
    if facts is None or not bound:
        return f"move {named} below both"
    uses = [use for use in facts.uses if _reads(use, bound)]
    if not uses:
        return _unused(row, facts, bound)
    if all(use.annotation for use in uses):
        return f"only annotations use {named}: import it under `if TYPE_CHECKING:`"
    early = [use for use in uses if not use.annotation and not _is_late(use, facts.definitions)]
    if not early:
        return (
            f"only functions use {named} (first at line {min(use.line for use in uses)}): import it in them"
        )
    return f"{named} is used while the module loads (line {early[0].line}): move it below both"


def _named(row: Import) -> str:
    names = row.names or (row.imported,)
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return (
        " and ".join(f"`{name}`" for name in names[:2]) + more
        if not more
        else ", ".join(f"`{name}`" for name in names[:2]) + more
    )


def _unused(row: Import, facts: ModuleFacts, bound: set[str]) -> str:
    names = {name.partition(".")[0] for name in bound}
    if names & set(facts.exports or ()) or (row.path or "").endswith("__init__.py"):
        return "the file only passes it on: let others import it from where it is defined"
    return "nothing in the file uses it: drop it, unless others take it from here"


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
