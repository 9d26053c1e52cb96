from __future__ import annotations

import re
import sys
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archlint.contracts.globs import glob_faults, glob_matches
from archlint.contracts.patterns import compiled

atoms = st.sampled_from(("a", "b", r"\.", ".", "[ab]", "[^a]", r"\w", "[a-c.]", "^", "$"))
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(("*", "+", "?", "{2}", "{0,2}", "*?"))).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
    ),
    max_leaves=6,
)


@given(expressions, st.text("ab.c", max_size=8))
def test_matches_what_re_matches(expression, text):
    assert compiled(expression)(text) == (re.search(expression, text) is not None)


@pytest.mark.parametrize("expression", ["(a+)+", "(a|aa)+", "(a*)*b", "(.*a){12}"])
def test_hostile_expressions_take_linear_time(expression):
    began = time.monotonic()
    compiled(f"^(?:{expression})$")("a" * 400 + "!")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("expression", ["(a", "a)", "*a", "[a", "a{2", "a{3,1}", "[b-a]", "a{999}", "\\"])
def test_malformed_expressions_are_refused_in_a_line(expression):
    with pytest.raises(ValueError) as caught:
        compiled(expression)
    assert "\n" not in str(caught.value)


def test_a_large_expression_is_refused():
    with pytest.raises(ValueError, match="too large"):
        compiled("(?:a{200}){200}")


def test_what_needs_re2_is_said_where_it_is_absent(monkeypatch):
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(ValueError, match=r"archlint\[re2\]"):
        compiled(r"(?i)needs\bre2\b")


@pytest.mark.parametrize(
    ("glob", "name", "expected"),
    [
        ("shop.*", "shop.web", True),
        ("shop.*", "shop.web.views", False),
        ("shop.**", "shop", True),
        ("shop.**", "shop.web.views", True),
        ("shop.**", "shopping", False),
        ("**.views", "views", True),
        ("**.views", "shop.web.views", True),
        ("shop.**.views", "shop.views", True),
        ("shop.{web,api}", "shop.api", True),
        ("shop.[!w]eb", "shop.web", False),
        ("shop.w?b", "shop.web", True),
        ("shop", "shop.web", False),
        ("**", "anything.at.all", True),
    ],
)
def test_globs(glob, name, expected):
    assert glob_matches(glob, name) is expected


def test_globs_over_paths_with_dots_may_span_components():
    assert glob_matches("shop.*", "shop.web.views", dots=True)


@given(st.text("a.*?[]{},!^-|()\\", max_size=8))
def test_no_glob_breaks_the_run(glob):
    faults = list(glob_faults("path", [glob]))
    assume(not faults)
    glob_matches(glob, "a.a")
