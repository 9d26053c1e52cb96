"""import-linter's configuration, from INI (setup.cfg, .importlinter) or TOML (pyproject.toml).

Read as import-linter 2 reads it: ``adapters/user_options.py``, ``application/use_cases.py`` and
``domain/fields.py`` of that project are the source.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from archlint.config.foreign.import_linter_fields import FIELDS, SESSION, SHARED, key_here, listing
from archlint.config.foreign.ini import many, sections
from archlint.config.foreign.words import RUNNING, Foreign, Taken
from archlint.config.lines import line_of
from archlint.config.load import Source, parse
from archlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

Line = tuple[str, str]
Field = tuple[Callable[[Any], Any], bool]
SECTION = "importlinter"
COMMON = ("id", "name", "type")
CODES = ("ARC1", "ARC900", "ARC901", "ARC902")
_STRICT = ("private_modules", "acyclic_siblings")  # which refuse a wildcard that matches nothing
_DIFFERS = {"acyclic_siblings": ("names the very imports of each circle",)}


@dataclass(frozen=True)
class _Raw:
    """A table of options as written, with the lines where it and they stand."""

    options: dict[str, Any]
    line: int
    lines: dict[str, int] = field(default_factory=dict)


def read_ini(path: str, text: str) -> Foreign:
    """Return the configuration in the INI file *text*. Raises ConfigError where it cannot be read."""
    found = {section.name: section for section in sections(path, text, SECTION)}
    raw = {
        name: _Raw({key: many(value) for key, value in each.options.items()}, each.line, each.lines)
        for name, each in found.items()
    }
    if SECTION not in raw:
        raise ConfigError(f"{path}: there is no section [{SECTION}]")
    contracts = [
        _Raw({"id": name.split(":")[-1], **each.options}, each.line, each.lines)
        for name, each in raw.items()
        if name != SECTION
    ]
    return _translated(path, raw[SECTION], contracts)


def read_toml(path: str, text: str) -> Foreign:
    """Return the configuration in the TOML *text*. Raises ConfigError where it cannot be read."""
    above = ("tool", SECTION)
    session = parse(Source(path, text, above))
    tables = session.pop("contracts", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{path}:{line_of(text, (*above, 'contracts'))}: `contracts` must be tables")
    contracts = [_toml_raw(text, table, (*above, "contracts", place)) for place, table in enumerate(tables)]
    return _translated(path, _toml_raw(text, session, above), contracts)


def _toml_raw(text: str, table: dict[str, Any], keys: tuple[str | int, ...]) -> _Raw:
    return _Raw(table, line_of(text, keys), {key: line_of(text, (*keys, key)) for key in table})


def _translated(path: str, session: _Raw, contracts: list[_Raw]) -> Foreign:
    if not contracts:
        raise ConfigError(f"{path}:{session.line}: import-linter's configuration holds no contract")
    frame = _Frame(path, session, _roots(path, session), _custom(session))
    taken: list[Taken] = []
    for number, raw in enumerate(contracts, 1):
        taken.append(frame.contract(raw, number, {each.name for each in taken}))
    lines = {"roots": session.lines.get("root_packages", session.lines.get("root_package", session.line))}
    settings = {"roots": list(frame.roots), "fail-on": "error", "select": list(CODES)}
    return Foreign("import-linter", path, settings, tuple(taken), tuple(_session_notes(path, session)), lines)


def _roots(path: str, session: _Raw) -> tuple[str, ...]:
    value = session.options.get("root_packages", session.options.get("root_package"))
    try:
        roots = tuple(listing(value)) if value is not None else ()
    except ValueError as error:
        raise ConfigError(f"{path}:{session.line}: root_packages: {error}") from None
    if not roots:
        raise ConfigError(f"{path}:{session.line}: neither root_package nor root_packages is given")
    return roots


def _custom(session: _Raw) -> dict[str, str]:
    """Return the contract types of the user's own, each with its class."""
    value = session.options.get("contract_types", [])
    words = [str(item) for item in (value if isinstance(value, list) else [value])]
    pairs = (word.partition(":") for word in words if word.strip())
    return {name.strip(): target.strip() for name, _, target in pairs}


def _session_notes(path: str, session: _Raw) -> list[str]:
    return [
        f"{path}:{session.lines.get(key, session.line)}: import-linter does not know the option `{key}`"
        for key in session.options
        if key not in SESSION
    ]


