"""A number means one thing, wherever archlint says it."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from gitworld import new_world

from archlint.context.changes import Churn
from archlint.model import Module
from archlint.reporters.effort_words import alone, hands
from archlint.rules.effort.changed import Changed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from gitworld import World

    Archlint = Callable[..., Any]

# a imports b for type checkers alone, c imports a when it runs: 7 of 16 pairs, each with itself included.
KINDS = {
    "pk/__init__.py": "",
    "pk/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pk.b\n",
    "pk/b.py": "",
    "pk/c.py": "def f():\n    import pk.a\n",
}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, str]], World]:
    """Return a function that makes a repository with one commit of some files."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def made(files: Mapping[str, str]) -> World:
        found = new_world(tmp_path / "work")
        found.commit(files, tag="v1")
        return found

    return made


def reported(archlint: Archlint, root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archlint("report", "--format", "json", cwd=root).out)
    return found


def moved(archlint: Archlint, root: Path, words: str = "HEAD") -> dict[str, tuple[float, float]]:
    found = json.loads(archlint("diff", words, "--format", "json", cwd=root).out)
    return {row["name"]: (row["before"], row["after"]) for row in found["metrics"]}


# --- propagation cost ------------------------------------------------------------------------


def test_report_and_diff_mean_one_propagation_cost(
    archlint: Archlint, world: Callable[[Mapping[str, str]], World]
) -> None:
    made = world(KINDS)
    cost = reported(archlint, made.root)["system"]["propagation_cost"]
    assert cost == 0.4375
    assert moved(archlint, made.root)["propagation cost"] == (cost, cost)


def test_an_action_speaks_of_the_reports_propagation_cost(
    archlint: Archlint, project: Callable[..., Path]
) -> None:
    """Among them is an import for type checkers, which the actions once left out."""
    files = {f"pk/low/m{n}.py": "" for n in range(8)} | {
        f"pk/high/m{n}.py": f"import pk.low.m{n}\nimport pk.low.m{n - 1}\n" for n in range(1, 8)
    }
    files |= {"pk/low/m0.py": "import pk.high.m1\npk.high.m1.f()\n", "pk/high/m0.py": "import pk.high.m1\n"}
    files |= {f"pk/{part}/__init__.py": "" for part in ("low", "high")} | {"pk/__init__.py": ""}
    files["pk/high/m2.py"] = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pk.high.m3\n"
    found = reported(archlint, project(files))
    said = [re.findall(r"reach ([\d.]+)% of all, not ([\d.]+)%", one["effect"]) for one in found["actions"]]
    nows = {now for numbers in said for _, now in numbers}
    assert nows == {f"{100 * found['system']['propagation_cost']:.1f}"}


def test_an_import_that_stays_for_type_checkers_still_counts(
    archlint: Archlint, project: Callable[..., Path]
) -> None:
    parts = "abcdefg"
    files = {f"pk/{part}/__init__.py": "" for part in parts} | {"pk/__init__.py": ""}
    files |= {f"pk/a/m{n}.py": f"import pk.b.m{n}\n" for n in range(3)}
    files |= {f"pk/{part}/m{n}.py": "" for part in parts[1:] for n in range(3)}
    files |= {"pk/b/m0.py": "from pk.a.m1 import X\ndef f(a: X): ...\n"}
    (one,) = [one for one in reported(archlint, project(files))["actions"] if one["kind"] == "direction"]
    assert "TYPE_CHECKING" in one["how"]
    assert not one["effect"]


def test_what_has_no_file_is_no_module_of_the_system(
    archlint: Archlint, world: Callable[[Mapping[str, str]], World]
) -> None:
    made = world({"ns/one/a.py": "import ns.one.b\n", "ns/one/b.py": "", "ns/__init__.py": ""})
    found = reported(archlint, made.root)
    assert (found["summary"]["modules"], found["system"]["modules"]) == (3, 3)
    assert found["system"]["propagation_cost"] == pytest.approx(4 / 9, abs=1e-6)
    assert "of 3 modules" in found["grades"][1]["criteria"][0]["value"]
    made.write({"ns/two/c.py": ""})
    diff = json.loads(archlint("diff", "HEAD", "--format", "json", cwd=made.root).out)
    assert diff["modules"]["added"] == ["ns.two.c"]
    assert moved(archlint, made.root)["modules"] == (3, 4)


@pytest.mark.parametrize("files", [{"x.py": "A = 1\n"}, {"pk/deep/x.py": "A = 1\n"}])
def test_one_module_has_nothing_that_propagates(
    archlint: Archlint, project: Callable[..., Path], files: Mapping[str, str]
) -> None:
    for form in ("terminal", "markdown"):
        done = archlint("report", "--format", form, cwd=project(files))
        assert "1 module" in done.out
        assert "propagation" not in done.out


def test_a_core_of_one_module_is_none(
    archlint: Archlint, world: Callable[[Mapping[str, str]], World]
) -> None:
    made = world({"pk/__init__.py": "", "pk/a.py": "import pk.b\n", "pk/b.py": ""})
    assert reported(archlint, made.root)["system"]["core_size"] == 0
    assert moved(archlint, made.root)["core size"] == (0, 0)
    made.write({"pk/b.py": "import pk.a\n"})
    assert moved(archlint, made.root)["core size"] == (0, pytest.approx(2 / 3, abs=1e-4))


