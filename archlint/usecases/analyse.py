"""From a request to an Analysis: the way that check, report and graph share, and the Python API."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from archlint import __version__
from archlint.config.load import from_environment, load, override, source
from archlint.config.options import unknown
from archlint.config.registry import registry
from archlint.errors import ArchlintError, ConfigError
from archlint.pipeline.analysis import Analysis, Summary
from archlint.pipeline.collect import Effort, collect
from archlint.pipeline.filters import narrowed, touching
from archlint.pipeline.judge import chosen_codes, judge, sorted_findings
from archlint.pipeline.memory import Memory
from archlint.repository.cache import Cache
from archlint.repository.cachehome import cache_home
from archlint.repository.project import find_project
from archlint.repository.sources import Unreadable, read
from archlint.usecases.context import in_context
from archlint.usecases.known import everywhere, with_ledger
from archlint.usecases.request import Request
from archlint.workers.messages import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from archlint.config.load import Source
    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration
    from archlint.pipeline.collect import Collected
    from archlint.repository.copies import Copy
    from archlint.repository.layout import Layout
    from archlint.repository.project import Place
    from archlint.rule import Need, Project, Rule

ENOUGH = 1 << 30
LARGEST_CONFIG = 1_000_000


@dataclass(frozen=True)
class Setup:
    """What is in force for one run, and what it will read.

    ``files`` are the configuration files of other tools that were adopted, as absolute paths. ``copy`` is
    there where the place is a copy of an earlier tree.
    """

    place: Place
    known: Registry
    configuration: Configuration
    files: tuple[str, ...] = ()
    copy: Copy | None = None


def analyse(path: str | os.PathLike[str] = ".", **settings: Any) -> Analysis:
    """Analyse the project that *path* belongs to and return what was found; nothing is printed.

    ``settings`` are configuration keys (``roots=["shop"]``, ``select=["import-cycle"]``), stronger than
    the project's own configuration. Raises ArchlintError for what the user can mend.
    """
    overrides = {key.replace("_", "-"): value for key, value in settings.items()}
    request = Request(paths=(os.fspath(path),), overrides=overrides, environ={})
    setup = set_up(request)
    analysis = run(request, replace(setup, place=everywhere(setup.place)))
    return narrowed(with_ledger(request, setup.known, setup.place, analysis), setup.place.within)


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


def find_layout(setup: Setup) -> Layout:
    """Find the modules to analyse. Raises NothingToAnalyse where there are none."""
    from archlint.repository.discovery import discover  # noqa: PLC0415 (a warm run knows the layout)

    settings = setup.configuration.settings
    return discover(
        setup.place.root,
        roots=settings.roots,
        exclude=settings.exclude,
        include_tests=settings.include_tests,
        only=setup.place.only,
        respect_gitignore=settings.respect_gitignore,
        sources=settings.source_roots,
    )


def gather(
    request: Request, setup: Setup, *, measure_from: int, detail: bool = False, shape: bool = False
) -> Collected:
    """Read the project; functions are measured from a complexity of *measure_from* on.

    *detail* asks for the full facts, *shape* for the shapes of functions and classes in them.
    """
    settings = setup.configuration.settings
    memory = _memory(request, setup)
    layout = memory.layout(lambda: find_layout(setup))
    effort = Effort(
        jobs=request.jobs or _cores(),
        limits=Limits(seconds=settings.file_timeout, measure_from=measure_from, shape=shape),
        max_file_size=settings.max_file_size,
        detail=detail,
    )
    return collect(setup.place.root, layout, effort, memory, request.progress)


def _memory(request: Request, setup: Setup) -> Memory:
    root, key, cache = setup.place.root, tree_key(setup), open_cache(request, setup)
    if setup.copy is None:
        return Memory(root, key, cache)
    from archlint.pipeline.past import PastMemory  # noqa: PLC0415 (only to compare)

    return PastMemory(root, key, cache, setup.copy.complete)


def open_cache(request: Request, setup: Setup) -> Cache | None:
    """Return the cache that the request allows, or None."""
    if request.no_cache:
        return None
    given = request.cache_dir or request.environ.get("ARCHLINT_CACHE_DIR")
    return Cache(os.path.join(request.cwd, given) if given else cache_home(setup.place.root))


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
    )
    return sha256(repr(seen).encode("utf-8", "surrogateescape")).digest()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    request: Request,
    setup: Setup,
    *,
    measure_from: int | None = None,
    detail: bool = False,
    shape: bool = False,
    context: Collection[Need] = (),
) -> Analysis:
    """Read the project, run rules and contracts, and keep the findings that the request asks for.

    *context* is what is wanted of history, manifest and owners besides what the rules need.
    """
    check_contracts(request, setup)
    if measure_from is None:
        measure_from = _threshold(setup)
    detail = detail or needs(setup, "detail")
    shape = shape or needs(setup, "shape")
    collected = gather(request, setup, measure_from=measure_from, detail=detail, shape=shape)
    surrounded = in_context(setup, collected.project, {*context, *all_needs(setup)})
    project = surrounded.project
    verdicts = judge(project, setup.configuration, setup.known, only=request.contracts)
    contracts = verdicts.contracts
    if request.ways_out and any(result.findings for result in contracts):
        from archlint.pipeline.ways_out import with_ways_out  # noqa: PLC0415 (a kept contract needs none)

        contracts = with_ways_out(contracts, verdicts.findings, project, setup.configuration, setup.known)
    within = setup.place.within
    return Analysis(
        project=project,
        configuration=setup.configuration,
        summary=summary(project),
        findings=tuple(touching(sorted_findings(verdicts.findings), within)),
        suppressed=tuple(touching(sorted_findings(verdicts.suppressed), within)),
        contracts=tuple(contracts),
        errors=tuple(verdicts.errors),
        notes=(
            *setup.configuration.notes,
            *collected.layout.notes,
            *verdicts.notes,
            *surrounded.notes,
            *collected.remarks,
        ),
        ran=chosen_codes(setup.configuration, setup.known),
        snapshot=collected.snapshot,
        looked_at=surrounded.looked_at,
    )


def check_contracts(request: Request, setup: Setup) -> None:
    """Raise ArchlintError where the request names a contract that is not configured."""
    names = [contract.terms.name for contract in setup.configuration.contracts]
    strange = [unknown("contract", name, names) for name in request.contracts if name not in names]
    if strange:
        raise ArchlintError("\n".join(strange))


def _threshold(setup: Setup) -> int:
    """Return the complexity from which a selected rule needs numbers; none does: a very large one."""
    starts = [rule.measured_from() for rule in _selected(setup)]
    return min((start for start in starts if start is not None), default=ENOUGH)


def needs(setup: Setup, what: Need) -> bool:
    """Tell whether a selected rule or a configured contract needs *what*."""
    return what in all_needs(setup)


def all_needs(setup: Setup) -> frozenset[Need]:
    """Return all that the selected rules and the configured contracts need."""
    contracts = (each.contract for each in setup.configuration.contracts)
    needed = [rule.needs for rule in _selected(setup)] + [one.needs for one in contracts if one is not None]
    return frozenset().union(*needed)


def _selected(setup: Setup) -> list[Rule]:
    codes = chosen_codes(setup.configuration, setup.known)
    return [rule for rule in setup.configuration.rules if rule.code in codes]


def summary(project: Project) -> Summary:
    """Count what was read."""
    facts = [*project.facts.values(), *project.stub_facts.values()]
    return Summary(
        files=len(facts),
        modules=len(project.modules),
        imports=project.graph.edges().edge_count,
        not_analysed=sum(said.failure is not None for said in facts) + len(project.failures),
    )
