"""ARC205 too-many-importers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import over_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class TooManyImporters(Rule):
    """A module that too many modules of the project import.

    ## What it does
    Reports modules whose afferent coupling (distinct modules of the project that import them,
    type-checking imports aside) is over the limit. A package's own submodules do not count.

    ## Why is this bad?
    Every change to the module must be thought through for each of its importers. That is the price
    of a deliberate foundation; for a module that merely collected helpers it is an accident.

    ## Example
    ```python
    # shop/helpers.py is imported by 180 modules
    ```

    ## Use instead
    Split the module so that each importer depends only on what it uses.

    ## Options
    - `max-afferent`: how many modules of the project may import a module (default 100).
    - `include-tests`: count and judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC205"
    name: ClassVar[str] = "too-many-importers"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "import shop.c\n", "shop/b.py": "import shop.c\n", "shop/c.py": ""},
            ("2 modules of the project import shop.c (limit 1)",),
            {"max-afferent": 1},
        ),
        Example({"shop/a.py": "import shop.c\n", "shop/c.py": ""}, options={"max-afferent": 1}),
    )

    max_afferent: int = 100
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module over the limit."""
        for name, count in over_limit(
            project, "afferent", self.max_afferent, include_tests=self.include_tests
        ):
            yield self.finding(
                project,
                name,
                f"{count} modules of the project import {name} (limit {self.max_afferent})",
                value=float(count),
                help="Split it, so that each importer depends only on what it uses.",
            )
