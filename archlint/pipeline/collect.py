"""From the files of a layout to a Project: read, parse what is stale, resolve the imports."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.resolution import Resolver
from archlint.model import Failure, Flag, ModuleFacts
from archlint.repository.sources import Unreadable, read
from archlint.rule import Project
from archlint.workers.child import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archlint.model import Import, Module
    from archlint.repository.layout import Layout

FEW_FILES = 12
FEW_BYTES = 200_000


@dataclass(frozen=True)
class Effort:
    """How hard to work: processes, limits for one file, and the largest file that is read at all."""

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    max_file_size: int = 2_000_000


def collect(
    root: str, layout: Layout, effort: Effort, progress: Callable[[int, int], None] | None = None
) -> Project:
    """Read and parse every file of *layout* below *root*, and build the project.

    ``progress`` is called with the number of files done and the number of all.
    """
    paths = sorted({path for module in layout.modules for path in _files(module)})
    facts = _facts(root, paths, effort, progress or (lambda _done, _all: None))
    return assemble(layout, facts)


def _files(module: Module) -> Iterator[str]:
    if module.path is not None and module.kind != "extension":
        yield module.path
    if module.stub is not None:
        yield module.stub


def _facts(
    root: str, paths: list[str], effort: Effort, progress: Callable[[int, int], None]
) -> dict[str, ModuleFacts]:
    facts: dict[str, ModuleFacts] = {}
    sources: dict[int, bytes] = {}
    for number, path in enumerate(paths):
        try:
            sources[number] = read(os.path.join(root, path), effort.max_file_size)
        except Unreadable as error:
            facts[path] = ModuleFacts(failure=Failure("ARC902", 1, 1, error.reason), reader="none")
    enabled = gc.isenabled()
    gc.disable()
    try:
        for number, said in _parsed(sources, effort):
            facts[paths[number]] = said
            progress(len(facts), len(paths))
    finally:
        if enabled:
            gc.enable()
    return facts


def _parsed(sources: Mapping[int, bytes], effort: Effort) -> Iterator[tuple[int, ModuleFacts]]:
    """Parse a handful of ordinary files here, everything else in supervised processes."""
    from archlint.parsing.ordinary import is_ordinary  # noqa: PLC0415
    from archlint.parsing.read import read_facts  # noqa: PLC0415

    few = len(sources) <= FEW_FILES and sum(map(len, sources.values())) <= FEW_BYTES
    if few and all(map(is_ordinary, sources.values())):
        for number, data in sources.items():
            yield number, read_facts(data, measure_from=effort.limits.measure_from)
        return
    from archlint.workers.pool import parse_files  # noqa: PLC0415

    for number, facts, _outlines in parse_files(sources, jobs=effort.jobs, limits=effort.limits):
        yield number, facts


def assemble(layout: Layout, facts: Mapping[str, ModuleFacts]) -> Project:
    """Resolve every import of *facts* (path -> facts) against the modules of *layout*."""
    modules = {module.name: module for module in layout.modules}
    resolver = Resolver(modules)
    rows: tuple[list[Import], list[Import], list[Import], list[object]] = ([], [], [], [])
    own: dict[str, ModuleFacts] = {}
    stubs: dict[str, ModuleFacts] = {}
    for name in sorted(modules):
        module = modules[name]
        for path, home, extra in _readings(module):
            if path not in facts:
                continue
            said = facts[path]
            (own if home == "own" else stubs)[name] = said
            found = resolver.resolve(module, said.imports, path=path, extra_flags=extra)
            rows[0].extend(found.internal)
            rows[1].extend(found.external)
            rows[2].extend(found.unresolved)
            rows[3].extend(found.beyond_root)
    graph = ModuleGraph(modules, rows[0], rows[1], rows[2], rows[3])  # type: ignore[arg-type]
    return Project(modules, graph, own, stubs, layout.roots, layout.failures)


def _readings(module: Module) -> Iterator[tuple[str, str, int]]:
    """Yield path, role and extra flags of each file of *module*; what a stub imports is for type checkers."""
    if module.path is not None and module.kind != "extension":
        yield module.path, "own", int(Flag.TYPE_CHECKING) if module.kind == "stub" else 0
    if module.stub is not None:
        yield module.stub, "stub", int(Flag.TYPE_CHECKING)
