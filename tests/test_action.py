"""action.yml and the recipes of docs/ci.md do what they say."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from documents import blocks
from support import REPOSITORY, write_tree

from archlint.reporters.formats import HOMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
RECIPES = [block for block in blocks("yml") if block.path == "docs/ci.md"]
TANGLE = {"app/__init__.py": "", "app/one.py": "from app import two\n", "app/two.py": "from app import one\n"}


@pytest.fixture
def runner(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs the action's check as a runner does, archlint being installed already."""
    program = tmp_path / "temp" / "archlint-venv" / "bin" / "archlint"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m archlint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "a project").mkdir()
    check = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")

    def run(**inputs: str) -> subprocess.CompletedProcess[str]:
        environ = {
            **os.environ,
            **{key: inputs[re.search(r"inputs\.(\w+)", value)[1]] for key, value in check["env"].items()},  # type: ignore[index]
            "RUNNER_TEMP": str(tmp_path / "temp"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]]
        return subprocess.run(
            shell, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def test_the_action_annotates_sums_up_and_leaves_sarif(runner: Callable[..., Any], tmp_path: Path) -> None:
    write_tree(tmp_path / "a project", TANGLE)
    done = runner(project="a project", arguments="")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::warning title=ARC201 import-cycle,")
    assert "## archlint: failed" in (tmp_path / "summary").read_text(encoding="utf-8")
    name, _, path = (tmp_path / "output").read_text(encoding="utf-8").strip().partition("=")
    assert name == "sarif"
    with open(path, encoding="utf-8") as file:
        assert len(json.load(file)["runs"][0]["results"]) == 1


def test_the_action_takes_arguments_line_by_line_and_runs_none_of_them(
    runner: Callable[..., Any], tmp_path: Path
) -> None:
    write_tree(tmp_path / "a project", TANGLE)
    done = runner(project="a project", arguments="--fail-on=error\n--exclude=$(touch pwned) x\n")
    assert done.returncode == 0
    assert not (tmp_path / "pwned").exists()


def test_the_action_passes_an_error_on_and_leaves_no_old_report(
    runner: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "temp" / "archlint.sarif").write_text("old", encoding="utf-8")
    done = runner(project="a project", arguments="")
    assert done.returncode == 2
    assert not (tmp_path / "output").exists()


def test_no_input_is_pasted_into_a_script() -> None:
    assert [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]] == []


def test_the_inputs_of_the_action_are_documented() -> None:
    page = (REPOSITORY / "docs" / "ci.md").read_text(encoding="utf-8")
    rows = dict(
        re.findall(
            r"^\| `(\w+)` \| (.+?) \|", page.partition("| input |")[2].partition("\n\n")[0], re.MULTILINE
        )
    )
    defaults = {
        name: f"`{value['default']}`" if value["default"] else "none"
        for name, value in ACTION["inputs"].items()
    }
    assert rows == defaults


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_a_recipe_is_yaml_and_its_commands_run(
    recipe: Any, archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    assert yaml.safe_load(recipe.text)
    root = project(TANGLE)
    for line in re.findall(r"^\s*(?:- )?archlint (.+)$", recipe.text, re.MULTILINE):
        done = archlint(*shlex.split(line.partition(" | ")[0]), cwd=root)
        assert done.code == (0 if "--exit-zero" in line else 1)
        assert done.err == ""
        written = re.findall(r"=([\w.-]+\.(?:sarif|md|json|xml))", line)
        assert [name for name in written if not (root / name).exists()] == []


def test_every_format_is_in_the_table() -> None:
    page = (REPOSITORY / "docs" / "ci.md").read_text(encoding="utf-8")
    table = page.partition("| `--format` |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(HOMES)
