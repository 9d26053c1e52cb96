"""What reports say in their own words: code spans, rounded times, paths that are not broken."""

from __future__ import annotations

import re

import pytest
from rich.text import Text

from archlint.reporters.impact_words import layers_title
from archlint.reporters.markdown_text import prose
from archlint.reporters.terminal_lines import Page

LONG = "instrumentation/a-very-long-directory-name/src/opentelemetry/instrumentation/instrumentor.py:18"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("the findings of `check`", "the findings of `check`"),
        ("under `if TYPE_CHECKING:`", "under `if TYPE_CHECKING:`"),
        ("a_b and `c_d`", r"a\_b and `c_d`"),
        ("one ` alone and <b>", r"one \` alone and &lt;b>"),
        ("`a`[x](http://y) @me `b`", "`a`\\[x\\](http\\://y) @\u200bme `b`"),
        ("`a\n# b`", r"`a\x0a# b`"),
    ],
)
def test_own_code_spans_stand_and_all_else_is_escaped(text: str, markdown: str) -> None:
    assert prose(text) == markdown


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"{LONG}: move it down (10 min)", len(LONG)),
        (f"as the import a -> b ({LONG}) has it; so with {LONG}.", 0),
        ("one dir/with blanks in its name/and more of them/and a module.py:3: drop it", 66),
    ],
)
def test_a_place_is_never_broken(text: str, whole: int, width: int) -> None:
    lines = [line.plain for line in Page(width).wrap(Text(text), 3, whole=whole)]
    assert " ".join(line.strip() for line in lines) == text
    for place in [*re.findall(r"\S+:\d+", text[whole:]), text[:whole]]:
        assert any(place in line for line in lines)
    assert all(len(line) <= width or LONG in line or text[:whole] in line for line in lines)


def test_a_word_that_is_no_place_is_folded() -> None:
    assert [line.plain for line in Page(60).wrap(Text("x" * 100), 10)] == [" " * 10 + "x" * 50] * 2


@pytest.mark.parametrize(
    ("width", "shown"),
    [(40, "lms/views/submitchallenge.py:10"), (30, ".../submitchallenge.py:10"), (12, "...nge.py:10")],
)  # fmt: skip
def test_a_path_is_shortened_at_a_slash(width: int, shown: str) -> None:
    assert Page(80).cut_path("lms/views/submitchallenge.py:10", width) == shown


@pytest.mark.parametrize(("name", "title"), [("Layers of hc", "Layers of hc"), ("Order", "Layers of Order")])
def test_a_contract_that_says_layers_is_not_told_so_twice(name: str, title: str) -> None:
    assert layers_title(name) == title
