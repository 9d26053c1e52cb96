"""The ledger as a file: what is refused, what stays, and that git merges it."""

from __future__ import annotations

import pytest
from gitworld import new_world

from archlint.errors import ConfigError
from archlint.model import LedgerEntry
from archlint.repository.ledger import parse_ledger
from archlint.repository.ledger_text import render, revised

NAMES = {"ARC101": "layer-breach", "ARC301": "complex-function"}
CODES = {word: code for code, name in NAMES.items() for word in (code, name)}
ENTRIES = [LedgerEntry("ARC101", (f"shop.{name}", "shop.web"), "Layers") for name in "abcde"]
GOOD = '[[known]]\nrule = "ARC101"\nsubject = ["a", "b"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[known]", "not valid TOML"),
        ("known = 3\n", "must be written [[known]]"),
        ('known = [{ rule = "ARC101", subject = ["a"] }]\n', "a table of its own"),
        ('[[knwon]]\nrule = "ARC101"\n', "unknown key `knwon`"),
        (GOOD + 'untill = "x"\n', "archlint-ledger.toml:1: unknown key `untill`"),
        (GOOD + "until = 7\n", ":1: `until` must be a date such as 2026-12-31"),
        (GOOD + 'value = "much"\n', ":1: `value` must be a number"),
        (
            GOOD + "\n" + GOOD.replace("ARC101", "layer-braech"),
            ":5: unknown rule `layer-braech`; did you mean `layer-breach`?",
        ),
        (GOOD.replace('["a", "b"]', '"a"'), ":1: `subject` must be a list"),
        (GOOD.replace('"a", "b"', '"a", 3'), ":1: `subject` must be a text"),
        (GOOD.replace('["a", "b"]', "[]"), ":1: `subject` must be a list of at least one text"),
        ('[[known]]\nsubject = ["a"]\n', ":1: there is no `rule`"),
        ("\n<<<<<<< HEAD\n" + GOOD + "=======\n>>>>>>> theirs\n", ":2: an unresolved merge conflict"),
        ("a = " + "[" * 5000, "nested too deeply"),
    ],
)
def test_a_fault_is_one_line_with_its_place(text, said):
    with pytest.raises(ConfigError) as caught:
        parse_ledger(text.encode(), CODES)
    assert said in str(caught.value)
    assert str(caught.value).startswith("archlint-ledger.toml:")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("written", ["2026-01-01", '"2026-01-01"'])
def test_a_day_may_stand_between_quotes(written):
    ledger = parse_ledger(f"{GOOD}until = {written}\n".encode(), CODES)
    assert ledger.entries[0].until == "2026-01-01"


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ConfigError, match="not UTF-8"):
        parse_ledger(b"\xff", CODES)


def test_removing_an_entry_leaves_every_other_line_alone():
    text = render(ENTRIES, NAMES).replace("[[known]]", "# mine\n[[known]]", 1) + "# below\n"
    ledger = parse_ledger(text.encode(), CODES)
    after = revised(ledger, {1: None}, [], NAMES)
    assert [line for line in text.split("\n") if line not in after.split("\n")] == [
        'subject = ["shop.b", "shop.web"]'
    ]
    assert "# mine" in after
    assert after.endswith("# below\n")


def test_an_entry_is_added_where_it_belongs():
    ledger = parse_ledger(render([ENTRIES[0], ENTRIES[2]], NAMES).encode(), CODES)
    assert revised(ledger, {}, [ENTRIES[1]], NAMES) == render(ENTRIES[:3], NAMES)
    assert revised(ledger, {}, [ENTRIES[4]], NAMES) == render([ENTRIES[0], ENTRIES[2], ENTRIES[4]], NAMES)


def test_a_text_arranged_in_ways_unforeseen_is_written_anew():
    text = '[[known]]\nrule = "ARC101"\nreason = """\n[[known]]\n"""\nsubject = ["a", "b"]\n'
    with pytest.raises(ConfigError, match="a table of its own"):
        parse_ledger(text.encode(), CODES)
    text = '[[known]]\nrule = "ARC101"\nsubject = ["a", "b"]\nreason = """\nx\n# no comment"""\n\n' + GOOD
    ledger = parse_ledger(text.encode(), CODES)
    kept = parse_ledger(revised(ledger, {0: None}, [], NAMES).encode(), CODES)
    assert [entry.reason for entry in kept.entries] == [None]


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (3, 4), (0, 4)], ids=str)
def test_two_branches_that_each_shrink_it_merge(tmp_path, pair):
    world = new_world(tmp_path / "r")
    text = render(ENTRIES, NAMES)
    world.commit({"archlint-ledger.toml": text})
    ledger = parse_ledger(text.encode(), CODES)
    for branch, number in zip(("one", "other"), pair, strict=True):
        world.git("checkout", "-q", "-b", branch, "main")
        world.commit({"archlint-ledger.toml": revised(ledger, {number: None}, [], NAMES)})
    assert "CONFLICT" not in world.git("merge", "-q", "one", check=False)
    merged = parse_ledger((world.root / "archlint-ledger.toml").read_bytes(), CODES)
    wanted = [entry.subject for number, entry in enumerate(ENTRIES) if number not in pair]
    assert [entry.subject for entry in merged.entries] == wanted
