"""Contracts that judge each import by itself: they are shown all mutants in one graph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.contracts.layer_items import as_layer
from archlint.contracts.module_rules import judge_layers, listed
from archlint.contracts.territory import ROOT
from archlint.contracts.underscore import private_module
from archlint.graph.expressions import expand, expand_all
from archlint.graph.modulegraph import ModuleGraph
from archlint.model import Import
from archlint.pipeline.audit.lens import Lens, nodes_of
from archlint.pipeline.laws import external_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.contracts.interface import Interface
    from archlint.contracts.modules import Modules
    from archlint.contracts.private_modules import PrivateModules
    from archlint.contracts.protected import Protected
    from archlint.pipeline.audit.values import Mutant
    from archlint.rule import ContractType, Project, Terms

FIRST_LINE = 10  # findings on a whole module stand on line 1


class ProtectedLens(Lens):
    """Who is neither allowed nor inside may not import."""

    def __init__(self, graph: ModuleGraph, kind: Protected) -> None:
        self._allowed = self._nodes(graph, kind.allowed_importers, packages=kind.as_packages)
        names = expand_all(graph, kind.protected_modules)
        self._own = [self._nodes(graph, (name,), packages=kind.as_packages) for name in names]
        self.outside = external_words(graph, kind.protected_modules)
        self.units = frozenset(names) | frozenset(expand_all(graph, kind.allowed_importers))
        self.seen = self._allowed.union(*self._own)

    @staticmethod
    def _nodes(graph: ModuleGraph, expressions: Iterable[str], *, packages: bool) -> frozenset[int]:
        names = expand_all(graph, expressions)
        return nodes_of(graph, names) if packages else frozenset(graph.index[name] for name in names)

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        return {
            place
            for place, mutant in enumerate(mutants)
            if mutant.tail not in self._allowed and self._is_protected(mutant)
        }

    def _is_protected(self, mutant: Mutant) -> bool:
        if mutant.outside:
            return any(
                mutant.outside == name or mutant.outside.startswith(name + ".") for name in self.outside
            )
        return any(mutant.head in own and mutant.tail not in own for own in self._own)

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:
        return {
            place
            for place, mutant in enumerate(mutants)
            if mutant.tail in self._allowed and self._is_protected(mutant)
        }


class PrivateModulesLens(Lens):
    """Who is outside a package may not import its private modules; of any others nothing is said."""

    def __init__(self, graph: ModuleGraph, kind: PrivateModules) -> None:
        self._names = graph.names
        self.units = frozenset(expand_all(graph, kind.packages_with_private_modules))
        self.seen = frozenset(kind.guarded(graph))

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        return {
            place
            for place, mutant in enumerate(mutants)
            if mutant.head in self.seen and private_module(self._names[mutant.tail], self._names[mutant.head])
        }


class BoundaryLens(Lens):
    """Who may use a name or an external package: no import between modules tells whether that is kept."""

    says_more = True

    def __init__(self, judges: str) -> None:
        self.judges = judges

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:  # noqa: ARG002 (none can break it)
        return set()


class DirectLens(Lens):
    """Any other type, plugins included: what it says of a graph of nothing but the mutants."""

    def __init__(self, project: Project, kind: ContractType, terms: Terms) -> None:
        self._project, self._kind, self._terms = project, kind, terms
        self.units = frozenset(_named(project.graph, kind))
        self.seen = nodes_of(project.graph, self.units)

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        rows = list(_rows(self._project, mutants))
        return {
            line - FIRST_LINE
            for batch in _batches(rows)
            for line in self._lines(replace(self._project, graph=_graph(self._project, batch)))
            if line >= FIRST_LINE
        }

    def _lines(self, project: Project) -> Iterator[int]:
        """Yield the lines, which stand for mutants, of the imports that break the contract."""
        for finding in self._kind.check(project, self._terms):
            if finding.chain:
                yield finding.chain[0].line


class InterfaceLens(DirectLens):
    """Public interfaces; asked for the imports alone, since its findings look for remedies."""

    def __init__(self, project: Project, kind: Interface, terms: Terms) -> None:
        super().__init__(project, kind, terms)
        self._interface = kind
        territory = kind.territory(project.graph)
        everything = kind.underscore or (territory.paths and kind.root_module != "ignore")
        self.units = frozenset(territory.paths) - {ROOT}
        self.seen = nodes_of(project.graph, project.graph.names if everything else self.units)

    def _lines(self, project: Project) -> Iterator[int]:
        for crossing, _ in self._interface.private_imports(project.graph, self._terms):
            yield crossing.row.line


class ModulesLens(DirectLens):
    """Declared dependencies."""

    def __init__(self, project: Project, kind: Modules, terms: Terms) -> None:
        super().__init__(project, replace(kind, exact=False, forbid_circular_dependencies=False), terms)
        graph = project.graph
        self._layers = {layer.name: layer for layer in map(as_layer, kind.layers)}
        self._territory = kind.territory(graph)
        self.units = frozenset(self._territory.paths) - {ROOT}
        self.seen = nodes_of(graph, self.units if kind.root_module == "ignore" else graph.names)
        self.outside = frozenset(_externals(kind))
        self.says_more = kind.exact or kind.forbid_circular_dependencies

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:
        names = self._project.graph.names
        return {
            place
            for place, mutant in enumerate(mutants)
            if not mutant.outside and self._declared(names[mutant.tail], names[mutant.head])
        }

    def _declared(self, importer: str, imported: str) -> bool:
        source, target = self._territory.nearest(importer), self._territory.nearest(imported)
        if source == target or ROOT in (source, target):
            return False
        own, other = self._territory.paths[source], self._territory.paths[target]
        if judge_layers(self._layers, source, own, target, other) is True:
            return True
        return bool(listed(own.depends_on, target)) or (own.depends_on is not None and other.utility)


def _externals(kind: Modules) -> Iterator[str]:
    for rule in kind.modules:
        yield from rule.cannot_depend_on_external
        yield from rule.depends_on_external or ()


def _rows(project: Project, mutants: Iterable[Mutant]) -> Iterator[Import]:
    names = project.graph.names
    for line, mutant in enumerate(mutants, FIRST_LINE):
        full = mutant.outside or names[mutant.head]
        imported = full.partition(".")[0] if mutant.outside else full
        taken = (mutant.name,) if mutant.name else ()
        targets = (f"{full}.{mutant.name}" if mutant.name else full,)
        yield Import(names[mutant.tail], imported, line, 1, line, bool(mutant.outside), 0, taken, targets)


def _batches(rows: Iterable[Import]) -> Iterator[list[Import]]:
    """Deal *rows* out so that no batch holds an import twice, by its ends: one would hide the other."""
    batches: list[list[Import]] = []
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        ends = (row.importer, row.imported)
        number = counts[ends] = counts.get(ends, -1) + 1
        if number == len(batches):
            batches.append([])
        batches[number].append(row)
    yield from batches


def _graph(project: Project, rows: Iterable[Import]) -> ModuleGraph:
    ordered = sorted(rows, key=lambda row: (row.importer, row.line))
    return ModuleGraph(
        project.graph.modules,
        (row for row in ordered if not row.external),
        (row for row in ordered if row.external),
    )


def _named(graph: ModuleGraph, kind: ContractType) -> Iterator[str]:
    """Yield the modules that texts in the options of *kind* stand for."""
    for value in vars(kind).values():
        for word in value if isinstance(value, (tuple, list)) else (value,):
            if isinstance(word, str):
                yield from expand(graph, word)
