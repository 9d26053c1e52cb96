"""Values of options in the words of a configuration."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from archlint.config.options import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def listed(items: Iterable[Any], most: int = 3) -> str:
    """Return the first of *items* between backticks, and how many more there are."""
    words = [f"`{shown(item)}`" for item in items]
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def shown(item: Any) -> str:
    """Return the value of an option as a configuration has it: TOML on one line, a text without quotes."""
    if item is None:
        return "not set"
    name = _name_alone(item)
    return name if name is not None else _toml(item)


def _name_alone(item: Any) -> str | None:
    """Return a text, or the name of what has nothing but a name; None for all else."""
    if isinstance(item, Struct) and set(written := _written(item)) == {"name"}:
        item = written["name"]
    return item if isinstance(item, str) else None


def _toml(item: Any) -> str:
    name = _name_alone(item)
    if name is not None:
        return json.dumps(name, ensure_ascii=False)
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, Struct):
        return _table(_written(item))
    if isinstance(item, dict):
        return _table(item)
    if isinstance(item, set | frozenset):
        item = sorted(item)
    return f"[{', '.join(map(_toml, item))}]" if isinstance(item, tuple | list) else str(item)


def _written(item: Struct) -> dict[str, Any]:
    """Return the keys of a table that are not at their default; those that have none are always written."""
    values = ((field, getattr(item, field.name)) for field in fields(item))
    return {
        key_of(field.encode_name): value
        for field, value in values
        if value is not None and (field.default is NODEFAULT or value != field.default)
    }


def _table(items: Mapping[str, Any]) -> str:
    inner = ", ".join(
        f"{key if _BARE.fullmatch(key) else _toml(key)} = {_toml(value)}" for key, value in items.items()
    )
    return f"{{ {inner} }}" if inner else "{}"
