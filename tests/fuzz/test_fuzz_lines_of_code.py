"""The counts behind the maintainability index are radon's, and a long table costs one look at each line."""

from __future__ import annotations

import ast
import os
import time
from pathlib import Path

import pytest
from fuzzing import THOROUGH, cases
from hypothesis import given
from radon.raw import analyze
from test_fuzz_sources import PROGRAMS, is_python

from archlint.parsing.lines_of_code import count_code
from archlint.parsing.maintainability import maintainability

FILES = sorted(Path(os.__file__).parent.glob("*.py"))
ODD = (
    "",
    "\n\n",
    "x = 1; y = 2;\n",
    "if a: return_ = 0  # why\n",
    "x = a[1:]\n",
    "try: 1/0\nfinally: pass\n",
    "'doc'\n'''a\n\nb'''\n# c\nx = '''a\n# b\n'''  # d\n",
    "x = (1,\n\n  # inside\n  2)\n",
    "x = 'a\\\nb'\ny = 1 + \\\n    2\n",
    "def f(a: int, b=lambda: 0) -> {1: 2}: pass\n",
    "x = f'{a:>{b}}' ; '''\n'''\n",
    "lambda: (yield)\n@a\nclass C: x: int = 1; y: str\n",
    "\x0cx = 1\x0c\n\x0c\n",
)


def counts(text: str) -> tuple[int, int, int, int]:
    raw = analyze(text)
    return raw.lloc, raw.sloc, raw.comments, raw.multi


@pytest.mark.parametrize("text", ODD)
def test_odd_lines_are_counted_as_radon_does(text: str) -> None:
    assert count_code(text) == counts(text)


@pytest.mark.parametrize("path", FILES if THOROUGH else FILES[::12], ids=lambda path: path.name)
def test_the_standard_library_is_counted_as_radon_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert count_code(text) == counts(text)


@cases(80, 5_000)
@given(PROGRAMS)
def test_any_program_is_counted_as_radon_does(text: str) -> None:
    if is_python(text):
        assert count_code(text) == counts(text)


def test_a_table_of_thousands_of_lines_is_measured_in_time() -> None:
    text = "TABLE = (\n" + "    (0x1F600, 'V', None),\n" * 8_000 + ")\n"
    started = time.process_time()
    assert maintainability(text, ast.parse(text)) is not None
    assert time.process_time() - started < 10
