"""Definitions, uses, exports, docstring, line counts, generated files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archlint.parsing.read import read_facts

if TYPE_CHECKING:
    from archlint.facts import ModuleFacts

# The same source through either reader: the C parsers of today take no bare alias in 3.11.
READERS = pytest.mark.parametrize("tail", ["", "\ntry: pass\nexcept A, B: pass\n"], ids=["outline", "whole"])


def facts(source: str, tail: str = "") -> ModuleFacts:
    found = read_facts((source + tail).encode())
    assert found.failure is None
    return found


DEFINED = """\
@deco
@app.route("/")(1)
def f(a=g()):
    def inner(): pass
    class Local(Base[int], m.Other, make("x"), *rest, metaclass=M):
        def method(self): pass
class C:
    async def m(self):
        return [lambda: 1]
    class D(C): x = 1
    if x:
        @property
        def p(self):
            pass
"""


@READERS
def test_definitions(tail: str) -> None:
    found = [
        (one.kind, one.name, one.line, one.column, one.end_line) for one in facts(DEFINED, tail).definitions
    ]
    assert found == [
        ("function", "f", 3, 1, 6),
        ("closure", "f.inner", 4, 5, 4),
        ("class", "f.Local", 5, 5, 6),
        ("method", "f.Local.method", 6, 9, 6),
        ("class", "C", 7, 1, 14),
        ("method", "C.m", 8, 5, 9),
        ("class", "C.D", 10, 5, 10),
        ("method", "C.p", 13, 9, 14),
    ]


@READERS
def test_bases_and_decorators_are_dotted_names(tail: str) -> None:
    found = {one.name: (one.bases, one.decorators) for one in facts(DEFINED, tail).definitions}
    assert found["f"] == ((), ("deco", "app.route"))
    assert found["f.Local"] == (("Base", "m.Other", "make"), ())
    assert found["C.p"] == ((), ("property",))


@pytest.mark.parametrize(
    ("source", "chains"),
    [
        ("import os\nos.environ.get('x')", ["os.environ.get"]),
        ("import a.b\na.b.c()", ["a.b.c"]),
        ("import a.b as c\nc.d; a.d", ["c.d"]),
        ("from a import b as c\nc; b", ["c"]),
        ("import a\na.f().g.h", ["a.f"]),
        ("import a\na.x = 1\na.y += 1\ndel a.z\na.w[0] = 1", ["a.x", "a.y", "a.z", "a.w"]),
        ("import a\nx.a; f(a=1); {'a': 1}", []),
        ("import a\ndef f(a): return a.x", []),
        ("import a\ndef f(): a = 1; return a.x", []),
        ("import a\ndef f():\n  global a\n  a = 1\n  return a.x", ["a.x"]),
        ("def f():\n  import a\n  a.x\na.y", ["a.x"]),
        ("def f():\n  import a\n  def g(): return a.x", ["a.x"]),
        ("class K:\n  import a\n  a.x\n  def m(self): return a.y", ["a.x"]),
        ("def f():\n  global a\n  import a\ndef g(): return a.x", ["a.x"]),
        ("import a\n[a for a in a.x]", ["a.x"]),
        ("import a\n[a.y for b in c]", ["a.y"]),
        ("import a\nf = lambda a, b=a.x: a.y", ["a.x"]),
        ("import a\nf'{a.x:{a.y}}'", ["a.x", "a.y"]),
        ("try:\n  import a\nexcept E:\n  a = None\na.x", ["a.x"]),
        ("import a\n@a.d\nclass K(a.B, k=a.M): pass", ["a.d", "a.B", "a.M"]),
        ("import a\nmatch x:\n  case a.B(c=1) if a.g: pass\n  case {'k': a.V}: pass", ["a.B", "a.g", "a.V"]),
        ("import a\nwith a.b() as a.c, d as e: pass", ["a.b", "a.c"]),
        ("import a\nfor x in a.b: a.c", ["a.b", "a.c"]),
        ("import a\nassert a.b, a.c\nraise a.d from a.e", ["a.b", "a.c", "a.d", "a.e"]),
        ("import a\ntry: pass\nexcept a.E as e: pass", ["a.E"]),
        ("from a import *\nb", ["b"]),
        ("from a import *\nb = 1\nb, len", []),
        ("open('x'), eval, len", ["open", "eval"]),
        ("def open(): pass\nopen()", []),
        ("def f(eval): eval()\neval()", ["eval"]),
        ("def f():\n  global exec\n  exec = 1\nexec()", []),
        ("class K:\n  def open(self): open()", ["open"]),
        ("class K:\n  open = 1\n  x = open", []),
    ],
)
@READERS
def test_uses(source: str, chains: list[str], tail: str) -> None:
    read = [one.chain for one in facts(source, tail).uses]
    assert [chain for chain in read if chain not in ("A", "B")] == chains  # the tail's own, free under `*`


@READERS
def test_annotations_are_marked(tail: str) -> None:
    source = "import a\ndef f(x: a.X, *y: a.Y) -> a.R: z: a.Z = a.v; return a.w\n"
    found = {one.chain: one.annotation for one in facts(source, tail).uses}
    assert found == {"a.X": True, "a.Y": True, "a.R": True, "a.Z": True, "a.v": False, "a.w": False}


@READERS
def test_a_use_in_a_string_stands_where_the_string_starts(tail: str) -> None:
    source = "import a\nx = ('é' f'''\n{a.b}\n{f'{a.c}'}''', a.d)\n"
    assert [(one.chain, one.line, one.column) for one in facts(source, tail).uses] == [
        ("a.b", 2, 6),
        ("a.c", 2, 6),
        ("a.d", 4, 16),
    ]


@pytest.mark.parametrize(
    ("source", "exports"),
    [
        ("", None),
        ("__all__ = ['a', 'b']", ("a", "b")),
        ("__all__ = ('a', 'b' 'c')", ("a", "bc")),
        ("__all__: list[str] = []", ()),
        ("__all__ = ['a']\n__all__ += ['b']", ("a", "b")),
        ("__all__ = ['a'] + b.__all__", None),
        ("__all__ = ['a', b]", None),
        ("__all__ = ['a', *b]", None),
        ("__all__ = ['a']\n__all__ += b", None),
        ("x = __all__ = ['a']", ("a",)),
        ("def f():\n  __all__ = ['a']", None),
    ],
)
@READERS
def test_exports(source: str, exports: tuple[str, ...] | None, tail: str) -> None:
    assert facts(source, tail).exports == exports


@pytest.mark.parametrize(
    ("source", "doc"),
    [
        ('"""One line."""', "One line."),
        ('"""\n\n  First.  \nSecond.\n"""', "First."),
        ("'a' 'b'", "ab"),
        ("b'a'", ""),
        ("f'a'", ""),
        ("x = 'a'", ""),
        ("# c\n'''a'''; x = 1", "a"),
        ("'%s'" % ("x" * 200), "x" * 120),
    ],
)
@READERS
def test_the_first_line_of_the_docstring(source: str, doc: str, tail: str) -> None:
    assert facts(source, tail).doc == doc


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"", 0), (b"x", 1), (b"x\n", 1), (b"x\n\n", 2), (b"x\r\ny\rz", 3), (b"x = '\x0b\x0c'\n", 1)],
)
def test_lines_are_counted_as_python_does(data: bytes, lines: int) -> None:
    assert read_facts(data).lines == lines


@pytest.mark.parametrize(
    ("source", "generated"),
    [
        ("# @generated by x\n", True),
        ("# -*- coding: utf-8 -*-\n# Generated by the protocol buffer compiler.  DO NOT EDIT!\n", True),
        ('"""This file was automatically generated."""\n', True),
        ("#!/bin/python\n\n# Code generated by mockgen. DO NOT EDIT.\nimport a\n", True),
        ("x = '@generated'\n", False),
        ("import a\nx = 1  # @generated\n", False),
        ('"""Tools for generated documentation."""\n', False),
        ("\n" * 3000 + "# @generated\n", False),
        ("", False),
    ],
)
def test_generated_files_say_so_at_their_top(source: str, generated: bool) -> None:
    assert facts(source).generated is generated
