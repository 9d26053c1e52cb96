"""What a part of the project gives the rest: the names that others take from it most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archlint.facts import ModuleFacts
    from archlint.model import Import

SHOWN = 6


def taken(imports: Iterable[Import], group: Callable[[str], str | None]) -> dict[str, Counter[str]]:
    """Count, for each group of modules, the names that *imports* from outside the group take from it.

    An import that takes no single name counts for the module that it imports, by its last component.
    """
    found: dict[str, Counter[str]] = {}
    groups: dict[str, str | None] = {}
    for row in imports:
        for module in (row.importer, row.imported):
            if module not in groups:
                groups[module] = group(module)
        home = groups[row.imported]
        if home is not None and home != groups[row.importer]:
            found.setdefault(home, Counter()).update(_names(row, home))
    return found


def _names(row: Import, home: str) -> list[str]:
    names = [name for name in row.names if name != "*" and not name.startswith("__")]
    if row.names or row.imported == home:
        return names
    return [row.imported.rpartition(".")[2]]


def most_taken(counts: Mapping[str, int], shown: int = SHOWN) -> tuple[str, ...]:
    """Return the names that are taken most, public ones first, by name among equals."""
    ranked = sorted(counts, key=lambda name: (name.startswith("_"), -counts[name], name))
    return tuple(ranked[:shown])


def defined(facts: ModuleFacts | None, shown: int = SHOWN) -> tuple[str, ...]:
    """Return the longest public classes and functions at the top of a module."""
    tops = [one for one in facts.definitions if "." not in one.name] if facts else []
    public = [one for one in tops if not one.name.startswith("_")]
    ranked = sorted(public, key=lambda one: (one.line - one.end_line, one.line))
    return tuple(one.name for one in ranked[:shown])
