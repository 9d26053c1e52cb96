"""ARC206 propagation-over-budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import RUN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.closure import Reach
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding


@dataclass(frozen=True)
class PropagationOverBudget(Rule):
    """A system in which a change anywhere may reach too much of the rest.

    ## What it does
    Reports a root package whose propagation cost is over the budget: the share of all pairs of modules
    in which the first depends on the second, directly or not, each module on itself included (MacCormack,
    Rusnak, Baldwin 2006). Type-checking imports do not count. The finding names the single imports
    without which it would be lowest. Projects of few modules, where any import weighs much, are passed
    over.

    ## Why is this bad?
    It is the part of the system that a change must, on average, be thought through for. In a system that
    stays easy to change it hardly grows with size.

    ## Example
    ```python
    # shop: 400 modules, each of which reaches 160 others
    ```

    ## Use instead
    Cut the imports named in the finding: they carry the largest part of the system to the rest.

    ## Options
    - `max-percent`: the highest propagation cost that is let pass, in percent (default 30).
    - `min-modules`: how many modules a root must have to be judged (default 30).
    - `edges`: which imports count besides eager ones: any of `conditional`, `deferred`, `lazy` and
      `type-checking` (by default all but `type-checking`).
    - `include-tests`: count test modules too (default false).
    """

    code: ClassVar[str] = "ARC206"
    name: ClassVar[str] = "propagation-over-budget"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "import shop.b\n", "shop/b.py": "import shop.c\n", "shop/c.py": ""},
            (
                (
                    "a change in shop reaches 66.7 % of its 3 modules on average, imports for type checking "
                    "aside (budget 40 %); without shop.a -> shop.b it would be 44.4 %"
                ),
            ),
            {"max-percent": 40, "min-modules": 3},
        ),
        Example({"shop/a.py": "import shop.b\n", "shop/b.py": "import shop.c\n", "shop/c.py": ""}),
    )

    max_percent: float = 30
    min_modules: int = 30
    edges: tuple[str, ...] = RUN_TIME
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each root over the budget."""
        from archlint.graph.closure import measure_reach  # noqa: PLC0415 (only where it is asked for)

        graph = project.judged_graph(include_tests=self.include_tests)
        for root in project.roots:
            names = (graph.names[number] for number in graph.subtree(root))
            part = graph.among(name for name in names if project.modules[name].kind != "namespace")
            reach = measure_reach(part.edges(self.edges))
            if reach.size >= self.min_modules and 100 * reach.propagation_cost > self.max_percent:
                yield self._finding(project, root, part, reach)

    def _finding(self, project: Project, root: str, part: ModuleGraph, reach: Reach) -> Finding:
        from archlint.graph.gains import best_removals  # noqa: PLC0415

        gains = best_removals(part.edges(self.edges))
        ends = [(part.names[gain.edge[0]], part.names[gain.edge[1]]) for gain in gains]
        steps = [part.step(*pair, self.edges) for pair in ends]
        without = [100 * (reach.propagation_cost - gain.gain) for gain in gains]
        said = [f"without {' -> '.join(ends[0])} it would be {without[0]:.1f} %"] if gains else []
        # The report counts every import: a number over fewer says so.
        aside = "" if "type-checking" in self.edges else ", imports for type checking aside"
        return self.finding(
            project,
            root,
            f"a change in {root} reaches {100 * reach.propagation_cost:.1f} % of its {reach.size} modules "
            + "; ".join([f"on average{aside} (budget {self.max_percent:g} %)", *said]),
            related=tuple(
                (f"without it {percent:.1f} %", step) for percent, step in zip(without, steps, strict=True)
            ),
            value=round(100 * reach.propagation_cost, 2),
            help="Cut the imports named here: they carry the largest part of the system to the rest.",
        )
