"""From a request to an Analysis: the way that check, report and graph share, and the Python API."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from archlint.pipeline.analysis import Analysis, Summary
from archlint.pipeline.collect import Effort, collect
from archlint.pipeline.filters import narrowed, touching
from archlint.pipeline.judge import chosen_codes, judge, sorted_findings
from archlint.pipeline.memory import Memory
from archlint.repository.cache import Cache
from archlint.repository.cachehome import cache_home
from archlint.usecases.context import in_context
from archlint.usecases.known import everywhere, with_ledger
from archlint.usecases.request import Request
from archlint.usecases.setup import all_needs, check_contracts, needs, selected_rules, set_up, tree_key
from archlint.workers.messages import Limits

if TYPE_CHECKING:
    from collections.abc import Collection

    from archlint.pipeline.collect import Collected
    from archlint.repository.layout import Layout
    from archlint.rule import Need, Project
    from archlint.usecases.setup import Setup

ENOUGH = 1 << 30


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
        beside=setup.beside,
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
    remembering = replace(setup, cache=partial(open_cache, request, setup))
    surrounded = in_context(remembering, collected.project, {*context, *all_needs(setup)})
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
        left=collected.layout.left,
        notebooks=collected.layout.notebooks,
    )


def _threshold(setup: Setup) -> int:
    """Return the complexity from which a selected rule needs numbers; none does: a very large one."""
    starts = [rule.measured_from() for rule in selected_rules(setup)]
    return min((start for start in starts if start is not None), default=ENOUGH)


def summary(project: Project) -> Summary:
    """Count what was read; a namespace is no module of its own, having no file."""
    facts = [*project.facts.values(), *project.stub_facts.values()]
    return Summary(
        files=len(facts),
        modules=sum(module.kind != "namespace" for module in project.modules.values()),
        imports=project.graph.edges().edge_count,
        not_analysed=sum(said.failure is not None for said in facts) + len(project.failures),
    )
