"""The laws of the ledger, for whatever is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archlint.model import Finding, LedgerEntry
from archlint.pipeline.judge import sorted_findings
from archlint.pipeline.ledger import entry_of, grown, match, shrunk
from archlint.repository.ledger import parse_ledger
from archlint.repository.ledger_text import order, render, revised

NAMES = {"ARC101": "layer-breach", "ARC201": "import-cycle", "ARC301": "complex-function"}
CODES = {word: code for code, name in NAMES.items() for word in (code, name)}

modules = st.sampled_from(["shop.a", "shop.b", "shop.c", "shop.d"])
lines = st.integers(1, 400)
edges = st.tuples(modules, modules).map(" -> ".join)
odd = st.text(min_size=1, max_size=12).filter(
    lambda text: not any("\ud800" <= char <= "\udfff" for char in text)
)


def finding(code, subject, line, *, contract=None, value=None):
    head = (code,) if contract is None else (code, contract)
    return Finding(
        code,
        NAMES[code],
        "said",
        "shop.a",
        "shop/a.py",
        line,
        contract=contract,
        value=value,
        identity=(*head, *subject),
    )


breaches = st.builds(
    lambda ends, line, name: finding("ARC101", ends, line, contract=name),
    st.tuples(modules, modules),
    lines,
    odd,
)
measured = st.builds(
    lambda name, line, value: finding("ARC301", (f"shop.a:{name}",), line, value=float(value)),
    odd,
    lines,
    st.integers(16, 40),
)
cycles = st.builds(
    lambda found, line: finding("ARC201", sorted(found), line), st.sets(edges, min_size=2, max_size=6), lines
)
anything = st.lists(st.one_of(breaches, measured, cycles), max_size=12).map(
    lambda found: list(sorted_findings(found))
)


def recorded(findings):
    """Return the ledger of *findings*, written and read again."""
    return parse_ledger(render(map(entry_of, findings), NAMES).encode(), CODES)


@given(anything)
def test_what_is_recorded_is_known(findings):
    ledger = recorded(findings)
    matched = match(ledger.entries, findings)
    assert len(matched.known) == len(findings)
    assert (matched.new, matched.worse, matched.resolved) == ((), (), ())
    smaller = shrunk(ledger.entries, matched)
    kept = [smaller.get(number, entry) for number, entry in enumerate(ledger.entries)]
    assert len(match(kept, findings).known) == len(findings)


@given(anything, st.integers(1, 900))
def test_lines_and_order_mean_nothing(findings, by):
    ledger = recorded(findings)
    moved = [Finding(**{**fields(each), "line": each.line + by}) for each in reversed(findings)]
    assert match(ledger.entries, sorted_findings(map(bare, moved))).new == ()


def fields(one):
    return {name: getattr(one, name) for name in one.__struct_fields__}


def bare(one):
    """Return *one* as its rule found it, without the number that tells it from others alike."""
    identity = (
        one.identity[:-1]
        if one.identity[-1].startswith("#") and one.identity[-1][1:].isdigit()
        else one.identity
    )
    return Finding(**{**fields(one), "identity": identity})


@given(st.lists(st.one_of(breaches, measured), min_size=1, max_size=8), st.data())
def test_mending_one_leaves_one_entry_stale(findings, data):
    findings = list(sorted_findings(findings))
    ledger = recorded(findings)
    gone = data.draw(st.integers(0, len(findings) - 1))
    left = list(sorted_findings(map(bare, [*findings[:gone], *findings[gone + 1 :]])))
    matched = match(ledger.entries, left)
    assert (matched.new, matched.worse, len(matched.resolved)) == ((), (), 1)
    text = revised(ledger, dict.fromkeys(matched.resolved), [], NAMES)
    after = parse_ledger(text.encode(), CODES)
    assert match(after.entries, left).resolved == ()
    assert removed_lines(ledger.text, text) < set(ledger.text.split("\n"))


def removed_lines(before, after):
    return set(before.split("\n")) - set(after.split("\n"))


@given(measured, st.integers(-10, 10))
def test_a_measured_one_is_new_only_where_it_grew(one, by):
    entry = entry_of(one)
    other = Finding(**{**fields(one), "value": one.value + by})
    matched = match([entry], [other])
    assert bool(matched.worse) == (by > 0)
    assert (matched.new, matched.resolved) == ((), ())
    if by > 0:
        assert match([grown(entry, other)], [other]).worse == ()
    if by < 0:
        assert [each.value for each in shrunk([entry], matched).values()] == [other.value]


@given(cycles, st.data())
def test_a_part_of_a_cycle_is_known_and_more_of_it_is_worse(one, data):
    whole = one.identity[1:]
    part = data.draw(st.sets(st.sampled_from(whole), min_size=2))
    smaller = finding("ARC201", sorted(part), 3)
    known = match([entry_of(one)], [smaller])
    assert (len(known.known), known.resolved) == (1, ())
    kept = shrunk([entry_of(one)], known).get(0, entry_of(one))
    assert set(kept.subject) == part
    larger = match([entry_of(smaller)], [one])
    assert (len(larger.worse), larger.new, larger.resolved) == (int(part != set(whole)), (), ())


@given(anything)
def test_a_rename_elsewhere_changes_nothing(findings):
    ledger = recorded(findings)
    renamed = finding("ARC301", ("shop.renamed:f",), 1, value=20.0)
    matched = match(ledger.entries, [*findings, renamed])
    assert (matched.new, len(matched.known)) == ((renamed,), len(findings))


owners = st.one_of(st.none(), odd)
entries = st.builds(
    LedgerEntry,
    code=st.sampled_from(sorted(NAMES)),
    subject=st.lists(odd, min_size=1, max_size=3).map(tuple),
    contract=owners,
    value=st.one_of(st.none(), st.integers(0, 10**9).map(float), st.floats(0, 100)),
    owner=owners,
    reason=owners,
    until=st.one_of(st.none(), st.dates().map(lambda day: day.isoformat())),
)


@given(st.lists(entries, max_size=6), st.lists(entries, max_size=3), st.data())
def test_a_ledger_says_what_was_written_and_changes_only_what_is_asked(first, more, data):
    ledger = parse_ledger(render(first, NAMES).encode(), CODES)
    assert [bare_entry(each) for each in ledger.entries] == sorted(first, key=order)
    gone = data.draw(st.sets(st.integers(0, len(first) - 1))) if first else set()
    after = parse_ledger(revised(ledger, dict.fromkeys(gone), more, NAMES).encode(), CODES)
    kept = [bare_entry(each) for number, each in enumerate(ledger.entries) if number not in gone]
    assert sorted(map(repr, map(bare_entry, after.entries))) == sorted(map(repr, [*kept, *more]))


def bare_entry(entry):
    return LedgerEntry(**{**fields(entry), "line": 0})
