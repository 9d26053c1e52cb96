"""The rules and contract types that a run knows: the built-in ones, and plugins that the user allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archlint import contracts, rules
from archlint.contracts.codes import CODES
from archlint.errors import ConfigError
from archlint.rule import ContractType, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.rule import Code

RULE_GROUP = "archlint.rules"
CONTRACT_GROUP = "archlint.contracts"


@dataclass(frozen=True)
class Registry:
    """Every rule and contract type by code or type name, in the order of the catalogue."""

    plugin_rules: tuple[type[Rule], ...] = ()
    plugin_types: tuple[type[ContractType], ...] = ()

    @property
    def rules(self) -> tuple[type[Rule], ...]:
        """Every rule; this loads them all."""
        return (*rules.RULES, *self.plugin_rules)

    @property
    def rule_names(self) -> dict[str, str]:
        """The code of every rule with its name."""
        return {code: name for code, name, _ in self._rule_rows}

    @property
    def _rule_rows(self) -> list[tuple[str, str, bool]]:
        """Code, name and whether it runs unasked, of every rule."""
        rows = [(entry.code, entry.name, entry.default) for entry in rules.CATALOGUE]
        return [*rows, *((rule.code, rule.name, rule.default) for rule in self.plugin_rules)]

    @property
    def contract_types(self) -> tuple[type[ContractType], ...]:
        """Every contract type; this loads them all."""
        return (*contracts.CONTRACT_TYPES, *self.plugin_types)

    @property
    def type_names(self) -> list[str]:
        """The name of every contract type."""
        return [*contracts.HOMES, *(kind.type for kind in self.plugin_types)]

    @property
    def _contract_codes(self) -> list[Code]:
        return [*CODES, *(code for kind in self.plugin_types for code in kind.codes)]

    @property
    def names(self) -> dict[str, str]:
        """Every code with its name: rules' and contract types' together."""
        names = self.rule_names
        names |= {code.code: code.name for code in self._contract_codes}
        return dict(sorted(names.items()))

    def rule(self, word: str) -> type[Rule] | None:
        """Return the rule with the code or name *word*."""
        for entry in rules.CATALOGUE:
            if word in (entry.code, entry.name):
                return entry.load()
        return next((rule for rule in self.plugin_rules if word in (rule.code, rule.name)), None)

    def contract_type(self, name: str) -> type[ContractType] | None:
        """Return the contract type called *name*."""
        plugins = (kind for kind in self.plugin_types if kind.type == name)
        return contracts.load(name) or next(plugins, None)

    @property
    def defaults(self) -> frozenset[str]:
        """The codes that run unasked: every contract's, and the rules marked so."""
        unasked = {code.code for code in self._contract_codes}
        return frozenset(unasked | {code for code, _, default in self._rule_rows if default})


def builtin() -> Registry:
    """Return the registry without any plugin."""
    return Registry()


def registry(allowed_plugins: Iterable[str] = ()) -> Registry:
    """Return the registry with the *allowed_plugins*, names of installed entry points.

    Only the command line and the environment may allow a name, never the analysed repository.
    Raises ConfigError for a name that is not installed, cannot be loaded or clashes.
    """
    allowed = tuple(dict.fromkeys(allowed_plugins))
    if not allowed:
        return builtin()
    plugin_rules: list[type[Rule]] = []
    contract_types: list[type[ContractType]] = []
    missing = set(allowed)
    for name, plugin in _load(RULE_GROUP, allowed):
        missing.discard(name)
        plugin_rules.append(_class(plugin, Rule, name))
    for name, plugin in _load(CONTRACT_GROUP, allowed):
        missing.discard(name)
        contract_types.append(_class(plugin, ContractType, name))
    if missing:
        names = ", ".join(f"`{name}`" for name in sorted(missing))
        raise ConfigError(
            f"no installed plugin is called {names}; see the entry points {RULE_GROUP} and {CONTRACT_GROUP}"
        )
    return _distinct(Registry(tuple(plugin_rules), tuple(contract_types)))


def _load(group: str, allowed: Iterable[str]) -> Iterator[tuple[str, Any]]:
    from importlib.metadata import entry_points  # noqa: PLC0415 (60 ms, and only with plugins)

    for point in entry_points(group=group):
        if point.name in allowed:
            try:
                yield point.name, point.load()
            except Exception as error:
                raise ConfigError(
                    f"plugin `{point.name}` ({point.value}) cannot be loaded: {error}"
                ) from error


def _class(plugin: Any, base: type[Any], name: str) -> Any:
    if not (isinstance(plugin, type) and issubclass(plugin, base)):
        raise ConfigError(f"plugin `{name}` is no {base.__name__} class")
    return plugin


def _distinct(found: Registry) -> Registry:
    words = [*(rule.code for rule in found.plugin_rules), *(rule.name for rule in found.plugin_rules)]
    words += [word for entry in rules.CATALOGUE for word in (entry.code, entry.name)]
    words += found.type_names
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise ConfigError(f"two plugins or rules are called {', '.join(f'`{word}`' for word in twice)}")
    return found
