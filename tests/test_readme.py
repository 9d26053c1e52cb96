"""README: what a visitor is promised."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
from documents import blocks_of
from support import REPOSITORY

from archlint.cli.main import COMMANDS

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def marked(name: str) -> str:
    """Return the command below the mark *name*, by which .ci/run finds it too."""
    found = re.search(rf"^<!-- {name} -->\n```sh\n(.+)\n```$", README, re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", ["main", "tests"])
def test_one_command_sets_up_and_runs(name):
    command = marked(name)
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert "\n" not in command


def test_the_test_command_is_what_ci_runs():
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert "readme_command tests" in script
    assert "readme_command main" in script
    for name in ("main", "tests"):
        mark = [
            "awk",
            "-v",
            f"mark=<!-- {name} -->",
            "$0 == mark {getline; getline; print; exit}",
            "README.md",
        ]
        printed = subprocess.run(mark, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
        assert printed == f"{marked(name)}\n"


def test_the_main_job_runs_and_ends_well(archlint, repository):
    arguments = marked("main").rpartition(" && .venv/bin/archlint ")[2].split()
    outcome = archlint(*arguments, "--no-cache", cwd=repository)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.lines[0] == "archlint"


def test_no_name_on_an_index_is_promised():
    installs = re.findall(r"pip install [^&`\n]*", README)
    assert len(installs) == 2
    assert [words for words in installs if not re.search(r" (\.|'\.\[test\]') ?$", words)] == []


def test_every_command_is_in_the_table():
    said = set(re.findall(r"`archlint ([a-z]+)[^`]*`", README.partition("| command |")[2]))
    assert said == set(COMMANDS)


def test_the_first_session_is_in_the_first_screen():
    assert blocks_of(REPOSITORY / "README.md")[0].language == "console"
    assert README.index("## Try it") < README.index("## Use it")
    assert README[: README.index("## Use it")].count("\n") <= 70


def test_the_python_that_readme_asks_for_is_the_one_declared():
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["requires-python"]
    assert declared == ">=3.11"
    assert "Python 3.11 or later" in README
    assert sys.version_info >= (3, 11)
