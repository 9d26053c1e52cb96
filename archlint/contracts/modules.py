"""Declared module dependencies: each module says what it may depend on."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from archlint.contracts.globs import glob_faults
from archlint.contracts.layer_items import LayerItem
from archlint.contracts.layers import BREACH, SKIP
from archlint.contracts.module_declarations import circles, hidden_declarations, unused_declarations
from archlint.contracts.module_imports import Crossing, LocalImports, RootModule, crossings, severity
from archlint.contracts.module_rules import (
    IMPLICIT_ROOT,
    Judge,
    ModuleRule,
    Verdict,
    judge_declared,
    judge_layers,
    judge_visibility,
    paths_of,
)
from archlint.contracts.naming import Unmatched, empty_fault, refuse
from archlint.contracts.territory import ROOT, Territory
from archlint.graph.expressions import reaches
from archlint.graph.modulegraph import kinds_mask
from archlint.model import Step
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Import
    from archlint.rule import Project, Terms

UNDECLARED = Code(
    "ARC108", "undeclared-module-dependency", "A module depends on what it may not or does not declare."
)
DEPRECATED = Code(
    "ARC109", "deprecated-module-dependency", "A module still uses a dependency declared as deprecated."
)
CODES = {"layer": BREACH, "skip": SKIP, "deprecated": DEPRECATED}

_FILES = {
    "shop/__init__.py": "",
    "shop/web.py": "from shop import orders\n",
    "shop/orders.py": "",
    "shop/db.py": "",
}
_MODULES = [{"path": "shop.web", "depends-on": ["shop.orders"]}, {"path": "shop.orders"}, {"path": "shop.db"}]


@dataclass(frozen=True)
class Modules(ContractType):
    """Each configured module, with all below it, imports only what it declares.

    ## What it does
    For every import from one configured module to another it asks, in this order: may the layers of the
    two import each other; is it in `cannot-depend-on`; is it in `depends-on`, or a utility. A higher layer
    may import a lower one without declaring it. Only direct imports count.

    ## Why is this bad?
    An undeclared dependency is one that nobody decided on.

    ## Example
    ```python
    # shop/web.py, which declares that it depends on shop.orders alone
    from shop.db import session
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.orders import find_order
    ```

    ## Options
    - `modules`: tables of `path` or `paths` (globs; later plain paths override), `depends-on` (left out:
      anything; entries are paths, globs or `{path, deprecated}`), `cannot-depend-on`, `layer`, `utility`,
      `unchecked`, `visibility`, `depends-on-external` and `cannot-depend-on-external` (import names).
    - `layers`: from the highest to the lowest; `{name, closed}` for one that may not be skipped.
    - `layers-explicit-depends-on`: a higher layer too must declare what it imports, utilities excepted.
    - `root-module`: what belongs to no path: `ignore` (default), `allow`, `dependenciesonly`, `forbid`.
    - `exact`: a declared dependency that nothing imports is reported too.
    - `forbid-circular-dependencies`: modules may not depend on each other in a circle.
    - `local-imports`: `error` (default), `warn` or `off` for imports below module scope.
    - `judge`: `real` (default) judges visibility and circles on imports; `tach` on declarations, as tach.
    - `unmatched-modules`: `ignore` drops paths that are no module (default `error`).
    """

    type: ClassVar[str] = "modules"
    codes: ClassVar[tuple[Code, ...]] = (UNDECLARED, DEPRECATED, BREACH, SKIP)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "from shop.db import session\n"},
            ("shop.web imports shop.db, but shop.web does not declare that it depends on shop.db",),
            {"modules": _MODULES},
        ),
        Example(
            _FILES,
            ("shop.web imports shop.orders, but the dependency of shop.web on shop.orders is deprecated",),
            {
                "modules": [
                    {"path": "shop.web", "depends-on": [{"path": "shop.orders", "deprecated": True}]},
                    {"path": "shop.orders"},
                ]
            },
        ),
        Example(_FILES, (), {"modules": _MODULES}),
    )

    modules: tuple[ModuleRule, ...]
    layers: tuple[str | LayerItem, ...] = ()
    layers_explicit_depends_on: bool = False
    root_module: RootModule = "ignore"
    exact: bool = False
    forbid_circular_dependencies: bool = False
    local_imports: LocalImports = "error"
    judge: Judge = "real"
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[str]:
        yield from empty_fault("modules", self.modules)
        names = [_layer(item).name for item in self.layers]
        yield from (f"layers: '{name}' is listed twice" for name in names if names.count(name) > 1)
        for rule in self.modules:
            label = f"modules: {', '.join(rule.written) or 'an entry'}"
            if not rule.written:
                yield "modules: an entry has neither path nor paths"
            if rule.layer is not None and rule.layer not in names:
                yield f"{label}: there is no layer '{rule.layer}'"
            for option, globs in (
                ("path", rule.written),
                ("depends-on", paths_of(rule.depends_on)),
                ("cannot-depend-on", paths_of(rule.cannot_depend_on)),
                ("visibility", rule.visibility or ()),
            ):
                yield from glob_faults(f"{label}: {option}", globs)
            yield from self._root_faults(rule, label)

    def _root_faults(self, rule: ModuleRule, label: str) -> Iterator[str]:
        if self.root_module in ("forbid", "dependenciesonly") and ROOT in paths_of(rule.depends_on):
            yield f"{label}: depends on the root module, which root-module = '{self.root_module}' rules out"
        if self.root_module == "forbid" and not {ROOT, "."}.isdisjoint(rule.written):
            yield f"{label}: is the root module, which root-module = 'forbid' rules out"

    def territory(self, graph: ModuleGraph) -> Territory[ModuleRule]:
        """Return the configured modules of *graph*; the root module, if not configured, declares nothing."""
        entries = [(path, rule) for rule in self.modules for path in rule.written]
        territory = Territory(graph, entries)
        territory.paths.setdefault(ROOT, IMPLICIT_ROOT)
        return territory

    def problems(self, project: Project) -> Iterator[str]:
        absent = self.unmatched_modules == "error"
        yield from self.territory(project.graph).problems(project.graph, "modules", absent=absent)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        territory = self.territory(project.graph)
        found = list(crossings(project.graph, terms.edges, territory, self.root_module))
        found = [crossing for crossing in found if not territory.paths[crossing.source].unchecked]
        yield from self._imports(project, terms, territory, found)
        if self.judge == "real":
            yield from self._externals(project, terms, territory)
        else:
            yield from hidden_declarations(project, terms, UNDECLARED, territory)
        if self.exact:
            used = {(one.source, one.target) for one in found if self._needs(one, territory)}
            yield from unused_declarations(project, terms, UNDECLARED, territory, used)
        if self.forbid_circular_dependencies:
            real = {(one.source, one.target) for one in found} if self.judge == "real" else None
            yield from circles(project, terms, UNDECLARED, territory, real)

    def _imports(
        self, project: Project, terms: Terms, territory: Territory[ModuleRule], found: list[Crossing]
    ) -> Iterator[Finding]:
        seen: set[tuple[str, ...]] = set()
        for crossing in found:
            verdict = self._verdict(crossing, territory)
            if verdict is None:
                continue
            code = CODES.get(verdict.kind, UNDECLARED)
            key = (code.code, crossing.row.importer, crossing.row.imported)
            grade = severity(crossing.row, terms.severity, self.local_imports)
            if key in seen or grade is None:
                continue
            seen.add(key)
            finding = self._finding(project, terms, code, crossing.step, crossing.row.imported, verdict)
            if code is DEPRECATED:
                # Allowed, and on its way out: tach lets it pass.
                grade = "info" if self.judge == "tach" or terms.severity == "info" else "warning"
            yield replace(finding, severity=grade)

    def _verdict(self, crossing: Crossing, territory: Territory[ModuleRule]) -> Verdict | None:
        source, target = crossing.source, crossing.target
        own, other = territory.paths[source], territory.paths[target]
        layers = {layer.name: layer for layer in map(_layer, self.layers)}
        layered = judge_layers(layers, source, own, target, other)
        if isinstance(layered, Verdict):
            return layered
        explicit = self.layers_explicit_depends_on and not other.utility
        declared = None if layered and not explicit else judge_declared(source, own, target, other)
        if declared is None and self.judge == "real":
            return judge_visibility(source, target, other)
        return declared

    def _needs(self, crossing: Crossing, territory: Territory[ModuleRule]) -> bool:
        """Return whether the import needs a declaration: without any it would be refused."""
        if self.judge == "real":
            return True
        own, other = territory.paths[crossing.source], territory.paths[crossing.target]
        bare = replace(own, depends_on=())
        view = Territory.of({crossing.source: bare, crossing.target: other})
        return self._verdict(crossing, view) is not None

    def _finding(  # noqa: PLR0913, PLR0917 (each is a separate part of the finding)
        self, project: Project, terms: Terms, code: Code, step: Step, imported: str, verdict: Verdict
    ) -> Finding:
        message = f"{step.importer} imports {imported}, but {verdict.reason}"
        ends = (step.importer, imported)
        return self.finding(
            project, terms, code, (step,), message, identity=ends, help=_REMEDIES[verdict.kind].format(*ends)
        )

    def _externals(
        self, project: Project, terms: Terms, territory: Territory[ModuleRule]
    ) -> Iterator[Finding]:
        refused = ~kinds_mask(terms.edges)
        seen: set[tuple[str, str]] = set()
        for row in project.graph.externals:
            source = territory.nearest(row.importer)
            rule = territory.paths[source]
            ends = (row.importer, row.imported)
            if row.flags & refused or rule.unchecked or ends in seen:
                continue
            verdict = _external_verdict(source, rule, row)
            if verdict:
                seen.add(ends)
                step = Step(row.importer, row.imported, row.path, row.line)
                yield self._finding(project, terms, UNDECLARED, step, row.imported, verdict)


_REMEDIES = {
    "layer": "Move what {0} takes from {1} into a lower layer, or let the caller pass it in.",
    "skip": "Go through the closed layer instead of importing {1} from {0}.",
    "forbidden": "Ask a module that may depend on {1} instead of importing it from {0}.",
    "undeclared": "Drop the import of {1} from {0}, or decide that it is right and add it to depends-on.",
    "deprecated": "Find another way to what {0} takes from {1}.",
    "hidden": "Use what is visible instead of {1}, or add the importer to its visibility.",
}


def _external_verdict(source: str, rule: ModuleRule, row: Import) -> Verdict | None:
    if any(reaches(row, name) for name in rule.cannot_depend_on_external):
        return Verdict("forbidden", f"{source} may not depend on it")
    if rule.depends_on_external is None or row.imported in sys.stdlib_module_names:
        return None
    if any(reaches(row, name) for name in rule.depends_on_external):
        return None
    return Verdict("undeclared", f"{source} does not declare that it depends on it")


def _layer(item: str | LayerItem) -> LayerItem:
    return item if isinstance(item, LayerItem) else LayerItem(item)
