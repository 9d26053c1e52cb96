"""ARC209 import-time-cycle."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Project, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class ImportTimeCycle(Rule):
    """Modules that load each other in a circle through a package's `__init__`.

    ## What it does
    Reports circles that no import statement shows by itself: importing `a.b.c` executes the `__init__`
    of `a` and of `a.b` first, and what they import in turn. Only imports that run when modules are loaded
    count; circles of import statements alone are import-cycle's. A module's own packages do not count:
    they are already running when it is loaded.

    ## Why is this bad?
    Whether such a program starts depends on which module is loaded first. It fails with a partially
    initialised module in the one command, test or worker that takes another way in.

    ## Example
    ```python
    # shop/orders/__init__.py
    import shop.billing.invoices

    # shop/billing/__init__.py
    from shop.orders.cart import Cart  # executes shop.orders first
    ```

    ## Use instead
    Keep `__init__` empty, or import there only what needs nothing from outside the package.

    ## Options
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC209"
    name: ClassVar[str] = "import-time-cycle"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/__init__.py": "",
                "shop/orders/__init__.py": "import shop.billing.invoices\n",
                "shop/orders/cart.py": "",
                "shop/billing/__init__.py": "from shop.orders.cart import Cart\n",
                "shop/billing/invoices.py": "",
            },
            (
                (
                    "2 modules load each other in a circle through a package: shop.billing -> shop.orders "
                    "-> shop.billing"
                ),
            ),
        ),
        Example(
            {
                "shop/orders/__init__.py": "",
                "shop/orders/cart.py": "import shop.billing.invoices\n",
                "shop/billing/__init__.py": "import shop.orders\n",
                "shop/billing/invoices.py": "def late():\n    import shop.orders.cart\n",
            },
        ),
    )

    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each component that packages close or widen."""
        from archlint.graph.implicit import ImportTime, hidden_circles  # noqa: PLC0415 (only on demand)

        graph = project.judged_graph(include_tests=self.include_tests)
        loads = ImportTime(graph)
        for component, cycle in hidden_circles(loads):
            steps = tuple(loads.step(*edge) for edge in pairwise([*cycle, cycle[0]]))
            circle = " -> ".join([step.importer for step in steps] + [steps[0].importer])
            inside = sorted((graph.names[a], graph.names[b]) for a, b in loads.within(component))
            yield self.finding(
                project,
                steps[0].importer,
                f"{len(component)} modules load each other in a circle through a package: {circle}",
                path=steps[0].path or project.path(steps[0].importer),
                line=steps[0].line,
                chain=steps,
                related=tuple(
                    (f"executes {step.imported} first", step)
                    for step, edge in zip(steps, pairwise([*cycle, cycle[0]]), strict=True)
                    if edge in loads.causes
                ),
                identity=(self.code, *(f"{tail} -> {head}" for tail, head in inside)),
                help="Keep `__init__` free of imports from outside its package, or defer them.",
            )
