"""What one public interface exposes, and to whom (tach's ``[[interfaces]]``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from archlint.contracts.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.contracts.module_rules import Judge


class InterfaceRule(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Members that modules expose.

    ``expose`` are regular expressions over the dotted name below the module, ``from_modules`` (key
    ``from``) over the module's path; ``visibility`` lists the modules for which it holds, None all. An
    ``exclusive`` one replaces all others for them. ``data_types`` is read and not judged.
    """

    expose: tuple[str, ...]
    from_modules: tuple[str, ...] = field(name="from", default=(".*",))
    visibility: tuple[str, ...] | None = None
    exclusive: bool = False
    data_types: Literal["all", "primitive"] = "all"


def matched(expression: str, text: str, judge: Judge) -> bool:
    """Return whether the whole *text* matches *expression*.

    tach puts ``^`` and ``$`` around the expression as it stands, so that ``a|b`` there finds all that
    begins with a or ends with b.
    """
    whole = f"^{expression}$" if judge == "tach" else f"^(?:{expression})$"
    return compiled(whole)(text)


def visible(rules: Iterable[InterfaceRule], source: str, target: str, judge: Judge) -> list[InterfaceRule]:
    """Return the interfaces of *target* that hold for *source*; an exclusive one stands alone."""
    found: list[InterfaceRule] = []
    for rule in rules:
        if not any(matched(expression, target, judge) for expression in rule.from_modules):
            continue
        if rule.visibility is not None and source not in rule.visibility:
            continue
        if rule.exclusive:
            return [rule]
        found.append(rule)
    return found


def interface_faults(rules: Iterable[InterfaceRule]) -> Iterator[str]:
    """Yield a line for each expression that cannot be matched."""
    for rule in rules:
        yield from _faults("expose", rule.expose)
        yield from _faults("from", rule.from_modules)


def _faults(option: str, expressions: Iterable[str]) -> Iterator[str]:
    for expression in expressions:
        try:
            compiled(f"^(?:{expression})$")
        except ValueError as error:
            yield f"interfaces: {option}: {error}"
