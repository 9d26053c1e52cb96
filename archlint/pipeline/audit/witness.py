"""A contract ready to be asked: its lens on the project as the contract sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archlint.contracts.acyclic_siblings import AcyclicSiblings
from archlint.contracts.interface import Interface
from archlint.contracts.modules import Modules
from archlint.contracts.protected import Protected
from archlint.graph.expressions import expand, is_wildcard, matches, prefixes, split_import
from archlint.pipeline.audit.direct_lens import DirectLens, InterfaceLens, ModulesLens, ProtectedLens
from archlint.pipeline.audit.lens import ChainLens
from archlint.pipeline.audit.siblings_lens import SiblingsLens
from archlint.pipeline.judge import less_ignored, place_of
from archlint.pipeline.laws import laws_of
from archlint.pipeline.suppression import covered_imports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.config.settings import Configuration, Contract
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.pipeline.audit.lens import Lens
    from archlint.pipeline.audit.values import Mutant
    from archlint.pipeline.suppression import Suppressions
    from archlint.rule import ContractType, Project


@dataclass(frozen=True)
class Witness:
    """One contract that can be judged: what its lens says, less what its ignore-imports let pass."""

    contract: Contract
    place: str
    lens: Lens
    idle: tuple[str, ...]
    ignores: tuple[_Ignore, ...]

    def caught(self, mutants: Sequence[Mutant]) -> set[int]:
        """Return the positions of those *mutants* that the contract would catch."""
        return self.lens.caught(mutants) - self.ignored(mutants)

    def allowed(self, mutants: Sequence[Mutant]) -> set[int]:
        """Return the positions of those *mutants* that the contract allows, or ignores."""
        return self.lens.allowed(mutants) | self.ignored(mutants)

    def ignored(self, mutants: Sequence[Mutant]) -> set[int]:
        """Return the positions of those *mutants* that ignore-imports let pass."""
        if not self.ignores:
            return set()
        return {
            place for place, mutant in enumerate(mutants) if any(one.covers(mutant) for one in self.ignores)
        }


@dataclass(frozen=True)
class _Ignore:
    tails: frozenset[int]
    heads: frozenset[int]
    imported: str

    def covers(self, mutant: Mutant) -> bool:
        if mutant.tail not in self.tails:
            return False
        if mutant.outside:
            return any(_names(self.imported, name) for name in prefixes(mutant.outside))
        return mutant.head in self.heads


def _names(expression: str, name: str) -> bool:
    return matches(expression, name) if is_wildcard(expression) else expression == name


def as_judged(project: Project, contract: Contract, suppressions: Suppressions) -> tuple[Project, list[str]]:
    """Return the project as *contract* sees it, without ignored and suppressed imports, and its idle ignores."""
    less, idle = less_ignored(project, contract)
    codes = {code.code for code in contract.contract.codes} if contract.contract else set()
    hidden = [
        row
        for comment in suppressions.comments(codes, contract.type)
        for row in covered_imports(comment, less.graph)
    ]
    return (replace(less, graph=less.graph.without(hidden)) if hidden else less), idle


def witness(
    project: Project, contract: Contract, configuration: Configuration, suppressions: Suppressions
) -> Witness | str:
    """Return *contract* ready to be asked, or the line that says why it cannot be judged."""
    place = place_of(contract, configuration)
    kind = contract.contract
    if kind is None:
        return contract.error or f"{place}: contract `{contract.terms.name}` cannot be read"
    problems = "; ".join(kind.problems(project))
    if problems:
        return f"{place}: contract `{contract.terms.name}`: {problems}"
    less, idle = as_judged(project, contract, suppressions)
    return Witness(
        contract, place, _lens(less, kind, contract), tuple(idle), _ignores(project.graph, contract)
    )


def _lens(project: Project, kind: ContractType, contract: Contract) -> Lens:
    terms = contract.terms
    laws = laws_of(kind, project.graph, terms)
    if laws is not None:
        return ChainLens(project.graph, kind, terms, laws)
    if isinstance(kind, Protected):
        return ProtectedLens(project.graph, kind)
    if isinstance(kind, AcyclicSiblings):
        return SiblingsLens(project, kind, terms)
    if isinstance(kind, Interface):
        return InterfaceLens(project, kind, terms)
    return (
        ModulesLens(project, kind, terms) if isinstance(kind, Modules) else DirectLens(project, kind, terms)
    )


def _ignores(graph: ModuleGraph, contract: Contract) -> tuple[_Ignore, ...]:
    found = []
    for expression in contract.terms.ignore_imports:
        try:
            importer, imported = split_import(expression)
        except ValueError:
            continue
        tails, heads = (
            frozenset(graph.index[name] for name in expand(graph, side)) for side in (importer, imported)
        )
        found.append(_Ignore(tails, heads, imported))
    return tuple(found)
