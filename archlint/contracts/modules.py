"""Declared module dependencies: each module says what it may depend on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import BREACH, DEPRECATED, SKIP, UNDECLARED
from archlint.contracts.globs import glob_faults
from archlint.contracts.layer_items import LayerItem, as_layer
from archlint.contracts.module_bench import Bench, Policy
from archlint.contracts.module_declarations import circles, hidden_declarations, unused_declarations
from archlint.contracts.module_imports import Crossing, LocalImports, RootModule, crossings
from archlint.contracts.module_rules import IMPLICIT_ROOT, Judge, ModuleRule, paths_of
from archlint.contracts.naming import Unmatched, empty_fault, refuse
from archlint.contracts.territory import ROOT, Territory
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding
    from archlint.rule import Project, Terms

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
    - `modules`: tables of `path` or `paths` (globs, which plain paths override), `depends-on` (left out:
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
        names = [as_layer(item).name for item in self.layers]
        yield from (f"layers: '{name}' is listed twice" for name in names if names.count(name) > 1)
        for rule in self.modules:
            yield from self._rule_faults(rule, names)

    def _rule_faults(self, rule: ModuleRule, layers: list[str]) -> Iterator[str]:
        label = f"modules: {', '.join(rule.written) or 'an entry'}"
        if not rule.written:
            yield "modules: an entry has neither path nor paths"
        if rule.layer is not None and rule.layer not in layers:
            yield f"{label}: there is no layer '{rule.layer}'"
        yield from glob_faults(f"{label}: path", rule.written)
        yield from glob_faults(f"{label}: depends-on", paths_of(rule.depends_on))
        yield from glob_faults(f"{label}: cannot-depend-on", paths_of(rule.cannot_depend_on))
        yield from glob_faults(f"{label}: visibility", rule.visibility or ())
        yield from self._root_faults(rule, label)

    def _root_faults(self, rule: ModuleRule, label: str) -> Iterator[str]:
        if self.root_module in ("forbid", "dependenciesonly") and ROOT in paths_of(rule.depends_on):
            yield f"{label}: depends on the root module, which root-module = '{self.root_module}' rules out"
        if self.root_module == "forbid" and not {ROOT, "."}.isdisjoint(rule.written):
            yield f"{label}: is the root module, which root-module = 'forbid' rules out"

    def territory(self, graph: ModuleGraph) -> Territory[ModuleRule]:
        """Return the configured modules of *graph*; the root module, if not configured, declares nothing."""
        entries = [(path, rule) for rule in self.modules for path in rule.written]
        territory = Territory(graph, entries, as_written=self.judge == "tach")
        territory.paths.setdefault(ROOT, IMPLICIT_ROOT)
        return territory

    def problems(self, project: Project) -> Iterator[str]:
        absent = self.unmatched_modules == "error"
        yield from self.territory(project.graph).problems(project.graph, "modules", absent=absent)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        territory = self.territory(project.graph)
        policy = Policy(
            {layer.name: layer for layer in map(as_layer, self.layers)},
            self.layers_explicit_depends_on,
            self.local_imports,
            self.judge,
        )
        found = [
            crossing
            for crossing in crossings(project.graph, terms.edges, territory, self.root_module)
            if not territory.paths[crossing.source].unchecked
        ]
        bench = Bench(self, project, terms, territory, policy)
        yield from bench.imports(found)
        if self.judge == "real":
            yield from bench.externals()
        else:
            yield from hidden_declarations(project, terms, UNDECLARED, territory)
        yield from self._circles(project, terms, territory, found)
        if self.exact:
            used = {(one.source, one.target) for one in found if bench.needs(one)}
            yield from unused_declarations(project, terms, UNDECLARED, territory, used)

    def _circles(
        self, project: Project, terms: Terms, territory: Territory[ModuleRule], found: list[Crossing]
    ) -> Iterator[Finding]:
        if self.forbid_circular_dependencies:
            real = {(one.source, one.target) for one in found} if self.judge == "real" else None
            yield from circles(project, terms, UNDECLARED, territory, real)
