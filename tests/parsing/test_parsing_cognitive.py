"""Cognitive complexity: SonarSource's definition, and every difference from complexipy accounted for."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

import pytest

from archlint.parsing.read import read_facts

STDLIB = Path(argparse.__file__).parent

# A construct in the body of `def f(a)`, and what it costs.
COSTS = {
    "return a": 0,
    "if a: pass": 1,
    "if a: pass\nelif b: pass\nelif c: pass\nelse: pass": 4,
    "if a: pass\nelse:\n  if b: pass": 4,
    "if a:\n  if b:\n    if c: pass": 6,
    "if a:\n  x = 1\nelif b:\n  if c: pass": 4,
    "for i in a:\n  while i:\n    if b: continue\n  break": 6,
    "async for i in a: pass": 1,
    "with a:\n  if b: pass": 1,
    "async with a:\n  if b: pass": 1,
    "try: pass\nexcept A: pass\nexcept B:\n  if a: pass": 4,
    "try: pass\nexcept* A: pass": 1,
    "try:\n  if a: pass\nfinally:\n  if b: pass": 2,
    "match a:\n  case 1: pass\n  case 2:\n    if d: pass": 3,
    "x = a if b else c": 1,
    "x = a if b else c if d else e": 3,
    "if a:\n  x = b if c else d": 3,
    "x = a and b and c": 1,
    "x = a and b or c and d": 3,
    "x = a and not (b and c)": 2,
    "if a or b: pass": 2,
    "assert a and b": 1,
    "g = lambda: a and b": 1,
    "g = lambda: a if b else c": 2,
    "def g():\n  if a: pass": 2,
    "def g():\n  if a: pass\nreturn g": 1,
    "class K:\n  def m(self):\n    if a: pass": 1,
    "return f(a - 1)": 1,
    "f(1)\nf(2)": 1,
    "return self.f(1)": 0,
}
# Where archlint follows the paper, or SonarSource's analyser, and complexipy 8.3 counts otherwise:
# construct, archlint's number, complexipy's.
DIFFERENCES = {
    "for i in a: pass\nelse: pass": (2, 1),  # an else of a loop
    "try: pass\nexcept A: pass\nelse: pass": (2, 1),  # an else of a try
    "x = [i for i in a]": (0, 1),  # comprehensions are no break in the flow
    "x = [i for i in a if i]": (0, 2),
    "if a or b and c or d: pass": (4, 3),  # runs in the order of the text: or, and, or
    "if a and (b and c): pass": (3, 2),  # brackets begin a run
    "if a:\n  class K:\n    def m(self):\n      if b: pass": (2, 3),  # a class begins at level 0
    "match a:\n  case 1 if b and c: pass": (2, 1),  # the condition of a case
    "def g():\n  if a: pass\nreturn h": (2, 1),  # only a decorator makes no level
    '"""Doc."""\nasync def g():\n  if a: pass\nreturn g': (1, 2),  # … which may be documented
    "yield a or b": (1, 0),  # complexipy does not look into these
    "await (a or b)": (1, 0),
    "x = f'{a or b}'": (1, 0),
    "x[a or b] = 1": (1, 0),
}


def cost(construct: str) -> int:
    source = "def f(a):\n" + textwrap.indent(construct, "    ") + "\n"
    shapes = read_facts(source.encode(), shape=True).shapes
    assert shapes is not None
    (outermost,) = [one for one in shapes.functions if not one.inner]
    return outermost.cognitive


@pytest.mark.parametrize(("construct", "expected"), COSTS.items())
def test_a_construct_costs_what_the_paper_says(construct: str, expected: int) -> None:
    assert cost(construct) == expected


@pytest.mark.parametrize(("construct", "numbers"), DIFFERENCES.items())
def test_a_difference_is_intended(construct: str, numbers: tuple[int, int]) -> None:
    assert cost(construct) == numbers[0]


@pytest.mark.parametrize("construct", [*COSTS, *DIFFERENCES])
def test_complexipy_agrees_but_for_the_differences(construct: str) -> None:
    complexipy = pytest.importorskip("complexipy")
    source = "def f(a):\n" + textwrap.indent(construct, "    ") + "\n"
    (theirs,) = [one.complexity for one in complexipy.code_complexity(source).functions]
    assert (cost(construct), theirs) == DIFFERENCES.get(construct, (theirs, theirs))


@pytest.mark.parametrize(
    ("condition", "runs"),
    [
        ("a or b and c or d", 3),
        ("a or (b and c) or d", 2),
        ("a or (\n      b and c) or d", 2),
        ("(a or\n  b and c or d)", 3),
        ("é or (b and c) or d", 2),
        ("a or g(b and c) or d", 2),
        ("a and b or c and d", 3),
    ],
)
def test_brackets_are_seen_where_they_matter(condition: str, runs: int) -> None:
    assert cost(f"x = {condition}") == runs


RECURSION = """\
class K:
    def m(self): return self.m()
    def n(self): return m(), n(), other.n()
    def o(this):
        def p(): return this.o()
    @staticmethod
    def q(): pass
"""


def test_recursion_is_seen_through_the_instance() -> None:
    shapes = read_facts(RECURSION.encode(), shape=True).shapes
    assert shapes is not None
    found = {one.name: one.cognitive for one in shapes.functions}
    assert found == {"K.m": 1, "K.n": 0, "K.o": 1, "o.p": 0, "K.q": 0}


def test_deep_code_is_measured_all_the_same() -> None:
    source = (
        "def f(a):\n" + "".join("  " * level + "if a:\n" for level in range(1, 90)) + "  " * 90 + "pass\n"
    )
    shapes = read_facts(source.encode(), shape=True).shapes
    assert shapes is not None
    assert shapes.functions[0].cognitive == sum(range(1, 90))
    assert shapes.functions[0].nesting == 89


@pytest.mark.parametrize("name", ["argparse.py", "ast.py", "dataclasses.py", "zipfile.py", "random.py"])
def test_most_functions_of_the_standard_library_agree(name: str) -> None:
    complexipy = pytest.importorskip("complexipy")
    path = STDLIB / name
    if not path.is_file():
        pytest.skip("this Python has it elsewhere")
    shapes = read_facts(path.read_bytes(), shape=True).shapes
    assert shapes is not None
    ours = {(one.name.rpartition(".")[2], one.end_line): one.cognitive for one in shapes.functions}
    found = complexipy.file_complexity(str(path)).functions
    theirs = {
        (one.name.rpartition("::")[2].rpartition(".")[2], one.line_end): one.complexity for one in found
    }
    assert theirs.keys() <= ours.keys()
    same = [key for key, value in theirs.items() if ours[key] == value]
    assert len(same) >= 0.75 * len(theirs)
