"""From TOML values to typed, defaulted dataclasses: one function for settings, rules and contracts."""

from __future__ import annotations

import dataclasses
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")
Path = tuple[str | int, ...]


class Problem(msgspec.Struct, frozen=True):
    """One fault in a configuration: the keys that lead to it, and a line of explanation."""

    keys: Path
    text: str


def build(cls: type[T], table: Mapping[str, Any], keys: Path = ()) -> tuple[T | None, list[Problem]]:
    """Make a *cls*, a dataclass, from the kebab-case keys of *table*.

    Returns the instance, or None with every problem found: unknown keys (with the nearest known
    one), values of the wrong type, missing keys, and what the dataclass itself refuses.
    """
    known = option_types(cls)
    values, problems = _converted(known, table, keys)
    required = _required(cls)
    problems += [
        Problem(keys, f"`{key}` is missing")
        for key, (name, _) in known.items()
        if name in required and key not in table
    ]
    if problems:
        return None, problems
    try:
        return cls(**values), []
    except ValueError as error:
        texts = dict.fromkeys(str(error).split("; "))
        return None, [Problem(_blamed(keys, text, table), text) for text in texts]


def _blamed(keys: Path, text: str, table: Mapping[str, Any]) -> Path:
    """Return *keys* with the option that *text*, what a dataclass refuses, begins with."""
    option = text.partition(":")[0].strip("`")
    return (*keys, option) if option in table else keys


def _converted(
    known: Mapping[str, tuple[str, Any]], table: Mapping[str, Any], keys: Path
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of *table* by field name, and what is wrong with its keys and values."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in table.items():
        if key not in known:
            problems.append(Problem((*keys, key), unknown("option", key, known)))
            continue
        name, annotation = known[key]
        try:
            values[name] = msgspec.convert(value, annotation, strict=True)
        except msgspec.ValidationError as error:
            problems.append(Problem((*keys, key), f"`{key}`: {plain(error)}{_choices(error, annotation)}"))
    return values, problems


def option_types(cls: type[Any]) -> dict[str, tuple[str, Any]]:
    """Return, for each option of *cls* in order, its key, field name and type."""
    # Only the fields: a ClassVar's annotation may name what is imported for type checkers alone.
    annotations = {field.name: field.type for field in dataclasses.fields(cls)}
    hints = get_type_hints(
        type("Options", (), {"__annotations__": annotations, "__module__": cls.__module__})
    )
    return {key_of(field.name): (field.name, hints[field.name]) for field in dataclasses.fields(cls)}


def key_of(name: str) -> str:
    """Return the TOML key of a field: kebab-case, a trailing underscore dropped."""
    return name.rstrip("_").replace("_", "-")


def _required(cls: type[Any]) -> frozenset[str]:
    missing = dataclasses.MISSING
    return frozenset(
        field.name
        for field in dataclasses.fields(cls)
        if field.default is missing and field.default_factory is missing
    )


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """Return the one line for a *word* that is none of the *known* ones."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"unknown {what} `{word}`" + (f"; did you mean `{near[0]}`?" if near else "")


def _choices(error: msgspec.ValidationError, annotation: Any) -> str:
    """List what may stand there, where the value is none of a few words."""
    words = [word for word in get_args(annotation) if isinstance(word, str)]
    return f"; known: {', '.join(words)}" if words and "enum value" in str(error) else ""


_FIELD = re.compile(r"Object contains unknown field `(.+?)`")
_ENTRY = re.compile(r" - at `\$\[(\d+)\](?:\.([\w-]+))?`")


def plain(error: msgspec.ValidationError) -> str:
    """Say msgspec's verdict in the words of TOML."""
    text = _FIELD.sub(r"unknown key `\1`", str(error))
    text = _ENTRY.sub(lambda at: f" (entry {int(at[1]) + 1}{f', `{at[2]}`' if at[2] else ''})", text)
    text = text.replace(" - at `$[...]`", " (in an entry)").replace("Invalid enum value", "no choice is")
    text = text.replace("`$.", "`").replace(" - at `$`", "").replace("Expected", "expected")
    for python, toml in (("`object`", "a table"), ("`str`", "a string"), ("`int`", "a whole number")):
        text = text.replace(python, toml)
    return text.replace("`bool`", "true or false").replace("`array`", "a list").replace("`float`", "a number")
