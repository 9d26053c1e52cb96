"""Forbidden: some modules may not import some others, external packages included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import FORBIDDEN
from archlint.contracts.external import sightings
from archlint.contracts.forbidden_search import Search
from archlint.contracts.naming import (
    Unmatched,
    empty_fault,
    expression_faults,
    inside,
    is_internal,
    missing,
    refuse,
)
from archlint.contracts.remedies import change_cheapest, pass_on_of, through
from archlint.graph.expressions import expand_all, is_wildcard
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.contracts.forbidden_search import Reach
    from archlint.model import Finding
    from archlint.rule import Project, Terms


_FILES = {"shop/__init__.py": "", "shop/web.py": "", "shop/orders.py": "", "shop/db.py": ""}
_OPTIONS = {"source-modules": ["shop.web"], "forbidden-modules": ["shop.db"]}


@dataclass(frozen=True)
class Forbidden(ContractType):
    """The source modules may not import the forbidden ones.

    ## What it does
    For each source and forbidden module it reports every import of the one by the other, and one
    shortest chain through any other modules. A pair of which one lies inside the other is skipped.

    ## Why is this bad?
    What was kept out on purpose (a framework, a slow dependency, the inside of another part) is back in.

    ## Example
    ```python
    # shop/web.py
    import sqlalchemy
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop import orders  # which asks shop.db
    ```

    ## Options
    - `source-modules`, `forbidden-modules`: modules, wildcards too. External packages may be forbidden, with
      subpackages (`django.db`); one that nobody imports is skipped.
    - `allow-indirect-imports`: report direct imports only.
    - `as-packages`: each module stands for all below it too (default true).
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "forbidden"
    codes: ClassVar[tuple[Code, ...]] = (FORBIDDEN,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "from shop.db import rows\n"},
            ("shop.web imports shop.db, which is forbidden to shop.web",),
            _OPTIONS,
        ),
        Example(
            {**_FILES, "shop/web.py": "import shop.orders\n", "shop/orders.py": "import shop.db\n"},
            ("shop.web reaches shop.db through 1 module, which is forbidden",),
            _OPTIONS,
        ),
        Example(
            {**_FILES, "shop/web.py": "import django.http\nfrom django import db\n"},
            ("shop.web imports django.db, which is forbidden to shop.web",),
            {"source-modules": ["shop.web"], "forbidden-modules": ["django.db"]},
        ),
        Example({**_FILES, "shop/orders.py": "import shop.db\n"}, (), _OPTIONS),
    )

    source_modules: tuple[str, ...]
    forbidden_modules: tuple[str, ...]
    allow_indirect_imports: bool = False
    as_packages: bool = True
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[str]:
        for option in ("source_modules", "forbidden_modules"):
            label, values = option.replace("_", "-"), getattr(self, option)
            yield from empty_fault(label, values)
            yield from expression_faults(label, values)

    def problems(self, project: Project) -> Iterator[str]:
        yield from missing(project, "source-modules", self.source_modules, self.unmatched_modules)
        for name in self.forbidden_modules:
            if not is_wildcard(name):
                yield from self._named(project, name)
        if self.unmatched_modules == "error":
            wild = [name for name in self.forbidden_modules if is_wildcard(name)]
            outside = {seen.expression for seen in sightings(project.graph, wild)}
            yield from missing(project, "forbidden-modules", (name for name in wild if name not in outside))

    @staticmethod
    def _named(project: Project, name: str) -> Iterator[str]:
        """Return what is wrong with the *name* of a forbidden module: of the project, or external."""
        if is_internal(project, name):
            return missing(project, "forbidden-modules", (name,))
        return expression_faults("forbidden-modules", (name,), external=True)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        search = Search(
            project.graph,
            terms.edges,
            self.source_modules,
            self.forbidden_modules,
            packages=self.as_packages,
        )
        seen: set[tuple[str, ...]] = set()
        for found in search.direct():
            if found.way not in seen:
                seen.add(found.way)
                yield self._direct(project, terms, found)
        for found in () if self.allow_indirect_imports else search.indirect():
            # Sources and targets named by wildcards lie inside each other: one chain serves them all.
            if found.way not in seen:
                seen.add(found.way)
                yield self._indirect(project, terms, found)

    def _direct(self, project: Project, terms: Terms, found: Reach) -> Finding:
        ends = (found.chain[0].importer, found.target)
        message = f"{ends[0]} imports {ends[1]}, which is forbidden to {found.source}"
        remedy = self._route(project, terms, found) or (
            f"Ask a module that may import {ends[1]} for what {ends[0]} needs, or pass it in."
        )
        return self.finding(project, terms, FORBIDDEN, found.chain, message, identity=ends, help=remedy)

    def _route(self, project: Project, terms: Terms, found: Reach) -> str | None:
        """Return the legal route: where only direct imports count, another module may pass the name on."""
        if not self.allow_indirect_imports:
            return None
        bound = (
            *expand_all(project.graph, self.forbidden_modules),
            *expand_all(project.graph, self.source_modules),
        )

        def allowed(module: str) -> bool:
            return not any(inside(module, name) if self.as_packages else module == name for name in bound)

        return pass_on_of(project, terms, found.chain[0], allowed)

    def _indirect(self, project: Project, terms: Terms, found: Reach) -> Finding:
        ends = (found.source, found.target)
        message = f"{ends[0]} reaches {ends[1]} {through(found.chain)}, which is forbidden"
        remedy = change_cheapest(project, terms, found.chain)
        return self.finding(project, terms, FORBIDDEN, found.chain, message, identity=ends, help=remedy)
