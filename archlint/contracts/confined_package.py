"""Confined package: only some modules may import these third-party or standard-library packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.boundary import allowed_words, nodes_of
from archlint.contracts.codes import ENCLOSED
from archlint.contracts.external import external_step, sightings
from archlint.contracts.naming import (
    Unmatched,
    empty_fault,
    expression_faults,
    is_internal,
    missing,
    refuse,
)
from archlint.facts import Flag
from archlint.graph.expressions import is_wildcard
from archlint.graph.strangers import strangers
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.contracts.external import Sightings
    from archlint.model import Finding, Import
    from archlint.rule import Project, Terms


_FILES = {"shop/__init__.py": "", "shop/mail.py": "import smtplib\n", "shop/web.py": "import shop.mail\n"}
_OPTIONS = {"packages": ["smtplib", "google.cloud"], "allowed": ["shop.mail"]}


@dataclass(frozen=True)
class ConfinedPackage(ContractType):
    """Only the allowed modules may import these packages.

    ## What it does
    It reports every other module that imports one of the packages, of the standard library or of others.
    An import for type checking counts too, unless `edges` leaves it out.

    ## Why is this bad?
    A package that one module was to wrap becomes part of all the others: it can no longer be replaced,
    mocked or upgraded in one place.

    ## Example
    ```python
    # shop/web.py
    import smtplib
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.mail import send_receipt  # the one module that knows smtplib
    ```

    ## Options
    - `packages`: external packages with subpackages (`google.cloud`), wildcards too.
    - `allowed`: the modules that may import them, wildcards too; may be empty.
    - `as-packages`: each allowed module stands for all below it too (default true).
    - `include-tests`: judge test modules too (default false).
    - `unmatched-modules`: `ignore` lets wildcards among the allowed match nothing (default `error`).
    """

    type: ClassVar[str] = "confined-package"
    codes: ClassVar[tuple[Code, ...]] = (ENCLOSED,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "import smtplib\nfrom google.cloud import storage\n"},
            (
                "shop.web imports smtplib, which is confined",
                "shop.web imports google.cloud, which is confined",
            ),
            _OPTIONS,
        ),
        Example(_FILES, (), _OPTIONS),
    )

    packages: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    as_packages: bool = True
    include_tests: bool = False
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(
            (
                *empty_fault("packages", self.packages),
                *expression_faults("packages", self.packages, external=True),
                *expression_faults("allowed", self.allowed),
            )
        )

    def problems(self, project: Project) -> Iterator[str]:
        for name in self.packages:
            if not is_wildcard(name) and is_internal(project, name):
                yield f"packages: '{name}' is a module of the project; a `protected` contract keeps those"
        yield from (f"packages: {line}" for line in strangers(project.graph, self.packages))
        yield from missing(project, "allowed", self.allowed, self.unmatched_modules)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        graph = project.graph
        allowed = nodes_of(graph, self.allowed, packages=self.as_packages)
        for found in sightings(graph, self.packages, terms.edges):
            for importer in sorted(found.rows):
                test = graph.modules[importer].test and not self.include_tests
                if not test and graph.index[importer] not in allowed:
                    yield self._finding(project, terms, found, importer)

    def _finding(self, project: Project, terms: Terms, found: Sightings, importer: str) -> Finding:
        return self.finding(
            project,
            terms,
            ENCLOSED,
            (external_step(min(found.rows[importer], key=_only_for_types)),),
            f"{importer} imports {found.name}, which is confined",
            identity=(importer, found.name),
            help=f"Ask a module that may import {found.name}; allowed: {allowed_words(self.allowed)}.",
        )


def _only_for_types(row: Import) -> bool:
    """Tell whether *row* is there for type checkers alone: another import of the same is better shown."""
    return bool(row.flags & Flag.TYPE_CHECKING)
