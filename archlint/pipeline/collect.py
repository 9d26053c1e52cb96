"""From the files of a layout to a Project: read and parse what is stale, resolve the imports."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from archlint.facts import Failure, Flag, ModuleFacts, ModuleSummary
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.resolution import Resolved, Resolver
from archlint.pipeline.memory import Memory, Remembered
from archlint.repository.sources import Unreadable, read
from archlint.rule import Project
from archlint.workers.messages import Limits
from archlint.workers.spare import is_prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archlint.model import BeyondRoot, Import, Module
    from archlint.repository.layout import Layout
    from archlint.repository.snapshot import Snapshot

FEW_FILES = 12
FEW_BYTES = 200_000


@dataclass(frozen=True)
class Effort:
    """How hard to work: processes, limits for one file, the largest file that is read at all.

    ``detail`` asks for the full facts of every file besides the summaries.
    """

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    max_file_size: int = 2_000_000
    detail: bool = False


@dataclass(frozen=True)
class Collected:
    """A project, its layout, and the tree behind it where that can be recognised tomorrow.

    ``remarks`` are about this run, not about the project.
    """

    project: Project
    layout: Layout
    snapshot: Snapshot | None
    remarks: tuple[str, ...] = ()


def collect(
    root: str,
    layout: Layout,
    effort: Effort,
    memory: Memory,
    progress: Callable[[int, int], None] | None = None,
) -> Collected:
    """Return the project at *root*, parsing only files that *memory* does not know.

    ``progress`` is called with the number of files done and the number of all.
    """
    paths = sorted({path for module in layout.modules for path, _, _ in _readings(module)})
    limits = effort.limits
    said = memory.recall(
        paths, layout, measured_from=limits.measure_from, detail=effort.detail, shape=limits.shape
    )
    stale = [path for path in paths if path not in said]
    if stale:
        said |= _read(root, stale, effort, memory, _Settler(layout, effort, memory), progress or _silent)
    project = assemble(layout, said, detail=effort.detail)
    snapshot = memory.keep(layout, said)
    remarks = memory.remarks
    return Collected(project, layout, None if remarks else snapshot, remarks)


def _silent(_done: int, _all: int) -> None:
    """Show no progress."""


class _Settler:
    """Turns the facts of a file, as soon as they are known, into what the run keeps of them.

    A run that needs no details keeps resolved imports and a summary: full facts of a large project
    take several times the memory.
    """

    def __init__(self, layout: Layout, effort: Effort, memory: Memory) -> None:
        self._detail = effort.detail
        self._memory = memory
        self._resolver = Resolver({module.name: module for module in layout.modules}, layout.meanings)
        self._homes = {
            path: (module, extra) for module in layout.modules for path, _, extra in _readings(module)
        }

    def __call__(self, path: str, digest: bytes, facts: ModuleFacts) -> Remembered:
        """Return what is kept of the file at *path*, which this run parsed."""
        module, extra = self._homes[path]
        resolved = self._resolver.resolve(module, facts.imports, path=path, extra_flags=extra)
        self._memory.learn(Remembered(digest, facts))
        return Remembered(digest, facts if self._detail else facts.summary(), resolved)


def _read(
    root: str,
    paths: list[str],
    effort: Effort,
    memory: Memory,
    settle: _Settler,
    progress: Callable[[int, int], None],
) -> dict[str, Remembered]:
    """Read *paths*; parse those whose content is new."""
    found: dict[str, Remembered] = {}
    sources: dict[str, bytes] = {}
    digests: dict[str, bytes] = {}
    for path in paths:
        try:
            memory.look(path)
            sources[path] = read(os.path.join(root, path), effort.max_file_size)
            digests[path] = sha256(sources[path]).digest()
        except Unreadable as error:
            failure = Failure("ARC902", 1, 1, error.reason)
            found[path] = Remembered(b"", ModuleFacts(failure=failure, reader="none"))
    known = memory.facts(digests.values(), effort.limits.measure_from, shape=effort.limits.shape)
    found |= {path: Remembered(digest, known[digest]) for path, digest in digests.items() if digest in known}
    for path in found:
        sources.pop(path, None)
    for path, facts in _parse(sources, effort, memory):
        found[path] = settle(path, digests[path], facts)
        progress(len(found), len(paths))
    return found


def _parse(sources: dict[str, bytes], effort: Effort, memory: Memory) -> Iterator[tuple[str, ModuleFacts]]:
    """Parse *sources* with garbage collection off: it would only walk facts that all stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield from _few(sources, effort, memory) if _is_few(sources) else _many(sources, effort, memory)
    finally:
        if enabled:
            gc.enable()


