"""``archlint config``: what is in force, and from where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PYPROJECT = """\
[project]
name = "shop"

[tool.archlint]
exclude = ["shop/vendored"]
fail-on = "error"

[tool.archlint.rules.hub-module]
max-afferent = 5

[[tool.archlint.contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.db"]
edges = ["eager"]
why = "Storage must not know the web."

[[tool.archlint.contracts]]
name = "Broken"
type = "layers"
layer = ["shop.web"]
"""
FILES = {
    "pyproject.toml": PYPROJECT,
    "src/shop/__init__.py": "",
    "src/shop/web.py": "",
    "src/shop/db.py": "",
    "src/shop/db.pyi": "",
    "src/shop/fast.abi3.so": "",
}


@pytest.fixture
def shop(project: Callable[..., Path]) -> Path:
    return project(FILES)


@pytest.fixture
def in_force(archlint: Callable[..., Any], shop: Path) -> Callable[..., dict[str, Any]]:
    def ask(*arguments: str) -> dict[str, Any]:
        done = archlint("config", "--format", "json", *arguments, cwd=shop)
        assert done.code == 0
        return json.loads(done.out)

    return ask


def test_each_setting_names_its_source(
    in_force: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHLINT_IGNORE", "ARC203")
    settings = in_force("--select", "ARC2", "--config", "include-tests=true")["settings"]
    assert {
        key: (row["value"], row["source"]) for key, row in settings.items() if row["source"] != "default"
    } == {
        "exclude": (["shop/vendored"], "pyproject.toml:5"),
        "fail-on": ("error", "pyproject.toml:6"),
        "select": (["ARC2"], "command line"),
        "ignore": (["ARC203"], "environment"),
        "include-tests": (True, "--config"),
    }


def test_a_stronger_source_wins(in_force: Callable[..., dict[str, Any]]) -> None:
    assert in_force("--fail-on", "info")["settings"]["fail-on"] == {"value": "info", "source": "command line"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"max-afferent": (5, "pyproject.toml:9"), "max-efferent": (20, "default")}),
        (
            ["--config", "rules.hub-module.max-efferent=7"],
            {"max-afferent": (5, "pyproject.toml:9"), "max-efferent": (7, "--config")},
        ),
        (
            ["--config", "rules.hub-module.max-afferent=8"],
            {"max-afferent": (8, "--config"), "max-efferent": (20, "default")},
        ),
    ],
)
def test_each_option_of_a_rule_names_its_source(
    in_force: Callable[..., dict[str, Any]], arguments: list[str], expected: dict[str, Any]
) -> None:
    rules = {row["code"]: row["options"] for row in in_force(*arguments)["rules"]}
    options = {key: (row["value"], row["source"]) for key, row in rules["ARC203"].items()}
    assert {key: options[key] for key in expected} == expected


def test_contracts_with_their_terms_and_faults(in_force: Callable[..., dict[str, Any]]) -> None:
    layers, broken = in_force()["contracts"]
    assert layers == {
        "name": "Layers",
        "type": "layers",
        "severity": "error",
        "source": "pyproject.toml:11",
        "edges": ["eager"],
        "options": {"layers": ["shop.web", "shop.db"]},
        "ignore-imports": [],
        "why": "Storage must not know the web.",
        "owner": None,
        "error": None,
    }
    assert "pyproject.toml:21: unknown option `layer`; did you mean `layers`?" in broken["error"]


def test_the_project_and_its_roots(in_force: Callable[..., dict[str, Any]]) -> None:
    found = in_force()
    assert (found["project"], found["config"], found["modules"]) == (".", "pyproject.toml", 4)
    assert found["roots"] == [{"name": "shop", "directory": "src"}]


def test_the_text_names_sources_as_comments(archlint: Callable[..., Any], shop: Path) -> None:
    lines = [" ".join(line.split()) for line in archlint("config", cwd=shop / "src").lines]
    assert f"Project {shop}" in lines
    assert "Roots shop in src/" in lines
    assert 'fail-on = "error" # pyproject.toml:6' in lines
    assert "max-afferent = 5 # pyproject.toml:9" in lines
    assert "Layers (layers, error) # pyproject.toml:11" in lines
    assert any(line.startswith("cannot be judged: pyproject.toml:21: unknown option") for line in lines)


def test_isolated_is_all_default(archlint: Callable[..., Any], shop: Path) -> None:
    done = archlint("config", "--isolated", "--format", "json", cwd=shop)
    found = json.loads(done.out)
    assert found["config"] is None
    assert {row["source"] for row in found["settings"].values()} == {"default"}
    assert found["contracts"] == []


def test_the_files_that_would_be_read(archlint: Callable[..., Any], shop: Path) -> None:
    done = archlint("config", "--files", cwd=shop)
    assert done.lines == ["src/shop/__init__.py", "src/shop/db.py", "src/shop/db.pyi", "src/shop/web.py"]


def test_nothing_to_analyse_is_exit_2_and_still_shows_what_is_in_force(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    done = archlint("config", cwd=project({"archlint.toml": 'exclude = ["x"]\n'}))
    assert done.code == 2
    assert "# archlint.toml:1" in done.out
    assert "no Python module found" in done.err


def test_hostile_text_forges_nothing(archlint: Callable[..., Any], project: Callable[..., Path]) -> None:
    text = '[[contracts]]\nname = "a\\u001b[31m\\n::error::x"\ntype = "layers"\nlayers = ["m"]\nwhy = "\\u202e"\n'
    done = archlint("config", cwd=project({"archlint.toml": text, "m.py": ""}))
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert not any(line.startswith("::") for line in done.lines)
