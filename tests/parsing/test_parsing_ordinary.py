"""What may be parsed in-process: in doubt a file is not ordinary."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pytest

from archlint.parsing.ordinary import MAX_SIZE, is_ordinary

ORDINARY = [
    b"",
    b"import a\n",
    b"x = {'a': [(1, 2), {3: (4,)}]}\n",
    b"# :( unbalanced [\nx = ')'\n'''(((('''\n",
    b"x = (" + b"'a', 'b',\n" * 2000 + b")",
    b"from a import (\n" + b"    name,\n" * 500 + b")\n",
    b"# coding: utf-8\nx = 1\n",
    b"x = '" + b"(" * 500 + b"'\n",
]
NOT = [
    b"#" * (MAX_SIZE + 1),
    b"x = " + b"(" * 60 + b"1" + b")" * 60,
    b"x = " + b"[{(" * 20 + b"1" + b")}]" * 20,
    b"x = (",
    b"x = " + b"+".join([b"a"] * 300),
    b"x = (" + b"+\n".join([b"a"] * 300) + b")",
    b"x = f(" + b"+\n".join([b"g(1, 2)"] * 300) + b")",
    b"if a: pass\n" + b"elif b: pass\n" * 200,
    b"x = " + b"not " * 1000 + b"1",
    b"import a" + b".a" * 300,
    b"if a:\n" + b" " * 300 + b"x\n",
    b"x = '\0'",
    b"# coding: punycode\n",
    b"x = a" + b"[0]" * 300,
]


@pytest.mark.parametrize("data", ORDINARY)
def test_ordinary(data: bytes) -> None:
    assert is_ordinary(data)


@pytest.mark.parametrize("data", NOT)
def test_not_ordinary(data: bytes) -> None:
    assert not is_ordinary(data)


def test_the_standard_library_is_nearly_all_ordinary() -> None:
    files = [path.read_bytes() for path in Path(argparse.__file__).parent.glob("*.py")]
    small = [data for data in files if len(data) <= MAX_SIZE]
    assert sum(map(is_ordinary, small)) >= 0.9 * len(small)


@pytest.mark.parametrize("junk", [b"'''", b'"', b"'", b"(", b"\\", b"#", b"f'{", b"()", b'"""\\'])
def test_the_search_is_linear(junk: bytes) -> None:
    start = time.process_time()
    is_ordinary(b"x = ( " + junk * (100_000 // len(junk)))
    assert time.process_time() - start < 2
