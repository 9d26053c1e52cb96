"""Where a module has its company: in its own package, or in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph


class Misplaced(Struct, frozen=True):
    """A module with most of its ``total`` partners in *package*, ``partners`` of them, ``own`` at home.

    Partners are the modules that it imports or that import it; ``importers`` are those among
    ``partners`` that import it.
    """

    module: str
    package: str
    partners: int
    importers: int
    own: int
    total: int


def misplaced(graph: ModuleGraph, edges: Adjacency, least: int, share: float) -> Iterator[Misplaced]:
    """Yield the plain modules, by name, that have to do with one other package far more than with their own.

    That package lies beside the module's own, or beside the module: it is named at the level where the
    two part. It holds at least *least* of the partners and *share* of all, two of them importers; at
    home, in the module's own package without what both have in common, there is none or one.
    """
    for number, name in enumerate(graph.names):
        if graph.modules[name].package or "." not in name:
            continue
        heads, tails = edges.successors[number], edges.predecessors[number]
        partners = {graph.names[other] for other in (*heads, *tails)}
        if len(partners) < least:
            continue
        counts = _by_package(graph, name, partners)
        package = min(counts, key=lambda other: (-counts[other], other), default=None)
        if package is None or counts[package] < max(least, share * len(partners)):
            continue
        importers = sum(_inside(graph.names[tail], package) for tail in tails)
        own = _at_home(name, package, partners)
        if importers >= 2 and own <= 1:
            yield Misplaced(name, package, counts[package], importers, own, len(partners))


def _by_package(graph: ModuleGraph, name: str, partners: set[str]) -> dict[str, int]:
    """Count partners by the package in which they part from *name*."""
    counts: dict[str, int] = {}
    for partner in partners:
        package = _parting(name, partner)
        if package in graph.modules and graph.modules[package].package:
            counts[package] = counts.get(package, 0) + 1
    return counts


def _parting(name: str, partner: str) -> str:
    """Return *partner* up to the first component in which it differs from *name*."""
    mine, theirs = name.split("."), partner.split(".")
    depth = 0
    while depth < min(len(mine), len(theirs)) and mine[depth] == theirs[depth]:
        depth += 1
    return ".".join(theirs[: depth + 1])


def _at_home(name: str, package: str, partners: set[str]) -> int:
    """Count the partners in the largest package of *name* that does not hold *package*."""
    depth = package.count(".") + 1
    home = ".".join(name.split(".")[:depth])
    return sum(_inside(partner, home) for partner in partners) if home != name else 0


def _inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")
