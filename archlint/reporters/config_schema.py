"""The JSON Schema (draft-07) of archlint's configuration, for editors and for SchemaStore."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.json import schema_components

from archlint.config.options import option_types
from archlint.config.settings import ContractOptions, Settings
from archlint.errors import SEVERITIES
from archlint.facts import EDGE_KINDS
from archlint.reporters.pages import body_of, entries, options_of, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.config.registry import Registry
    from archlint.reporters.pages import Entry

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/{name}"
_SEVERITY: Schema = {"enum": list(SEVERITIES), "description": "How much a finding weighs."}
# What the classes themselves refuse, and their types do not say.
_NARROWER: dict[str, Schema] = {
    "edges": {"type": "array", "items": {"enum": list(EDGE_KINDS)}},
    "unmatched-ignore": {"enum": ["error", "warn", "none"]},
    "max-file-size": {"type": "integer", "exclusiveMinimum": 0},
    "file-timeout": {"type": "number", "exclusiveMinimum": 0},
}


def config_schema(known: Registry, said: Mapping[str, str]) -> Schema:
    """Return the schema of archlint.toml, which is that of ``[tool.archlint]`` too.

    ``said`` describes settings and the keys that contracts share, by key; rules and contract types
    describe their own options.
    """
    definitions: Schema = {}
    properties = _properties(Settings, said, definitions)
    contracts = [_contract(kind, said, definitions) for kind in known.contract_types]
    properties["contracts"] |= {"items": {"oneOf": contracts}}
    properties["rules"] |= _rules(known, definitions)
    return {
        "$schema": _DRAFT,
        "title": "archlint",
        "description": "The configuration of archlint, an architecture linter for Python.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "definitions": dict(sorted(definitions.items())),
    }


def _properties(cls: type[Any], said: Mapping[str, str], definitions: Schema) -> Schema:
    """Return a schema for each option of *cls*; what several share goes into *definitions*."""
    found: Schema = {}
    defaults = {option.name: option for option in options_of(cls)}
    for key, (_, annotation) in option_types(cls).items():
        (schema,), parts = schema_components([annotation], ref_template=_REF)
        definitions |= {name: _without_null(part) for name, part in parts.items()}
        found[key] = dict(_NARROWER.get(key, _without_null(schema)))
        if key in said:
            found[key]["description"] = said[key]
        if not defaults[key].required and defaults[key].default is not None:
            found[key]["default"] = _plain(defaults[key].default)
    return found


def _without_null(schema: Any) -> Any:
    """Take null out of *schema*: TOML has none, and leaving an option out says the same."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    made = {key: _without_null(item) for key, item in schema.items() if (key, item) != ("default", None)}
    (only, *others) = made.pop("anyOf", [{}])
    return {**made, "anyOf": [only, *others]} if others else {**only, **made}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | frozenset) else value


def _contract(kind: type[Any], said: Mapping[str, str], definitions: Schema) -> Schema:
    own = _properties(kind, dict(_described(kind)), definitions)
    shared = _properties(ContractOptions, said, definitions)
    options = (*options_of(ContractOptions), *options_of(kind))
    return {
        "title": kind.type,
        "description": summary_of(kind),
        "type": "object",
        "additionalProperties": False,
        "required": [option.name for option in options if option.required],
        "properties": {**shared, **own, "type": {"const": kind.type}},
    }


def _rules(known: Registry, definitions: Schema) -> Schema:
    """Return the schema of the table of rules: each may be called by its name or its code."""
    properties: Schema = {}
    for entry in entries(known):
        definitions[f"rule-{entry.name}"] = _rule(known, entry, definitions)
        for word in (entry.name, entry.code):
            properties[word] = {"$ref": _REF.format(name=f"rule-{entry.name}")}
    return {"additionalProperties": False, "properties": dict(sorted(properties.items()))}


def _rule(known: Registry, entry: Entry, definitions: Schema) -> Schema:
    rule = known.rule(entry.code)
    own = _properties(rule, dict(_described(rule)), definitions) if rule is not None else {}
    return {
        "title": f"{entry.code} {entry.name}",
        "description": entry.summary,
        "type": "object",
        "additionalProperties": False,
        "properties": {"severity": {**_SEVERITY, "default": entry.severity}, **own},
    }


def _described(cls: type[Any]) -> Iterator[tuple[str, str]]:
    """Yield what the page of *cls* says of each option; an item of its list may begin with several names."""
    items = re.split(r"^- ", body_of(cls).partition("## Options\n")[2], flags=re.MULTILINE)[1:]
    for item in items:
        text = " ".join(item.split())
        head = re.match(r"`[a-z-]+`(?:(?:,| and) `[a-z-]+`)*", text)
        for name in re.findall(r"`([a-z-]+)`", head[0] if head else ""):
            yield name, text
