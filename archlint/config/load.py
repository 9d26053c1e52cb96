"""From configuration texts, environment and command line to what is in force."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from archlint.config.lines import line_of, places
from archlint.config.options import Problem, build, key_of, option_types, unknown
from archlint.config.selection import check_words, selected
from archlint.config.settings import Configuration, Contract, ContractOptions, Settings
from archlint.errors import SEVERITIES, ConfigError
from archlint.rule import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.config.registry import Registry
    from archlint.errors import Severity
    from archlint.rule import ContractType, Rule

MAX_BYTES = 1_000_000
LIST_KEYS = frozenset({"roots", "source-roots", "exclude", "select", "extend-select", "ignore"})


@dataclass(frozen=True)
class Source:
    """A configuration text and where it came from; ``table`` holds the keys above its settings."""

    path: str
    text: str
    table: tuple[str, ...] = ()

    def place(self, keys: tuple[str | int, ...]) -> str:
        """Return ``path:line`` of the *keys*."""
        return f"{self.path}:{line_of(self.text, (*self.table, *keys))}"


def source(path: str, data: bytes) -> Source:
    """Decode a configuration file. Raises ConfigError where it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{path}: larger than {MAX_BYTES:,} bytes; not read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    table = ("tool", "archlint") if path.rpartition("/")[2] == "pyproject.toml" else ()
    return Source(path, text.replace("\r\n", "\n"), table)


def parse(found: Source) -> dict[str, Any]:
    """Return the archlint table of a text. Raises ConfigError where it is not TOML."""
    try:
        table: Any = tomllib.loads(found.text)
    except ValueError as error:  # Also for a number of thousands of digits.
        raise ConfigError(f"{found.path}: not valid TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{found.path}: nested too deeply") from None
    for key in found.table:
        table = table.get(key, {})
        if not isinstance(table, dict):
            raise ConfigError(f"{found.path}: `{'.'.join(found.table)}` must be a table")
    return dict(table)


def override(text: str, origin: str) -> dict[str, Any]:
    """Parse one ``key = value`` of the command line. Raises ConfigError where it is not TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{origin}: `{text}` is not `key = value` in TOML: {error}") from None


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that ``ARCHLINT_<KEY>`` variables give; lists are split at commas."""
    table: dict[str, Any] = {}
    for key, (_, annotation) in option_types(Settings).items():
        value = environ.get("ARCHLINT_" + key.upper().replace("-", "_"))
        if value is None or key in ("contracts", "rules", "per-file-ignores"):
            continue
        if key in LIST_KEYS:
            table[key] = [part.strip() for part in value.split(",") if part.strip()]
        elif annotation in (bool, int, float):
            table[key] = _scalar(value, annotation, f"ARCHLINT_{key.upper().replace('-', '_')}")
        else:
            table[key] = value
    return table


