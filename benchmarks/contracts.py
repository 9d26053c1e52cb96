"""Compare contract evaluation with import-linter's: `python benchmarks/contracts.py`.

A synthetic project of 10,000 modules and 100,000 imports, the graph built already on both sides.
import-linter's evaluation is grimp's, called as import-linter calls it. Both are timed in turn, and must
agree on kept or broken. Needs `pip install '.[test]'`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import grimp

from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.layers import Layers
from archlint.graph.modulegraph import ModuleGraph
from archlint.model import Import, Module
from archlint.rule import Project, Terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.rule import ContractType

PACKAGES, EACH, IMPORTS = 100, 100, 100_000
TERMS = Terms("benchmark")


@dataclass(frozen=True)
class Case:
    """Contracts of ours, and what import-linter asks of grimp for each."""

    label: str
    ours: list[ContractType]
    theirs: list[Callable[[], object]]


@dataclass(frozen=True)
class Row:
    """Milliseconds a contract, medians, and the median ratio."""

    case: str
    project: str
    contracts: int
    ours_ms: float
    theirs_ms: float
    ratio: float
    broken: int
    agree: bool


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--contracts", type=int, default=20)
    parser.add_argument("--json", help="write the rows there, too")
    options = parser.parse_args()
    rows = []
    for project, share in (("clean", 0.0), ("with breaches", 0.001)):
        ours, theirs = graphs(share)
        for case in cases(theirs, options.contracts):
            row = measured(case, ours, project, options.runs)
            rows.append(row)
            times = f"{row.ours_ms:7.1f} ms against {row.theirs_ms:8.1f} ms each"
            said = f"ratio {row.ratio:5.2f}   {row.broken} broken, agree: {row.agree}"
            print(
                f"{row.case:<36} {row.project:<14} {row.contracts:>3} contracts   {times}   {said}",
                flush=True,
            )
    if options.json:
        Path(options.json).write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def package(number: int) -> str:
    """Return the name of a package; those with low numbers are above the others."""
    return f"app.p{number:03}"


def graphs(share: float) -> tuple[Project, grimp.ImportGraph]:
    """Return the same graph for both; *share* of the imports between packages lead upwards."""
    pairs = sorted(_pairs(share))
    tops = [package(number) for number in range(PACKAGES)]
    names = ["app", *tops, *(f"{top}.m{number:02}" for top in tops for number in range(EACH))]
    modules = {name: Module(name, name.replace(".", "/") + ".py") for name in names}
    rows = [
        Import(tail, head, line, 1, line, False, 0, (), (), modules[tail].path)
        for line, (tail, head) in enumerate(pairs, 1)
    ]
    graph = ModuleGraph(modules, rows)
    graph.edges(TERMS.edges).predecessors  # noqa: B018 (built once, as grimp's is)
    peer = grimp.ImportGraph()
    for name in names:
        peer.add_module(name)
    for tail, head in pairs:
        peer.add_import(importer=tail, imported=head)
    return Project(modules, graph, roots=("app",)), peer


def _pairs(share: float) -> set[tuple[str, str]]:
    chance = random.Random(7)
    found: set[tuple[str, str]] = set()
    while len(found) < IMPORTS:
        tail, head = chance.randrange(PACKAGES * EACH), chance.randrange(PACKAGES * EACH)
        if chance.random() < 0.6:
            head = tail // EACH * EACH + chance.randrange(EACH)
        if tail // EACH > head // EACH and chance.random() >= share:
            tail, head = head, tail
        if tail != head:
            found.add((_module(tail), _module(head)))
    return found


def _module(number: int) -> str:
    return f"{package(number // EACH)}.m{number % EACH:02}"


def cases(graph: grimp.ImportGraph, count: int) -> list[Case]:
    """Return the contracts that are compared: *count* of a kind, fewer where grimp takes seconds for one."""
    chance = random.Random(11)
    stacks = [sorted(chance.sample(range(PACKAGES), 10)) for _ in range(count)]
    peers = [sorted(chance.sample(range(PACKAGES), 5)) for _ in range(max(1, count // 4))]
    pairs = [sorted(chance.sample(range(PACKAGES), 2), reverse=True) for _ in range(count)]
    whole = [[package(number) for number in range(start, start + 10)] for start in range(0, PACKAGES, 10)]
    return [
        Case(
            "layers, 10 of 100 packages",
            [Layers(tuple(map(package, stack))) for stack in stacks],
            [_layers(graph, [grimp.Layer(package(number)) for number in stack]) for stack in stacks],
        ),
        Case(
            "layers, all packages in 10 levels",
            [Layers(tuple(" : ".join(level) for level in whole))],
            [_layers(graph, [grimp.Layer(*level, independent=False) for level in whole])],
        ),
        Case(
            "independence of 5 packages",
            [Independence(tuple(map(package, group))) for group in peers],
            [_layers(graph, [grimp.Layer(*map(package, group), independent=True)]) for group in peers],
        ),
        Case(
            "forbidden, one package to another",
            [Forbidden((package(low),), (package(high),)) for low, high in pairs],
            [_chains(graph, package(low), package(high)) for low, high in pairs],
        ),
    ]


def _layers(graph: grimp.ImportGraph, layers: list[grimp.Layer]) -> Callable[[], object]:
    return lambda: graph.find_illegal_dependencies_for_layers(layers=layers)


def _chains(graph: grimp.ImportGraph, source: str, target: str) -> Callable[[], object]:
    return lambda: graph.find_shortest_chains(source, target, as_packages=True)


def measured(case: Case, project: Project, label: str, runs: int) -> Row:
    """Time both sides in turn, after one unclocked run of each."""
    times = []
    for run in range(runs + 1):
        mine, found = _timed([lambda kind=kind: list(kind.check(project, TERMS)) for kind in case.ours])
        other, expected = _timed(case.theirs)
        if run:
            times.append((mine, other))
    size = len(case.ours)
    return Row(
        case.label,
        label,
        size,
        statistics.median(mine for mine, _ in times) * 1000 / size,
        statistics.median(other for _, other in times) * 1000 / size,
        statistics.median(mine / other for mine, other in times),
        sum(found),
        found == expected,
    )


def _timed(questions: list[Callable[[], object]]) -> tuple[float, list[bool]]:
    started = time.perf_counter()
    answers = [bool(ask()) for ask in questions]
    return time.perf_counter() - started, answers


if __name__ == "__main__":
    main()
