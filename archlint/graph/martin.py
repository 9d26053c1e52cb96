"""Martin's numbers of packages: Ca, Ce, I, A and D (R. C. Martin, OO Design Quality Metrics, 1994).

A package is its ``__init__`` and its own modules, without the packages below it. Ca and Ce count other
packages. A is the share of its public classes that are abstract; D = abs(A + I - 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.graph.coupling import Coupling, grouped, pair_coupling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.facts import Definition, ModuleFacts
    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph

_ABSTRACT_BASES = frozenset({"ABC", "ABCMeta", "Protocol"})
_ABSTRACT_METHODS = ("abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod")


class PackageMetrics(Struct, frozen=True):
    """A package's coupling, and how many public classes it has, ``abstract`` of them abstract."""

    coupling: Coupling
    classes: int
    abstract: int

    @property
    def abstractness(self) -> float:
        """The share of abstract classes; 0 where there is none."""
        return self.abstract / self.classes if self.classes else 0.0

    @property
    def distance(self) -> float:
        """The distance from the main sequence, between 0 and 1."""
        return abs(self.abstractness + self.coupling.instability - 1)


def package_metrics(
    graph: ModuleGraph, edges: Adjacency, details: Mapping[str, ModuleFacts]
) -> dict[str, PackageMetrics]:
    """Return the metrics of every package of *graph*, by name, over *edges*."""
    homes = {name: _home(graph, name) for name in graph.names}
    pairs = grouped(graph, edges, homes.__getitem__)
    coupling = pair_coupling(pairs, sorted(set(homes.values())))
    classes: dict[str, list[bool]] = {package: [] for package in coupling}
    for name, package in homes.items():
        if name in details:
            classes[package] += public_classes(details[name].definitions)
    return {
        package: PackageMetrics(found, len(classes[package]), sum(classes[package]))
        for package, found in coupling.items()
    }


def _home(graph: ModuleGraph, name: str) -> str:
    return name if graph.modules[name].package else name.rpartition(".")[0] or name


def public_classes(definitions: Iterable[Definition]) -> list[bool]:
    """Return for each public class at the top of a module whether it is abstract.

    That is one with ``ABC``, ``ABCMeta`` or ``Protocol`` among its bases, or with an abstract method.
    """
    definitions = tuple(definitions)
    marked = {one.name.rpartition(".")[0] for one in definitions if _is_abstract_method(one)}
    return [
        one.name in marked or any(base.rpartition(".")[2] in _ABSTRACT_BASES for base in one.bases)
        for one in definitions
        if one.kind == "class" and "." not in one.name and not one.name.startswith("_")
    ]


def _is_abstract_method(one: Definition) -> bool:
    return any(decorator.rpartition(".")[2] in _ABSTRACT_METHODS for decorator in one.decorators)
