"""ARC201 import-cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.graph.breaking import feedback_edges
from archlint.graph.cost import removal_cost
from archlint.graph.cycles import components, shortest_cycle
from archlint.model import IMPORT_TIME
from archlint.rule import Example, Project, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.adjacency import Adjacency
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding


@dataclass(frozen=True)
class ImportCycle(Rule):
    """Modules that import each other in a circle.

    ## What it does
    Reports each group of modules in which every module reaches every other through imports that
    Python runs when the modules are loaded (a strongly connected component). A finding shows a
    shortest circle, and the cheapest set of imports whose removal leaves no circle.

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
                "2 modules import each other in a circle: shop.billing -> shop.orders -> shop.billing; "
                "the cheapest break is 1 import: shop.billing -> shop.orders",
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
        cycle = shortest_cycle(edges, component)
        chain = graph.steps([*cycle, cycle[0]], self.edges)
        inside = set(component)
        pairs = [(tail, head) for tail in component for head in edges.successors[tail] if head in inside]
        weights = {pair: self._cost(graph, pair) for pair in pairs}
        breaks = [
            graph.step(graph.names[tail], graph.names[head], self.edges)
            for tail, head in feedback_edges(weights)
        ]
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
            related=tuple(("remove to break the cycle", step) for step in breaks),
            identity=(self.code, *(f"{graph.names[tail]} -> {graph.names[head]}" for tail, head in pairs)),
            help="Remove, defer or move those imports; what both sides need belongs in a third module.",
        )

    def _cost(self, graph: ModuleGraph, pair: tuple[int, int]) -> int:
        importer, imported = (graph.names[number] for number in pair)
        return removal_cost(graph.details(importer, imported, self.edges))
