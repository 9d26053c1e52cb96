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


@pytest.mark.parametrize(
    "expression",
    [
        *("a+?b", "^a??$", "[]a]", "[^]a]$", "[&a]", "[~a]", "[a-]", "[-a]", "[aa]", "[a-b]_", "^[^a-b]$"),
        *(r"\w", r"^\W$", r"\d", r"\D", r"\s", r"\S", r"\n", r"\t", r"^[\w]$", r"^[^\d]$", r"a\|b"),
        *("a{2}", "^a{2,}$", "^a{1,2}$", "^a{0}$", "^(a|b){2}$", "a|", "(a)(b)", "^$", "a$", "^a|b$", "."),
    ],
)
def test_odd_expressions_match_what_re_matches(expression):
    for text in (
        "",
        "a",
        "b",
        "aa",
        "ab",
        "ba",
        "aab",
        "aaa",
        "_",
        "]",
        "-",
        "&",
        "~",
        "1",
        " ",
        "\n",
        "\t",
        "a|b",
    ):
        if not (text == "\n" and "$" in expression):  # `$` is the end here, not the place before a newline
            assert compiled(expression)(text) == (re.search(expression, text) is not None), text


@pytest.mark.parametrize(("depth", "refused"), [(30, False), (31, True)])
def test_groups_may_be_nested_so_deep(monkeypatch, depth, refused):
    monkeypatch.setitem(sys.modules, "re2", None)
    expression = "(?:" * depth + "a" + ")" * depth
    if refused:
        with pytest.raises(ValueError, match="too deeply"):
            compiled(expression)
    else:
        assert compiled(expression)("a")


@pytest.mark.parametrize("expression", ["a{200}", "a{0,200}", "a{200,}", "a{000000020}"])
def test_counts_up_to_the_limit_are_taken(expression):
    assert compiled(expression)("a" * 200)


@pytest.mark.parametrize(
    "expression", ["a{201}", "a{0,201}", "a{201,}", "a{0000000020}", "a{,2}", "a{x}", "a{1,x}"]
)
def test_counts_beyond_the_limit_are_refused(expression):
    with pytest.raises(ValueError, match=r"count|range"):
        compiled(expression)


@pytest.mark.parametrize("expression", [r"a\bc", "[[a]]", "[a&&b]", r"[a-\d]", "(?i)a", r"\1"])
def test_what_is_beyond_the_subset_is_never_read_as_something_else(monkeypatch, expression):
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(ValueError, match="install archlint"):
        compiled(expression)


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


class FakeRe2:
    """What is used of google-re2, on top of ``re``."""

    error = re.error

    class Options:
        log_errors = True

    @staticmethod
    def compile(expression, options):
        assert not options.log_errors
        if expression == "(?P<bytes>":
            raise re.error(b"missing )")
        return re.compile(expression)


def test_what_is_beyond_the_subset_is_left_to_re2(monkeypatch):
    monkeypatch.setitem(sys.modules, "re2", FakeRe2)
    pattern = compiled(r"(?i)left to\bre2\b|x")
    assert (pattern("xyz"), pattern("XYZ"), pattern("no")) == (True, True, False)
    with pytest.raises(ValueError, match=r"'\(\?i': missing"):
        compiled("(?i")
    with pytest.raises(ValueError, match=r"missing \)$"):
        compiled("(?P<bytes>")


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
        ("shop.[!w]eb", "shop.xeb", True),
        ("shop.[^w]eb", "shop.xeb", True),
        ("shop.[w]eb", "shop.web", True),
        ("shop.[]w]eb", "shop.web", True),
        ("shop.[]w]eb", "shop.]eb", True),
        ("shop.[wx]eb", "shop.xeb", True),
        ("shop.[wx]eb", "shop.yeb", False),
        ("shop.[\\\\]eb", "shop.\\eb", True),
        ("shop.{w[ae]b,api}", "shop.wab", True),
        ("shop.{w,x{y,z}}", "shop.xz", True),
        ("shop.w?b", "shop.web", True),
        ("shop.w*b", "shop.wob", True),
        ("shop.w*b", "shop.woo", False),
        ("shop.w**b.*", "shop.wob.a", True),
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
