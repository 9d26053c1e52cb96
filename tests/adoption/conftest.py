"""Every project of these tests is a repository, so that nothing above it is looked at."""

from __future__ import annotations

import pytest


@pytest.fixture
def root(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    return tmp_path
