from __future__ import annotations

import pytest
from contract_worlds import configured, from_files, messages
from examples_in_memory import of_example

from archlint.contracts import CONTRACT_TYPES

EXAMPLES = [(kind, example) for kind in CONTRACT_TYPES for example in kind.examples]
HEADINGS = ("## What it does", "## Why is this bad?", "## Example", "## Use instead", "## Options")


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=lambda value: getattr(value, "type", ""))
def test_example_gives_its_findings(kind, example):
    contract = configured(kind, example.options)
    read = of_example(example) if kind.needs else from_files(example.files)
    assert messages(contract, read) == list(example.findings)


@pytest.mark.parametrize("kind", CONTRACT_TYPES, ids=lambda kind: kind.type)
def test_type_is_documented_by_breaching_and_clean_examples(kind):
    assert any(example.findings for example in kind.examples)
    assert any(not example.findings for example in kind.examples)
    assert [heading for heading in HEADINGS if heading not in (kind.__doc__ or "")] == []


def test_types_and_codes_are_unique():
    types = [kind.type for kind in CONTRACT_TYPES]
    codes = {code for kind in CONTRACT_TYPES for code in kind.codes}
    assert len(types) == len(set(types))
    assert sorted(code.code for code in codes) == [
        f"ARC{number}" for number in (*range(101, 112), 401, 402, 403)
    ]
    assert len({code.name for code in codes}) == len(codes)


def test_the_table_of_codes_is_that_of_the_types():
    from archlint.contracts.codes import CODES

    assert set(CODES) == {code for kind in CONTRACT_TYPES for code in kind.codes}
    assert len({code.code for code in CODES}) == len({code.name for code in CODES}) == len(CODES)


def test_every_type_is_found_under_its_own_name():
    from archlint import contracts

    assert [contracts.load(name).type for name in contracts.HOMES] == list(contracts.HOMES)
    assert contracts.load("layer") is None
