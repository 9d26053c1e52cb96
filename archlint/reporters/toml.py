"""Values as TOML writes them, on one line."""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from archlint.config.options import key_of
from archlint.reporters.text import safe

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml(value: Any) -> str:
    """Return *value* (text, number, boolean, list, table or struct) as a TOML value on one line.

    Control characters are shown, as in every report.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Struct):
        return _table({key_of(name): item for name, item in asdict(value).items()})
    if isinstance(value, dict):
        return _table(value)
    if isinstance(value, (set, frozenset)):
        value = sorted(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(safe(value), ensure_ascii=False) if isinstance(value, str) else str(value)


def _table(items: dict[str, Any]) -> str:
    inner = ", ".join(f"{_key(str(key))} = {toml(item)}" for key, item in items.items())
    return f"{{ {inner} }}" if inner else "{}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml(key)
