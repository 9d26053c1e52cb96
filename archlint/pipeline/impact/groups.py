"""How much of each layer or package a change reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.contracts.layers import Layers
from archlint.graph.expressions import prefixes
from archlint.pipeline.impact.values import Group, Grouping
from archlint.pipeline.overview.units import choose_units

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from archlint.config.settings import Configuration
    from archlint.graph.modulegraph import ModuleGraph

REST = "(in no layer)"


def groupings(
    graph: ModuleGraph,
    configuration: Configuration,
    roots: Iterable[str],
    reached: Collection[str],
    changed: Collection[str],
) -> Iterator[Grouping]:
    """Yield what of *graph* is reached, by the layers of each contract; by package where there are none."""
    layered = False
    for contract in configuration.contracts:
        if isinstance(contract.contract, Layers):
            names = [name for stack in contract.contract.stacks(graph) for name in _members(stack.members)]
            if names:
                layered = True
                rows = _counted(graph, _home_among(names), [*names, REST], reached, changed)
                yield Grouping(contract.terms.name, tuple(row for row in rows if row.modules))
    if not layered:
        yield _by_package(graph, roots, reached, changed)


def _members(members: Iterable[tuple[str, int]]) -> list[str]:
    """Return the modules that head a layer, the highest first."""
    return [name for name, _ in sorted(members, key=lambda member: (member[1], member[0]))]


def _home_among(names: Collection[str]) -> Callable[[str], str]:
    known = frozenset(names)
    return lambda module: next((name for name in reversed(prefixes(module)) if name in known), REST)


def _by_package(
    graph: ModuleGraph, roots: Iterable[str], reached: Collection[str], changed: Collection[str]
) -> Grouping:
    units = choose_units(graph, roots)
    names = sorted(units.names)
    rows = _counted(graph, lambda name: units.of(name) or name.partition(".")[0], names, reached, changed)
    return Grouping(None, tuple(sorted(rows, key=lambda row: (-row.reached, -row.changed, row.name))))


def _counted(
    graph: ModuleGraph,
    home: Callable[[str], str],
    names: Iterable[str],
    reached: Collection[str],
    changed: Collection[str],
) -> list[Group]:
    counts = {name: [0, 0, 0] for name in names}
    for name in graph.names:
        row = counts.setdefault(home(name), [0, 0, 0])
        row[0] += 1
        row[1] += name in reached
        row[2] += name in changed
    return [Group(name, *row) for name, row in counts.items()]
