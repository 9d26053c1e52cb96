"""A contract ready to be asked: its lens on the project as the contract sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archlint.contracts.acyclic_siblings import AcyclicSiblings
from archlint.contracts.confined_api import ConfinedApi
from archlint.contracts.confined_package import ConfinedPackage
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.interface import Interface
from archlint.contracts.layers import Layers
from archlint.contracts.modules import Modules
from archlint.contracts.private_modules import PrivateModules
from archlint.contracts.protected import Protected
from archlint.contracts.reachable_api import ReachableApi
from archlint.graph.expressions import expand, is_wildcard, matches, prefixes, split_import
from archlint.pipeline.audit.direct_lens import (
    BoundaryLens,
    DirectLens,
    InterfaceLens,
    ModulesLens,
    PrivateModulesLens,
    ProtectedLens,
)
from archlint.pipeline.audit.lens import ChainLens
from archlint.pipeline.audit.siblings_lens import SiblingsLens
from archlint.pipeline.judge import as_judged, place_of
from archlint.pipeline.laws import laws_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archlint.config.settings import Configuration, Contract
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding
    from archlint.pipeline.audit.lens import Lens
    from archlint.pipeline.audit.values import Mutant
    from archlint.pipeline.suppression import Suppressions
    from archlint.rule import ContractType, Project, Terms

_LENSES: tuple[tuple[type[ContractType], Callable[[Project, Any, Terms], Lens]], ...] = (
    (AcyclicSiblings, SiblingsLens),
    (Interface, InterfaceLens),
    (Modules, ModulesLens),
)


@dataclass(frozen=True)
class Witness:
    """One contract that can be judged: what its lens says, less what its ignore-imports let pass."""

    contract: Contract
    place: str
    lens: Lens
    idle: tuple[str, ...]
    ignores: tuple[_Ignore, ...]
    findings: int = 0

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
    findings = tuple(kind.check(less, contract.terms))
    lens = _lens(less, kind, contract, findings)
    return Witness(contract, place, lens, tuple(idle), _ignores(project.graph, contract), len(findings))


def _lens(project: Project, kind: ContractType, contract: Contract, findings: Sequence[Finding]) -> Lens:
    terms = contract.terms
    if isinstance(kind, Layers | Independence | Forbidden):
        laws = laws_of(kind, project.graph, terms)
        reported = {(found.identity[2], found.identity[3]) for found in findings if len(found.chain) > 1}
        return ChainLens(project.graph, kind, terms, laws, reported)
    if isinstance(kind, Protected):
        return ProtectedLens(project.graph, kind)
    if isinstance(kind, PrivateModules):
        return PrivateModulesLens(project.graph, kind)
    if isinstance(kind, ConfinedApi | ConfinedPackage | ReachableApi):
        return BoundaryLens("imports of packages" if isinstance(kind, ConfinedPackage) else "uses of APIs")
    made = next((lens for asked, lens in _LENSES if isinstance(kind, asked)), DirectLens)
    return made(project, kind, terms)


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
