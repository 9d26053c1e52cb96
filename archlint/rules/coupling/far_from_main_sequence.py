"""ARC208 far-from-main-sequence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.coupling.counts import RUN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class FarFromMainSequence(Rule):
    """A package that is stable and concrete, or abstract and unused.

    ## What it does
    Reports packages far from Martin's main sequence: D = abs(A + I - 1) is over the limit, I being the
    instability Ce / (Ca + Ce) and A the share of the public classes that are abstract (an `ABC`, a
    `Protocol`, or with an abstract method). A package is its own modules without the packages below it,
    and Ca and Ce count packages. Packages with few dealings or few classes are passed over: their
    numbers mean little.

    ## Why is this bad?
    Where many depend on a package (I near 0) of concrete classes (A near 0), every change to a class is
    a change for all of them, and nothing can be put in its place. Where a package is abstract and nobody
    depends on it, it is in nobody's service.

    ## Example
    ```python
    # shop.entities: imported by 20 packages, imports none, 40 classes, none abstract
    ```

    ## Use instead
    Let the others depend on protocols of theirs, or split what changes often from what is fixed.

    ## Options
    - `max-distance`: the largest distance that is let pass (default 0.9).
    - `min-coupled`: how many other packages must import it or be imported, both counted (default 10).
    - `min-classes`: how many public classes it must have (default 10).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC208"
    name: ClassVar[str] = "far-from-main-sequence"
    needs: ClassVar[frozenset[Need]] = frozenset({"graph", "detail"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/a/__init__.py": "import shop.base\n",
                "shop/b/__init__.py": "import shop.base\n",
                "shop/base/__init__.py": "class Order: ...\n",
            },
            ("shop.base is far from the main sequence: D 1.00 (limit 0.9), A 0.00, I 0.00",),
            {"min-coupled": 2, "min-classes": 1},
        ),
        Example(
            {
                "shop/a/__init__.py": "import shop.base\n",
                "shop/b/__init__.py": "import shop.base\n",
                "shop/base/__init__.py": "from typing import Protocol\nclass Order(Protocol): ...\n",
            },
            options={"min-coupled": 2, "min-classes": 1},
        ),
    )

    max_distance: float = 0.9
    min_coupled: int = 10
    min_classes: int = 10
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each package over the limit."""
        from archlint.graph.martin import package_metrics  # noqa: PLC0415 (only where it is asked for)

        graph = project.judged_graph(include_tests=self.include_tests)
        for package, found in package_metrics(graph, graph.edges(RUN_TIME), project.details).items():
            coupled = found.coupling.afferent + found.coupling.efferent
            if coupled < self.min_coupled or found.classes < self.min_classes:
                continue
            if found.distance > self.max_distance:
                yield self.finding(
                    project,
                    package,
                    f"{package} is far from the main sequence: D {found.distance:.2f} "
                    f"(limit {self.max_distance:g}), A {found.abstractness:.2f}, "
                    f"I {found.coupling.instability:.2f}",
                    value=round(found.distance, 4),
                    help="Let its users depend on protocols, or split what changes from what is fixed.",
                )
