"""Which packages the map shows: six to some twenty boxes, whatever the project's shape."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.graph.modulegraph import ModuleGraph

FEW = 6
ENOUGH = 20
MOST = 40
DOMINANT = 0.6


class Units(Struct, frozen=True):
    """The names of the units; those in ``alone`` stand for one module without what is below it."""

    names: frozenset[str]
    alone: frozenset[str]

    def of(self, module: str) -> str | None:
        """Return the unit that *module* belongs to, or None."""
        if module in self.alone:
            return module
        while module not in self.names or module in self.alone:
            module, dot, _ = module.rpartition(".")
            if not dot:
                return None
        return module

    def label(self, name: str, roots: Iterable[str]) -> str:
        """Return the short name of a unit: without the package that all *roots* share."""
        if name not in self.alone:
            return short(name, roots)
        return "__init__" if name == shared(roots) else f"{short(name, roots)}.__init__"


def shared(roots: Iterable[str]) -> str:
    """Return the dotted name that all *roots* begin with, a sole one itself; empty where there is none."""
    levels = zip(*(root.split(".") for root in roots), strict=False)
    return ".".join(parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, levels))


def short(name: str, roots: Iterable[str]) -> str:
    """Return *name* without what all *roots* begin with."""
    return name.removeprefix(f"{shared(roots)}.")


def choose_units(graph: ModuleGraph, roots: Iterable[str]) -> Units:
    """Start from the roots and open the largest package while there are few units or one dominates."""
    names = [root for root in roots if graph.subtree(root)]
    alone: set[str] = set()
    closed: set[str] = set()
    while (largest := _largest(graph, names, alone | closed)) and not _enough(graph, names, largest):
        inside = list(graph.children(largest))
        first = not alone and len(graph.subtree(largest)) > DOMINANT * len(graph.names)
        if len(names) + len(inside) > (10 * MOST if first else MOST):
            closed.add(largest)
            continue
        names.remove(largest)
        names += inside
        alone.add(largest)
    alone = {name for name in alone if _says(graph, name)}
    return Units(frozenset((*names, *alone)), frozenset(alone))


def _enough(graph: ModuleGraph, names: Sequence[str], largest: str) -> bool:
    """Tell whether there are many units, or several of which the largest does not dominate."""
    share = len(graph.subtree(largest)) / len(graph.names)
    return len(names) >= ENOUGH or (len(names) >= FEW and share <= DOMINANT)


def _largest(graph: ModuleGraph, names: Iterable[str], but: set[str]) -> str | None:
    """Return the unit with the most modules that has children, by name among equals."""
    sizes = [(-len(graph.subtree(name)), name) for name in names if name not in but and graph.children(name)]
    return min(sizes)[1] if sizes else None


def _says(graph: ModuleGraph, name: str) -> bool:
    """Tell whether a package's own file imports anything of the roots, or is imported."""
    edges, number = graph.edges(), graph.index[name]
    return bool(edges.successors[number] or edges.predecessors[number])
