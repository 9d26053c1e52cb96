"""A tree of small files, written from a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def write(root: Path, drawing: str | dict[str, str]) -> str:
    """Write a tree: paths separated by blanks (empty files), or a mapping of paths to contents."""
    files = dict.fromkeys(drawing.split(), "") if isinstance(drawing, str) else drawing
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return str(root)


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a drawing into a fresh project directory and returns its path."""
    root = tmp_path / "project"
    root.mkdir()

    return lambda drawing: write(root, drawing)
