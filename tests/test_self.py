"""archlint on archlint: its own contracts hold, and its functions and files keep to the house band."""

from __future__ import annotations

import ast
import shutil
import tomllib
from statistics import median, quantiles
from typing import TYPE_CHECKING

import pytest

import archlint

if TYPE_CHECKING:
    from pathlib import Path

    from archlint import Analysis

# A breach of each contract: a module, and the import that it must not have.
BREACHES = {
    "House": ("graph/planted.py", "from archlint.rules import RULES"),
    "Only cli knows click": ("usecases/planted.py", "import click"),
    "Only parsing knows the parsers": ("rules/planted.py", "from libcst.metadata import MetadataWrapper"),
    "Only graph knows networkx": ("rules/planted.py", "def late():\n    import networkx"),
    "Only the terminal report knows rich": ("reporters/planted.py", "from rich.text import Text"),
    "Only repository touches disk and processes": ("config/planted.py", "import os, subprocess"),
    "Nothing reaches the network": ("repository/planted.py", "from urllib.request import urlopen"),
    "Reporters are pure": ("reporters/planted.py", "from archlint.repository import sources"),
    "Rules are independent": ("rules/record/planted.py", "import archlint.rules.coupling.import_cycle"),
}


@pytest.fixture(scope="module")
def analysis(repository: Path) -> Analysis:
    return archlint.analyse(repository)


def test_archlint_finds_nothing_in_archlint(analysis: Analysis) -> None:
    found = [f"{each.path}:{each.line}: {each.code} {each.message}" for each in analysis.findings]
    assert found == []
    assert analysis.errors == ()
    assert analysis.suppressed == ()


def test_each_contract_would_notice_a_breach(repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "archlint", tmp_path / "archlint", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(repository / "archlint.toml", tmp_path)
    for path, text in BREACHES.values():
        with (tmp_path / "archlint" / path).open("a") as file:
            file.write(f"{text}\n")
    contracts = {result.name: result.kept for result in archlint.analyse(tmp_path).contracts}
    assert contracts == dict.fromkeys(BREACHES, False)


def test_walls_leave_no_room_out(repository: Path) -> None:
    """Each wall names every room except those that it lets through, so a new room stands behind it."""
    rooms = {
        path.stem
        for path in (repository / "archlint").iterdir()
        if path.stem not in ("__init__", "__pycache__", "py")
    }
    let_through = {
        "Only cli knows click": {"cli", "__main__"},
        "Only parsing knows the parsers": {"parsing"},
        "Only graph knows networkx": {"graph"},
        "Only the terminal report knows rich": set(),
        "Only repository touches disk and processes": {"repository"},
    }
    configured = tomllib.loads((repository / "archlint.toml").read_text())["contracts"]
    walls = {each["name"]: each["source-modules"] for each in configured if each["name"] in let_through}
    behind = {
        name: {module.removeprefix("archlint.") for module in modules} for name, modules in walls.items()
    }
    assert behind == {name: rooms - outside for name, outside in let_through.items()}


def test_every_contract_says_why(analysis: Analysis) -> None:
    assert [each.terms.name for each in analysis.configuration.contracts if not each.terms.why] == []


@pytest.fixture(scope="module")
def trees(repository: Path) -> dict[str, ast.Module]:
    """Return the syntax tree of each module, parsed by Python itself and not by archlint."""
    files = sorted((repository / "archlint").rglob("*.py"))
    return {str(file.relative_to(repository)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


@pytest.fixture(scope="module")
def functions(trees: dict[str, ast.Module]) -> dict[str, ast.AST]:
    return {
        f"{path}:{node.lineno} {node.name}": node
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_are_short(functions: dict[str, ast.AST]) -> None:
    lengths = {name: _code_lines(node) for name, node in functions.items()}
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert median(lengths.values()) <= 12
    assert quantiles(lengths.values(), n=10)[-1] <= 25


def _code_lines(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def test_functions_nest_at_most_three_blocks(functions: dict[str, ast.AST]) -> None:
    depths = {name: _depth(node.body) for name, node in functions.items()}
    assert {name: depth for name, depth in depths.items() if depth > 3} == {}


def _depth(body: list[ast.stmt]) -> int:
    """Return how many blocks stand inside each other; an elif is none of its own."""
    return max((_block_depth(node) for node in body), default=0)


def _block_depth(node: ast.AST) -> int:
    if not isinstance(node, ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.Try | ast.Match):
        return 0
    inner = [getattr(node, name, []) for name in ("body", "finalbody")]
    inner += [part.body for part in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]]
    orelse = getattr(node, "orelse", [])
    chained = isinstance(node, ast.If) and len(orelse) == 1 and isinstance(orelse[0], ast.If)
    deepest = 1 + max(map(_depth, inner))
    return max(deepest, _depth(orelse) if chained else 1 + _depth(orelse))


def test_files_are_small(repository: Path, trees: dict[str, ast.Module]) -> None:
    lengths = {path: len((repository / path).read_text(encoding="utf-8").splitlines()) for path in trees}
    assert {path: length for path, length in lengths.items() if length > 350} == {}
    assert median(lengths.values()) <= 100


def test_the_cyclomatic_limit_is_the_house_bands(analysis: Analysis) -> None:
    rules = {rule.name: rule for rule in analysis.configuration.rules}
    assert rules["complex-function"].max_cyclomatic == 10
    assert {"ARC201", "ARC203", "ARC204", "ARC301"} <= analysis.ran
