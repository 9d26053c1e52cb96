"""What the pages say is so: their sessions, configurations, Python and links."""

from __future__ import annotations

import importlib
import inspect
import re
import shlex
import shutil
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from documents import Block, blocks, pages, pattern
from examples_in_memory import of_example
from gitworld import new_world
from past_world import SHOP, made_world
from support import REPOSITORY

from archlint.cli.main import COMMANDS
from archlint.config.load import Source, load
from archlint.config.options import build, key_of
from archlint.config.registry import builtin
from archlint.config.settings import ContractOptions, Settings
from archlint.errors import Exit
from archlint.pipeline.analysis import Analysis, Summary

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
ROW = re.compile(r"^\| `([a-z-]+)` \| (.+?) \|", re.MULTILINE)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory that looks like the top of this repository, and make it the working directory."""
    shutil.copytree(REPOSITORY / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns(".*"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", [b for b in blocks("console") if "$ archlint" in b.text], ids=str)
def test_a_session_prints_what_the_page_says(archlint, clone: Path, block: Block) -> None:
    code = 0
    if block.path == "docs/diff.md":
        new_world(clone).commit()
    if block.path == "docs/history.md":
        made_world(clone, SHOP)
    for command, printed in block.session():
        if command == "echo $?":
            assert printed == f"{code}\n"
            continue
        program, *arguments = shlex.split(command)
        if program == "cat":
            shown_or_written(clone / arguments[0], printed)
            continue
        assert program == "archlint"
        outcome = archlint(*arguments)
        code = outcome.code
        assert code != Exit.ERROR or "$ echo $?\n2\n" in block.text, outcome.err
        if printed:
            assert pattern(printed).fullmatch(outcome.out + outcome.err), outcome.out + outcome.err


def shown_or_written(file: Path, printed: str) -> None:
    """Compare *file* with what a session shows of it; one that is not there yet is what the session begins with."""
    if file.exists():
        assert file.read_text(encoding="utf-8") == printed
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(printed, encoding="utf-8")


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_a_configuration_is_one(block: Block) -> None:
    table = ("tool", "archlint") if "[tool.archlint" in block.text else ()
    if table or "[[contracts]]" in block.text or "select" in block.text:
        configuration = load(Source("page", block.text, table), [], builtin())
        assert [each.error for each in configuration.contracts if each.error] == []
    else:
        assert tomllib.loads(block.text)


@pytest.mark.parametrize("block", [b for b in blocks("python") if "archlint.analyse" in b.text], ids=str)
def test_python_runs(clone: Path, block: Block) -> None:
    names: dict[str, object] = {}
    exec(compile(block.text, str(block), "exec"), names)
    for name, value in names.items():
        if name.startswith("test_") and inspect.isfunction(value):
            value()


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_a_hook_in_a_page_exists(block: Block) -> None:
    offered = set(
        re.findall(r"^- id: (\S+)$", (REPOSITORY / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE)
    )
    used = set(re.findall(r"- id: (\S+)$", block.text, re.MULTILINE))
    assert used
    assert used <= offered


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (REPOSITORY / "docs" / "README.md").read_text(encoding="utf-8")
    names = {path.name for path in (REPOSITORY / "docs").glob("*.md")} - {"README.md"}
    assert names - set(LINK.findall(index)) == set()


def _page(name: str) -> str:
    return (REPOSITORY / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    keys = _page("configuration.md").partition("\n## Keys\n")[2]
    said = dict(ROW.findall(keys))
    assert set(said) == {key_of(field.name) for field in fields(Settings)}
    for field in fields(Settings):
        if isinstance(field.default, bool | int | float | str):
            shown = f'"{field.default}"' if isinstance(field.default, str) else str(field.default).lower()
            assert said[key_of(field.name)] == f"`{shown}`"


def test_the_changes_name_every_command_and_contract_type() -> None:
    changes = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    said = {word for quoted in re.findall(r"`([^`]+)`", changes) for word in quoted.split()}
    assert {*COMMANDS, *(kind.type for kind in builtin().contract_types)} - said == set()


def test_every_contract_type_and_shared_key_is_documented() -> None:
    page = _page("contracts.md")
    headings = set(re.findall(r"^## (\S+)$", page, re.MULTILINE))
    assert headings == {kind.type for kind in builtin().contract_types}
    shared = dict(ROW.findall(page.partition("\n## layers\n")[0]))
    assert set(shared) == {key_of(field.name) for field in fields(ContractOptions)}


def test_the_default_rules_and_their_thresholds_are_in_the_table() -> None:
    rows = re.findall(r"^\| (ARC\d+) `([a-z-]+)` \| (.*?) \|", _page("default-rules.md"), re.MULTILINE)
    rules = [rule for rule in builtin().rules if rule.default]
    assert [(code, name) for code, name, _ in rows] == [(rule.code, rule.name) for rule in rules]
    for rule, (_, _, limits) in zip(rules, rows, strict=True):
        numbers = {
            key_of(field.name): field.default
            for field in fields(rule)
            if isinstance(field.default, int | float) and not isinstance(field.default, bool)
        }
        assert limits == (", ".join(f"`{key}` {value}" for key, value in numbers.items()) or "none")


def test_exit_codes_are_documented() -> None:
    codes = re.findall(r"^\| (\d+(?:, \d+)*) \|", _page("ci.md"), re.MULTILINE)
    assert sorted(int(code) for row in codes for code in row.split(", ")) == sorted(map(int, Exit))


def test_what_an_analysis_holds_is_documented() -> None:
    said = dict(ROW.findall(_page("python-api.md")))
    assert {"findings", "failing", "exit"} <= set(said)
    public = {field.name for field in fields(Analysis)} | {"failing", "exit"}
    assert set(said) - public == set()
    assert re.findall(r"`(\w+)`", said["summary"]) == [field.name for field in fields(Summary)]


def test_the_rule_in_contributing_passes_the_tests_of_a_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = next(block for block in blocks("python") if block.path == "CONTRIBUTING.md")
    (tmp_path / "large_module_of_the_page.py").write_text(shown.text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    rule = importlib.import_module("large_module_of_the_page").LargeModule
    headings = re.findall(r"^## (.+)$", inspect.cleandoc(rule.__doc__), re.MULTILINE)
    assert headings == ["What it does", "Why is this bad?", "Example", "Use instead", "Options"]
    assert {bool(example.findings) for example in rule.examples} == {True, False}
    for example in rule.examples:
        made, problems = build(rule, example.options)
        assert problems == []
        found = [finding.message for finding in made.check(of_example(example))]
        assert found == list(example.findings)


def test_the_files_of_the_tour_exist() -> None:
    page = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+/(?:[a-z_]+\.py)?|__main__\.py|model\.py|rule\.py)`", page))
    places = (REPOSITORY, REPOSITORY / "archlint")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []
    assert len(named) > 15


def test_the_house_in_contributing_is_the_one_that_is_checked() -> None:
    page = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = next(block.text for block in blocks("") if block.path == "CONTRIBUTING.md")
    layers = tomllib.loads((REPOSITORY / "archlint.toml").read_text(encoding="utf-8"))["contracts"][0][
        "layers"
    ]
    assert [" | ".join(level.split(" | ")) for level in re.split(r"\s*>\s*", drawn.strip())] == layers
    assert "| cyclomatic complexity | 10 |" in page
