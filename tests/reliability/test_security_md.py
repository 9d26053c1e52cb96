"""SECURITY.md promises nothing that no test holds: every test that it names is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import Outcome

TEXT = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [
    line.replace("\\|", "/").split("|")[1:-1]
    for line in TEXT.partition("## Measured")[0].splitlines()
    if line.startswith("| ")
][2:]


def test_every_named_test_exists() -> None:
    tests = (REPOSITORY / "tests").rglob("test_*.py")
    there = {
        name
        for path in tests
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 50
    assert named - there == set()


def test_every_row_has_a_test_or_a_reason() -> None:
    assert len(ROWS) > 40
    bare = [row for row in ROWS if not row[0].strip().startswith("**")]
    assert [row[0] for row in bare if "`test_" not in row[2] and "argued: " not in row[2]] == []


def test_every_failing_mode_test_is_in_the_table() -> None:
    """What these tests hold is promised: none is left out of the table."""
    here = [
        path
        for path in (REPOSITORY / "tests" / "reliability").glob("test_*.py")
        if path.name != "test_security_md.py"
    ]
    held = {
        name
        for path in here
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert held - set(re.findall(r"`(test_\w+)`", TEXT)) - {"test_check_says_what_it_could_not_read"} == set()


def test_a_bug_is_one_line_and_exit_2(
    tree: Path, archlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("evil\n::error::\x1b[31m")

    monkeypatch.setattr("archlint.usecases.graph.graph", fail)
    ran = archlint("graph", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("archlint: error: this is a bug in archlint ")
    assert "\x1b" not in ran.err
    monkeypatch.setenv("ARCHLINT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        archlint("graph", cwd=tree)


def test_a_dense_graph_is_judged_in_time(tmp_path: Path, archlint: Callable[..., Outcome]) -> None:
    """Sixty modules that all import each other have more cycles than anyone could list."""
    package = tmp_path / "dense"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for number in range(60):
        others = "".join(f"import dense.m{other}\n" for other in range(60) if other != number)
        (package / f"m{number}.py").write_text(others)
    ran = archlint("check", "--no-cache", cwd=tmp_path)
    assert ran.code == 1
    assert "ARC201" in ran.out
    assert len(ran.out) < 100_000
