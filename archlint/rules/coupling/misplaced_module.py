"""ARC211 misplaced-module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import RUN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class MisplacedModule(Rule):
    """A module that has to do with another package than its own.

    ## What it does
    Reports modules whose partners, the modules that they import or that import them, are nearly all in
    one other package, while their own package has next to nothing to do with them. The finding names the
    package to which it would fit. A module whose partners are spread over several packages of the other
    one is a foundation and left in peace, and so is one in a package that holds the other. Packages are
    not judged, and type-checking imports do not count.

    ## Why is this bad?
    Who changes that other package must know to look elsewhere for a part of it, and the package it stands
    in carries imports that are not its own.

    ## Example
    ```python
    # shop/utils/tax.py: imported by four modules of shop.billing, and by no other
    ```

    ## Use instead
    Move it to where its partners are: `shop/billing/tax.py`.

    ## Options
    - `min-partners`: how many partners the other package must hold (default 5).
    - `min-share`: the share of all partners that the other package must hold (default 0.8).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC211"
    name: ClassVar[str] = "misplaced-module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/utils/__init__.py": "",
                "shop/utils/tax.py": "",
                "shop/billing/__init__.py": "",
                "shop/billing/a.py": "import shop.utils.tax\n",
                "shop/billing/b.py": "import shop.utils.tax\n",
            },
            (
                (
                    "shop.utils.tax belongs to shop.billing: 2 of the 2 modules that it imports or that "
                    "import it are there"
                ),
            ),
            {"min-partners": 2},
        ),
        Example(
            {
                "shop/utils/__init__.py": "",
                "shop/utils/tax.py": "",
                "shop/billing/__init__.py": "",
                "shop/billing/a.py": "import shop.utils.tax\n",
                "shop/orders/__init__.py": "",
                "shop/orders/b.py": "import shop.utils.tax\n",
            },
            options={"min-partners": 1},
        ),
    )

    min_partners: int = 5
    min_share: float = 0.8
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module that fits elsewhere."""
        from archlint.graph.placement import misplaced  # noqa: PLC0415 (only where it is asked for)

        graph = project.judged_graph(include_tests=self.include_tests)
        for one in misplaced(graph, graph.edges(RUN_TIME), self.min_partners, self.min_share):
            yield self.finding(
                project,
                one.module,
                f"{one.module} belongs to {one.package}: {one.partners} of the {one.total} modules that it "
                "imports or that import it are there",
                identity=(self.code, one.module, one.package),
                value=float(one.partners),
                help=f"Move it into {one.package}, or give its own package a reason to hold it.",
            )
