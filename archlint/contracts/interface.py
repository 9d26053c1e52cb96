"""Public interfaces: what of a package others may import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from archlint.contracts.codes import PRIVATE
from archlint.contracts.globs import glob_faults
from archlint.contracts.interface_rules import InterfaceRule, interface_faults, matched, visible
from archlint.contracts.module_imports import Crossing, LocalImports, RootModule, crossings, severity
from archlint.contracts.module_rules import Judge  # noqa: TC001 (msgspec reads the annotations)
from archlint.contracts.naming import Unmatched, expression_faults, inside, missing, refuse
from archlint.contracts.remedies import pass_on
from archlint.contracts.territory import ROOT, Territory
from archlint.contracts.underscore import private_part
from archlint.graph.expressions import matches, prefixes
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding
    from archlint.rule import Project, Terms


_FILES = {
    "shop/__init__.py": "",
    "shop/cart/__init__.py": "",
    "shop/cart/api.py": "import shop.cart.store\n",
    "shop/cart/store.py": "",
    "shop/web.py": "from shop.cart import api\n",
}


@dataclass(frozen=True)
class Interface(ContractType):
    """Others import a package through its public interface only.

    ## What it does
    It reports each import of a member of a configured module, from outside that module, that its
    interface does not hold. Importing the module itself is always allowed.

    ## Why is this bad?
    What others use cannot be changed freely, so the whole inside of the package has become its interface.

    ## Example
    ```python
    # shop/web.py
    from shop.cart.store import Row
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.cart.api import items
    ```

    ## Options
    - `modules`: the packages (`shop.*`; tach's globs too), the nearest one above a name being its owner.
    - `public`: modules, wildcards too, that may be imported from outside (`shop.*.api`), with their members.
    - `underscore`: modules and names that begin with one underscore are private to the package that holds
      them; names in a plain module to the package of that module.
    - `interfaces`: tables of `expose` (regular expressions over the dotted member), `from` (over the module's
      path), `visibility` (for which modules), `exclusive`; `data-types` is read and not judged. Of those that
      hold for the importer any one suffices; where none holds everything is public.
    - `unchecked`: modules whose own imports are not judged. `root-module`, `local-imports` and `judge` are
      those of `modules`.
    - `unmatched-modules`: `ignore` drops paths that are no module (default `error`).
    """

    type: ClassVar[str] = "interface"
    codes: ClassVar[tuple[Code, ...]] = (PRIVATE,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "from shop.cart.store import Row\n"},
            ("shop.web imports shop.cart.store.Row, which is not public in shop.cart",),
            {"modules": ["shop.*"], "public": ["shop.*.api"]},
        ),
        Example(
            {**_FILES, "shop/web.py": "from shop.cart import items, rows\n"},
            ("shop.web imports shop.cart.rows, which is not public in shop.cart",),
            {
                "modules": ["shop.cart", "shop.web"],
                "interfaces": [{"expose": ["items"], "from": ["shop.cart"]}],
            },
        ),
        Example(
            {**_FILES, "shop/web.py": "from shop.cart.api import _total\n"},
            ("shop.web imports shop.cart.api._total, but _total is private to shop.cart",),
            {"underscore": True},
        ),
        Example(_FILES, (), {"modules": ["shop.*"], "public": ["shop.*.api"], "underscore": True}),
    )

    modules: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    interfaces: tuple[InterfaceRule, ...] = ()
    underscore: bool = False
    unchecked: tuple[str, ...] = ()
    root_module: RootModule = "allow"
    local_imports: LocalImports = "error"
    judge: Judge = "real"
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[str]:
        if not (self.public or self.interfaces or self.underscore):
            yield "interface: says nothing; give public, interfaces or underscore"
        if (self.public or self.interfaces) and not self.modules:
            yield "modules: names no package whose interface public or interfaces could be"
        yield from expression_faults("public", self.public)
        yield from glob_faults("modules", self.modules)
        yield from glob_faults("unchecked", self.unchecked)
        yield from interface_faults(self.interfaces)

    def territory(self, graph: ModuleGraph) -> Territory[None]:
        """Return the packages that have an interface."""
        entries = [(path, None) for path in self.modules]
        return Territory(graph, entries, as_written=self.judge == "tach")

    def problems(self, project: Project) -> Iterator[str]:
        absent = self.unmatched_modules == "error"
        yield from self.territory(project.graph).problems(project.graph, "modules", absent=absent)
        yield from missing(project, "public", self.public, self.unmatched_modules)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        seen: set[tuple[str, str]] = set()
        for crossing, reason in self.private_imports(project.graph, terms):
            ends = (crossing.row.importer, crossing.name)
            grade = severity(crossing.row, terms.severity, self.local_imports)
            if ends in seen or grade is None:
                continue
            seen.add(ends)
            yield replace(self._finding(project, terms, crossing, reason), severity=grade)

    def private_imports(self, graph: ModuleGraph, terms: Terms) -> Iterator[tuple[Crossing, str]]:
        if self.public or self.interfaces:
            territory = self.territory(graph)
            unchecked = set(Territory(graph, [(path, None) for path in self.unchecked]).paths)
            for crossing in crossings(graph, terms.edges, territory, self.root_module):
                if crossing.source not in unchecked and not self._is_public(crossing):
                    yield crossing, f"which is not public in {crossing.target}"
        if self.underscore:
            everything: Territory[None] = Territory.of(dict.fromkeys(graph.names))
            for crossing in crossings(graph, terms.edges, everything, "allow"):
                owner = private_part(graph, crossing.row.importer, crossing.name)
                if owner:
                    yield crossing, f"but {owner[0]} is private to {owner[1]}"

    def _is_public(self, crossing: Crossing) -> bool:
        if crossing.target in (ROOT, crossing.name):
            return True
        if self.judge == "real" and inside(crossing.source, crossing.target):
            return True
        member = crossing.name.removeprefix(crossing.target + ".")
        if any(matches(public, name) for public in self.public for name in prefixes(crossing.name)):
            return True
        rules = visible(self.interfaces, crossing.source, crossing.target, self.judge)
        if not rules:
            return not self.public
        return any(matched(expression, member, self.judge) for rule in rules for expression in rule.expose)

    def _finding(self, project: Project, terms: Terms, crossing: Crossing, reason: str) -> Finding:
        importer, name = crossing.row.importer, crossing.name
        return self.finding(
            project,
            terms,
            PRIVATE,
            (crossing.step,),
            f"{importer} imports {name}, {reason}",
            identity=(importer, name),
            help=self._remedy(project, crossing),
            symbol=name,
        )

    def _remedy(self, project: Project, crossing: Crossing) -> str:
        row = crossing.row
        territory = self.territory(project.graph)

        def legal(module: str, name: str) -> bool:
            member = f"{module}.{name}"
            there = Crossing(crossing.source, territory.nearest(member), member, row)
            hidden = self.underscore and private_part(project.graph, row.importer, member)
            return module != row.importer and not hidden and self._is_public(there)

        route = (
            pass_on(project, row.imported, row.names, legal) if row.imported in project.graph.index else None
        )
        return route or (
            f"Import it through what is public, or make {crossing.name} public if others are meant to use it."
        )
