"""ARC207 mixed-concerns."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from archlint.graph.modulegraph import kinds_mask
from archlint.model import Step
from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import RUN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Import

APART = (("web", "persistence", "messaging", "process"), ("persistence", "templating"))
# A file that starts the program, or configures what does, may know all of it.
_ENTRIES = frozenset({"__main__", "asgi", "conftest", "manage", "settings", "setup", "wsgi"})


@dataclass(frozen=True)
class MixedConcerns(Rule):
    """A module that deals with technologies of two concerns which the project keeps apart.

    ## What it does
    Reports modules that import packages of two concerns: flask (web) and sqlalchemy (persistence), say.
    Which package serves which concern is read from a catalogue of well-known ones. Type-checking imports
    do not count. Composition roots are left in peace: `__main__`, `wsgi`, `settings` and their like, and
    modules that import from several packages of the project, whose task is to bring concerns together.

    ## Why is this bad?
    Neither concern can be tested, replaced or understood without the other: a change of the database
    becomes a change of the web pages.

    ## Example
    ```python
    from flask import request
    from sqlalchemy import select
    ```

    ## Use instead
    Let one module know the database and another the web, and hand plain values from one to the other:
    ```python
    from flask import request
    from shop.orders import open_orders
    ```

    ## Options
    - `apart`: lists of concerns; every two of one list are kept apart (by default web, persistence,
      messaging and process, and persistence and templating). The catalogue knows web, persistence,
      messaging, templating, process, crypto, remote-call, desktop, command-line, cloud, analysis and general.
    - `technologies`: further packages by concern, which may be new; they win over the catalogue
      (default none).
    - `composition-root`: from how many packages, or modules beside it, a composition root imports
      (default 4).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC207"
    name: ClassVar[str] = "mixed-concerns"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/orders.py": "from flask import request\nfrom sqlalchemy import select\n"},
            ("shop.orders deals with persistence (sqlalchemy, line 2) and web (flask, line 1)",),
        ),
        Example(
            {
                "shop/__main__.py": "import flask, sqlalchemy\n",
                "shop/orders.py": "import flask\nfrom typing import TYPE_CHECKING\n"
                "if TYPE_CHECKING:\n    import sqlalchemy\n",
            },
        ),
    )

    apart: tuple[tuple[str, ...], ...] = APART
    technologies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    composition_root: int = 4
    include_tests: bool = False

    def __post_init__(self) -> None:
        """Refuse concerns that neither the catalogue nor the configuration knows."""
        from archlint.context.technologies import concerns  # noqa: PLC0415 (only where it is asked for)

        if self.apart == APART:
            return
        known = {*concerns().values(), *self.technologies}
        strange = sorted({concern for group in self.apart for concern in group if concern not in known})
        if strange:
            raise ValueError(f"`apart`: unknown concern `{strange[0]}`; known: {', '.join(sorted(known))}")

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each pair of concerns that a module mixes."""
        graph = project.judged_graph(include_tests=self.include_tests)
        packages = self._packages()
        for module in graph.names:
            touched = _touched(graph, module, packages)
            if len(touched) < 2 or self._is_root(graph, module):
                continue
            for pair in self._apart(touched):
                yield self._finding(project, module, touched, pair)

    def _packages(self) -> dict[str, str]:
        from archlint.context.technologies import concerns  # noqa: PLC0415

        own = {name: concern for concern, names in self.technologies.items() for name in names}
        return concerns() | own

    def _is_root(self, graph: ModuleGraph, module: str) -> bool:
        if module.rpartition(".")[2] in _ENTRIES:
            return True
        heads = graph.edges(RUN_TIME).successors[graph.index[module]]
        return len({_part(module, graph.names[head]) for head in heads}) >= self.composition_root

    def _apart(self, touched: Mapping[str, tuple[str, Import]]) -> list[tuple[str, str]]:
        pairs = {pair for group in self.apart for pair in combinations(sorted({*group} & {*touched}), 2)}
        return sorted(pairs)

    def _finding(
        self,
        project: Project,
        module: str,
        touched: Mapping[str, tuple[str, Import]],
        pair: tuple[str, str],
    ) -> Finding:
        said = [f"{concern} ({touched[concern][0]}, line {touched[concern][1].line})" for concern in pair]
        rows = [touched[concern][1] for concern in pair]
        last = max(rows, key=lambda row: row.line)
        return self.finding(
            project,
            module,
            f"{module} deals with {said[0]} and {said[1]}",
            line=last.line,
            column=last.column,
            related=tuple(
                (concern, Step(module, row.imported, row.path, row.line))
                for concern, row in zip(pair, rows, strict=True)
            ),
            identity=(self.code, module, *pair),
            help="Let one module know each, and hand plain values from one to the other.",
        )


def _touched(graph: ModuleGraph, module: str, packages: Mapping[str, str]) -> dict[str, tuple[str, Import]]:
    """Return each concern that *module* touches, with the first package and import that show it."""
    refused = ~kinds_mask(RUN_TIME)
    found: dict[str, tuple[str, Import]] = {}
    for row in graph.external_rows_of(module):
        if row.flags & refused:
            continue
        for target in row.targets:
            package = _listed(target, packages)
            if package is not None:
                found.setdefault(packages[package], (package, row))
    return found


def _listed(name: str, packages: Mapping[str, str]) -> str | None:
    """Return the longest listed package at or above the dotted *name*."""
    while name and name not in packages:
        name = name.rpartition(".")[0]
    return name or None


def _part(module: str, imported: str) -> str:
    """Return *imported* up to the first component in which it differs from *module*."""
    mine, theirs = module.split("."), imported.split(".")
    depth = 0
    while depth < min(len(mine), len(theirs)) and mine[depth] == theirs[depth]:
        depth += 1
    return ".".join(theirs[: depth + 1])
