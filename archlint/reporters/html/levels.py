"""The order of siblings at every depth, for a map that opens from packages into modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.ordering import arrange
from archlint.pipeline.overview.values import RUN_TIME

if TYPE_CHECKING:
    from archlint.graph.modulegraph import ModuleGraph

Pair = tuple[str, str]
Weights = dict[Pair, int]


def sibling_levels(graph: ModuleGraph) -> dict[str, tuple[int, int]]:
    """Return each module's level among its siblings, and a package's own file's among its children.

    Levels count from 1 at the bottom, over the imports that run; 0 stands for no such place.
    """
    beside: dict[str, int] = {}
    inside: dict[str, int] = {}
    for package, weights in sorted(_by_package(graph).items()):
        names = {name for pair in weights for name in pair}
        for name, level in arrange(names, weights).levels.items():
            (inside if name == package else beside)[name] = level
    return {name: (beside.get(name, 1), inside.get(name, 0)) for name in graph.names}


def _by_package(graph: ModuleGraph) -> dict[str, Weights]:
    """Count each import once, between two children of the smallest package that holds both its ends."""
    found: dict[str, Weights] = {}
    edges = graph.edges(RUN_TIME)
    for tail, head in edges.edges():
        package, pair = _meet(graph.names[tail], graph.names[head])
        weights = found.setdefault(package, {})
        weights[pair] = weights.get(pair, 0) + 1
    return found


def _meet(importer: str, imported: str) -> tuple[str, Pair]:
    """Return the smallest package around both modules, and what of it each of them is in.

    >>> _meet("a.b.c", "a.d")
    ('a', ('a.b', 'a.d'))
    >>> _meet("a", "a.d.e")
    ('a', ('a', 'a.d'))
    """
    one, two = importer.split("."), imported.split(".")
    shared = 0
    while shared < min(len(one), len(two)) and one[shared] == two[shared]:
        shared += 1
    package = ".".join(one[:shared])
    return package, (".".join(one[: shared + 1]), ".".join(two[: shared + 1]))
