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
    found = graded(project({"a/__init__.py": "", "a/b.py": "x = 1\n"}))
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


GUARD = '[[contracts]]\nname = "{name}"\ntype = "{type}"\n{options}\n'


@pytest.mark.parametrize(
    ("contracts", "points"),
    [
        ("", 100.0),  # nobody has written one yet
        (
            GUARD.format(
                name="G", type="confined-api", options='capabilities = ["process"]\nallowed = ["a.b"]'
            ),
            100.0,
        ),
        (
            GUARD.format(name="G", type="confined-api", options='apis = ["subprocess"]\nallowed = ["a.b"]'),
            100.0,
        ),
        (
            GUARD.format(
                name="G", type="confined-package", options='packages = ["subprocess"]\nallowed = ["a.b"]'
            ),
            100.0,
        ),
        (
            GUARD.format(
                name="G", type="reachable-api", options='sources = ["a.c"]\ncapabilities = ["process"]'
            ),
            100.0,
        ),
        (
            GUARD.format(
                name="G",
                type="forbidden",
                options='source-modules = ["a.c"]\nforbidden-modules = ["subprocess"]',
            ),
            100.0,
        ),
        (GUARD.format(name="G", type="confined-api", options='capabilities = ["process"]'), 87.5),
        (GUARD.format(name="G", type="confined-api", options='capabilities = ["network"]'), 75.0),
        (GUARD.format(name="G", type="independence", options='modules = ["a.b", "a.c"]'), 75.0),
    ],
    ids=["none", "capability", "api", "package", "reachable", "forbidden", "broken", "another", "other type"],
)
def test_a_contract_that_names_a_power_guards_it(
    project: Callable[[Mapping[str, str]], Path], contracts: str, points: float
) -> None:
    files = {"a/__init__.py": "", "a/b.py": "import subprocess\nsubprocess.run('ls')\n", "a/c.py": ""}
    found = graded(project(files | {"archlint.toml": f'roots = ["a"]\n{contracts}'}))["Security"]
    assert found.points == points


def test_a_power_in_many_modules_costs_and_each_point_leads_to_its_part(
    project: Callable[[Mapping[str, str]], Path],
) -> None:
    uses = {f"a/p{n % 2}/m{n}.py": "import os\nos.system('ls')\n" for n in range(4)}
    files = uses | {"a/__init__.py": "", "a/p0/__init__.py": "", "a/p1/__init__.py": "", "a/q.py": ""}
    spread = graded(project(files))["Security"].criteria[0]
    assert spread.earned == pytest.approx(100 - 100 * 3 / 9, abs=0.001)
    assert [(item.view, item.path, item.line) for item in spread.items] == [
        (("capabilities", "process", f"p{n % 2}.m{n}"), f"a/p{n % 2}/m{n}.py", 2) for n in (0, 2, 1, 3)
    ]


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
