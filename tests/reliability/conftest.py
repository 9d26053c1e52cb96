"""Fixtures of the reliability tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile import LAYERS, SCRIPT, shop, surroundings
from support import write_tree

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def installed() -> None:
    if not SCRIPT.exists():
        pytest.skip(f"archlint is not installed: there is no {SCRIPT}")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return an environment of the test's own."""
    return surroundings(tmp_path / "home")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a project of some thirty modules with a cycle and a contract."""
    return write_tree(tmp_path / "tree", {**shop(), "archlint.toml": LAYERS})
