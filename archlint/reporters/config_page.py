"""What is in force, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from archlint.facts import EDGE_KINDS
from archlint.reporters.json_check import dumped
from archlint.reporters.paint import Paint
from archlint.reporters.text import safe
from archlint.reporters.toml import toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.errors import Severity


NONE = "none: everything is at its default"
ADOPTING = "check, why, can and audit"


class Value(msgspec.Struct, frozen=True):
    """One setting, its value, and the place that set it."""

    key: str
    value: Any
    source: str


class RuleRow(msgspec.Struct, frozen=True):
    """A rule that runs, with its options."""

    code: str
    name: str
    severity: Severity
    options: tuple[Value, ...]


class ContractRow(msgspec.Struct, frozen=True):
    """A configured contract; ``options`` are those of its type that are not at their default."""

    name: str
    type: str
    severity: Severity
    place: str
    edges: tuple[str, ...]
    options: tuple[Value, ...]
    ignore_imports: tuple[str, ...]
    why: str | None
    owner: str | None
    error: str | None


class AdoptedRow(msgspec.Struct, frozen=True):
    """Another tool's configuration, the settings that it makes, and its contracts: what `check` uses."""

    path: str
    settings: tuple[Value, ...]
    contracts: tuple[ContractRow, ...]


class InForce(msgspec.Struct, frozen=True):
    """Everything that decides a run. ``root`` is relative to the working directory.

    ``left`` are places that no root takes in, with the number of Python files there, and why.
    """

    root: str
    config: str | None
    within: tuple[str, ...]
    roots: tuple[tuple[str, str], ...]
    modules: int
    settings: tuple[Value, ...]
    rules: tuple[RuleRow, ...]
    contracts: tuple[ContractRow, ...]
    adopted: tuple[AdoptedRow, ...] = ()
    left: tuple[tuple[str, int, str], ...] = ()


def text_config(found: InForce, root: str, *, colour: bool = False) -> str:
    """Return *found* for people: TOML with the source of each value as a comment. *root* is the directory."""
    paint = Paint(enabled=colour)
    parts = [_project(found, root), ["", paint.bold("Settings"), *_values(found.settings, paint)]]
    parts.append(["", paint.bold("Rules that run"), *_rules(found.rules, paint)])
    if found.contracts:
        parts.append(["", paint.bold("Contracts")])
        parts += [_contract(row, paint) for row in found.contracts]
    elif not found.adopted:
        parts.append(["", "No contracts are configured."])
    parts += [_adopted(row, paint) for row in found.adopted]
    return "\n".join(line for part in parts for line in part) + "\n"


def _adopted(row: AdoptedRow, paint: Paint) -> list[str]:
    title = (
        f"{ADOPTING} take this instead, from {safe(row.path)}, and run of the rules only those about files"
    )
    return ["", paint.bold(title), *_values(row.settings, paint), *_contracts(row, paint)]


def _contracts(row: AdoptedRow, paint: Paint) -> Iterator[str]:
    for one in row.contracts:
        yield from _contract(one, paint)


def _project(found: InForce, root: str) -> list[str]:
    lines = [
        f"Project        {safe(root)}",
        f"Configuration  {safe(found.config or NONE)}",
        *(f"Adopted        {safe(row.path)}, by {ADOPTING}" for row in found.adopted),
    ]
    if found.within:
        lines.append(f"Shown within   {safe(', '.join(found.within))}")
    names = [f"{safe(name)} in {safe(home or '.')}/" for name, home in found.roots]
    left = [f"{safe(path)} ({files:,}, {reason})" for path, files, reason in found.left]
    lines += [*_labelled("Roots", names or ["none"]), f"Modules        {found.modules:,}"]
    return [*lines, *_labelled("Left out", left)]


def _labelled(label: str, values: list[str]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield f"{'' if number else label:<15}{value}"


def _values(values: Iterable[Value], paint: Paint, indent: str = "  ") -> Iterator[str]:
    rows = [(indent + _setting(value), value.source) for value in values]
    width = min(max((len(text) for text, _ in rows), default=0), 60)
    for text, origin in rows:
        yield f"{text:<{width}}  {paint.dim('# ' + safe(origin))}" if origin else text


def _setting(value: Value) -> str:
    return f"# {value.key}: not set" if value.value is None else f"{value.key} = {toml(value.value)}"


def _rules(rows: Iterable[RuleRow], paint: Paint) -> Iterator[str]:
    for row in rows:
        yield f"  {row.code} {row.name} {paint.dim(f'({row.severity})')}"
        yield from _values(row.options, paint, "    ")


def _contract(row: ContractRow, paint: Paint) -> list[str]:
    kind, place = f"({safe(row.type)}, {row.severity})", f"# {safe(row.place)}"
    head = f"  {paint.bold(safe(row.name))} {paint.dim(kind)}  {paint.dim(place)}"
    lines = [head, *_values(row.options, paint, "    ")]
    if row.error:
        return [head, f"    cannot be judged: {safe(row.error)}"]
    if row.edges != EDGE_KINDS:
        lines.append(f"    edges = {toml(row.edges)}")
    if row.ignore_imports:
        lines.append(f"    ignore-imports = {toml(row.ignore_imports)}")
    lines += [
        f"    {label} = {toml(text)}" for label, text in (("why", row.why), ("owner", row.owner)) if text
    ]
    return lines


def json_config(found: InForce) -> str:
    """Return *found* as a JSON document; paths are relative."""
    return dumped(
        {
            "schema": "archlint-config/1",
            "project": found.root,
            "config": found.config,
            "within": list(found.within),
            "roots": [{"name": name, "directory": home or "."} for name, home in found.roots],
            "modules": found.modules,
            "left_out": [
                {"path": path, "files": files, "reason": reason} for path, files, reason in found.left
            ],
            "settings": _json_values(found.settings),
            "rules": [
                {
                    "code": row.code,
                    "name": row.name,
                    "severity": row.severity,
                    "options": _json_values(row.options),
                }
                for row in found.rules
            ],
            "contracts": [_json_contract(row) for row in found.contracts],
            "adopted": [
                {
                    "config": row.path,
                    "settings": _json_values(row.settings),
                    "contracts": [_json_contract(one) for one in row.contracts],
                }
                for row in found.adopted
            ],
        }
    )


def _json_values(values: Iterable[Value]) -> dict[str, Any]:
    return {
        value.key: {"value": msgspec.to_builtins(value.value), "source": value.source} for value in values
    }


def _json_contract(row: ContractRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "type": row.type,
        "severity": row.severity,
        "source": row.place,
        "edges": list(row.edges),
        "options": {value.key: msgspec.to_builtins(value.value) for value in row.options},
        "ignore-imports": list(row.ignore_imports),
        "why": row.why,
        "owner": row.owner,
        "error": row.error,
    }
