"""The outline's facts equal those from the whole LibCST tree, on a sample of the standard library."""

from __future__ import annotations

import argparse
import ast
import warnings
from pathlib import Path

import pytest

from archlint.parsing.decode import decode
from archlint.parsing.read import read_facts
from archlint.parsing.readers import read_outline, read_whole

STDLIB = Path(argparse.__file__).parent
SAMPLE = [
    "abc.py", "ast.py", "bisect.py", "codecs.py", "collections/__init__.py", "contextlib.py", "copy.py",
    "dataclasses.py", "email/header.py", "functools.py", "importlib/__init__.py", "json/decoder.py",
    "platform.py", "random.py", "socketserver.py", "string.py", "tempfile.py", "types.py", "uuid.py", "zipfile.py",
]  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_outline_equals_whole(name: str) -> None:
    path = STDLIB / name
    if not path.is_file():
        pytest.skip("this Python has it elsewhere")
    source = decode(path.read_bytes())
    outline = read_outline(source, ast.parse(source.text), 0, None)
    whole = read_whole(source, 0)
    assert (outline.pop("reader"), whole.pop("reader")) == ("outline", "whole")
    assert isinstance(outline.pop("maintainability"), float)  # radon's, so that the C parser is needed
    assert outline == whole


GRAMMAR = '''\
"""Everything at once."""
import os.path as p, sys
from . import (a as b,  # é
    c)
async def f(x: p.T = sys.y, /, *args: c.A, k=b.K, **kw) -> p.R:
    async with x as (y, *z): import q
    async for [i, j.k] in x: yield await i
    return [await u async for u, (v, w[sys.i]) in x if u if v for t in sys.t if t]
class K(p.B, metaclass=sys.M):
    x: int = 1; y: p.Y
    @p.d
    @sys.e(1).f
    def é(self): return (lambda a, *b, c=sys.c: (a, b, c, p))(b)
    g = h = sys
getattr(sys, "argv", p)[0]; getattr(p.q, 'r' 's'); getattr(*p); getattr(p, name=sys); getattr(p)
held = more = sys.path; noted: p.T = p.join; not_held = sys.path[0]; held, it = p, 1; (alone) = p
if p: inner = open
try:
    from x import *
except (p.E, sys.F) as e: del e, sys.z[0]
else: global_ = f"{p!r:>{sys.w}} {'a' 'b'}" "c" f'{b:{c}}'
finally:
    while (n := p.x): continue
    else: pass
match sys.argv:
    case [p.A, *rest] | {"k": p.V, **more}: import m1
    case p.C(1, k=-1j, l=None) as got if got: import m2
    case "a" "b" | True: pass
    case [*_]: pass
    case _: pass
for x, in sys.l: assert x, (p.m if x else c)
def g():
    nonlocal_ = 1
    global sys
    sys = b[1:c, ..., ::p.s]; b.x: p.T = c @ c; b @= -p.y ** ~c
    print(*b, **c, sep=p.sep, end=not c in b)
    raise p.X from c
    yield from b
    return {**b, "k": c}, {*b, 1}, (yield), b if c else p, 1 < b <= c != p is not c
if True: import s1; import s2 as s3
__all__ = ["f", "K"]
__all__ += ("g",)
'''


def test_outline_equals_whole_on_all_of_the_grammar() -> None:
    source = decode(GRAMMAR.encode())
    outline = read_outline(source, ast.parse(source.text), 0, None)
    whole = read_whole(source, 0)
    for key in outline:
        if key not in {"reader", "maintainability"}:
            assert outline[key] == whole[key]
    assert len(outline["imports"]) == 8
    assert len(outline["uses"]) > 40
    assert [one.name for one in outline["assigned"]] == ["alone", "held", "more", "noted", "inner"]


def test_facts_do_not_depend_on_warnings_or_callers() -> None:
    data = b"x = '\\d'\nimport a\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_facts(data) == read_facts(data)
