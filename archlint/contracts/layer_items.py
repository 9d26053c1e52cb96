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


def as_layer(item: str | LayerItem) -> LayerItem:
    """Return *item* as a table."""
    return item if isinstance(item, LayerItem) else LayerItem(item)


def parse_level(item: str | LayerItem, closed: Iterable[str] | bool = ()) -> Level:
    """Return the level that *item* describes; *closed* are the names of closed layers, or all or none."""
    table = as_layer(item)
    separator = "|" if "|" in table.name else ":"
    pairs = [_name(written.strip()) for written in table.name.split(separator)]
    names = tuple(name for name, _ in pairs)
    optional = frozenset(name for name, need_not_exist in pairs if table.optional or need_not_exist)
    is_closed = closed if isinstance(closed, bool) else not set(names).isdisjoint(closed)
    return Level(names, optional, separator == "|" or len(names) == 1, table.closed or is_closed)


def _name(written: str) -> tuple[str, bool]:
    """Return the name in *written*, and whether its parentheses make it optional."""
    if written.startswith("(") and written.endswith(")"):
        return written[1:-1].strip(), True
    return written, False


def level_faults(items: Iterable[str | LayerItem]) -> Iterator[str]:
    """Yield a line for each fault in *items*: mixed separators, malformed names, names given twice."""
    seen: set[str] = set()
    for item in items:
        text = as_layer(item).name
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
