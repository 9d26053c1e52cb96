"""What a rule or contract type says of itself: its docstring, its options and their defaults."""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.config.options import option_types
from archlint.config.settings import ContractOptions
from archlint.reporters.toml import toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.config.registry import Registry
    from archlint.errors import Severity
    from archlint.rule import Code, ContractType, Rule


class Option(Struct, frozen=True):
    """An option: its key, its type in words, and its default (None too where it is required)."""

    name: str
    type: str
    required: bool
    default: Any = None


class Page(Struct, frozen=True):
    """The page of a rule, or of a contract type; ``codes`` are those that a contract type emits.

    ``body`` is the docstring in Markdown, ``defaults`` the TOML table that says what is so unasked.
    """

    kind: str
    name: str
    severity: Severity
    default: bool
    summary: str
    body: str
    code: str | None = None
    options: tuple[Option, ...] = ()
    codes: tuple[tuple[str, str, str], ...] = ()
    defaults: str = ""


class Entry(Struct, frozen=True):
    """One line of the list of rules; ``contract_types`` are those that emit the code."""

    code: str
    name: str
    severity: Severity
    default: bool
    summary: str
    contract_types: tuple[str, ...] = ()


def entries(known: Registry) -> tuple[Entry, ...]:
    """Return every rule and every code of a contract type, by code."""
    return tuple(
        sorted((*map(_rule_entry, known.rules), *_code_entries(known)), key=lambda entry: entry.code)
    )


def _rule_entry(rule: type[Rule]) -> Entry:
    return Entry(rule.code, rule.name, rule.severity, rule.default, summary_of(rule))


def _code_entries(known: Registry) -> Iterator[Entry]:
    codes: dict[str, tuple[Code, list[str]]] = {}
    for kind in known.contract_types:
        for code in kind.codes:
            codes.setdefault(code.code, (code, []))[1].append(kind.type)
    for code, types in codes.values():
        yield Entry(code.code, code.name, ContractOptions.severity, True, code.summary, tuple(types))


def pages_of(known: Registry, word: str) -> tuple[Page, ...]:
    """Return the pages for *word*: a code in any case, a name, or a contract type; none if unknown.

    A contract's code has a short page of its own, and then that of each contract type that emits it.
    """
    kinds = [kind for kind in known.contract_types if kind.type == word]
    if kinds:
        return tuple(map(contract_page, kinds))
    rule = known.rule(word) or known.rule(word.upper())
    if rule is not None:
        return (rule_page(rule),)
    return tuple(
        page for entry in _code_entries(known) if _is_called(entry, word) for page in _pages(known, entry)
    )


def _pages(known: Registry, entry: Entry) -> Iterator[Page]:
    yield _code_page(entry)
    for kind in known.contract_types:
        if kind.type in entry.contract_types:
            yield contract_page(kind)


def _is_called(entry: Entry, word: str) -> bool:
    return word.upper() == entry.code or word == entry.name


def _code_page(entry: Entry) -> Page:
    types = " and ".join(f"`{name}`" for name in entry.contract_types)
    plural = "types" if len(entry.contract_types) > 1 else "type"
    return Page(
        kind="contract finding",
        name=entry.name,
        severity=entry.severity,
        default=True,
        summary=entry.summary,
        body=f"{entry.summary}\n\nEmitted by the contract {plural} {types}.",
        code=entry.code,
    )


def words(known: Registry) -> list[str]:
    """Return every word that ``pages_of`` knows."""
    return sorted({*known.names, *known.names.values(), *(kind.type for kind in known.contract_types)})


def rule_page(rule: type[Rule]) -> Page:
    """Return the page of a rule."""
    options = options_of(rule)
    return Page(
        kind="rule",
        name=rule.name,
        severity=rule.severity,
        default=rule.default,
        summary=summary_of(rule),
        body=body_of(rule),
        code=rule.code,
        options=options,
        defaults="\n".join([f"[tool.archlint.rules.{rule.name}]", *map(_setting, options)])
        if options
        else "",
    )


def contract_page(kind: type[ContractType]) -> Page:
    """Return the page of a contract type."""
    options = options_of(kind)
    head = ("[[tool.archlint.contracts]]", f'name = "{kind.type.capitalize()}"', f'type = "{kind.type}"')
    return Page(
        kind="contract type",
        name=kind.type,
        severity=ContractOptions.severity,
        default=True,
        summary=summary_of(kind),
        body=body_of(kind),
        options=options,
        codes=tuple((code.code, code.name, code.summary) for code in kind.codes),
        defaults="\n".join([*head, *map(_setting, options)]),
    )


def _setting(option: Option) -> str:
    if option.required:
        return f"{option.name} = ...  # required"
    if option.default is None:
        return f"# {option.name}: not set"
    return f"{option.name} = {toml(option.default)}"


def options_of(cls: type[Any]) -> tuple[Option, ...]:
    """Return the options of a rule or contract type, in order."""
    fields = {field.name: field for field in dataclasses.fields(cls)}
    found = []
    for key, (name, annotation) in option_types(cls).items():
        default, required = _default(fields[name])
        found.append(Option(key, _words(annotation), required, default))
    return tuple(found)


def _default(field: dataclasses.Field[Any]) -> tuple[Any, bool]:
    if field.default is not dataclasses.MISSING:
        return field.default, False
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory(), False
    return None, True


_TYPES = {bool: "true or false", int: "whole number", float: "number", str: "text"}


def _words(annotation: Any) -> str:
    """Say a type in the words of TOML."""
    if annotation in _TYPES:
        return _TYPES[annotation]
    text = str(annotation)
    if text.startswith(("tuple", "list")):
        return "list"
    if "Literal[" in text:
        return "one of " + text.partition("Literal[")[2].partition("]")[0].replace("'", "`")
    return "table" if text.startswith("dict") else text.replace("typing.", "")


def body_of(cls: type[Any]) -> str:
    """Return the docstring of *cls* as Markdown, indentation taken away."""
    return inspect.cleandoc(cls.__doc__ or "")


def summary_of(cls: type[Any]) -> str:
    """Return the first paragraph of the docstring of *cls* on one line."""
    return " ".join(body_of(cls).partition("\n\n")[0].split())
