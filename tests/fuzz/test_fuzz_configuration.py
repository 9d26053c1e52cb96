"""Generated configurations: in force, or refused with lines that say where; never anything else."""

from __future__ import annotations

import json
import re
from typing import Any

from fuzzing import cases
from hypothesis import given
from hypothesis import strategies as st

from archlint.config.load import load, source
from archlint.config.options import option_types
from archlint.config.registry import registry
from archlint.config.settings import Configuration, ContractOptions, Settings
from archlint.errors import ConfigError

KNOWN = registry(())
TYPES = {kind.type: kind for kind in KNOWN.contract_types}
TEXTS = st.one_of(
    st.sampled_from(
        ["shop", "shop.*", "shop.**", "**", "ARC201", "ARC", "error", "eager", "a | b", "(a)", "..", "/", ""]
    ),
    st.text(max_size=6).filter(lambda text: text.isprintable()),
)
VALUES = st.recursive(
    st.one_of(
        TEXTS, st.integers(-(10**20), 10**20), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=2)),
    max_leaves=5,
)


def keys_of(kind: type[Any]) -> st.SearchStrategy[str]:
    """Return keys of *kind*, and now and then one that is none."""
    return st.one_of(
        st.sampled_from(sorted(option_types(kind))), st.sampled_from(sorted(option_types(kind))), TEXTS
    )


@st.composite
def contracts(draw: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(TYPES)))
    table = {"name": draw(TEXTS), "type": kind}
    keys = st.one_of(keys_of(TYPES[kind]), keys_of(ContractOptions))
    return table | draw(st.dictionaries(keys, st.one_of(VALUES, st.lists(TEXTS, max_size=4)), max_size=5))


@st.composite
def tables(draw: Any) -> dict[str, Any]:
    table = draw(st.dictionaries(keys_of(Settings), VALUES, max_size=4))
    if draw(st.booleans()):
        table["contracts"] = draw(st.lists(contracts(), max_size=3))
    if draw(st.booleans()):
        rule = draw(st.sampled_from(KNOWN.rules))
        options = st.dictionaries(keys_of(rule) if option_types(rule) else TEXTS, VALUES, max_size=3)
        table["rules"] = {draw(st.sampled_from([rule.code, rule.name])): draw(options)}
    return table


def toml(value: Any) -> str:
    """Return *value* as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def document(table: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in table.items())


def judged(text: str) -> Configuration | None:
    """Load *text*; a refusal has lines that name the file."""
    try:
        found = load(source("archlint.toml", text.encode("utf-8", "surrogatepass")), (), KNOWN)
    except ConfigError as error:
        refused = error.problems
        found = None
    if found is None:
        assert refused
        assert all(problem.startswith("archlint.toml:") for problem in refused), refused
        return None
    for contract in found.contracts:
        assert (contract.contract is None) == (contract.error is not None)
        assert contract.error is None or re.match(r"archlint\.toml:\d+: ", contract.error), contract.error
    return found


@cases(200, 30_000)
@given(tables())
def test_any_configuration_is_in_force_or_refused(table: dict[str, Any]) -> None:
    judged(document(table))


@cases(200, 30_000)
@given(tables(), st.integers(0, 300), st.text(max_size=5))
def test_any_text_is_in_force_or_refused(table: dict[str, Any], place: int, junk: str) -> None:
    text = document(table)
    judged(text[:place] + junk + text[place:])


@cases(100, 5_000)
@given(
    st.dictionaries(
        st.sampled_from(["roots", "exclude", "select", "extend-select", "ignore"]), st.just(["shop"])
    )
)
def test_what_is_valid_is_in_force(table: dict[str, Any]) -> None:
    """The control: not everything is refused."""
    for key in ("select", "extend-select", "ignore"):
        if key in table:
            table[key] = ["ARC201", "hub-module", "ARC3"]
    found = judged(document(table))
    assert found is not None
    assert set(found.sources) == set(table)
