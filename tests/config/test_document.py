"""What is written reads back as it was, with comments where they belong."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from archlint.config.document import Remark, write

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8)
keys = st.text("abc-", min_size=1, max_size=4)
plain = st.one_of(words, st.booleans(), st.integers(0, 9), st.lists(words, max_size=3))
tables = st.dictionaries(keys, plain, max_size=3)
documents = st.dictionaries(
    keys, st.one_of(plain, tables, st.lists(tables, min_size=1, max_size=3)), max_size=4
)


@given(documents)
def test_what_is_written_reads_back(document):
    assert tomllib.loads(write(document, {})) == document


@given(documents)
def test_a_pyproject_keeps_the_rest(document):
    text = "# top\n[project]\nname = 'x' # y\n\n[tool.other]\nkey = 1\n"
    made = write(document, {}, text)
    assert made.startswith(text.rstrip())
    assert tomllib.loads(made)["tool"] == {"other": {"key": 1}, "archlint": document}


def test_comments_stand_where_they_belong():
    remarks = {
        (): Remark(("Head.",)),
        ("roots",): Remark(("Above.",), "behind"),
        ("contracts", 0): Remark(("The first.",)),
        ("contracts", 0, "layers", 1): Remark(("Item.",), "at the end"),
    }
    table = {"roots": ["a"], "contracts": [{"name": "n", "layers": ["x", "y"]}]}
    assert write(table, remarks).splitlines() == [
        "# Head.",
        "# Above.",
        'roots = ["a"] # behind',
        "",
        "[[contracts]]",
        "# The first.",
        'name = "n"',
        "layers = [",
        '    "x",',
        "    # Item.",
        '    "y", # at the end',
        "]",
    ]
