"""docs/rules and docs/configuration.schema.json: as the code says, and true of every configuration there is."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from documents import blocks
from support import REPOSITORY

from archlint.config.load import Source, load
from archlint.config.registry import builtin

if TYPE_CHECKING:
    from types import ModuleType

DOCS = REPOSITORY / "docs"
SCHEMA = DOCS / "configuration.schema.json"
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
KNOWN = builtin()


@cache
def generator() -> ModuleType:
    """Return docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def validator() -> jsonschema.Draft7Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def faults(table: dict[str, Any]) -> list[str]:
    return [error.message for error in validator().iter_errors(table)]


def test_what_is_generated_is_not_stale() -> None:
    assert generator().stale() == [], "run: python docs/generate.py"


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in (DOCS / "rules").glob("*.md"):
        targets = LINK.findall(page.read_text(encoding="utf-8"))
        assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_rule_and_contract_type_has_a_page_in_the_index() -> None:
    index = (DOCS / "rules" / "README.md").read_text(encoding="utf-8")
    pages = {f"{name}.md" for name in KNOWN.names.values()}
    pages |= {f"contract-{kind.type}.md" for kind in KNOWN.contract_types}
    assert {target for target in LINK.findall(index) if target.endswith(".md") and "/" not in target} == pages


def own_table(text: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(text)
    return table["tool"]["archlint"] if "archlint" in table.get("tool", {}) else table


CONFIGURATIONS = {
    str(block): block.text
    for block in blocks("toml")
    if "[tool.archlint" in block.text or "[[contracts]]" in block.text or "[rules." in block.text
}
CONFIGURATIONS |= {
    path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8")
    for path in (REPOSITORY / "archlint.toml", *sorted((REPOSITORY / "examples").glob("*/archlint.toml")))
}


@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_every_configuration_in_the_repository_fits_the_schema(text: str) -> None:
    assert faults(own_table(text)) == []


@pytest.mark.parametrize("rule", KNOWN.rules, ids=lambda rule: rule.name)
def test_the_options_of_every_example_fit_the_schema(rule: type[Any]) -> None:
    for example in rule.examples:
        options = as_toml(dict(example.options))
        assert faults({"rules": {rule.name: options}}) == []
        assert faults({"rules": {rule.code: {**options, "severity": "info"}}}) == []


@pytest.mark.parametrize("kind", KNOWN.contract_types, ids=lambda kind: kind.type)
def test_the_contract_of_every_example_fits_the_schema(kind: type[Any]) -> None:
    for example in kind.examples:
        table = {
            "name": "x",
            "type": kind.type,
            "why": "Because.",
            "edges": ["eager"],
            **as_toml(example.options),
        }
        assert faults({"contracts": [table]}) == []


def as_toml(value: Any) -> Any:
    """Return *value* with lists for tuples, as TOML has them."""
    if isinstance(value, dict):
        return {key: as_toml(item) for key, item in value.items()}
    return [as_toml(item) for item in value] if isinstance(value, list | tuple) else value


LAYERS = '[[contracts]]\nname = "x"\ntype = "layers"\nlayers = ["a", "b"]\n'


@pytest.mark.parametrize(
    "text",
    [
        'select = "ARC"',
        "rootz = []",
        'fail-on = "never"',
        "max-file-size = 0",
        "file-timeout = -1.0",
        "[rules.complex-function]\nmax-cyclomatic = 'ten'",
        "[rules.complex-function]\nmax-cyclo = 10",
        "[rules.layer-breach]\nseverity = 'loud'",
        "[rules.layer-breach]\nlimit = 3",
        "[rules.no-such-rule]",
        LAYERS.replace("layers = [", "layer = ["),
        LAYERS.replace('"layers"', '"layerz"'),
        LAYERS.replace('name = "x"\n', ""),
        LAYERS + 'edges = ["early"]',
        LAYERS + 'unmatched-ignore = "never"',
        LAYERS + "exhaustive = 1",
        LAYERS.replace('"a"', '{ name = "a", shut = true }'),
    ],
)
def test_the_schema_refuses_what_archlint_refuses(text: str) -> None:
    assert faults(tomllib.loads(text)) != []
    with pytest.raises(Exception, match=r"archlint\.toml:"):
        raise_for(load(Source("archlint.toml", text), [], KNOWN))


def raise_for(configuration: Any) -> None:
    """Raise what is wrong with a contract: that does not keep the others from being read."""
    for contract in configuration.contracts:
        if contract.error:
            raise ValueError(contract.error)