def _scalar(value: str, annotation: type, origin: str) -> Any:
    truths = {"1": True, "true": True, "0": False, "false": False}
    try:
        return truths[value.lower()] if annotation is bool else annotation(value)
    except (KeyError, ValueError):
        raise ConfigError(f"{origin}: `{value}` is not a {annotation.__name__}") from None


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return *base* with *over* on top; tables are merged, all else is replaced."""
    result = dict(base)
    for key, value in over.items():
        mine = result.get(key)
        result[key] = merged(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return result


def load(
    found: Source | None, layers: Iterable[tuple[str, Mapping[str, Any]]], known: Registry
) -> Configuration:
    """Return what is in force.

    ``found`` is the project's configuration text, or None. ``layers`` are further tables with the
    name of their origin, weakest first. Raises ConfigError with a line for each fault of the
    settings and rule options; a faulty contract is kept with its error instead.
    """
    table = parse(found) if found else {}
    sources = dict.fromkeys(table, found.path if found else "")
    for origin, layer in layers:
        table = merged(table, layer)
        sources |= dict.fromkeys(layer, origin)
    reader = _Reader(found, known)
    settings = reader.settings(table)
    rules, severities = reader.rules(settings)
    reader.compare(rules)
    contracts = reader.contracts(settings.contracts)
    reader.refuse()
    return Configuration(settings, contracts, rules, severities, found.path if found else None, sources)


class _Reader:
    """Collects every problem of one configuration before anything is refused."""

    def __init__(self, found: Source | None, known: Registry) -> None:
        self._source = found
        self._known = known
        self._problems: list[Problem] = []

    def refuse(self) -> None:
        """Raise ConfigError where any problem was met."""
        if self._problems:
            raise ConfigError(*(self._line(problem) for problem in self._problems))

    def _line(self, problem: Problem) -> str:
        return f"{self._source.place(problem.keys)}: {problem.text}" if self._source else problem.text

    def settings(self, table: Mapping[str, Any]) -> Settings:
        settings, problems = build(Settings, table)
        self._problems += problems
        if settings is None:
            self.refuse()
            raise ConfigError("the configuration cannot be read")
        for key in ("select", "extend_select", "ignore"):
            self._words(getattr(settings, key) or (), (key_of(key),))
        for pattern, words in settings.per_file_ignores.items():
            self._words(words, ("per-file-ignores", pattern))
        return settings

    def _words(self, words: Iterable[str], keys: tuple[str | int, ...]) -> None:
        self._problems += [Problem(keys, text) for text in check_words(words, self._known.names)]

    def rules(self, settings: Settings) -> tuple[tuple[Rule, ...], dict[str, Severity]]:
        """Return the rules that run or have options, with these, and the severities that tables set."""
        tables: dict[str, tuple[str, Mapping[str, Any]]] = {}
        severities: dict[str, Severity] = {}
        codes = {word: code for code, name in self._known.names.items() for word in (code, name)}
        for word, table in settings.rules.items():
            if word not in codes:
                self._problems.append(Problem(("rules", word), unknown("rule", word, codes)))
                continue
            severity = self._severity(word, table)
            if severity is not None:
                severities[codes[word]] = severity
            tables[codes[word]] = (word, self._own_options(word, table))
        wanted = self._selected(settings) | tables.keys()
        rules = (self._known.rule(code) for code in self._known.rule_names if code in wanted)
        return tuple(
            self._rule(rule, *tables.get(rule.code, ("", {}))) for rule in rules if rule is not None
        ), severities

    def compare(self, rules: tuple[Rule, ...]) -> None:
        """Note what the options of one rule and those of another cannot both mean."""
        self._problems += [
            Problem(("rules", rule.name), text) for rule in rules for text in rule.contradictions(rules)
        ]

    def _selected(self, settings: Settings) -> set[str]:
        """Return the codes that run, and those that keep the record, which are always at hand."""
        chosen = selected(
            self._known.names,
            self._known.defaults if settings.select is None else (),
            select=settings.select,
            extend=settings.extend_select,
            ignore=settings.ignore,
        )
        return {*chosen, *(code for code in self._known.names if code.startswith("ARC0"))}

    def _severity(self, word: str, table: Mapping[str, Any]) -> Severity | None:
        severity = table.get("severity")
        found = next((known for known in SEVERITIES if known == severity), None)
        if severity is not None and found is None:
            keys = ("rules", word, "severity")
            self._problems.append(Problem(keys, f"`severity` is one of {', '.join(SEVERITIES)}"))
        return found

    def _own_options(self, word: str, table: Mapping[str, Any]) -> dict[str, Any]:
        own = {key: value for key, value in table.items() if key != "severity"}
        if own and self._known.rule(word) is None:
            text = f"`{word}` comes from contracts and has no options but `severity`"
            self._problems.append(Problem(("rules", word), text))
        return own

    def _rule(self, rule: type[Rule], word: str, table: Mapping[str, Any]) -> Rule:
        made, problems = build(rule, table, ("rules", word))
        self._problems += problems
        return made if made is not None else rule()

    def contracts(self, tables: Iterable[Mapping[str, Any]]) -> tuple[Contract, ...]:
        seen: set[str] = set()
        contracts = []
        for number, table in enumerate(tables):
            contract = self._contract(number, table)
            if contract.terms.name in seen and contract.error is None:
                where = self._line(
                    Problem(("contracts", number), f"two contracts are called `{contract.terms.name}`")
                )
                contract = replace(contract, contract=None, error=where)
            seen.add(contract.terms.name)
            contracts.append(contract)
        return tuple(contracts)

    def _contract(self, number: int, table: Mapping[str, Any]) -> Contract:
        keys = ("contracts", number)
        shared, own = _parted(table)
        common, problems = build(ContractOptions, shared, keys)
        made, more = self._typed(own, table.get("type"), keys)
        problems += more
        line = line_of(self._source.text, (*self._source.table, *keys)) if self._source else None
        if problems or common is None:
            name = str(table.get("name") or f"contract {number + 1}")
            error = "; ".join(self._line(problem) for problem in problems)
            return Contract(Terms(name, line=line), str(table.get("type", "")), None, error=error)
        terms = Terms(
            common.name, common.severity, common.edges, common.why, common.owner, common.ignore_imports, line
        )
        return Contract(terms, common.type_, made, common.unmatched_ignore, lines=self._lines(keys))

    def _lines(self, keys: tuple[str | int, ...]) -> dict[str, int]:
        """Return the line of each option of the table at *keys*."""
        if self._source is None:
            return {}
        above = (*self._source.table, *keys)
        depth = len(above)
        return {
            str(path[depth]): line
            for path, line in self._places
            if len(path) == depth + 1 and path[:depth] == above
        }

    @cached_property
    def _places(self) -> list[tuple[tuple[str | int, ...], int]]:
        return places(self._source.text) if self._source else []

    def _typed(
        self, own: Mapping[str, Any], name: Any, keys: tuple[str | int, ...]
    ) -> tuple[ContractType | None, list[Problem]]:
        """Return the contract of the type called *name* with its *own* options, or what is wrong."""
        kind = self._known.contract_type(str(name))
        if kind is not None:
            return build(kind, own, keys)
        if name is None:
            return None, []
        text = unknown("contract type", str(name), self._known.type_names)
        return None, [Problem((*keys, "type"), text)]


def _parted(table: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the keys that every contract may have, and those of its type."""
    shared = {key_of(field.name) for field in fields(ContractOptions)}
    common = {key: value for key, value in table.items() if key in shared}
    return common, {key: value for key, value in table.items() if key not in shared}
