"""The table of rules says what the rules say."""

import pytest

from archlint.config.registry import builtin
from archlint.rules import CATALOGUE, RULES


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_an_entry_is_that_of_its_rule(entry):
    rule = entry.load()
    assert (rule.code, rule.name, rule.default) == (entry.code, entry.name, entry.default)


def test_the_order_is_that_of_codes_within_a_family():
    codes = [entry.code for entry in CATALOGUE]
    assert codes == sorted(codes)
    assert len(RULES) == len(CATALOGUE)


def test_a_rule_is_found_by_code_and_by_name():
    known = builtin()
    assert known.rule("ARC201") is known.rule("import-cycle")
    assert known.rule("ARC101") is None
