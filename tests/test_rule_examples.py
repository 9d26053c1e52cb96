"""Every example of every rule and contract type, run; and the shape that all of them keep."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from examples_in_memory import of_example

from archlint.config.load import Source, load
from archlint.config.options import key_of
from archlint.config.registry import builtin
from archlint.config.settings import Configuration, Contract
from archlint.pipeline.judge import judge, sorted_findings
from archlint.rule import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.model import Finding
    from archlint.rule import ContractType, Example, Project, Rule

KNOWN = builtin()
RULES, TYPES = KNOWN.rules, KNOWN.contract_types
HEADINGS = ("What it does", "Why is this bad?", "Example", "Use instead", "Options")
# Rules that no text in memory can breach, each with where they are tested instead.
NOT_IN_MEMORY = {
    "ARC010": "its subject is an entry of the ledger, a file that stands beside the code",
    "ARC011": "as ARC010",
    "ARC902": "a file that cannot be opened needs a disk: tests/test_unreadable.py",
}
CATALOGUE = re.compile(r"ARC\d{3}")
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def configured(rules: Mapping[str, Any], contracts: Iterable[Contract], code: str) -> Configuration:
    """Return what is in force where the rules with options *rules* are asked for, besides the defaults."""
    made = load(None, [("example", {"rules": rules, "extend-select": [code]})], KNOWN)
    return Configuration(made.settings, tuple(contracts), made.rules, made.severities)


def judged(project: Project, configuration: Configuration, codes: set[str]) -> list[Finding]:
    """Return the findings of *codes*, in the order of every output. Nothing may fail."""
    verdicts = judge(project, configuration, KNOWN)
    assert verdicts.errors == []
    return [finding for finding in sorted_findings(verdicts.findings) if finding.code in codes]


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.name}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.examples)
    ],
)
def test_an_example_of_a_rule_gives_its_findings(rule: type[Rule], example: Example) -> None:
    configuration = configured({rule.name: dict(example.options)}, (), rule.code)
    found = judged(of_example(example), configuration, {rule.code})
    assert [finding.message for finding in found] == list(example.findings)


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        pytest.param(kind, example, id=f"{kind.type}-{number}")
        for kind in TYPES
        for number, example in enumerate(kind.examples)
    ],
)
def test_an_example_of_a_contract_gives_its_findings(kind: type[ContractType], example: Example) -> None:
    text = _toml({"name": "example", "type": kind.type, **example.options})
    contract = load(Source("archlint.toml", text), [], KNOWN).contracts[0]
    assert contract.error is None
    configuration = configured({}, [contract], kind.codes[0].code)
    found = judged(of_example(example), configuration, {code.code for code in kind.codes})
    assert [finding.message for finding in found] == list(example.findings)
    assert {finding.contract for finding in found} <= {"example"}


def _toml(table: Mapping[str, Any]) -> str:
    """Write *table* as a contract in TOML: an example's options are what people can write."""
    return "[[contracts]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{key}' = {_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f"'{value}'" if isinstance(value, str) else str(value)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_breaching_and_a_clean_example(rule: type[Rule]) -> None:
    if rule.code in NOT_IN_MEMORY:
        assert not rule.examples, NOT_IN_MEMORY[rule.code]
        return
    assert any(example.findings for example in rule.examples)
    assert any(not example.findings for example in rule.examples)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.type)
def test_every_code_that_a_contract_brings_is_breached_by_some_example(kind: type[ContractType]) -> None:
    assert any(not example.findings for example in kind.examples)
    earlier = {code for other in TYPES[: TYPES.index(kind)] for code in other.codes}
    breached = set()
    for example in (each for each in kind.examples if each.findings):
        contract = load(
            Source("archlint.toml", _toml({"name": "x", "type": kind.type, **example.options})), [], KNOWN
        )
        made = contract.contracts[0].contract
        assert made is not None
        breached |= {finding.code for finding in made.check(of_example(example), Terms("x"))}
    assert breached >= {code.code for code in kind.codes if code not in earlier}


def test_codes_and_names_are_unique_and_well_formed() -> None:
    pairs = [(rule.code, rule.name) for rule in RULES]
    pairs += sorted({(code.code, code.name) for kind in TYPES for code in kind.codes})
    codes, names = zip(*pairs, strict=True)
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
    assert [code for code in codes if not CATALOGUE.fullmatch(code)] == []
    types = [kind.type for kind in TYPES]
    assert [name for name in [*names, *types] if not KEBAB.fullmatch(name)] == []
    assert len(set(types)) == len(types)


def test_rules_stand_in_the_order_of_the_catalogue() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(codes)


@pytest.mark.parametrize("plugin", [*RULES, *TYPES], ids=lambda plugin: plugin.__name__)
def test_a_page_has_all_headings_in_order(plugin: type[Any]) -> None:
    page = inspect.cleandoc(plugin.__doc__ or "")
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == list(HEADINGS)
    assert page.partition("\n")[0].endswith(".")


@pytest.mark.parametrize("plugin", [*RULES, *TYPES], ids=lambda plugin: plugin.__name__)
def test_every_option_is_documented(plugin: type[Any]) -> None:
    mentioned = set(re.findall(r"`([a-z-]+)`", _options(plugin)))
    assert {key_of(field.name) for field in fields(plugin)} - mentioned == set()
    assert set(_items(plugin)) - {key_of(field.name) for field in fields(plugin)} == set()


@pytest.mark.parametrize("plugin", [*RULES, *TYPES], ids=lambda plugin: plugin.__name__)
def test_a_default_that_is_a_number_or_a_word_is_documented(plugin: type[Any]) -> None:
    items = _items(plugin)
    wanted = {key_of(field.name): str(field.default) for field in fields(plugin) if _is_plain(field.default)}
    wrong = {
        key: default
        for key, default in wanted.items()
        if key in items and not re.search(rf"default {default}\b|\b{default} \(default\)", items[key])
    }
    assert wrong == {}


def _options(plugin: type[Any]) -> str:
    return inspect.cleandoc(plugin.__doc__ or "").partition("## Options\n")[2]


def _items(plugin: type[Any]) -> dict[str, str]:
    """Return what the page's list says of each option; a line may begin with several names."""
    said = {}
    for item in re.split(r"^- ", _options(plugin), flags=re.MULTILINE)[1:]:
        head = re.match(r"`[a-z-]+`(?:(?:,| and) `[a-z-]+`)*", item)
        assert head is not None, f"an option's line begins with its name: {item}"
        said |= dict.fromkeys(re.findall(r"`([a-z-]+)`", head[0]), " ".join(item.replace("`", "").split()))
    return said


def _is_plain(default: Any) -> bool:
    """Tell whether a page must say *default*; it need not say false, nothing or everything."""
    return isinstance(default, int | float | str) and not isinstance(default, bool) and default != ""
