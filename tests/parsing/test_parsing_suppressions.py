"""Suppression comments: what is read, what is refused, and the lines that each covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.parsing.read import read_facts
from archlint.parsing.suppressions import suppressions

if TYPE_CHECKING:
    from archlint.facts import Suppression

I = "# archlint: ignore[ARC101] -- why"  # noqa: E741


def only(text: str) -> Suppression:
    (found,) = suppressions(text)
    return found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"import a  {I}\n", (1, 1)),
        (f"x = 1\nimport a  {I}\nimport b\n", (2, 2)),
        (f"{I}\nimport a\n", (2, 2)),
        (f"{I}\n# other\n\nimport a\nimport b\n", (4, 4)),
        (f"{I}\nfrom a import (\n    b,\n    c,\n)\n", (2, 5)),
        (f"from a import (  {I}\n    b,\n    c,\n)\n", (1, 4)),
        (f"from a import (\n    b,\n    c,\n)  {I}\n", (1, 4)),
        (f"from a import (\n    b,  {I}\n    c,\n)\n", (2, 2)),
        (f"from a import (\n    {I}\n    b,\n    c,\n)\n", (3, 3)),
        (f"x = f(\n    1,  {I}\n    2,\n)\n", (1, 4)),
        (f"def f(\n    a,\n):  {I}\n    return a\n", (1, 3)),
        (f"{I}\n@deco(\n    1,\n)\n@other\ndef f(\n    a,\n):\n    return a\n", (2, 8)),
        (f"{I}\nclass A:\n    x = 1\n", (2, 2)),
        (f"if x:\n    {I}\n    import a\n", (3, 3)),
        (f"if x:\n    import a\n{I}\nimport b\n", (4, 4)),
        (f"import a \\\n  , b  {I}\n", (1, 2)),
        (f"import a\n{I}\n", (2, 2)),
        (f"x = '''\n'''  {I}\n", (1, 2)),
        ("import a\n# archlint: file-ignore[ARC101] -- why\n", (0, 0)),
        ("import a\nimport b  # archlint: file-ignore[ARC101] -- why", (0, 0)),
        ("import a  # noqa: ARC101 -- why\n", (1, 1)),
    ],
)
def test_a_suppression_covers(text: str, lines: tuple[int, int]) -> None:
    found = only(text)
    assert (found.first, found.last) == lines
    assert (found.rules, found.reason, found.malformed) == (("ARC101",), "why", None)


@pytest.mark.parametrize(
    ("comment", "rules", "reason"),
    [
        ("# archlint: ignore[ARC101]", ("ARC101",), ""),
        ("#archlint:ignore[ARC101,layer-breach]", ("ARC101", "layer-breach"), ""),
        ("# archlint: ignore[ ARC101 , ARC201, ] -- see #12, [x]", ("ARC101", "ARC201"), "see #12, [x]"),
        ("# archlint: ignore [ARC101] --why -- not", ("ARC101",), "why -- not"),
        ("# archlint: ignore[ARC101] -- why  # type: ignore", ("ARC101",), "why"),
        ("# type: ignore  # archlint: ignore[ARC101] -- why", ("ARC101",), "why"),
        ("# archlint: ignore[ARC101]  # type: ignore", ("ARC101",), ""),
        ("# archlint: ignore[no-such-rule] -- é", ("no-such-rule",), "é"),
        ("# noqa: E501, ARC101,ARC201", ("ARC101", "ARC201"), ""),
    ],
)
def test_rules_and_reasons(comment: str, rules: tuple[str, ...], reason: str) -> None:
    found = only(f"import a  {comment}\n")
    assert (found.rules, found.reason, found.malformed) == (rules, reason, None)


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("# archlint: ignore", "no rules"),
        ("# archlint: ignore ARC101", "no rules"),
        ("# archlint: ignore[]", "unreadable list"),
        ("# archlint: ignore[,]", "unreadable list"),
        ("# archlint: ignore[ARC101,,ARC102]", "unreadable list"),
        ("# archlint: ignore[ARC101 ARC102]", "unreadable list"),
        ("# archlint: ignore[ARC101", "no rules"),
        ("# archlint: disable[ARC101]", "unknown verb"),
        ("# archlint: Ignore[ARC101]", "unknown verb"),
        ("# archlint:", "unknown verb"),
        ("# archlint: file-ignore", "no rules"),
        ("# archlint: ignore[ARC101] because", "unreadable reason"),
    ],
)
def test_what_cannot_be_read_is_said_and_suppresses_nothing(comment: str, problem: str) -> None:
    found = only(f"import a\nimport b  {comment}\n")
    assert found.malformed is not None
    assert found.malformed.startswith(problem)
    assert (found.rules, found.line, found.column) == ((), 2, 11)


@pytest.mark.parametrize(
    "text",
    [
        "x = '# archlint: ignore[ARC101]'\n",
        'x = """\n# archlint: ignore[ARC101]\n"""\n',
        "# Archlint: ignore[ARC101]\n",
        "# see archlint: ignore[ARC101]\n",
        "import a  # noqa\n",
        "import a  # noqa: E501  ARC\n",
        "x = 'ARC101'  # noqa: E501\n",
    ],
)
def test_what_is_no_suppression(text: str) -> None:
    assert suppressions(text) == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_do_not_matter(newline: str) -> None:
    text = f"x = 'é'\n{I}\nimport a\n".replace("\n", newline)
    (found,) = read_facts(text.encode()).suppressions
    assert (found.line, found.first, found.last) == (2, 3, 3)


def test_broken_source_has_its_suppressions() -> None:
    facts = read_facts(f"import a  {I}\nx = (\n{I}\nimport b\nimport c  {I}\n".encode())
    assert facts.failure is not None
    assert [(one.line, one.first, one.last) for one in facts.suppressions] == [
        (1, 1, 1),
        (3, 4, 4),
        (5, 5, 5),
    ]


@given(st.text(alphabet="[]()#-,:'\"\\\n arclintgofeARC10é", max_size=60))
def test_any_comment_is_read_or_refused(tail: str) -> None:
    for one in suppressions(f"import a\n# archlint: {tail}\nimport b\n"):
        assert (one.malformed is None) == bool(one.rules)
        assert 0 <= one.first <= one.last
