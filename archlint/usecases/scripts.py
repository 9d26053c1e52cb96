"""The commands that a project's manifest declares."""

from __future__ import annotations

import os
import tomllib
from typing import Any

from archlint.repository.sources import Unreadable, read

LARGEST = 1 << 20
TABLES = (("project", "scripts"), ("project", "gui-scripts"), ("tool", "poetry", "scripts"))


def declared_scripts(root: str) -> dict[str, str]:
    """Return command -> what it runs from pyproject.toml in *root*; empty where there is none to read."""
    try:
        document = tomllib.loads(read(os.path.join(root, "pyproject.toml"), LARGEST).decode())
    except (Unreadable, ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    for keys in TABLES:
        table: Any = document
        for key in keys:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if isinstance(table, dict):
            found |= {name: runs for name, runs in table.items() if isinstance(runs, str)}
    return found
