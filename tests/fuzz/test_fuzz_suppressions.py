"""Generated suppression comments: read, or said to be malformed; never something else, never slow."""

from __future__ import annotations

import time

from fuzzing import cases
from hypothesis import given
from hypothesis import strategies as st

from archlint.parsing.suppressions import suppressions

PIECES = st.sampled_from(
    [
        *(
            "# archlint:",
            "#archlint :",
            " ignore",
            " file-ignore",
            "[",
            "]",
            "ARC101",
            "import-cycle",
            ", ",
            " -- ",
        ),
        *(
            "because",
            "# noqa: ARC201",
            "# noqa",
            ": ",
            "tach-ignore",
            "# tach-ignore(why) a.b",
            "(",
            ")",
            "--",
            "\\",
        ),
        *(
            "\t",
            "  ",
            "#",
            "'",
            '"',
            '"""',
            "x = 1",
            "import a",
            "\n",
            "\n",
            "    ",
            "ünï",
            "\u2028",
            "\x0c",
            "\x00",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@cases(300, 50_000)
@given(TEXTS)
def test_any_comment_is_read_or_malformed(text: str) -> None:
    lines = text.count("\n") + 1
    for found in suppressions(text):
        assert 1 <= found.line <= lines
        assert found.column >= 1
        assert found.malformed or found.rules
        assert (found.first, found.last) == (0, 0) or 1 <= found.first <= found.last <= lines
        assert "\n" not in found.reason


@cases(200, 20_000)
@given(
    st.lists(st.sampled_from(["ARC101", "import-cycle", "ARC2"]), min_size=1, max_size=3),
    st.text("abc é.,;", max_size=12),
)
def test_what_is_well_written_is_read_as_written(rules: list[str], reason: str) -> None:
    said = f" -- {reason}" if reason.strip() else ""
    (found,) = suppressions(f"import a  # archlint: ignore[{', '.join(rules)}]{said}\n")
    assert found.rules == tuple(rules)
    assert found.reason == reason.strip()
    assert not found.malformed
    assert (found.first, found.last) == (1, 1)


@cases(60, 3_000)
@given(PIECES, st.integers(1, 3))
def test_repetition_is_linear(piece: str, times: int) -> None:
    """No piece, however often repeated, makes a pattern search explode."""
    for text in (
        "# archlint: ignore" + piece * times * 3_000,
        "# noqa: ARC1" + (piece + "ARC1 ") * times * 1_000,
    ):
        started = time.process_time()
        suppressions(text)
        assert time.process_time() - started < 5
