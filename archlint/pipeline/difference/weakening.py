"""What a change makes the gate let pass: its configuration, its ledger and its comments.

A gate on strangers' changes is worth nothing where the change can loosen the gate unseen. What is
certain to loosen is told as such; where an option changed and nobody can say in which direction, that
it changed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from archlint.config.options import key_of
from archlint.errors import SEVERITIES
from archlint.facts import EDGE_KINDS
from archlint.pipeline.difference.record import added_comments, added_entries
from archlint.pipeline.difference.values import Weakening
from archlint.pipeline.difference.wording import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.config.settings import Configuration, Contract, Settings
    from archlint.model import LedgerEntry
    from archlint.rule import Project, Rule

# Options of contracts that name what is let pass: more of it loosens. Of the others, less does.
_PERMITTING = frozenset({"ignore-imports", "exhaustive-ignores", "allowed-importers", "skip-descendants"})
_GUARDING = frozenset(
    {
        *("layers", "containers", "modules", "source-modules", "forbidden-modules", "protected-modules"),
        "packages-with-private-modules",
    }
)
# Of these an empty list stands for everything.
_EVERYTHING = frozenset({"packages-with-private-modules"})


@dataclass(frozen=True)
class Gate:
    """What decides in one state of a project: configurations (one for each tool), codes, ledger, code."""

    configurations: tuple[Configuration, ...]
    codes: frozenset[str]
    entries: tuple[LedgerEntry, ...]
    project: Project


def weakenings(before: Gate, after: Gate) -> tuple[Weakening, ...]:
    """Return every way in which *after* lets more pass than *before*, or could."""
    return (
        *_settings(before, after),
        *_contracts(before, after),
        *_rules(before, after),
        *added_entries(before.entries, after.entries),
        *added_comments(before.project, after.project),
    )


# --- settings --------------------------------------------------------------------------------


def _settings(before: Gate, after: Gate) -> Iterator[Weakening]:
    one, other = (gate.configurations[0] for gate in (before, after))
    for text in (*_scope(one.settings, other.settings), *_passes(one.settings, other.settings)):
        yield Weakening(text, other.path or one.path)
    gone = sorted(before.codes - after.codes)
    if gone:
        yield Weakening(f"rules that no longer run: {', '.join(gone)}", other.path or one.path)


def _scope(old: Settings, new: Settings) -> Iterator[str]:
    """Yield what is no longer looked at."""
    more = [word for word in new.exclude if word not in old.exclude]
    if more:
        yield f"`exclude` takes in {listed(more)}"
    fewer = sorted(set(old.roots) - set(new.roots))
    if old.roots and new.roots and fewer:
        yield f"`roots` leaves out {listed(fewer)}"
    if new.roots and not old.roots:
        yield f"`roots` is only {listed(new.roots)}"


def _passes(old: Settings, new: Settings) -> Iterator[str]:
    """Yield what is looked at and let pass."""
    if SEVERITIES.index(new.fail_on) < SEVERITIES.index(old.fail_on):
        yield f"`fail-on` is {new.fail_on}, was {old.fail_on}"
    for pattern, words in sorted(new.per_file_ignores.items()):
        fresh = [word for word in words if word not in old.per_file_ignores.get(pattern, ())]
        if fresh:
            yield f"`per-file-ignores` lets {listed(fresh)} pass in `{pattern}`"


# --- contracts -------------------------------------------------------------------------------


def _contracts(before: Gate, after: Gate) -> Iterator[Weakening]:
    old, new = _by_name(before), _by_name(after)
    for name, contract in old.items():
        if name not in new:
            yield Weakening(f"contract `{name}` was removed", _path(after) or _path(before))
        else:
            yield from _loosened(contract, new[name], _path(after))


def _by_name(gate: Gate) -> dict[str, Contract]:
    return {each.terms.name: each for found in gate.configurations for each in found.contracts}


def _path(gate: Gate) -> str | None:
    return gate.configurations[0].path


def _loosened(old: Contract, new: Contract, path: str | None) -> Iterator[Weakening]:
    for text in (*_terms(old, new), *_options(old, new)):
        yield Weakening(f"contract `{old.terms.name}`: {text}", new.terms.path or path, new.terms.line)


def _terms(old: Contract, new: Contract) -> Iterator[str]:
    if old.type != new.type:
        yield f"it is of type `{new.type}`, was `{old.type}`"
    if SEVERITIES.index(new.terms.severity) > SEVERITIES.index(old.terms.severity):
        yield f"`severity` is {new.terms.severity}, was {old.terms.severity}"
    kinds = [kind for kind in EDGE_KINDS if kind in old.terms.edges and kind not in new.terms.edges]
    if kinds:
        yield f"`edges` leaves out {listed(kinds)}"
    ignored = [word for word in new.terms.ignore_imports if word not in old.terms.ignore_imports]
    if ignored:
        yield f"`ignore-imports` takes in {listed(ignored)}"


def _options(old: Contract, new: Contract) -> Iterator[str]:
    if old.contract is None or new.contract is None or type(old.contract) is not type(new.contract):
        return
    for field in fields(old.contract):  # type: ignore[arg-type]
        one, other = getattr(old.contract, field.name), getattr(new.contract, field.name)
        text = _told(key_of(field.name), one, other) if one != other else None
        if text is not None:
            yield text


def _told(key: str, one: Any, other: Any) -> str | None:
    """Say how an option changed, and whether that loosens; None where it is stricter for certain."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        if key in _EVERYTHING and not (one and other):
            return f"`{key}` is only {listed(other)}" if other else None
        return _told_lists(key, _less(one, other), _less(other, one))
    return f"`{key}` is {shown(other)}, was {shown(one)}"