@dataclass(frozen=True)
class _Frame:
    """What holds for all contracts of a file."""

    path: str
    session: _Raw
    roots: tuple[str, ...]
    custom: dict[str, str]

    def contract(self, raw: _Raw, number: int, names: set[str]) -> Taken:
        """Return one contract; *number* counts from 1, and *names* are taken already."""
        label = str(raw.options.get("name") or raw.options.get("id") or f"contract {number}").strip()
        name = next(each for each in _variants(label, raw, number) if each not in names)
        theirs = str(raw.options.get("type", ""))
        if theirs in self.custom or theirs not in FIELDS:
            return Taken(name, theirs, self.path, raw.line, {}, faults=(self._strange(raw, name, theirs),))
        table, faults = self._options(raw, theirs)
        misspelt, unheard_of = _unknown(raw, theirs)
        return Taken(
            name,
            theirs,
            self.path,
            raw.line,
            {"name": name, "type": theirs.replace("_", "-"), **table},
            {key_here(key): line for key, line in raw.lines.items()},
            self._placed(raw, name, faults + misspelt),
            _DIFFERS.get(theirs, ()),
            self._placed(raw, name, unheard_of),
        )

    def _strange(self, raw: _Raw, name: str, theirs: str) -> str:
        place = f"{self.path}:{raw.lines.get('type', raw.line)}: contract `{name}`"
        if theirs in self.custom:
            return f"{place}: its type `{theirs}` is {self.custom[theirs]}, which only import-linter can run"
        if not theirs:
            return f"{place}: `type` is missing"
        return f"{place}: there is no contract type `{theirs}`{_close(theirs, (*FIELDS, *self.custom))}"

    def _placed(self, raw: _Raw, name: str, faults: list[Line]) -> tuple[str, ...]:
        return tuple(
            f"{self.path}:{raw.lines.get(key, raw.line)}: contract `{name}`: {text}" for key, text in faults
        )

    def _options(self, raw: _Raw, theirs: str) -> tuple[dict[str, Any], list[Line]]:
        """Return the contract's options under archlint's keys, and faults, each with the key it is about."""
        known: dict[str, Field] = {"name": (str, True), **FIELDS[theirs], **SHARED}
        table: dict[str, Any] = {}
        faults: list[Line] = []
        for key, (reader, needed) in known.items():
            if key not in raw.options:
                faults += [(key, f"`{key}` is missing")] if needed else []
                continue
            try:
                table[key_here(key)] = reader(raw.options[key])
            except ValueError as error:
                faults.append((key, f"{key}: {error}"))
        table.pop("name", None)
        faults += self._external(theirs, table)
        if "source-modules" in table:
            # import-linter takes external sources and sees none of their imports.
            table["source-modules"] = self._internal(table["source-modules"]) or table["source-modules"]
        return {**table, **self._added(theirs, table)}, faults

    def _added(self, theirs: str, table: dict[str, Any]) -> dict[str, Any]:
        added: dict[str, Any] = {}
        if theirs not in _STRICT and _has_wildcard(table):
            added["unmatched-modules"] = "ignore"
        if self._is_on("exclude_type_checking_imports"):
            added["edges"] = list(RUNNING)
        return added

    def _internal(self, names: list[str]) -> list[str]:
        """Return those of *names* that are wildcards or lie in a root package."""
        inside = tuple(f"{root}." for root in self.roots)
        return [name for name in names if "*" in name or f"{name}.".startswith(inside)]

    def _is_on(self, option: str) -> bool:
        return str(self.session.options.get(option)) in ("True", "true")

    def _external(self, theirs: str, table: dict[str, Any]) -> list[Line]:
        """Return what import-linter refuses about external modules that a contract forbids."""
        if theirs != "forbidden":
            return []
        outside = [
            name
            for name in table.get("forbidden-modules", ())
            if name not in self._internal(table["forbidden-modules"])
        ]
        if outside and not self._is_on("include_external_packages"):
            reason = f"{outside[0]} is external, and include_external_packages = True is not set"
            return [("forbidden_modules", reason)]
        return [
            ("forbidden_modules", f"{name}: import-linter takes external packages as a whole only")
            for name in outside
            if "." in name
        ]


def _variants(label: str, raw: _Raw, number: int) -> list[str]:
    """Return names for a contract; import-linter lets two share one."""
    known = raw.options.get("id", number)
    return [label, f"{label} ({known})", f"{label} ({number})", f"{label} (#{number})"]


def _has_wildcard(table: dict[str, Any]) -> bool:
    modules = (value for key, value in table.items() if isinstance(value, list) and key != "ignore-imports")
    return any("*" in name for names in modules for name in names)


def _unknown(raw: _Raw, theirs: str) -> tuple[list[Line], list[Line]]:
    """Return the options that *theirs* has not: those near to one that it has, and the others.

    import-linter refuses both; the others may belong to another release of it.
    """
    known = (*FIELDS[theirs], *SHARED)
    strange = [key for key in raw.options if key not in (*known, *COMMON)]
    lines = [(key, f"unknown option `{key}`{_close(key, known)}") for key in strange]
    return [line for line in lines if line[1].endswith("?")], [
        line for line in lines if line[1].endswith("`")
    ]


def _close(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f"; did you mean `{near[0]}`?" if near else ""
