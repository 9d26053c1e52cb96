"""The options of import-linter's contract types, and how it reads their values (its ``fields.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def listing(value: Any) -> list[str]:
    """Return the items of a list; a single value is a list of one, and blank items do not count."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str):
            raise ValueError(f"`{item}` is not a string")  # noqa: TRY004 (a value of the file, not of a caller)
    return [item.strip() for item in items if item.strip()]


def flag(value: Any) -> bool:
    """Return the truth value of ``true`` or ``false`` in any case."""
    word = str(value).lower()
    if isinstance(value, list) or word not in ("true", "false"):
        raise ValueError(f"`{value}` is neither true nor false")
    return word == "true"


def number(value: Any) -> int:
    """Return a whole number from 0."""
    try:
        found = int(value)
    except (TypeError, ValueError):
        found = -1
    if found < 0:
        raise ValueError(f"`{value}` is not a whole number from 0")
    return found


def alert(value: Any) -> str:
    """Return one of the alert levels; an empty value means ``error``."""
    word = value.strip() if isinstance(value, str) else ""
    if word not in ("", "error", "warn", "none") or not isinstance(value, str):
        raise ValueError(f"`{value}` is none of error, warn, none")
    return word or "error"


def prose(value: Any) -> str:
    """Return text that may stand on several lines."""
    return "\n".join(value) if isinstance(value, list) else str(value)


# By type: each option, how it is read, and whether import-linter insists on it.
FIELDS: dict[str, dict[str, tuple[Callable[[Any], Any], bool]]] = {
    "layers": {
        "layers": (listing, True),
        "containers": (listing, False),
        "exhaustive": (flag, False),
        "exhaustive_ignores": (listing, False),
    },
    "forbidden": {
        "source_modules": (listing, True),
        "forbidden_modules": (listing, True),
        "allow_indirect_imports": (flag, False),
        "as_packages": (flag, False),
    },
    "independence": {"modules": (listing, True)},
    "protected": {
        "protected_modules": (listing, True),
        "allowed_importers": (listing, True),
        "as_packages": (flag, False),
    },
    "private_modules": {"packages_with_private_modules": (listing, False)},
    "acyclic_siblings": {
        "ancestors": (listing, True),
        "depth": (number, False),
        "skip_descendants": (listing, False),
    },
}
SHARED: dict[str, tuple[Callable[[Any], Any], bool]] = {
    "ignore_imports": (listing, False),
    "unmatched_ignore_imports_alerting": (alert, False),
    "broken_contract_guidance": (prose, False),
}
RENAMED = {"unmatched_ignore_imports_alerting": "unmatched-ignore", "broken_contract_guidance": "why"}
SESSION = frozenset(
    {
        "root_package",
        "root_packages",
        "include_external_packages",
        "exclude_type_checking_imports",
        "contract_types",
        "show_timings",
        "cache_dir",
    }
)


def key_here(option: str) -> str:
    """Return archlint's key for an *option* of import-linter."""
    return RENAMED.get(option, option.replace("_", "-"))
