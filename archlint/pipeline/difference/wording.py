"""Values of options in the words of a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(items: Iterable[Any], most: int = 3) -> str:
    """Return the first of *items* between backticks, and how many more there are."""
    words = [f"`{shown(item)}`" for item in items]
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def shown(item: Any) -> str:
    """Return the value of an option as a configuration has it, or the name of what it configures."""
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, tuple):
        return "[" + ", ".join(map(shown, item)) + "]"
    name = getattr(item, "name", None)
    return str(name if isinstance(name, str) else item)