def _is_few(sources: Mapping[str, bytes]) -> bool:
    if len(sources) > FEW_FILES or sum(map(len, sources.values())) > FEW_BYTES or is_prepared():
        return False
    from archlint.parsing.ordinary import is_ordinary  # noqa: PLC0415

    return all(map(is_ordinary, sources.values()))


def _few(sources: Mapping[str, bytes], effort: Effort, memory: Memory) -> Iterator[tuple[str, ModuleFacts]]:
    """Parse a handful of ordinary files in this process: starting another would take longer."""
    if not sources:
        return
    from archlint.parsing.read import read_facts  # noqa: PLC0415

    hard: dict[str, bytes] = {}
    for path, data in sources.items():
        facts = read_facts(
            data, measure_from=effort.limits.measure_from, outlines=memory, shape=effort.limits.shape
        )
        if _gave_up(facts):
            hard[path] = data
        else:
            yield path, facts
    if hard:
        # A worker's deep stack may do it: what is found must not depend on where it was looked for.
        yield from _many(hard, effort, memory)


def _gave_up(facts: ModuleFacts) -> bool:
    """Tell whether a parser ran out of something on this file, or on a function in it."""
    if facts.failure is not None and facts.failure.code == "ARC901":
        return True
    return any(function.reason is not None for function in facts.complexity)


def _many(sources: dict[str, bytes], effort: Effort, memory: Memory) -> Iterator[tuple[str, ModuleFacts]]:
    """Parse *sources* in workers; nothing is left of them, so that no text is held longer than needed."""
    from archlint.workers.pool import parse_files  # noqa: PLC0415

    paths = list(sources)
    numbered = {number: sources.pop(path) for number, path in enumerate(paths)}
    for number, facts, outlines in parse_files(numbered, jobs=effort.jobs, limits=effort.limits):
        for digest, clauses in outlines:
            memory.put(digest, clauses)
        yield paths[number], facts


def assemble(layout: Layout, said: Mapping[str, Remembered], *, detail: bool = True) -> Project:
    """Resolve the imports of every file of *said* (by path) against the modules of *layout*.

    Full facts that happen to be there, because a file was just parsed, are left out unless *detail* asks
    for them: what is found must not depend on it.
    """
    modules = {module.name: module for module in layout.modules}
    resolver = Resolver(modules, layout.meanings)
    internal: list[Import] = []
    external: list[Import] = []
    unresolved: list[Import] = []
    beyond: list[BeyondRoot] = []
    summaries: tuple[dict[str, ModuleSummary], dict[str, ModuleSummary]] = ({}, {})
    details: dict[str, ModuleFacts] = {}
    for name in sorted(modules):
        for path, side, extra in _readings(modules[name]):
            one = said.get(path)
            if one is None:
                continue
            found = one.resolved or _resolved(one, resolver, modules[name], path, extra)
            internal += found.internal
            external += found.external
            unresolved += found.unresolved
            beyond += found.beyond_root
            summaries[side][name] = one.summary
            if detail and side == 0 and isinstance(one.facts, ModuleFacts):
                details[name] = one.facts
    graph = ModuleGraph(modules, internal, external, unresolved, beyond)
    return Project(modules, graph, summaries[0], summaries[1], layout.roots, layout.failures, details)


def _resolved(one: Remembered, resolver: Resolver, module: Module, path: str, extra: int) -> Resolved:
    statements = one.facts.imports if isinstance(one.facts, ModuleFacts) else ()
    one.resolved = resolver.resolve(module, statements, path=path, extra_flags=extra)
    return one.resolved


def _readings(module: Module) -> Iterator[tuple[str, int, int]]:
    """Yield path, side (0: the module's own file, 1: its stub) and extra flags of each file of *module*.

    What a stub imports is for type checkers.
    """
    if module.path is not None and module.kind != "extension":
        yield module.path, 0, int(Flag.TYPE_CHECKING) if module.kind == "stub" else 0
    if module.stub is not None:
        yield module.stub, 1, int(Flag.TYPE_CHECKING)
