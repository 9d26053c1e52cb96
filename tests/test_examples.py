"""The projects in examples/ print what they say that they print."""

from __future__ import annotations

import pytest
from support import REPOSITORY

EXAMPLES = sorted(path.parent for path in (REPOSITORY / "examples").glob("*/expected.txt"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_prints_its_expected_text(archlint, example):
    outcome = archlint("check", "--project", example, "--format", "full", "--no-cache")
    assert outcome.out == (example / "expected.txt").read_text(encoding="utf-8")
    assert (outcome.code, outcome.err) == (1, "")


def test_every_example_is_in_the_list_and_has_expectations(repository):
    listed = (repository / "examples" / "README.md").read_text(encoding="utf-8")
    projects = [path for path in (repository / "examples").iterdir() if path.is_dir()]
    assert sorted(projects) == EXAMPLES
    assert [path.name for path in projects if f"[{path.name}]({path.name})" not in listed] == []
