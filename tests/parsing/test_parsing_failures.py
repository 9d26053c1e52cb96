"""Bad source gives a failure, hostile source gives a failure or facts; nothing ever raises."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.parsing.read import read_facts
from archlint.parsing.shallow import fits_libcst


@pytest.mark.parametrize(
    ("data", "code", "line", "reason"),
    [
        (b"import a\nx = = 1\n", "ARC900", 2, "invalid syntax"),
        (b"print 'x'\n", "ARC900", 1, "Missing parentheses"),
        (b"x = '\0'", "ARC900", 1, "null byte"),
        (b"a\r\nb\rx = '\0'", "ARC900", 3, "null byte"),
        ("import a".encode("utf-16"), "ARC900", 1, "null byte"),
        (b"import a\nx = '\xff'", "ARC900", 2, "not utf-8 text"),
        (b"# coding: nope\n", "ARC900", 1, "unknown encoding"),
        (b"# coding: rot13\nvzcbeg bf\n", "ARC900", 1, "no encoding for source text"),
        (b"# coding: zlib\n", "ARC900", 1, "no encoding for source text"),
        (b"# coding: undefined\n", "ARC900", 1, "no encoding for source text"),
        (b"# coding: unicode_escape\nx = '\\u0000'", "ARC900", 1, "null character"),
        (b"# coding: unicode_escape\nx = '\\ud800'", "ARC900", 1, "no encoding"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "ARC900", 1, "encoding problem"),
        (b"x = '''\nimport a\n", "ARC900", 1, "unterminated"),
        (b"x = (\n", "ARC900", 1, "never closed"),
        (b"import a\x1b[31m\n", "ARC900", 1, "non-printable character"),
        (b"x=" + b"(" * 2000 + b"1" + b")" * 2000, "ARC900", 1, "too many nested parentheses"),
        (b"x=" + b"+".join([b"a"] * 50_000), "ARC901", 1, "nested too deeply"),
        (b"x=a" + b".b" * 20_000, "ARC901", 1, "nested too deeply"),
        (b"type X = int\nx=" + b"(" * 150 + b"1" + b")" * 150, "ARC900", 1, "invalid syntax (and too"),
        (b"type X = int\nx=" + b"+".join([b"a"] * 9000), "ARC900", 1, "invalid syntax (and too"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, code: str, line: int, reason: str) -> None:
    facts = read_facts(data)
    assert facts.failure is not None
    assert (facts.failure.code, facts.failure.line, facts.reader) == (code, line, "none")
    assert reason in facts.failure.reason
    assert facts.failure.reason.isprintable()
    assert facts.failure.column >= 1
    assert facts.imports == ()


@pytest.mark.parametrize(
    ("data", "imports"),
    [
        (b"x=" + b"(" * 150 + b"1" + b")" * 150 + b"\nimport a", 1),
        (b"x=" + b" and ".join([b"a"] * 20_000) + b"\nimport a", 1),
        (b"x=(" + b"'a'\n" * 20_000 + b")\nimport a", 1),
        (b"".join(b" " * depth + b"if 1:\n" for depth in range(99)) + b" " * 99 + b"import a", 1),
        (b"x=" + b"lambda:" * 700 + b"1\nimport a", 1),
        (b"\\\n" * 5000 + b"import a", 1),
        (b"import a;" * 2000, 2000),
        (b"with " + b",".join([b"a"] * 5000) + b": import x", 1),
    ],
)
def test_deep_and_long_files_that_python_takes_are_read(data: bytes, imports: int) -> None:
    facts = read_facts(data)
    assert facts.failure is None
    assert len(facts.imports) == imports


def test_warnings_of_the_source_stay_silent() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert read_facts(b"x = '\\d'\nassert (x, 'y')\n1 is 1\n1or 2\n").failure is None
        assert read_facts(b"'\\d'\ntry: pass\nexcept A, B: pass\n").failure is None
    assert caught == []


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert read_facts(data).lines >= 0


@settings(max_examples=200)
@given(st.text(alphabet="if:elsdyxor=+([{}])'\"fn,.\\ \n\t#importa", max_size=80))
def test_anything_like_python_is_read_or_refused(text: str) -> None:
    facts = read_facts(text.encode())
    assert (facts.failure is None) == (facts.reader != "none")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x = 1\n", True),
        ("x = (" * 50 + ")" * 50, True),
        ("x = (" * 70 + ")" * 70, False),
        ("x = '" + "(" * 500 + "'  # " + "[" * 500 + "\n", True),
        ("x = f'" + "{{" * 500 + "'\n", True),
        ("x = " + "f'{" * 70 + "1" + "}'" * 70, False),
        ('x = f"{' + '(x["a"] + ' * 70 + "1" + ")" * 70 + '}"', False),
        ("x = [" + "'a', 1,\n" * 20_000 + "]", True),
        ("x = " + "+".join("a" * 300), False),
        ("x = (" + "+\n".join("a" * 300) + ")", False),
        ("x = f'{a:{b}}{c!r:>{d}}' + (" * 3 + ")" * 3, True),
        ("if a: pass\n" + "elif b: pass\n" * 200, False),
        (" " * 300 + "x", True),
        ("if a:\n" + " " * 300 + "x", False),
        ("x = 1\n" * 100_000, False),
    ],
)
def test_what_libcst_is_trusted_with(text: str, fits: bool) -> None:
    assert fits_libcst(text) is fits
