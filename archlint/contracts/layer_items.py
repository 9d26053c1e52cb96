"""How one item of a ``layers`` list is written, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.expressions import expression_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class LayerItem(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A layer written as a table; ``name`` may hold several names as a plain item may."""

    name: str
    closed: bool = False
    optional: bool = False


class Level(Struct, frozen=True):
    """One level of the layers.

    ``names`` are module names or expressions, relative to the container where there are containers;
    ``optional`` are those that need not exist. Modules of an independent level may not import each other.
    """

    names: tuple[str, ...]
    optional: frozenset[str]
    independent: bool
    closed: bool


def parse_level(item: str | LayerItem, closed: Iterable[str] | bool = ()) -> Level:
    """Return the level that *item* describes; *closed* are the names of closed layers, or all or none."""
    table = item if isinstance(item, LayerItem) else LayerItem(item)
    separator = "|" if "|" in table.name else ":"
    written = [name.strip() for name in table.name.split(separator)]
    names = tuple(name[1:-1].strip() if _is_optional(name) else name for name in written)
    optional = frozenset(
        name for name, raw in zip(names, written, strict=True) if table.optional or _is_optional(raw)
    )
    is_closed = closed if isinstance(closed, bool) else bool(set(names) & set(closed))
    return Level(names, optional, separator == "|" or len(names) == 1, table.closed or is_closed)


def _is_optional(name: str) -> bool:
    return name.startswith("(") and name.endswith(")")


def level_faults(items: Iterable[str | LayerItem]) -> Iterator[str]:
    """Yield a line for each fault in *items*: mixed separators, malformed names, names given twice."""
    seen: set[str] = set()
    for item in items:
        text = item.name if isinstance(item, LayerItem) else item
        if "|" in text and ":" in text:
            yield f"layers: '{text}' mixes '|' (independent) with ':' (may import each other)"
            continue
        for name in parse_level(item).names:
            fault = expression_fault(name)
            if fault:
                yield f"layers: {fault}"
            elif name in seen:
                yield f"layers: '{name}' is listed twice"
            seen.add(name)
