"""Protected: only some modules may import these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import PROTECTED
from archlint.contracts.external import external_step, sightings
from archlint.contracts.naming import (
    Unmatched,
    empty_fault,
    expression_faults,
    is_internal,
    missing,
    refuse,
)
from archlint.contracts.remedies import pass_on
from archlint.graph.expressions import expand_all, is_wildcard
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Step
    from archlint.rule import Project, Terms


_FILES = {
    "shop/__init__.py": "",
    "shop/web.py": "",
    "shop/repo.py": "import shop.tables\n",
    "shop/tables.py": "",
}
_OPTIONS = {"protected-modules": ["shop.tables"], "allowed-importers": ["shop.repo"]}


@dataclass(frozen=True)
class Protected(ContractType):
    """Only the allowed importers may import the protected modules.

    ## What it does
    It reports every direct import of a protected module by a module that is neither allowed nor inside
    the same protected package. Two protected packages may not import each other either.

    ## Why is this bad?
    A part that one module was to keep to itself spreads, and can no longer be changed in one place.

    ## Example
    ```python
    # shop/web.py
    from shop.tables import orders
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.repo import find_orders  # the allowed importer of shop.tables
    ```

    ## Options
    - `protected-modules`: modules, wildcards too, and external packages with subpackages.
    - `allowed-importers`: modules, wildcards too; may be empty.
    - `as-packages`: each module stands for all below it too (default true).
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "protected"
    codes: ClassVar[tuple[Code, ...]] = (PROTECTED,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "from shop.tables import orders\n"},
            ("shop.web imports shop.tables, which is protected",),
            _OPTIONS,
        ),
        Example(
            {**_FILES, "shop/web.py": "import sqlalchemy.orm\n"},
            ("shop.web imports sqlalchemy, which is protected",),
            {"protected-modules": ["sqlalchemy"], "allowed-importers": ["shop.repo"]},
        ),
        Example(_FILES, (), _OPTIONS),
    )

    protected_modules: tuple[str, ...]
    allowed_importers: tuple[str, ...] = ()
    as_packages: bool = True
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(
            (
                *empty_fault("protected-modules", self.protected_modules),
                *expression_faults("protected-modules", self.protected_modules),
                *expression_faults("allowed-importers", self.allowed_importers),
            )
        )

    def problems(self, project: Project) -> Iterator[str]:
        seen = {found.expression for found in sightings(project.graph, self.protected_modules)}
        internal = (
            name
            for name in self.protected_modules
            if name not in seen and (is_wildcard(name) or is_internal(project, name))
        )
        yield from missing(project, "protected-modules", internal, self.unmatched_modules)
        yield from missing(project, "allowed-importers", self.allowed_importers, self.unmatched_modules)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        graph = project.graph
        allowed = self._nodes(graph, self.allowed_importers)
        seen: set[tuple[str, str]] = set()
        for name in expand_all(graph, self.protected_modules):
            own = self._nodes(graph, (name,))
            for tail, head in _imports_of(graph, own, allowed, terms):
                chain = graph.steps((tail, head), terms.edges)
                yield from self._finding(project, terms, chain, chain[0].imported, seen)
        for found in sightings(graph, self.protected_modules, terms.edges):
            for importer in sorted(found.rows):
                if graph.index[importer] not in allowed:
                    chain = (external_step(found.rows[importer][0]),)
                    yield from self._finding(project, terms, chain, found.name, seen)

    def _nodes(self, graph: ModuleGraph, expressions: tuple[str, ...]) -> frozenset[int]:
        names = expand_all(graph, expressions)
        if not self.as_packages:
            return frozenset(graph.index[name] for name in names)
        return frozenset(node for name in names for node in graph.subtree(name))

    def _finding(
        self,
        project: Project,
        terms: Terms,
        chain: tuple[Step, ...],
        imported: str,
        seen: set[tuple[str, str]],
    ) -> Iterator[Finding]:
        ends = (chain[0].importer, imported)
        if ends in seen:
            return
        seen.add(ends)
        yield self.finding(
            project,
            terms,
            PROTECTED,
            chain,
            f"{ends[0]} imports {imported}, which is protected",
            identity=ends,
            help=self._remedy(project, chain[0], imported),
        )

    def _remedy(self, project: Project, step: Step, imported: str) -> str:
        allowed = self._nodes(project.graph, self.allowed_importers)

        def legal(module: str, _name: str) -> bool:
            return module != step.importer and project.graph.index[module] in allowed

        if step.imported in project.graph.index:
            rows = project.graph.details(step.importer, step.imported)
            route = pass_on(project, step.imported, (name for row in rows for name in row.names), legal)
            if route:
                return route
        listed = ", ".join(self.allowed_importers) or "nobody"
        return f"Ask a module that may import {imported} instead; allowed: {listed}."


def _imports_of(
    graph: ModuleGraph, own: frozenset[int], allowed: frozenset[int], terms: Terms
) -> Iterator[tuple[int, int]]:
    """Yield the edges into *own* from nodes that are neither *own* nor *allowed*, ascending by importer."""
    importers = graph.edges(terms.edges).predecessors
    yield from sorted(
        (tail, head) for head in own for tail in importers[head] if tail not in own and tail not in allowed
    )
