"""Whose findings are whose: in `check`, by option and in each format."""

from __future__ import annotations

import json

import pytest
from owned_world import TEAMS, shop

BRANCHES = "".join(f"    if a == {n}: return {n}\n" for n in range(20))
COMPLEX = f"def f(a):\n{BRANCHES}"


@pytest.fixture
def root(project):
    """Return a shop with a crossing of @shop/web into @shop/billing, and a complex function that nobody owns."""
    return project(shop(TEAMS + 'allowed = ["@ann -> *"]\npublic = ["shop.*.api"]\n', free=COMPLEX))


def checked(archlint, root, *arguments):
    return json.loads(archlint("check", "--format", "json", *arguments, cwd=root).out)


def test_json_says_who_owns_and_how_long_it_takes(archlint, root):
    rows = checked(archlint, root)["findings"]
    assert [(row["code"], row["owners"], row["offended_owners"], row["minutes"]) for row in rows] == [
        ("ARC301", [], [], 16),
        ("ARC111", ["@shop/web"], ["@shop/billing"], 30),
    ]


@pytest.mark.parametrize(
    ("owner", "codes"),
    [
        ("@shop/web", ["ARC111"]),
        ("shop/WEB", ["ARC111"]),
        ("@shop/billing", ["ARC111"]),
        ("@ann", []),
        ("unowned", ["ARC301"]),
    ],
)
def test_an_owner_sees_what_concerns_it(archlint, root, owner, codes):
    assert [row["code"] for row in checked(archlint, root, "--owner", owner)["findings"]] == codes
    assert archlint("check", "--owner", owner, cwd=root).code == (1 if codes else 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--owner", "@shop/wbe"),
            "--owner @shop/wbe: no such owner in CODEOWNERS; did you mean `@shop/web`?",
        ),
        (("--by", "owner"), "--by owner goes with --format grouped or --statistics"),
    ],
)
def test_an_owner_that_is_none(archlint, root, arguments, said):
    outcome = archlint("check", *arguments, cwd=root)
    assert outcome.code == 2
    assert said in outcome.err


@pytest.mark.parametrize("arguments", [("--owner", "@a"), ("--by", "owner", "--statistics")])
def test_without_owners_there_is_nothing_to_ask_for(archlint, project, arguments):
    root = project({"shop/__init__.py": "", "shop/a.py": ""})
    outcome = archlint("check", *arguments, cwd=root)
    assert outcome.code == 2
    assert "there is no CODEOWNERS" in outcome.err


def test_grouped_and_counted_by_owner(archlint, root):
    grouped = archlint("check", "--format", "grouped", "--by", "owner", cwd=root).lines
    assert [line for line in grouped if "finding)" in line][:2] == [
        "@shop/web (1 finding)",
        "nobody (1 finding)",
    ]
    assert any(line.startswith("  shop/web.py:1:1  error") for line in grouped)
    counted = archlint("check", "--statistics", "--by", "owner", cwd=root).lines
    assert counted[:3] == [
        "     1  @shop/web      30 min",
        "     1  nobody         15 min",
        "Estimated to take 45 min to mend.",
    ]


def test_statistics_sum_the_minutes_of_each_rule(archlint, root):
    assert archlint("check", "--statistics", cwd=root).lines[:3] == [
        "     1  ARC111  cross-team-import      30 min",
        "     1  ARC301  complex-function       15 min",
        "Estimated to take 45 min to mend.",
    ]


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        ("full", "owned by: @shop/web"),
        ("full", "imports from: @shop/billing"),
        ("sarif", '"@shop/web"'),
        ("gitlab", "Owned by: @shop/web"),
        ("junit", "Owned by: @shop/web"),
        ("jsonl", '"owners": ["@shop/web"]'),
    ],
)
def test_formats_for_machines_say_the_owner(archlint, root, format_, said):
    assert said in archlint("check", "--format", format_, cwd=root).out


def test_a_run_that_asks_for_no_owner_reads_none(archlint, project, monkeypatch):
    from archlint.usecases import owners

    def refuse(*_):
        raise AssertionError("CODEOWNERS was read")

    monkeypatch.setattr(owners, "gather", refuse)
    root = project({"shop/__init__.py": "", "shop/a.py": "", "CODEOWNERS": "* @a\n"})
    assert archlint("check", "--no-cache", cwd=root).code == 0


def test_a_changed_owner_changes_what_a_warm_run_prints(archlint, root):
    assert checked(archlint, root) == checked(archlint, root)
    (root / "CODEOWNERS").write_text("* @all\n")
    assert {owner for row in checked(archlint, root)["findings"] for owner in row["owners"]} == {"@all"}


def test_owners_go_with_a_ledger_and_its_counts(archlint, root):
    archlint("baseline", cwd=root)
    assert "Ledger: 1 known, 0 resolved, 0 new." in archlint("check", "--owner", "@shop/web", cwd=root).out
