"""The keys of tach.toml, and how its values are said in archlint's words (tach's ``src/config``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOP = frozenset(
    {
        *("modules", "interfaces", "layers", "cache", "external", "map", "exclude", "source_roots"),
        *("exact", "ignore_type_checking_imports", "include_string_imports", "rules", "plugins"),
        *("forbid_circular_dependencies", "layers_explicit_depends_on", "respect_gitignore", "root_module"),
        *("disable_logging", "use_regex_matching"),  # of earlier releases; they decide nothing
    }
)
DEPENDENCIES = ("depends_on", "cannot_depend_on")
SAME = ("depends_on_external", "cannot_depend_on_external", "layer", "visibility", "utility", "unchecked")
MODULE = frozenset({"path", "paths", "strict", *DEPENDENCIES, *SAME})
ROOT = frozenset({*DEPENDENCIES, *SAME})
INTERFACE = frozenset({"expose", "from", "visibility", "data_types", "exclusive"})
DOMAIN = frozenset({"root", "modules", "interfaces"})
DOMAIN_ROOT = "<domain_root>"


def kebab(key: str) -> str:
    """Return archlint's key for one of tach's."""
    return key.replace("_", "-")


def unknown_keys(table: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """Return the keys of *table* that tach does not have, in order."""
    names = frozenset(known)
    return [key for key in table if key not in names]


def module_table(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return an entry of ``modules`` with archlint's keys; *prefix* is the domain that it stands in."""
    made: dict[str, Any] = {}
    if "path" in table:
        made["path"] = below(prefix, table["path"])
    if "paths" in table:
        made["paths"] = [below(prefix, path) for path in _items(table["paths"])]
    made |= {
        kebab(key): [_dependency(item, prefix) for item in _items(table[key])]
        for key in DEPENDENCIES
        if key in table
    }
    made |= {kebab(key): table[key] for key in SAME if key in table}
    return _visible(made, prefix)


def _visible(made: dict[str, Any], prefix: str) -> dict[str, Any]:
    if prefix and "visibility" in made:
        made["visibility"] = [resolved(prefix, path) for path in _items(made["visibility"])]
    return made


def interface_table(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return an entry of ``interfaces`` with archlint's keys; *prefix* is the domain that it stands in."""
    made = {kebab(key): value for key, value in table.items() if key in INTERFACE}
    if not prefix:
        return made
    sources = _items(table.get("from", [".*"]))
    made["from"] = [prefix if path == DOMAIN_ROOT else f"{prefix}.{path}" for path in sources]
    return _visible(made, prefix)


def below(prefix: str, path: Any) -> Any:
    """Return a module's *path* below the domain *prefix*."""
    return f"{prefix}.{path}" if prefix and isinstance(path, str) else path


def resolved(prefix: str, path: Any) -> Any:
    """Return what *path* means in the domain *prefix*: ``//`` makes it absolute."""
    if not prefix or not isinstance(path, str):
        return path
    if path.startswith("//"):
        return path[2:]
    return prefix if path == DOMAIN_ROOT else f"{prefix}.{path}"


def _dependency(item: Any, prefix: str) -> Any:
    if isinstance(item, dict):
        return {**item, "path": resolved(prefix, item.get("path"))}
    return resolved(prefix, item)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def exclusion(pattern: str) -> str | None:
    """Return tach's exclude *pattern*, a line of .gitignore, as a glob; None where there is no such glob."""
    if any(sign in pattern for sign in "[]{}!\\") or ".." in pattern.split("/"):
        return None
    bare = pattern.rstrip("/")
    if not bare.strip("/*."):
        return None
    return bare.lstrip("/") if "/" in bare else f"**/{bare}"
