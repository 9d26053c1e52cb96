"""Sizes and shapes of functions and classes."""

from __future__ import annotations

import ast
import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.parsing.cohesion import connected
from archlint.parsing.read import read_facts

if TYPE_CHECKING:
    from archlint.facts import Shapes


def shapes(source: str) -> Shapes:
    found = read_facts(source.encode(), shape=True)
    assert found.shaped
    assert found.shapes is not None
    return found.shapes


def test_shapes_are_measured_only_where_they_are_asked_for() -> None:
    facts = read_facts(b"def f(): pass\n")
    assert (facts.shaped, facts.shapes) == (False, None)
    script = (
        "import sys; from archlint.parsing.read import read_facts; read_facts(b'x = 1'); "
        "sys.exit('archlint.parsing.shape' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python can parse it")
def test_a_file_that_only_libcst_reads_is_not_measured() -> None:
    facts = read_facts(b"def f():\n    try: pass\n    except A, B: pass\n", shape=True)
    assert facts.reader == "whole"
    assert (facts.shaped, facts.shapes) == (True, None)
    assert facts.complexity[0].cyclomatic == 2


@pytest.mark.parametrize(
    ("signature", "parameters", "keyword_only"),
    [
        ("def f()", 0, 0),
        ("def f(a, /, b=1, *c, d, e=2, **g)", 4, 2),
        ("def f(*, a)", 1, 1),
        ("async def f(a, b)", 2, 0),
    ],
)
def test_parameters_are_what_a_caller_may_give(signature: str, parameters: int, keyword_only: int) -> None:
    (function,) = shapes(f"{signature}: pass\n").functions
    assert (function.parameters, function.keyword_only) == (parameters, keyword_only)


def test_the_instance_is_no_parameter() -> None:
    source = (
        "class A:\n    def f(self, a): ...\n    @classmethod\n    def g(cls): ...\n"
        "    @staticmethod\n    def h(a, b): ...\n    def i(): ...\n    def j(*args): ...\n"
    )
    assert [one.parameters for one in shapes(source).functions] == [1, 0, 2, 0, 0]


@pytest.mark.parametrize(
    ("body", "depth"),
    [
        ("pass", 0),
        ("if a: pass\nelif b: pass\nelif c: pass", 1),
        ("if a: pass\nelif b:\n  if c: pass", 2),
        ("if a: pass\nelse:\n  for b in c: pass", 2),
        ("with a:\n  try: pass\n  except B:\n    while c: pass", 3),
        ("try: pass\nfinally:\n  if a: pass", 2),
        ("match a:\n  case 1:\n    if b: pass", 2),
        ("for a in b: pass\nelse:\n  if c: pass", 2),
        ("def g():\n  if a:\n    if b: pass", 0),
        ("class A:\n  def g(self):\n    if a: pass", 0),
    ],
)
def test_nesting_counts_blocks_inside_each_other(body: str, depth: int) -> None:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    assert max(one.nesting for one in shapes(f"def f():\n{lines}").functions if not one.inner) == depth


LINES = '''\
"""Doc
of the module."""

import a  # code

# comment
@deco
def f(
    x,
):
    """One
    two."""

    # comment
    y = """text

    # no comment to Python, but who writes this?
    """
    return y


class A:
    """Doc."""
    z = 1
    def m(self): return 1
'''


def test_lines_of_code_are_neither_blank_comment_nor_docstring() -> None:
    found = shapes(LINES)
    assert [(one.name, one.code) for one in found.functions] == [("f", 6), ("A.m", 1)]
    assert [(one.name, one.code, one.methods) for one in found.classes] == [("A", 3, ("m",))]
    assert found.code == 11


def test_inner_functions_are_marked() -> None:
    source = "def f():\n    class A:\n        def m(self): pass\n    def g(): pass\nclass B:\n    def m(self): pass\n"
    assert {one.name: one.inner for one in shapes(source).functions} == {
        "f": False, "f.A.m": True, "f.g": True, "B.m": False,
    }  # fmt: skip


CLASSES = [
    ("def f(self): self.a\ndef g(self): self.a", [("f", "g")]),
    ("def f(self): self.a\ndef g(self): self.b", [("f",), ("g",)]),
    ("def f(self): self.g()\ndef g(self): self.b", [("f", "g")]),
    ("def f(self): self.h()\ndef g(self): self.h()\ndef h(self): pass", [("f", "g")]),
    ("def __init__(self): self.a = self.b = 1\ndef f(self): self.a\ndef g(self): self.b", [("f",), ("g",)]),
    ("def f(self): pass\ndef g(self): self.b", [("g",)]),
    ("@staticmethod\ndef f(x): x.a\n@classmethod\ndef g(cls): cls.a\ndef h(self): self.a", [("h",)]),
    ("def f(this):\n  def inner(): this.a\ndef g(self): self.a", [("f", "g")]),
    ("@property\ndef p(self): return self.a\n@p.setter\ndef p(self, x): self.b = x\ndef g(self): self.b", [("g", "p")]),
    ("def __len__(self): return self.n\ndef f(self): return len(self)\ndef g(self): self.z", [("__len__", "f"), ("g",)]),
    ("def __getitem__(self, k): return self.d[k]\ndef f(self): return self['a']", [("__getitem__", "f")]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "groups"), CLASSES)
def test_methods_belong_together_by_what_they_use(body: str, groups: list[tuple[str, ...]]) -> None:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    (found,) = shapes(f"class A:\n{lines}").classes
    assert list(found.groups) == groups


uses = st.dictionaries(
    st.sampled_from("mnopq"), st.sets(st.sampled_from("mnopqabcd"), min_size=1), max_size=5
)


@given(uses)
def test_groups_are_the_components_of_pairs_that_share_something(touched: dict[str, set[str]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(touched)
    for one, other in combinations(touched, 2):
        if ({one} | touched[one]) & ({other} | touched[other]):
            graph.add_edge(one, other)
    expected = {tuple(sorted(part)) for part in nx.connected_components(graph)}
    assert set(connected(touched)) == expected


def test_neighbours_are_the_classes_of_the_file_that_are_named() -> None:
    source = (
        "class A: ...\nclass B: ...\nclass C: ...\n"
        "class D:\n    x: A\n    def f(self, C): return C, D, B()\n    class E:\n        def g(self): return A\n"
    )
    found = {one.name: one.neighbours for one in shapes(source).classes}
    assert found == {"A": (), "B": (), "C": (), "D": ("A", "B"), "D.E": ("A",)}


def test_the_shape_pass_recurses_nowhere() -> None:
    source = "def f():\n    return " + "+".join(["a"] * 900) + "\n"
    ast.parse(source)
    assert shapes(source).functions[0].cognitive == 0
