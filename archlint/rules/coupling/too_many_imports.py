"""ARC204 too-many-imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import over_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class TooManyImports(Rule):
    """A module that imports too many modules of the project.

    ## What it does
    Reports modules whose efferent coupling (distinct modules of the project that they import,
    type-checking imports aside) is over the limit. Submodules that a package's own `__init__`
    gathers do not count.

    ## Why is this bad?
    A module that knows so many others must change with each of them, and nobody can hold in mind
    what it relies on. Expect it of a composition root; nowhere else.

    ## Example
    ```python
    # shop/report.py imports 48 modules of the project
    ```

    ## Use instead
    Move groups of imports that are used together behind one module each.

    ## Options
    - `max-efferent`: how many modules of the project a module may import (default 40).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC204"
    name: ClassVar[str] = "too-many-imports"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "import shop.b\nimport shop.c\n", "shop/b.py": "", "shop/c.py": ""},
            ("shop.a imports 2 modules of the project (limit 1)",),
            {"max-efferent": 1},
        ),
        Example({"shop/a.py": "import shop.b\n", "shop/b.py": ""}, options={"max-efferent": 1}),
    )

    max_efferent: int = 40
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module over the limit."""
        for name, count in over_limit(
            project, "efferent", self.max_efferent, include_tests=self.include_tests
        ):
            yield self.finding(
                project,
                name,
                f"{name} imports {count} modules of the project (limit {self.max_efferent})",
                value=float(count),
                help="Move imports that are used together behind a module of their own.",
            )