def _less(items: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    return [item for item in items if item not in others]


def _told_lists(key: str, gone: Sequence[Any], come: Sequence[Any]) -> str | None:
    if key in _PERMITTING:
        return f"`{key}` takes in {listed(come)}" if come else None
    if key in _GUARDING and gone:
        return f"`{key}` no longer holds {listed(gone)}"
    if key in _GUARDING and come:
        return None
    parts = [f"{word} {listed(items)}" for word, items in (("less", gone), ("more", come)) if items]
    return f"`{key}` changed: {', '.join(parts) or 'another order'}"


# --- rules -----------------------------------------------------------------------------------


def _rules(before: Gate, after: Gate) -> Iterator[Weakening]:
    old = {rule.code: rule for found in before.configurations for rule in found.rules}
    path = _path(after)
    for rule in after.configurations[0].rules:
        if rule.code in before.codes & after.codes:
            yield from (Weakening(f"{rule.name}: {text}", path) for text in _thresholds(old[rule.code], rule))
            yield from _severities(before.configurations[0], after.configurations[0], rule)


def _thresholds(old: Rule, new: Rule) -> Iterator[str]:
    for field in fields(old):  # type: ignore[arg-type]
        one, other = getattr(old, field.name), getattr(new, field.name)
        key = key_of(field.name)
        if one == other:
            continue
        if isinstance(one, int | float) and isinstance(other, int | float) and _tighter(key, one, other):
            continue
        text = _told(key, one, other)
        if text is not None:
            yield text


def _tighter(key: str, one: float, other: float) -> bool:
    """Tell whether a limit only became stricter."""
    return (key.startswith("max-") and other < one) or (key.startswith("min-") and other > one)


def _severities(one: Configuration, other: Configuration, rule: Rule) -> Iterator[Weakening]:
    old, new = (found.severities.get(rule.code, rule.severity) for found in (one, other))
    if SEVERITIES.index(new) > SEVERITIES.index(old):
        yield Weakening(f"{rule.name}: `severity` is {new}, was {old}", other.path)


def lines_of(weakened: Iterable[Weakening]) -> tuple[str, ...]:
    """Return each weakening on one line, its place in front."""
    return tuple(f"{_place(each)}{each.text}" for each in weakened)


def _place(each: Weakening) -> str:
    if each.path is None:
        return ""
    return f"{each.path}:{each.line}: " if each.line else f"{each.path}: "