# --- packages from outside -------------------------------------------------------------------


def test_the_standard_library_is_no_package_from_outside(
    archlint: Archlint, world: Callable[[Mapping[str, str]], World]
) -> None:
    made = world({"pk/__init__.py": "", "pk/b.py": ""})
    made.write({"pk/b.py": "import shlex\nimport xml.sax\nimport requests.adapters\n"})
    made.write({"pk/tests/__init__.py": "", "pk/tests/test_b.py": "import importlib, pytest\n"})
    found = json.loads(archlint("diff", "HEAD", "--format", "json", cwd=made.root).out)
    assert [step["imported"] for step in found["externals"]["added"]] == ["pytest", "requests"]
    assert moved(archlint, made.root)["external packages"] == (0, 1)
    assert "The system, tests left out" in archlint("diff", "HEAD", cwd=made.root).out


# --- what could not be read ------------------------------------------------------------------

BROKEN = {"pk/__init__.py": "", "pk/a.py": "import pk.b\ndef f(:\n", "pk/b.py": "import pk.a\n"}


def test_no_cycle_is_denied_among_what_was_not_read(archlint: Archlint, project: Callable[..., Path]) -> None:
    root = project(BROKEN)
    text = " ".join(archlint("report", "--width", "120", cwd=root).out.split())
    assert "CYCLES none found on load among what was read; 1 file was not" in text
    assert "No cycle of any kind among what was read" in text
    value = reported(archlint, root)["grades"][1]["criteria"][0]["value"]
    assert value == "0 of 3 modules (0.0%) import each other on load; 1 file could not be read"


def test_impact_says_why_it_knows_of_more_files_not_read(
    archlint: Archlint, project: Callable[..., Path]
) -> None:
    root = project(BROKEN | {"tools/gen.py": "def f(:\n", "pyproject.toml": '[project]\nname = "pk"\n'})
    assert reported(archlint, root)["summary"]["not_analysed"] == 1
    note = archlint("impact", "pk.b", cwd=root).err
    assert "imports are not known of 2 files" in note
    assert "; 1 outside the roots, where only `impact` looks" in note


# --- one author ------------------------------------------------------------------------------


def test_what_one_author_did_nearly_all_of_is_not_said_to_have_one_author() -> None:
    for made, said, listed in (
        (Churn("pk/a.py", 20, 2, 0, 19), "2 authors, one 95%", "a (19 of 20)"),
        (Churn("pk/a.py", 20, 1, 0, 20), "1 author", "a (20)"),
        (Churn("pk/a.py", 20, 2, 0, 17), "2 authors", "a (17 of 20)"),
    ):
        one = Changed(Module("pk.a", "pk/a.py"), made, 60)
        assert (hands(one), alone(one, ["pk"])) == (said, listed)


# --- functions -------------------------------------------------------------------------------


def test_totals_of_functions_say_what_they_count(archlint: Archlint, project: Callable[..., Path]) -> None:
    branches = "".join(f"    if x == {number}: pass\n" for number in range(20))
    root = project(
        {
            "pk/__init__.py": "",
            "pk/a.py": f"def f(x):\n    def inner(): pass\n{branches}\ndef g(): pass\n",
            "pk/made.py": "# Code generated by a tool. DO NOT EDIT.\ndef h(): pass\n",
            "pk/_vendor/__init__.py": "",
            "pk/_vendor/v.py": "def v(): pass\n",
        }
    )
    found = reported(archlint, root)
    value = found["grades"][0]["criteria"][0]["value"]
    assert value.startswith("1 of 2 functions, ")
    assert "the most complex of 2 functions;" in found["actions"][0]["reason"]
    page = archlint("report", "--format", "html", cwd=root).out
    data = json.loads(
        re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    )
    names, flags = data["modules"]["name"], data["modules"]["flags"]
    assert [flags[names.index(name)] & (2 | 4 | 16) for name in ("pk.a", "pk.made", "pk._vendor.v")] == [
        0,
        4,
        16,
    ]


# --- what changes together -------------------------------------------------------------------


def test_a_module_that_a_string_names_is_no_hidden_coupling(
    archlint: Archlint, world: Callable[[Mapping[str, str]], World]
) -> None:
    made = world({"pk/__init__.py": ""})
    for number in range(6):
        made.commit(
            {
                "pk/urls.py": f"N = {number}\nurls = [include('pk.front.urls')]\n",
                "pk/front/__init__.py": "",
                "pk/front/urls.py": f"N = {number}\n",
                "pk/other.py": f"N = {number}\nHOME = 'pk.front.urls_of_old'\n",
            }
        )
    pairs = {
        (one["module"], one["other"]): one["tied"]
        for one in reported(archlint, made.root)["effort"]["coupled"]
    }
    assert pairs["pk.front.urls", "pk.urls"] is True
    assert pairs["pk.front.urls", "pk.other"] is False
