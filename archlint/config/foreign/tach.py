"""tach's configuration: tach.toml (or ``[tool.tach]``) and the tach.domain.toml files below it.

Read as tach 0.30 and later read it: ``src/config`` and ``src/parsing/config.rs`` of that project are
the source. One contract holds all declared modules and one all public interfaces.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archlint.config.foreign.tach_words import (
    DOMAIN,
    INTERFACE,
    MODULE,
    ROOT,
    TOP,
    exclusion,
    interface_table,
    kebab,
    module_table,
    unknown_keys,
)
from archlint.config.foreign.words import RUNNING, Foreign, Taken
from archlint.config.lines import line_of
from archlint.config.load import Source, parse
from archlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

MODULES, INTERFACES = "tach modules", "tach interfaces"
UNREAD = ("syntax-error", "parser-gave-up", "unreadable-file")
CODES = ("ARC1", "unused-suppression", "suppression-without-reason", *UNREAD)
_SEVERITIES = {"error": "error", "warn": "warning"}
_DIFFERS = ("visibility and circles are judged on declarations; judge = 'real' would judge them on imports",)


@dataclass(frozen=True)
class Domain:
    """A tach.domain.toml: its text, and the dotted name of the directory that it stands in."""

    path: str
    text: str
    module: str


def source_roots(path: str, text: str) -> tuple[str, ...]:
    """Return the source roots that the configuration names, ``.`` where it names none."""
    value = parse(_source(path, text)).get("source_roots", ["."])
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else (".",)


def read_excluded(path: str, text: str) -> list[str]:
    """Return the globs of what the configuration leaves out."""
    return [glob for glob in _exclusions(parse(_source(path, text))).values() if glob is not None]


def read(path: str, text: str, domains: Iterable[Domain] = ()) -> Foreign:
    """Return the configuration in *text*, which stands at *path*.

    Raises ConfigError where a text is not TOML or says something that tach refuses as a whole.
    """
    found = _source(path, text)
    reading = _Reading(found, parse(found))
    reading.root()
    for domain in domains:
        reading.domain(domain)
    return reading.result()


def _source(path: str, text: str) -> Source:
    return Source(path, text, ("tool", "tach") if path.rpartition("/")[2] == "pyproject.toml" else ())


@dataclass
class _Reading:
    """Collects modules, interfaces and notes, file by file."""

    source: Source
    table: dict[str, Any]
    modules: list[dict[str, Any]] = field(default_factory=list)
    interfaces: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def root(self) -> None:
        """Read the tables of the main file."""
        self._note_unknown(self.source, self.table, TOP, ())
        modules = _tables(self.source, self.table, "modules")
        self._add(self.source, modules, _tables(self.source, self.table, "interfaces"), "")
        for key, what in (
            ("include_string_imports", "module names in strings are not taken for imports"),
            ("plugins", "plugins of tach's do not run here"),
        ):
            if self.table.get(key):
                self.notes.append(f"{self.source.place((key,))}: `{key}` is not taken over: {what}")
        strict = next((place for place, table in enumerate(modules) if table.get("strict") is True), None)
        if strict is not None:
            where = self.source.place(("modules", strict, "strict"))
            self.faults.append(f"{where}: `strict` cannot be judged; say what is public under [[interfaces]]")

    def domain(self, domain: Domain) -> None:
        """Read the tables of a domain's file; its paths are relative to the domain."""
        source = Source(domain.path, domain.text)
        table = parse(source)
        self._note_unknown(source, table, DOMAIN, ())
        own = table.get("root")
        if isinstance(own, dict):
            self._note_unknown(source, own, ROOT, ("root",))
            self.modules.append({**module_table(own, domain.module), "path": domain.module or "<root>"})
        self._add(
            source, _tables(source, table, "modules"), _tables(source, table, "interfaces"), domain.module
        )

    def _add(
        self, source: Source, modules: list[dict[str, Any]], interfaces: list[dict[str, Any]], prefix: str
    ) -> None:
        for place, table in enumerate(modules):
            self._note_unknown(source, table, MODULE, ("modules", place))
            self.modules.append(module_table(table, prefix))
        for place, table in enumerate(interfaces):
            self._note_unknown(source, table, INTERFACE, ("interfaces", place))
            self.interfaces.append(interface_table(table, prefix))
            if table.get("data_types", "all") != "all":
                where = source.place(("interfaces", place, "data_types"))
                self.notes.append(f"{where}: `data_types` is not taken over: types are not judged")

    def _note_unknown(
        self, source: Source, table: dict[str, Any], known: Iterable[str], keys: tuple[str | int, ...]
    ) -> None:
        self.notes += [
            f"{source.place((*keys, key))}: tach does not know the key `{key}`"
            for key in unknown_keys(table, known)
        ]

    def result(self) -> Foreign:
        """Return all that was read."""
        if not self.modules:
            raise ConfigError(f"{self.source.path}: tach's configuration holds no module")
        contracts = [self._modules()]
        if self.interfaces or self.faults:
            contracts.append(self._interfaces())
        settings = self._settings()
        keys = {
            "source-roots": "source_roots",
            "exclude": "exclude",
            "respect-gitignore": "respect_gitignore",
        }
        lines = {ours: self._line(theirs) for ours, theirs in keys.items() if theirs in self.table}
        return Foreign("tach", self.source.path, settings, tuple(contracts), tuple(self.notes), lines)

    def _line(self, *keys: str | int) -> int:
        return line_of(self.source.text, (*self.source.table, *keys))

    def _taken(self, name: str, theirs: str, table: dict[str, Any], differs: tuple[str, ...]) -> Taken:
        common: dict[str, Any] = {"name": name, "type": "", "unmatched-modules": "ignore", "judge": "tach"}
        if self.table.get("ignore_type_checking_imports", True):
            common["edges"] = list(RUNNING)
        if self._rules().get("local_imports", "error") != "error":
            common["local-imports"] = self._rules()["local_imports"]
        if "root_module" in self.table:
            common["root-module"] = self.table["root_module"]
        lines = {kebab(key): self._line(key) for key in self.table}
        lines["local-imports"] = self._line("rules", "local_imports")
        faults = tuple(self.faults) if theirs == "interfaces" else ()
        line = self._line(theirs, 0)
        return Taken(name, theirs, self.source.path, line, {**common, **table}, lines, faults, differs)

    def _modules(self) -> Taken:
        table: dict[str, Any] = {"type": "modules", "modules": self.modules}
        for key in ("layers", "exact", "forbid_circular_dependencies", "layers_explicit_depends_on"):
            if key in self.table:
                table[kebab(key)] = self.table[key]
        return self._taken(MODULES, "modules", table, _DIFFERS)

    def _interfaces(self) -> Taken:
        paths = [path for entry in self.modules for path in _paths(entry)]
        unchecked = [path for entry in self.modules if entry.get("unchecked") for path in _paths(entry)]
        table: dict[str, Any] = {
            "type": "interface",
            "modules": list(dict.fromkeys(paths)),
            "interfaces": self.interfaces,
        }
        if "root_module" not in self.table:
            table["root-module"] = "ignore"
        if unchecked:
            table["unchecked"] = unchecked
        return self._taken(INTERFACES, "interfaces", table, ("data_types is not judged",))

    def _rules(self) -> dict[str, Any]:
        rules = self.table.get("rules", {})
        return rules if isinstance(rules, dict) else {}

    def _settings(self) -> dict[str, Any]:
        levels = {code: self._rules().get(key, unasked) for code, key, unasked in _RECORD}
        severities = {code: _SEVERITIES[level] for code, level in levels.items() if level in _SEVERITIES}
        # A file that cannot be parsed is a warning of tach's.
        severities |= dict.fromkeys(UNREAD, "warning")
        settings: dict[str, Any] = {
            "source-roots": list(source_roots(self.source.path, self.source.text)),
            "exclude": self._excluded(),
            "fail-on": "error",
            "select": [code for code in CODES if levels.get(code) != "off"],
            "rules": {code: {"severity": severity} for code, severity in severities.items()},
        }
        if self.table.get("respect_gitignore") is False:
            settings["respect-gitignore"] = False
        return settings

    def _excluded(self) -> list[str]:
        made = _exclusions(self.table)
        strange = [pattern for pattern, found in made.items() if found is None]
        if strange:
            where = self.source.place(("exclude",))
            self.notes.append(f"{where}: not taken over, there is no such glob here: {', '.join(strange)}")
        return [found for found in made.values() if found is not None]


_RECORD = (
    ("unused-suppression", "unused_ignore_directives", "warn"),
    ("suppression-without-reason", "require_ignore_directive_reasons", "off"),
)


def _exclusions(table: dict[str, Any]) -> dict[str, str | None]:
    value = table.get("exclude", [])
    patterns = value if isinstance(value, list) else []
    return {pattern: exclusion(pattern) for pattern in patterns if isinstance(pattern, str)}


def _paths(entry: dict[str, Any]) -> list[str]:
    own = [entry["path"]] if isinstance(entry.get("path"), str) else []
    return [*own, *(path for path in entry.get("paths", ()) if isinstance(path, str))]


def _tables(source: Source, table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ConfigError(f"{source.place((key,))}: `{key}` must be tables")
    return value
