"""Taking over an import-linter or tach configuration as it stands, where archlint has none."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from archlint.config.load import load, source
from archlint.errors import ConfigError
from archlint.repository.foreign import domain_files, packages_of
from archlint.repository.sources import Unreadable, read
from archlint.usecases.analyse import run
from archlint.usecases.setup import given_files, layers, set_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archlint.config.foreign.words import Foreign
    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration
    from archlint.contracts.modules import Modules
    from archlint.pipeline.analysis import Analysis
    from archlint.repository.project import Place
    from archlint.rule import Project
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

LARGEST = 1_000_000


@dataclass(frozen=True)
class Adopted:
    """A configuration of another tool, and the absolute paths of the files that it was read from.

    ``packages`` has the distribution of each source root, where the tool keeps those apart.
    """

    foreign: Foreign
    files: tuple[str, ...]
    packages: dict[str, str] = field(default_factory=dict)


def set_ups(request: Request) -> list[Setup]:
    """Return what ``check`` runs: the project's own configuration, or one run for each tool adopted.

    Another tool's configuration is adopted where archlint has none and none is given. Two tools see
    different trees, so each has a run of its own. Raises ArchlintError for what the user can mend.
    """
    setup = set_up(request)
    if not setup.place.foreign or request.isolated or given_files(request):
        return [setup]
    return [
        replace(
            setup,
            configuration=configured(adopted, layers(request), setup.known),
            files=adopted.files,
        )
        for adopted in read_foreign(setup.place)
    ]


def set_up_as_one(request: Request) -> Setup:
    """Return what is in force as one set-up: that of ``check``, for commands that judge no run.

    Where two tools' configurations are adopted, their contracts stand together, on the tree that the first
    one sees.
    """
    first, *others = set_ups(request)
    contracts = (contract for setup in others for contract in setup.configuration.contracts)
    notes = (note for setup in others for note in setup.configuration.notes)
    configuration = replace(
        first.configuration,
        contracts=(*first.configuration.contracts, *contracts),
        notes=tuple(dict.fromkeys((*first.configuration.notes, *notes))),
    )
    return replace(first, configuration=configuration)


def run_all(request: Request, setups: Sequence[Setup], *, complete: bool = False) -> Analysis:
    """Return the analysis of all *setups* in one; *complete* asks for all that a report shows."""
    wanted: dict[str, Any] = {"measure_from": 1, "detail": True, "shape": True} if complete else {}
    whole: Analysis | None = None
    for setup in _concerned(request, setups):
        names = {contract.terms.name for contract in setup.configuration.contracts}
        known = tuple(name for name in request.contracts if name in names)
        analysis = run(replace(request, contracts=known or request.contracts), setup, **wanted)
        notes = absent_notes(analysis.project, setup.configuration)
        analysis = replace(analysis, notes=(*analysis.notes, *notes))
        whole = joined(whole, analysis) if whole else analysis
    assert whole is not None, "there is always one set-up"  # noqa: S101 (for the type checker)
    return whole


def _concerned(request: Request, setups: Sequence[Setup]) -> Sequence[Setup]:
    """Return the set-ups that hold one of the contracts asked for; all where none are asked for, or found."""
    wanted = set(request.contracts)
    found = [
        setup
        for setup in setups
        if wanted & {contract.terms.name for contract in setup.configuration.contracts}
    ]
    return found or (setups[:1] if wanted else setups)


def read_foreign(place: Place) -> list[Adopted]:
    """Read the configurations of other tools at *place*. Raises ConfigError where one cannot be read."""
    readers = {"import-linter": _import_linter, "tach": _tach}
    return [readers[tool](place.root, path) for tool, path in place.foreign]


def _import_linter(root: str, path: str) -> Adopted:
    from archlint.config.foreign import import_linter  # noqa: PLC0415 (only where it is adopted)

    shown, text = _shown(root, path), _text(root, path)
    reader = import_linter.read_toml if path.endswith(".toml") else import_linter.read_ini
    return Adopted(reader(shown, text), (path,))


def _tach(root: str, path: str) -> Adopted:
    from archlint.config.foreign import tach  # noqa: PLC0415 (only where it is adopted)

    shown, text = _shown(root, path), _text(root, path)
    sources = tach.source_roots(shown, text)
    excluded = tach.read_excluded(shown, text)
    found = domain_files(root, sources, excluded)
    domains = [tach.Domain(inner, _text(root, os.path.join(root, inner)), name) for inner, name in found]
    files = (path, *(os.path.join(root, domain.path) for domain in domains))
    return Adopted(tach.read(shown, text, domains), files, packages_of(root, sources))


def _shown(root: str, path: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")


def _text(root: str, path: str) -> str:
    shown = _shown(root, path)
    try:
        return source(shown, read(path, LARGEST)).text
    except Unreadable as error:
        raise ConfigError(f"{shown}: {error.reason}") from None


def configured(
    adopted: Adopted, layers: Iterable[tuple[str, Mapping[str, Any]]], known: Registry
) -> Configuration:
    """Return what is in force once *adopted* is; *layers* are stronger. Raises ConfigError."""
    from archlint.config.foreign.contracts import contract_of  # noqa: PLC0415 (only where one is adopted)

    foreign = adopted.foreign
    found = load(None, [(foreign.path, foreign.settings), *layers], known)
    said = f"{foreign.path} is adopted: {foreign.tool}'s contracts alone decide, as they stand"
    notes = [said, *foreign.notes, *(line for taken in foreign.contracts for line in taken.notes)]
    return replace(
        found,
        contracts=(
            *found.contracts,
            *(replace(contract_of(taken, known), packages=adopted.packages) for taken in foreign.contracts),
        ),
        path=foreign.path,
        notes=(*found.notes, *notes),
        adopted=True,
    )


def absent_notes(project: Project, configuration: Configuration) -> list[str]:
    """Return a line for each module of a tach configuration that does not exist: a warning there."""
    lines = []
    for contract in configuration.contracts if configuration.adopted else ():
        if contract.type == "modules" and contract.contract is not None:
            kind = cast("Modules", contract.contract)
            absent = dict.fromkeys(kind.territory(project.graph).absent)
            lines += [f"{contract.terms.path}: there is no module `{path}`" for path in absent]
    return lines


def joined(one: Analysis, other: Analysis) -> Analysis:
    """Return both analyses of a project in one: findings, contracts and notes of either."""
    findings = sorted((*one.findings, *other.findings), key=lambda finding: finding.sort_key)
    suppressed = sorted((*one.suppressed, *other.suppressed), key=lambda finding: finding.sort_key)
    return replace(
        one,
        findings=tuple(findings),
        suppressed=tuple(suppressed),
        contracts=(*one.contracts, *other.contracts),
        errors=(*one.errors, *other.errors),
        notes=tuple(dict.fromkeys((*one.notes, *other.notes))),
        ran=one.ran | other.ran,
        looked_at=one.looked_at + other.looked_at,
        # The record of one tree cannot stand for two.
        snapshot=None,
    )
