"""Grades: every point lost is lost to something, and nothing is graded that nobody measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint import analyse
from archlint.pipeline.overview.build import overview
from archlint.pipeline.overview.grades import grades
from archlint.pipeline.overview.marks import Item, criterion, letter
from archlint.reporters.html.levels import sibling_levels
from archlint.usecases.analyse import run
from archlint.usecases.request import Request
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archlint.pipeline.overview.marks import Grade


def graded(root: Path) -> dict[str, Grade]:
    request = Request(cwd=str(root), no_cache=True, environ={})
    analysis = run(request, set_up(request), measure_from=1, detail=True)
    return {one.challenge: one for one in grades(overview(analysis, {}))}


def branches(number: int) -> str:
    return "def f(x):\n" + "".join(f"    if x == {n}:\n        return {n}\n" for n in range(number))


@pytest.mark.parametrize(
    ("files", "complexity", "adaptability"),
    [
        ({"a/__init__.py": ""}, None, None),
        ({"a/__init__.py": "", "a/b.py": "def f(): pass\n"}, 100.0, 100.0),
        ({"a/__init__.py": "", "a/b.py": branches(10)}, 50.0, 100.0),
        ({"a/__init__.py": "", "a/b.py": branches(25)}, 0.0, 100.0),
        ({"a/__init__.py": "", "a/b.py": "import a.c\n", "a/c.py": "import a.b\n"}, None, 30.0),
    ],
    ids=["nothing", "simple", "moderate", "high", "cycle"],
)
def test_grades_of_small_trees(
    project: Callable[[Mapping[str, str]], Path],
    files: dict[str, str],
    complexity: float | None,
    adaptability: float | None,
) -> None:
    found = graded(project(files))
    assert found["Complexity"].points == complexity
    assert found["Adaptability"].points == pytest.approx(adaptability)


def test_what_is_not_measured_has_no_grade(project: Callable[[Mapping[str, str]], Path]) -> None:
    found = graded(project({"a/__init__.py": "", "a/b.py": "import subprocess\n"}))
    silent = [one for one in found.values() if one.letter is None]
    assert len(silent) == 5
    assert all(one.missing and one.points is None and not one.criteria for one in silent)


def test_points_add_up_to_a_hundred_and_open_down(project: Callable[[Mapping[str, str]], Path]) -> None:
    rules = '[[contracts]]\nname = "L"\ntype = "layers"\nlayers = ["a.c", "a.b"]\nwhy = "so"\n'
    files = {
        "archlint.toml": rules,
        "a/__init__.py": "",
        "a/b.py": "import a.c\n" + branches(25),
        "a/c.py": "",
    }
    for grade in graded(project(files)).values():
        if grade.points is None:
            continue
        assert sum(one.points for one in grade.criteria) == 100
        for one in grade.criteria:
            assert sum(item.points for item in one.items) == pytest.approx(one.points - one.earned, abs=0.01)


def test_the_lever_is_what_the_change_adds(project: Callable[[Mapping[str, str]], Path]) -> None:
    files = {f"a/m{n}.py": "" for n in range(30)} | {"a/__init__.py": ""}
    root = project(files | {"a/b.py": "import a.c\n", "a/c.py": "import a.b\n"})
    before = graded(root)["Adaptability"]
    best = before.levers[0]
    (root / best.path).write_text("")
    after = graded(root)["Adaptability"]
    assert before.points is not None
    assert after.points == pytest.approx(before.points + best.points, abs=0.11)


@given(st.lists(st.floats(0, 50), max_size=20), st.floats(1, 100))
def test_items_always_add_up_to_the_loss(costs: list[float], points: float) -> None:
    found = criterion("t", "v", "s", points, [Item(str(number), cost) for number, cost in enumerate(costs)])
    assert 0 <= found.earned <= points
    assert sum(item.points for item in found.items) == pytest.approx(points - found.earned, abs=0.02)
    assert [item.points for item in found.items] == sorted(
        (item.points for item in found.items), reverse=True
    )


@pytest.mark.parametrize(
    ("points", "name"),
    [(100, "A"), (89.5, "A"), (89.4, "B"), (75, "B"), (60, "C"), (40, "D"), (39.4, "E"), (0, "E")],
)
def test_letters(points: float, name: str) -> None:
    assert letter(points) == name


def test_siblings_stand_above_what_they_import(project: Callable[[Mapping[str, str]], Path]) -> None:
    files = {
        "a/__init__.py": "",
        "a/high/__init__.py": "from a.high import x\n",
        "a/high/x.py": "from a.low import y\n",
        "a/low/__init__.py": "",
        "a/low/y.py": "from a.low import z\n",
        "a/low/z.py": "",
        "a/alone.py": "",
    }
    levels = sibling_levels(analyse(project(files)).project.production)
    assert levels["a.high"] == (2, 2)
    assert levels["a.low"] == (1, 0)
    assert levels["a.low.y"][0] > levels["a.low.z"][0]
    assert levels["a.alone"] == (1, 0)
