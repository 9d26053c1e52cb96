"""What a project's manifest calls it, and the commands that it declares."""

from __future__ import annotations

import os
import tomllib
from typing import Any

from archlint.repository.sources import Unreadable, read

LARGEST = 1 << 20
TABLES = (("project", "scripts"), ("project", "gui-scripts"), ("tool", "poetry", "scripts"))
NAMES = (("project", "name"), ("tool", "poetry", "name"))


def declared_scripts(root: str) -> dict[str, str]:
    """Return command -> what it runs from pyproject.toml in *root*; empty where there is none to read."""
    document = _document(root)
    found: dict[str, str] = {}
    for keys in TABLES:
        table = _at(document, keys)
        if isinstance(table, dict):
            found |= {name: runs for name, runs in table.items() if isinstance(runs, str)}
    return found


def project_name(root: str) -> str:
    """Return what pyproject.toml in *root* calls the project, else the name of the directory."""
    document = _document(root)
    said = (_at(document, keys) for keys in NAMES)
    name = next((name for name in said if isinstance(name, str) and name.strip()), "")
    return name or os.path.basename(os.path.abspath(root))


def _document(root: str) -> dict[str, Any]:
    try:
        return tomllib.loads(read(os.path.join(root, "pyproject.toml"), LARGEST).decode())
    except (Unreadable, ValueError, RecursionError):
        return {}


def _at(document: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        document = document.get(key, {}) if isinstance(document, dict) else {}
    return document
