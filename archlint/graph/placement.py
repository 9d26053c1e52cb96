"""Where a module has its company: in its own package, or in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph


SPREAD = 3


class Misplaced(Struct, frozen=True):
    """A module with most of its ``total`` partners in ``package``: ``partners`` of them.

    Partners are the modules that it imports or that import it; ``importers`` are those among
    ``partners`` that import it.
    """

    module: str
    package: str
    partners: int
    importers: int
    total: int


def misplaced(graph: ModuleGraph, edges: Adjacency, least: int, share: float) -> Iterator[Misplaced]:
    """Yield the plain modules, by name, that have to do with one other package far more than with their own.

    That package is the smallest beside the module's own that holds at least *least* of the partners and
    *share* of all, two of them importers. At home, in the module's own package as far as it does not hold
    the other, there is none or one. What partners in more than ``SPREAD`` packages below use is a
    foundation and stays where it is, and so does what already lies in a package that holds the other.
    """
    for number, name in enumerate(graph.names):
        if graph.modules[name].package or "." not in name:
            continue
        tails = [graph.names[tail] for tail in edges.predecessors[number]]
        partners = {*tails, *(graph.names[head] for head in edges.successors[number])}
        package = _company(graph, name, partners, max(least, share * len(partners)))
        if package is not None:
            importers, inside = _count(tails, package), _count(partners, package)
            if importers >= 2:
                yield Misplaced(name, package, inside, importers, len(partners))


def _company(graph: ModuleGraph, name: str, partners: set[str], needed: float) -> str | None:
    """Return the smallest other package that holds as many *partners* as *needed*, where *name* belongs."""
    if len(partners) < needed:
        return None
    counts = _by_package(graph, name, partners)
    start = min(counts, key=lambda other: (-counts[other], other), default=None)
    if start is None or counts[start] < needed:
        return None
    home = ".".join(name.split(".")[: start.count(".") + 1])
    if home == name or _count(partners, home) > 1:
        return None
    package, below = _narrowed(graph, start, partners, needed)
    return package if len(below) <= SPREAD else None


def _count(names: Iterable[str], package: str) -> int:
    return sum(_inside(name, package) for name in names)


def _narrowed(
    graph: ModuleGraph, package: str, partners: set[str], needed: float
) -> tuple[str, dict[str, int]]:
    """Return the smallest package in *package* that holds as many as *needed*, and the packages in that."""
    below = _packages_below(graph, package, partners)
    while fitting := [child for child, count in below.items() if count >= needed]:
        package = min(fitting)
        below = _packages_below(graph, package, partners)
    return package, below


def _packages_below(graph: ModuleGraph, package: str, partners: set[str]) -> dict[str, int]:
    """Count the partners in each package right below *package*."""
    counts: dict[str, int] = {}
    start = len(package) + 1
    inside = (partner for partner in partners if partner.startswith(package + "."))
    for child in (partner[: start + len(partner[start:].partition(".")[0])] for partner in inside):
        if graph.modules[child].package:
            counts[child] = counts.get(child, 0) + 1
    return counts


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


def _inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")
