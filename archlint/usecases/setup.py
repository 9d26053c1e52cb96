"""What is in force for one run: the project's place, its configuration, and what those ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from archlint import __version__
from archlint.config.load import from_environment, load, override, source
from archlint.config.options import unknown
from archlint.config.registry import registry
from archlint.errors import ArchlintError, ConfigError
from archlint.pipeline.judge import chosen_codes
from archlint.repository.project import find_project
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archlint.config.load import Source
    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration
    from archlint.repository.cache import Cache
    from archlint.repository.copies import Copy
    from archlint.repository.project import Place
    from archlint.rule import Need, Rule
    from archlint.usecases.request import Request

LARGEST_CONFIG = 1_000_000


@dataclass(frozen=True)
class Setup:
    """What is in force for one run, and what it will read.

    ``files`` are the configuration files of other tools that were adopted, as absolute paths. ``copy`` is
    there where the place is a copy of an earlier tree. ``beside`` takes in the files outside the roots too.
    ``cache`` opens the run's cache.
    """

    place: Place
    known: Registry
    configuration: Configuration
    files: tuple[str, ...] = ()
    copy: Copy | None = None
    beside: bool = False
    cache: Callable[[], Cache | None] | None = None


def set_up(request: Request) -> Setup:
    """Find the project and its configuration. Raises ArchlintError for what the user can mend."""
    place = find_project(
        request.paths, cwd=request.cwd, project=request.project, only_touching=request.only_touching
    )
    known = registry((*request.plugins, *_listed(request.environ.get("ARCHLINT_ALLOW_PLUGINS", ""))))
    configuration = load(_source(place, request), layers(request), known)
    _check_version(configuration)
    return Setup(place, known, configuration)


def _listed(value: str) -> Iterator[str]:
    return (part.strip() for part in value.split(",") if part.strip())


def _source(place: Place, request: Request) -> Source | None:
    """Return the configuration text: the file named by ``--config``, else the project's own."""
    files = given_files(request)
    if len(files) > 1:
        raise ConfigError(f"--config names two files: {files[0]} and {files[1]}; give one")
    if files:
        return _read(os.path.join(request.cwd, files[0]), files[0])
    if place.config is None or request.isolated:
        return None
    return _read(place.config, os.path.relpath(place.config, place.root))


def config_files(request: Request, setup: Setup) -> list[str]:
    """Return the absolute paths of the configuration files that were read."""
    given = [os.path.join(request.cwd, item) for item in given_files(request)]
    own = [] if setup.place.config is None or request.isolated else [setup.place.config]
    return given or [*own, *setup.files]


def given_files(request: Request) -> list[str]:
    """Return the configuration files that the command line names."""
    return [item for item in request.config if not _is_pair(item)]


def _is_pair(item: str) -> bool:
    return "=" in item


def _read(path: str, shown: str) -> Source:
    try:
        return source(shown, read(path, LARGEST_CONFIG))
    except Unreadable as error:
        raise ConfigError(f"{shown}: {error.reason}") from None


def layers(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what stands above the file, weakest first: environment, ``--config key=value``, own options."""
    if not request.isolated:
        yield "environment", from_environment(request.environ)
    for item in request.config:
        if _is_pair(item):
            yield "--config", override(item, "--config")
    yield "command line", request.overrides


def _check_version(configuration: Configuration) -> None:
    wanted = configuration.settings.required_version
    if wanted is None:
        return
    exact = wanted.removeprefix("==").strip()
    if exact not in (__version__, __version__.split(".")[0]):
        raise ConfigError(f"required-version is {wanted}, and this is archlint {__version__}")


def tree_key(setup: Setup) -> bytes:
    """Return a digest of all that decides which modules a run sees."""
    settings = setup.configuration.settings
    seen = (
        # A copy is somewhere else each time; its tree has a name of its own.
        setup.copy.key if setup.copy else setup.place.root,
        setup.place.only,
        settings.roots,
        settings.exclude,
        settings.include_tests,
        settings.respect_gitignore,
        settings.max_file_size,
        settings.source_roots,
        *(("beside",) if setup.beside else ()),
    )
    return sha256(repr(seen).encode("utf-8", "surrogateescape")).digest()


def check_contracts(request: Request, setup: Setup) -> None:
    """Raise ArchlintError where the request names a contract that is not configured."""
    names = [contract.terms.name for contract in setup.configuration.contracts]
    strange = [unknown("contract", name, names) for name in request.contracts if name not in names]
    if strange:
        raise ArchlintError("\n".join(strange))


def needs(setup: Setup, what: Need) -> bool:
    """Tell whether a selected rule or a configured contract needs *what*."""
    return what in all_needs(setup)


def all_needs(setup: Setup) -> frozenset[Need]:
    """Return all that the selected rules and the configured contracts need."""
    contracts = (each.contract for each in setup.configuration.contracts)
    needed = [rule.needs for rule in selected_rules(setup)] + [
        one.needs for one in contracts if one is not None
    ]
    return frozenset().union(*needed)


def selected_rules(setup: Setup) -> list[Rule]:
    """Return the rules that run."""
    codes = chosen_codes(setup.configuration, setup.known)
    return [rule for rule in setup.configuration.rules if rule.code in codes]
