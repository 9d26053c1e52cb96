"""ARC303 low-maintainability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.complexity.measured import judged_summaries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.model import Finding


@dataclass(frozen=True)
class LowMaintainability(Rule):
    """A module with a low maintainability index.

    ## What it does
    Reports modules whose maintainability index, as radon computes it, is below the limit: between 0
    and 100, from Halstead's volume, cyclomatic complexity, logical lines and the share of comments. Of
    files that the running Python cannot parse, it is not measured.

    ## Why is this bad?
    A low index means long, dense and branching at once. It falls with mere size, so take it as a list
    of places to look at; the index of a whole project means nothing.

    ## Example
    ```python
    # shop/engine.py: 2500 lines, 300 branches, no comment
    ```

    ## Use instead
    Split the module; complex-function and long-function say where it hurts.

    ## Options
    - `min-index`: the lowest index that is let pass (default 2). Radon ranks below 10 as C, its worst.
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC303"
    name: ClassVar[str] = "low-maintainability"
    needs: ClassVar[frozenset[Need]] = frozenset({"facts"})
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "def f(x, y):\n    return x and y or x + y * 2\n"},
            ("shop.a has a maintainability index of 81.8 (at least 90)",),
            {"min-index": 90},
        ),
        Example({"shop/a.py": "X = 1\n"}),
    )

    min_index: float = 2
    include_tests: bool = False
    include_generated: bool = False

    def measured_from(self) -> int:
        """Return 0: the index needs every function."""
        return 0

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module below the limit."""
        for module, facts in judged_summaries(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            index = facts.maintainability
            if index is None or index >= self.min_index:
                continue
            yield self.finding(
                project,
                module,
                f"{module} has a maintainability index of {index:.1f} (at least {self.min_index:g})",
                value=100 - index,
                help="Split the module; complex-function and long-function say where it hurts.",
            )
