"""Cyclomatic complexity equals radon's, for either reader."""

from __future__ import annotations

import ast
import time
from typing import TYPE_CHECKING

import pytest
from radon.complexity import add_inner_blocks, cc_visit_ast
from radon.metrics import mi_visit
from radon.visitors import Function

from archlint.parsing.decode import decode
from archlint.parsing.read import read_facts
from archlint.parsing.readers import read_whole

if TYPE_CHECKING:
    from archlint.facts import ModuleFacts

CONSTRUCTS = [
    "if a and b or c: pass",
    "if a: pass\nelif b: pass\nelse: pass",
    "x = a if b else c",
    "for i in x: pass\nelse: pass",
    "async for i in x: pass",
    "while a or b: pass",
    "while a: pass\nelse: pass",
    "try: pass\nexcept A: pass\nexcept B: pass\nelse: pass\nfinally: pass",
    "try: pass\nexcept* A: pass\nelse: pass",
    "x = [i for i in a if b if c for j in d]",
    "x = {i: j for i in a if b or c}",
    "x = sum(i for i in [j for j in k])",
    "assert a and b, c or d",
    "with a or b as c: pass",
    "match x:\n  case 1: pass\n  case _: pass",
    "match x:\n  case 1 if a or b: pass\n  case y: pass\n  case z as w: pass",
    "match x:\n  case _: pass",
    "f = lambda a=b or c: d and e",
    "def g(a=b or c): return d or e",
    "@deco(a or b)\ndef g(): pass",
    "class K(a or b):\n  x = a or b\n  def m(self): return a or b",
    "x: (a or b) = c or d",
    "return f'{a or b}'",
]


def radon_blocks(source: str) -> list:
    return cc_visit_ast(ast.parse(source))


def body(construct: str) -> str:
    return "async def f():\n" + "".join(f"    {line}\n" for line in construct.split("\n"))


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_both_readers_count_as_radon_does(construct: str) -> None:
    source = body(construct)
    expected = [block.complexity for block in radon_blocks(source) if isinstance(block, Function)]
    outline = read_facts(source.encode()).complexity
    assert [one.cyclomatic for one in outline if one.listed] == expected
    assert read_whole(decode(source.encode()), 0)["complexity"] == outline


NESTED = """\
def f():
    def inner():
        def innermost():
            if a: pass
    class Local:
        def method(self):
            if a or b: pass
class C:
    def m(self):
        def closure(): pass
    class D:
        def n(self):
            def deep(): pass
        class E:
            def o(self): pass
if x:
    def late(): pass
"""


def test_names_are_radons() -> None:
    blocks = radon_blocks(NESTED)
    listed = {(one.fullname, one.lineno) for one in blocks if isinstance(one, Function)}
    inner = {(one.fullname, one.lineno) for one in add_inner_blocks(blocks) if isinstance(one, Function)}
    found = read_facts(NESTED.encode()).complexity
    assert {(one.name, one.line) for one in found if one.listed} == listed
    assert {(one.name, one.line) for one in found} == inner | {("f.Local.method", 6)}


def measured(source: str, start: int) -> ModuleFacts:
    return read_facts(source.encode(), measure_from=start)


@pytest.mark.parametrize(("start", "names"), [(0, 3), (1, 3), (2, 2), (3, 1), (4, 0)])
def test_only_functions_that_reach_the_bound_are_measured(start: int, names: int) -> None:
    source = "def a(): pass\ndef b():\n  if x: pass\ndef c():\n  if x or y: pass\n"
    found = measured(source, start)
    assert found.measured_from == start
    assert len(found.complexity) == names
    assert set(found.complexity) <= set(measured(source, 0).complexity)


@pytest.mark.parametrize("source", ["", "x = 1\n", NESTED, '"""Doc."""\n# c\nx = a + b * c or d\n'])
def test_the_maintainability_index_is_radons(source: str) -> None:
    assert measured(source, 0).maintainability == mi_visit(source, True)
    assert measured(source, 1).maintainability is None


@pytest.mark.parametrize(
    "source",
    [
        "x = [\n" + "    1,\n" * 20_000 + "]\n",
        "from a import (\n" + "    b,\n" * 20_000 + ")\n",
        "\\\n" * 20_000 + "x = 1\n",
        "def f(\n" + "".join(f"  a{i},\n" for i in range(5000)) + "): pass\n",
    ],
    ids=["table", "import", "backslashes", "parameters"],
)
def test_a_statement_that_takes_radon_minutes_is_measured_in_time(source: str) -> None:
    started = time.process_time()
    assert measured(source, 0).maintainability == 100
    assert time.process_time() - started < 10


def test_a_function_too_deep_for_radon_says_so_alone() -> None:
    source = "def deep():\n    return " + "+".join(["a"] * 900) + "\ndef flat():\n    if a: pass\n"
    deep, flat = measured(source, 0).complexity
    assert (deep.name, deep.cyclomatic, deep.reason) == ("deep", None, "nested too deeply to measure")
    assert (flat.name, flat.cyclomatic, flat.reason) == ("flat", 2, None)
