"""The page docs/complexity-counts.md: what each tool counts for each construct, by running them all.

``ARCHLINT_WRITE_DOCS=1 pytest tests/parsing/test_complexity_counts.py`` writes the page anew.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import textwrap
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import REPOSITORY

from archlint.parsing.read import read_facts

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = REPOSITORY / "docs" / "complexity-counts.md"
TOOLS = ("mccabe", "ruff", "radon", "lizard", "complexipy")

CONSTRUCTS = {
    "a straight line": "x = a",
    "`if`": "if a: pass",
    "`if … else`": "if a: pass\nelse: pass",
    "`if … elif … else`": "if a: pass\nelif b: pass\nelse: pass",
    "`if` in an `if`": "if a:\n    if b: pass",
    "`if a and b`": "if a and b: pass",
    "`a and b or c`": "x = a and b or c",
    "`a if b else c`": "x = a if b else c",
    "`for`": "for i in a: pass",
    "`for … else`": "for i in a: pass\nelse: pass",
    "`while … else`": "while a: pass\nelse: pass",
    "`try … except`": "try: pass\nexcept A: pass",
    "`try … except … else`": "try: pass\nexcept A: pass\nelse: pass",
    "`try … finally`": "try: pass\nfinally: pass",
    "`try … except*`": "try: pass\nexcept* A: pass",
    "`with`": "with a: pass",
    "`assert`": "assert a",
    "a comprehension": "x = [i for i in a]",
    "a comprehension with `if`": "x = [i for i in a if i]",
    "a lambda with a conditional": "g = lambda: a if b else c",
    "`match` of two cases": "match a:\n    case 1: pass\n    case 2: pass",
    "`match`, the last case `_`": "match a:\n    case 1: pass\n    case _: pass",
    "`match`, one case with a condition": "match a:\n    case 1 if b: pass\n    case 2: pass",
    "`if` in a case": "match a:\n    case 1:\n        if b: pass\n    case 2: pass",
    "an inner function with `if`": "def g():\n    if a: pass",
    "a decorator around `if`": "def g():\n    if a: pass\nreturn g",
    "a call of itself": "return f(a)",
    "`return` three times": "if a: return 1\nif b: return 2\nreturn 3",
}


def function(construct: str) -> str:
    return "def f(a):\n" + textwrap.indent(construct, "    ") + "\n"


def archlint(source: str) -> tuple[int | None, int]:
    facts = read_facts(source.encode(), shape=True)
    assert facts.shapes is not None
    cyclomatic = {one.line: one.cyclomatic for one in facts.complexity}
    return cyclomatic[1], next(one.cognitive for one in facts.shapes.functions if one.line == 1)


def mccabe(source: str) -> int:
    module = pytest.importorskip("mccabe")
    visitor = module.PathGraphingAstVisitor()
    visitor.preorder(ast.parse(source), visitor)
    return int(next(graph.complexity() for graph in visitor.graphs.values() if graph.lineno == 1))


def radon(source: str) -> int:
    module = pytest.importorskip("radon.complexity")
    return int(next(one.complexity for one in module.cc_visit(source) if one.lineno == 1))


def lizard(source: str) -> int:
    module = pytest.importorskip("lizard")
    found = module.analyze_file.analyze_source_code("a.py", source).function_list
    return int(next(one.cyclomatic_complexity for one in found if one.start_line == 1))


def complexipy(source: str) -> int:
    module = pytest.importorskip("complexipy")
    return int(
        next(one.complexity for one in module.code_complexity(source).functions if one.line_start == 1)
    )


ORACLES: dict[str, Callable[[str], int]] = {
    "mccabe": mccabe,
    "radon": radon,
    "lizard": lizard,
    "complexipy": complexipy,
}


@pytest.fixture(scope="module")
def ruff(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Return what ruff counts for the function of each construct, from one run over all of them."""
    pytest.importorskip("ruff")
    directory = tmp_path_factory.mktemp("constructs")
    files = {str(directory / f"c{number}.py"): title for number, title in enumerate(CONSTRUCTS)}
    for file, title in files.items():
        Path(file).write_text(function(CONSTRUCTS[title]))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "C901"]
    options = ["--config", "lint.mccabe.max-complexity=0", "--output-format", "json", *files]
    done = subprocess.run([*command, *options], check=False, capture_output=True, text=True)
    return {
        files[row["filename"]]: int(row["message"].rpartition("(")[2].partition(" ")[0])
        for row in json.loads(done.stdout)
        if row["location"]["row"] == 1
    }


HEAD = """\
# What counts as complex

What each tool counts for a function whose body is the construct, and nothing else. A test runs them all
and compares this page with what they say.

archlint's **cyclomatic** complexity is radon's where the running Python can parse the file, and the same
counting on LibCST's tree where it cannot. Its **cognitive** complexity is SonarSource's (G. A. Campbell,
*Cognitive Complexity*, version 1.5, 2021), with what their own analyser for Python adds: any `else`
counts, an inner class begins again at level 0, and a decorator makes no level. The differences from
complexipy are intended: the paper counts no comprehension, brackets begin a new run of operators, and
conditions count wherever they stand (in the condition of a case, in an f-string, behind `await`).

"""
COLUMNS = ("cyclomatic: archlint", "radon", "ruff", "mccabe", "lizard", "cognitive: archlint", "complexipy")


def test_the_page_says_what_the_tools_count(ruff: dict[str, int]) -> None:
    rows = {}
    for title, construct in CONSTRUCTS.items():
        source = function(construct)
        counts: dict[str, object] = {name: count(source) for name, count in ORACLES.items()}
        counts["ruff"] = ruff[title]
        counts["cyclomatic: archlint"], counts["cognitive: archlint"] = archlint(source)
        rows[title] = [str(counts[column]) for column in COLUMNS]
        assert counts["cyclomatic: archlint"] == counts["radon"], title
    text = page(rows)
    if os.environ.get("ARCHLINT_WRITE_DOCS"):
        PAGE.write_text(text)
    if PAGE.read_text().partition("Counted with")[2] != text.partition("Counted with")[2]:
        pytest.skip("other versions of these tools are installed than those that the page names")
    assert PAGE.read_text() == text


def page(rows: dict[str, list[str]]) -> str:
    lines = ["| construct | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    lines += [f"| {title} | {' | '.join(counts)} |" for title, counts in rows.items()]
    used = ", ".join(f"{name} {version(name)}" for name in TOOLS)
    return f"{HEAD}{chr(10).join(lines)}\n\nCounted with {used}, on Python {sys.version_info[0]}.{sys.version_info[1]}.\n"


def test_archlints_own_columns_hold_whatever_is_installed() -> None:
    """Without any oracle, the page still may not lie about archlint."""
    said = {
        cells[0]: (cells[1], cells[6])
        for line in PAGE.read_text().splitlines()
        if line.startswith("| ") and len(cells := line.strip("| ").split(" | ")) == len(COLUMNS) + 1
    }
    for title, construct in CONSTRUCTS.items():
        assert said[title] == tuple(map(str, archlint(function(construct)))), title
