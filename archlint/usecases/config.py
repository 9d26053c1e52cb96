"""What ``archlint config`` does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.config.options import option_types
from archlint.config.settings import Settings
from archlint.errors import NothingToAnalyse
from archlint.pipeline.judge import chosen_codes
from archlint.reporters.config_page import (
    AdoptedRow,
    ContractRow,
    InForce,
    RuleRow,
    Value,
    json_config,
    text_config,
)
from archlint.reporters.pages import options_of
from archlint.reporters.text import safe
from archlint.usecases.adopting import adopted_setups
from archlint.usecases.analyse import find_layout
from archlint.usecases.origins import DEFAULT, Origins, origins
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from archlint.config.settings import Contract
    from archlint.repository.layout import Layout
    from archlint.rule import Rule
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

APART = frozenset({"contracts", "rules"})


@dataclass(frozen=True)
class Shown:
    """The report; ``missing`` says why there is nothing to analyse, where there is nothing."""

    report: str
    notes: tuple[str, ...] = ()
    missing: str | None = None


def config(request: Request, format_: str, *, colour: bool = False) -> Shown:
    """Return what is in force for the project and from where; nothing is parsed."""
    setup = set_up(request)
    layout, missing = _layout(setup)
    found = _in_force(request, setup, layout)
    report = json_config(found) if format_ == "json" else text_config(found, setup.place.root, colour=colour)
    notes = (*setup.configuration.notes, *(layout.notes if layout else ()))
    return Shown(report, notes, missing)


def files(request: Request) -> str:
    """Return the files that a run would read, a line each. Raises NothingToAnalyse."""
    layout = find_layout(set_up(request))
    sources = {module.path for module in layout.modules if module.path and module.kind != "extension"}
    stubs = {module.stub for module in layout.modules if module.stub}
    return "".join(f"{safe(path)}\n" for path in sorted(sources | stubs))


def _layout(setup: Setup) -> tuple[Layout | None, str | None]:
    try:
        return find_layout(setup), None
    except NothingToAnalyse as error:
        return None, str(error)


def _in_force(request: Request, setup: Setup, layout: Layout | None) -> InForce:
    where = origins(request, setup)
    configuration = setup.configuration
    codes = chosen_codes(configuration, setup.known)
    return InForce(
        root=os.path.relpath(setup.place.root, request.cwd).replace(os.sep, "/"),
        config=configuration.path,
        within=setup.place.within,
        roots=layout.sources if layout else (),
        modules=sum(module.kind != "namespace" for module in layout.modules) if layout else 0,
        left=tuple((each.path, each.files, each.reason) for each in layout.left) if layout else (),
        settings=_settings(configuration.settings, where),
        rules=tuple(_rule(rule, setup, where) for rule in configuration.rules if rule.code in codes),
        contracts=tuple(
            _contract(item, number, setup, where) for number, item in enumerate(configuration.contracts)
        ),
        adopted=tuple(_adopted(request, each) for each in adopted_setups(request)),
    )


def _adopted(request: Request, setup: Setup) -> AdoptedRow:
    """Return what an adopted configuration sets; settings that it leaves alone are as for all commands."""
    where, configuration = origins(request, setup), setup.configuration
    return AdoptedRow(
        path=configuration.path or "",
        settings=tuple(one for one in _settings(configuration.settings, where) if one.source != DEFAULT),
        contracts=tuple(
            _contract(item, number, setup, where) for number, item in enumerate(configuration.contracts)
        ),
    )


def _settings(settings: Settings, where: Origins) -> tuple[Value, ...]:
    return tuple(
        Value(key, getattr(settings, name), where.of((key,)))
        for key, (name, _) in option_types(Settings).items()
        if key not in APART
    )


def _rule(rule: Rule, setup: Setup, where: Origins) -> RuleRow:
    word = rule.name if rule.name in setup.configuration.settings.rules else rule.code
    table = setup.configuration.settings.rules.get(word, {})
    values = tuple(
        Value(
            key, getattr(rule, name), where.of(("rules", word, key), table[key]) if key in table else DEFAULT
        )
        for key, (name, _) in option_types(type(rule)).items()
    )
    return RuleRow(rule.code, rule.name, setup.configuration.severities.get(rule.code, rule.severity), values)


def _contract(item: Contract, number: int, setup: Setup, where: Origins) -> ContractRow:
    terms = item.terms
    place = f"{setup.configuration.path}:{terms.line}" if terms.line else where.of(("contracts", number))
    options: tuple[Value, ...] = ()
    if item.contract is not None:
        kinds = option_types(type(item.contract))
        options = tuple(
            Value(option.name, getattr(item.contract, kinds[option.name][0]), "")
            for option in options_of(type(item.contract))
            if option.required or getattr(item.contract, kinds[option.name][0]) != option.default
        )
    return ContractRow(
        name=terms.name,
        type=item.type,
        severity=terms.severity,
        place=place,
        edges=terms.edges,
        options=options,
        ignore_imports=terms.ignore_imports,
        why=terms.why,
        owner=terms.owner,
        error=item.error,
    )
