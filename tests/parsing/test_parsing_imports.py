"""What import statements become: names, levels, aliases, places, flags and scopes."""

from __future__ import annotations

import pytest

from archlint.facts import Flag, ImportStatement
from archlint.parsing.read import read_facts

T, D, C, L = Flag.TYPE_CHECKING, Flag.DEFERRED, Flag.CONDITIONAL, Flag.LAZY


def imports(source: str | bytes) -> tuple[ImportStatement, ...]:
    data = source.encode() if isinstance(source, str) else source
    facts = read_facts(data)
    assert facts.failure is None
    return facts.imports


def said(statement: ImportStatement) -> tuple:
    names = tuple((name.name, name.alias) for name in statement.names)
    return (statement.is_from, statement.level, statement.module, names)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a", (False, 0, "", (("a", None),))),
        ("import a.b.c", (False, 0, "", (("a.b.c", None),))),
        ("import a.b as c, d", (False, 0, "", (("a.b", "c"), ("d", None)))),
        ("from a.b import c", (True, 0, "a.b", (("c", None),))),
        ("from a import (b as c,\n  d,)", (True, 0, "a", (("b", "c"), ("d", None)))),
        ("from a import *", (True, 0, "a", (("*", None),))),
        ("from . import b", (True, 1, "", (("b", None),))),
        ("from .. import b", (True, 2, "", (("b", None),))),
        ("from ... import b", (True, 3, "", (("b", None),))),
        ("from .. . a import b", (True, 3, "a", (("b", None),))),
        ("from .x.y import *", (True, 1, "x.y", (("*", None),))),
        ("from a \\\n  import b, \\\n  c", (True, 0, "a", (("b", None), ("c", None)))),
        ("import a . b", (False, 0, "", (("a.b", None),))),
        ("import ﬁ", (False, 0, "", (("fi", None),))),
        ("from a import (  # why\n  b,  # and\n)", (True, 0, "a", (("b", None),))),
        ("from __future__ import annotations", (True, 0, "__future__", (("annotations", None),))),
    ],
)
def test_an_import_statement_says(source: str, expected: tuple) -> None:
    (statement,) = imports(source)
    assert said(statement) == expected


def place(statement: ImportStatement) -> tuple[int, int, int, int]:
    return (statement.line, statement.column, statement.end_line, statement.end_column)


@pytest.mark.parametrize(
    ("source", "places", "names"),
    [
        ("import a", [(1, 1, 1, 9)], [(1, 8)]),
        ("import a; import b", [(1, 1, 1, 9), (1, 11, 1, 19)], [(1, 8), (1, 18)]),
        ("if x: import a", [(1, 7, 1, 15)], [(1, 14)]),
        ("from a import (\n    b,\n    c as d,\n)", [(1, 1, 4, 2)], [(2, 5), (3, 5)]),
        ("x = 'é€😀'; import a", [(1, 12, 1, 20)], [(1, 19)]),
        ("import é.ü as ö, b", [(1, 1, 1, 19)], [(1, 8), (1, 18)]),
        ("\ufeffimport a", [(1, 1, 1, 9)], [(1, 8)]),
        ("import a\r\nimport b\r\n", [(1, 1, 1, 9), (2, 1, 2, 9)], [(1, 8), (2, 8)]),
        ("import a\rimport b\r", [(1, 1, 1, 9), (2, 1, 2, 9)], [(1, 8), (2, 8)]),
        ("x = 1\n\x0cimport a\n", [(2, 2, 2, 10)], [(2, 9)]),
        ("x = '''\x0b\u2028'''\nimport a\n", [(2, 1, 2, 9)], [(2, 8)]),
        ("import \\\n  a", [(1, 1, 2, 4)], [(2, 3)]),
    ],
)
def test_places_count_from_one_and_in_characters(source: str, places: list, names: list) -> None:
    found = imports(source)
    assert [place(one) for one in found] == places
    assert [(name.line, name.column) for one in found for name in one.names] == names


@pytest.mark.parametrize(
    ("cookie", "codec"),
    [("latin-1", "latin-1"), ("iso-8859-15", "iso-8859-15"), ("cp1252", "cp1252"), ("utf-8", "utf-8")],
)
@pytest.mark.parametrize("head", ["# -*- coding: {} -*-\n", "#!/bin/python\n# vim: fileencoding={} :\n"])
def test_declared_encodings_are_honoured(cookie: str, codec: str, head: str) -> None:
    source = head.format(cookie) + "name = 'é'; import a"
    (statement,) = imports(source.encode(codec))
    assert statement.column == 13


NESTED = """\
import a0
if TYPE_CHECKING:
    import a1
    if x:
        import a2
elif y:
    import a3
else:
    import a4
if typing.TYPE_CHECKING:
    import a5
if not TYPE_CHECKING:
    import a6
if TYPE_CHECKING and x:
    import a7
if a.b.TYPE_CHECKING:
    import a8
try:
    import b0
except E:
    import b1
else:
    import b2
finally:
    import b3
class K:
    import c0
    def m(self):
        import c1
        class Inner:
            import c2
            async def deep(self):
                if x: import c3
for i in x:
    import d0
else:
    import d1
while x:
    import d2
with x:
    import d3
match x:
    case 1:
        import d4
def f():
    if t.TYPE_CHECKING:
        import e0
try:
    import e1
except* E:
    import e2
if x:
    pass
elif TYPE_CHECKING:
    import e3
"""
FLAGS = {
    "a0": 0, "a1": T, "a2": T | C, "a3": C, "a4": C, "a5": T, "a6": C, "a7": C, "a8": C,
    "b0": C, "b1": C, "b2": C, "b3": C, "c0": 0, "c1": D, "c2": D, "c3": D | C,
    "d0": 0, "d1": 0, "d2": 0, "d3": 0, "d4": 0, "e0": D | T, "e1": C, "e2": C, "e3": T | C,
}  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "type Alias = int\n"], ids=["outline", "whole"])
def test_flags_accumulate_over_the_blocks_around(prefix: str) -> None:
    found = {one.names[0].name: one.flags for one in imports(prefix + NESTED)}
    assert found == {name: int(flag) for name, flag in FLAGS.items()}


def test_the_scope_is_the_qualified_name_around() -> None:
    scopes = {one.names[0].name: one.scope for one in imports(NESTED)}
    assert scopes["a0"] == scopes["d4"] == ""
    assert scopes["c0"] == "K"
    assert scopes["c1"] == "K.m"
    assert scopes["c2"] == "K.m.Inner"
    assert scopes["c3"] == "K.m.Inner.deep"


def test_lazy_imports_are_read_whole_on_pythons_without_them() -> None:
    facts = read_facts(
        b"lazy import a.b as c\nlazy from .x import y, z\ndef f():\n    lazy = 1\n    import q\n"
    )
    assert facts.failure is None
    assert [(said(one), one.flags) for one in facts.imports] == [
        ((False, 0, "", (("a.b", "c"),)), L),
        ((True, 1, "x", (("y", None), ("z", None))), L),
        ((False, 0, "", (("q", None),)), D),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "type X = int",
        "type X[T: int = str] = list[T]",
        "def f[T](x: T) -> T: return x",
        "class A[*Ts, **P]: pass",
        "x = t'{a}'",
        "try: pass\nexcept A, B: pass",
        "x = f'{d['k']}'",
        "x = f\"{'\\n'.join(y)}\"",
    ],
)
def test_newer_grammar_is_read_whatever_python_runs(line: str) -> None:
    found = imports(f"{line}\nimport os\n")
    assert [one.names[0].name for one in found] == ["os"]
