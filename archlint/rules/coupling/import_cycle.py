"""ARC201 import-cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.facts import IMPORT_TIME
from archlint.graph.cycles import components, shortest_cycle
from archlint.rule import Example, Project, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.untangling import Break
    from archlint.model import Finding


@dataclass(frozen=True)
class ImportCycle(Rule):
    """Modules that import each other in a circle.

    ## What it does
    Reports each group of modules in which every module reaches every other through imports that
    Python runs when the modules are loaded (a strongly connected component). A finding shows a
    shortest circle, and the cheapest set of imports whose removal leaves no circle. Cheapest of all to
    remove is an import of names that the imported module only passes on: they can be taken from where
    they are defined.

    ## Why is this bad?
    None of the modules can be understood, tested or reused without all the others, and whether the
    program starts depends on which of them is imported first.

    ## Example
    ```python
    # shop/orders.py
    from shop.billing import invoice

    # shop/billing.py
    from shop.orders import Order
    ```

    ## Use instead
    Move what both need into a third module that imports neither:
    ```python
    # shop/entities.py
    class Order: ...
    ```

    ## Options
    - `edges`: which imports count besides eager ones: any of `conditional`, `deferred`, `lazy` and
      `type-checking` (default `["eager", "conditional"]`, the imports that run at import time).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC201"
    name: ClassVar[str] = "import-cycle"
    default: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/orders.py": "from shop.billing import invoice\n",
                "shop/billing.py": "from shop.orders import Order\n",
            },
            (
                (
                    "2 modules import each other in a circle: shop.billing -> shop.orders -> shop.billing; "
                    "the cheapest break is 1 import: shop.billing -> shop.orders"
                ),
            ),
        ),
        Example(
            {
                "shop/orders.py": "from shop.billing import invoice\n",
                "shop/billing.py": "def invoice():\n    from shop.orders import Order\n",
            },
        ),
    )

    edges: tuple[str, ...] = IMPORT_TIME
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each strongly connected component of two or more modules."""
        graph = project.judged_graph(include_tests=self.include_tests)
        edges = graph.edges(self.edges)
        for component in components(edges):
            yield self._finding(project, graph, edges, component)

    def _finding(
        self, project: Project, graph: ModuleGraph, edges: Adjacency, component: list[int]
    ) -> Finding:
        from archlint.graph.untangling import cheapest_breaks  # noqa: PLC0415 (only where there is a cycle)

        cycle = shortest_cycle(edges, component)
        chain = graph.steps([*cycle, cycle[0]], self.edges)
        found = cheapest_breaks(graph, edges, self.edges, component, project.exported)
        breaks = [graph.steps(each.edge, self.edges)[0] for each in found]
        circle = " -> ".join([step.importer for step in chain] + [chain[0].importer])
        more = f", and {len(breaks) - 1} more" if len(breaks) > 1 else ""
        imports = "1 import" if len(breaks) == 1 else f"{len(breaks)} imports"
        return self.finding(
            project,
            chain[0].importer,
            f"{len(component)} modules import each other in a circle: {circle}; the cheapest break is "
            f"{imports}: {breaks[0].importer} -> {breaks[0].imported}{more}",
            path=chain[0].path or project.path(chain[0].importer),
            line=chain[0].line,
            chain=chain,
            related=tuple((_role(each), step) for each, step in zip(found, breaks, strict=True)),
            identity=(self.code, *_inside(graph, edges, component)),
            help="Remove, defer or move those imports; what both sides need belongs in a third module.",
        )


def _role(each: Break) -> str:
    if each.instead:
        return f"import from {' and '.join(each.instead)} instead"
    return "remove to break the cycle"


def _inside(graph: ModuleGraph, edges: Adjacency, component: list[int]) -> list[str]:
    """Return the edges of *component* by name, ascending."""
    inside = set(component)
    names = graph.names
    return [
        f"{names[tail]} -> {names[head]}"
        for tail in component
        for head in edges.successors[tail]
        if head in inside
    ]
