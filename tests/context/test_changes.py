"""Churn, change coupling and partners: tables, code-maat's own cases, and laws."""

from __future__ import annotations

from itertools import combinations

import pytest
from examples_in_memory import past
from hypothesis import given
from hypothesis import strategies as st

from archlint.context.changes import Coupled, Partner, churn, coupled, partners
from archlint.context.history import Commit, History

NAMES = ("a.py", "b.py", "c.py", "d.py")
COMMITS = st.lists(
    st.tuples(st.sampled_from(("Ann", "Ben", "Cid")), st.sets(st.sampled_from(NAMES), min_size=1)),
    min_size=1,
    max_size=30,
)


def together(commits, **limits):
    lowest = {"min_commits": 1, "min_together": 1, "min_degree": 0.0} | limits
    return coupled(past(commits), **lowest)


def test_the_degrees_are_those_of_code_maat():
    """Its tests say of these two revisions: A and B 100 %, the others 66 % of an average of 2 (rounded up)."""
    found = together([("Ann", ("A", "B", "C")), ("Ann", ("A", "B"))])
    assert [(one.path, one.other, int(100 * one.degree)) for one in found] == [
        ("A", "B", 100),
        ("A", "C", 66),
        ("B", "C", 66),
    ]
    assert found[1] == Coupled("A", "C", 1, 2, 1)
    assert together([("Ann", ("A",))]) == ()


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, 1),
        ({"min_commits": 7}, 1),  # 6 and 8 on average
        ({"min_commits": 8}, 0),
        ({"min_together": 5}, 1),
        ({"min_together": 6}, 0),
        ({"min_degree": 5 / 7}, 1),
        ({"min_degree": 0.72}, 0),
    ],
)
def test_each_limit_is_the_last_value_that_counts(limits, expected):
    commits = [("Ann", ("a.py", "b.py"))] * 5 + [("Ann", ("a.py",))] + [("Ann", ("b.py",))] * 3
    assert len(together(commits, **limits)) == expected


@given(COMMITS)
def test_coupling_equals_a_count_by_hand(commits):
    for one in together(commits):
        touching = [sum(path in files for _, files in commits) for path in (one.path, one.other)]
        both = sum({one.path, one.other} <= set(files) for _, files in commits)
        assert (one.together, one.commits, one.other_commits) == (both, *touching)
        assert one.degree == pytest.approx(both / (sum(touching) / 2))
    expected = {pair for _, files in commits for pair in combinations(sorted(files), 2)}
    assert {(one.path, one.other) for one in together(commits)} == expected


@given(COMMITS)
def test_churn_counts_every_touch_once(commits):
    found = churn(past(commits))
    assert sum(one.commits for one in found) == sum(len(files) for _, files in commits)
    assert [one.path for one in found] == sorted({path for _, files in commits for path in files})
    for one in found:
        hands = [author for author, files in commits if one.path in files]
        assert one.authors == len(set(hands))
        assert one.most == max(hands.count(author) for author in hands)
        assert 1 / one.authors <= one.share <= 1


@given(COMMITS)
def test_the_order_of_commits_and_the_names_of_authors_change_nothing(commits):
    other = [({"Ann": "Zoe", "Ben": "Yan", "Cid": "Xia"}[author], files) for author, files in commits[::-1]]
    assert together(other) == together(commits)
    assert [(one.path, one.commits, one.authors, one.most) for one in churn(past(other))] == [
        (one.path, one.commits, one.authors, one.most) for one in churn(past(commits))
    ]


@given(COMMITS, st.sets(st.sampled_from(("x.py", "y.py")), min_size=1))
def test_what_happens_elsewhere_changes_no_number_here(commits, elsewhere):
    """The law that makes findings stay as they are while others work on other files."""
    more = [*commits, ("Dan", tuple(elsewhere))]
    mine = [one for one in churn(past(more)) if one.path in NAMES]
    assert [(one.path, one.commits, one.authors) for one in mine] == [
        (one.path, one.commits, one.authors) for one in churn(past(commits))
    ]
    assert [one for one in together(more) if one.path in NAMES] == list(together(commits))


PAIR = ("Ann", ("a.py", "b.py"))


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        ([PAIR] * 8 + [("Ann", ("a.py",))] * 2, [Partner("a.py", "b.py", 8, 10)]),
        ([PAIR] * 4, []),  # too few commits
        ([PAIR] * 5 + [("Ann", ("a.py",))] * 5, [Partner("a.py", "b.py", 5, 10)]),
        ([PAIR] * 5 + [("Ann", ("a.py",))] * 6, []),  # less than half of them
        ([PAIR] * 6 + [("Ann", ("b.py",))] * 50, [Partner("a.py", "b.py", 6, 6)]),
        ([("Ann", ("a.py",))] * 9, []),
    ],
)
def test_partners_are_those_that_usually_change_too(commits, expected):
    assert list(partners(past(commits), ["a.py"])) == expected


def test_partners_are_sought_outside_and_the_most_regular_comes_first():
    commits = [("Ann", ("a.py", "b.py", "c.py"))] * 6 + [("Ann", ("a.py", "c.py", "d.py"))] * 6
    found = partners(past(commits), ["a.py", "b.py", "gone.py"])
    assert [(one.path, one.other, one.together) for one in found] == [
        ("a.py", "c.py", 12),
        ("b.py", "c.py", 6),
        ("a.py", "d.py", 6),
    ]
    assert partners(past(commits), []) == ()


def test_an_empty_history_has_nothing_to_say():
    empty = History(missing="no repository")
    assert churn(empty) == ()
    assert coupled(empty) == ()
    assert partners(empty, ["a.py"]) == ()


def test_of_two_authors_with_as_many_commits_the_first_by_name_is_the_main_one():
    history = History(paths=("a.py",), authors=("Ann", "Ben"), commits=(Commit(1, (0,)), Commit(0, (0,))))
    assert churn(history)[0].main == 0
