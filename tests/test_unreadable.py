"""ARC902, which no example in memory can breach: files and directories that cannot be read."""

from __future__ import annotations

import os

import pytest


@pytest.mark.parametrize(
    ("files", "options", "path"),
    [
        pytest.param(
            {"shop/a.py": "", "shop/big.py": "x = 1\n" * 9},
            ["--config", "max-file-size=20"],
            "shop/big.py",
            id="too large",
        ),
        pytest.param({"shop/a.py": "", "shop/fifo.py": None}, [], "shop/fifo.py", id="no regular file"),
    ],
)
def test_what_cannot_be_read_is_a_finding(archlint, project, files, options, path):
    root = project({name: text for name, text in files.items() if text is not None})
    for name in (name for name, text in files.items() if text is None):
        os.mkfifo(root / name)
    outcome = archlint("check", *options, cwd=root)
    assert outcome.code == 1
    assert outcome.lines[0].startswith(f"{path}:1:1: ARC902 unreadable-file: ")
    assert "1 file not analysed" in outcome.lines[-1]


def test_what_can_be_read_is_none(archlint, project):
    assert archlint("check", "--select", "ARC902", cwd=project({"shop/a.py": ""})).code == 0
