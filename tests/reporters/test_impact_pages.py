"""What the reports of ``archlint impact`` say, and that no name in them says anything else."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.context.changes import Partner
from archlint.graph.effects import Hop
from archlint.model import Step
from archlint.pipeline.impact.values import (
    AffectedTest,
    Changed,
    Group,
    Grouping,
    Impact,
    Reached,
    Since,
    Unfollowed,
)
from archlint.reporters.impact_json import json_impact
from archlint.reporters.impact_markdown import markdown_impact
from archlint.reporters.impact_terminal import terminal_impact
from archlint.reporters.impact_tests import test_paths as paths_of

CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
NAMES = st.text(
    st.one_of(
        st.sampled_from("\n\r\t\x1b\x00:#[]`|<>*_@&\\ \u202e\u2028\udcff"),
        st.characters(min_codepoint=32, max_codepoint=0x24F),
    ),
    min_size=1,
    max_size=8,
)


def impact_of(
    name: str = "shop.db", path: str = "shop/db.py", *, number: int = 1, since: bool = True
) -> Impact:
    """Return an answer in which *name* and *path* stand wherever a stranger's text may."""
    hop = Hop(f"{name}0", name, "import", path, 3)
    rows = tuple(
        Reached(f"{name}{each}", path, 1, "imports", 2, Hop(f"{name}{each}", name, "import", path, 3))
        for each in range(number)
    )
    return Impact(
        kinds=("eager", "conditional", "deferred", "lazy"),
        imports_only=False,
        others=10,
        test_files=3,
        since=Since(name, "0123456789abcdef", 2) if since else None,
        changed=(Changed(name, path, "gone" if since else "named", (Step(name, name, path, 1),)),),
        reached=rows,
        tests=(AffectedTest(path), AffectedTest(path, rows[0])) if rows else (AffectedTest(path),),
        beside=rows,
        groupings=(
            Grouping(name, (Group(name, 4, 2, 1),)),
            Grouping(None, (Group(name, 4, 2, 1), Group("rest", 3, 0, 0))),
        ),
        unfollowed=(
            Unfollowed(path, "not Python"),
            Unfollowed(path, "left out"),
            Unfollowed(path, "type stub"),
        ),
        partners=(Partner(path, name, 8, 10),),
        via={f"{name}0": hop},
    )


@given(NAMES, NAMES)
def test_no_name_is_taken_for_anything_else(name: str, path: str) -> None:
    impact, plain = impact_of(name, path), impact_of("n", "p")
    for write in (terminal_impact, markdown_impact):
        text = write(impact, most=None, chains=True)
        assert CONTROLS.findall(text) == []
        assert len(text.splitlines()) == len(write(plain, most=None, chains=True).splitlines())
        assert not re.search(r"^\s*::|##\w*\[", text, re.MULTILINE)
    found = json.loads(json_impact(impact))
    assert found["summary"] == json.loads(json_impact(plain))["summary"]


@given(NAMES)
def test_every_path_for_pytest_is_one_word(path: str) -> None:
    text, _ = paths_of(impact_of(path=path), "", null=False)
    assert len(text.split()) == len(text.splitlines()) <= 2
    assert CONTROLS.findall(text) == []
    assert not text.startswith("-")
    whole, _ = paths_of(impact_of(path=path), "", null=True)
    assert whole.count("\0") >= len(text.splitlines())


@pytest.mark.parametrize("write", [terminal_impact, markdown_impact])
def test_long_lists_are_cut_with_a_count(write) -> None:
    impact = impact_of(number=30)
    assert "and 27 more" in write(impact, most=3)
    assert "shop.db29" not in write(impact, most=3)
    assert "shop.db29" in write(impact, most=None)
    assert "more" not in write(impact, most=None)


@pytest.mark.parametrize(
    ("number", "since", "expected"),
    [
        (0, False, "A change in shop.db reaches no other module of the project."),
        (1, False, "A change in shop.db can reach 1 of 10 other modules (10 %)."),
        (5, True, "This can reach 5 of 10 other modules (50 %)."),
    ],
)
def test_the_verdict(number: int, since: bool, expected: str) -> None:
    impact = impact_of(number=number, since=since)
    assert expected in terminal_impact(impact, most=5)
    assert expected in markdown_impact(impact, most=5)


def test_colour_is_all_that_colour_adds() -> None:
    coloured = terminal_impact(impact_of(), most=5, chains=True, colour=True)
    assert "\x1b[1m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == terminal_impact(impact_of(), most=5, chains=True)
