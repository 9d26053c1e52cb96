"""ARC301 complex-function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.model import Finding

_BRANCHES = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(15))


@dataclass(frozen=True)
class ComplexFunction(Rule):
    """A function with more independent paths than a reader can follow.

    ## What it does
    Reports functions, methods and closures whose cyclomatic complexity, as radon counts it, is over
    the limit: one, plus one for each branch, loop, boolean operator, exception handler, comprehension
    and assertion.

    ## Why is this bad?
    Each path needs a test and a place in the reader's mind. Past about fifteen, neither happens, and
    the function is where the next defect will be found.

    ## Example
    ```python
    def price(order, user, region):
        if order.kind == "book":
            ...  # and seventeen branches more
    ```

    ## Use instead
    Give each decision a function of its own, or a table that maps a case to what is done.

    ## Options
    - `max-cyclomatic`: the highest complexity that is let pass (default 15).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC301"
    name: ClassVar[str] = "complex-function"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"facts"})
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/price.py": f"def price(x):\n{_BRANCHES}"},
            ("price has a cyclomatic complexity of 16 (limit 15)",),
        ),
        Example({"shop/price.py": "PRICES = {}\n\n\ndef price(x):\n    return PRICES[x]\n"}),
    )

    max_cyclomatic: int = 15
    include_tests: bool = False
    include_generated: bool = False

    def measured_from(self) -> int:
        """Return the lowest complexity that is over the limit."""
        return self.max_cyclomatic + 1

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each function over the limit."""
        for module in project.judged(include_tests=self.include_tests):
            facts = project.facts.get(module.name)
            if facts is None or (facts.generated and not self.include_generated):
                continue
            for function in facts.complexity:
                if function.cyclomatic is None or function.cyclomatic <= self.max_cyclomatic:
                    continue
                yield self.finding(
                    project,
                    module.name,
                    f"{function.name} has a cyclomatic complexity of {function.cyclomatic} "
                    f"(limit {self.max_cyclomatic})",
                    line=function.line,
                    column=function.column,
                    symbol=function.name,
                    identity=(self.code, f"{module.name}:{function.name}"),
                    value=float(function.cyclomatic),
                    help="Give each decision a function of its own, or look up what is done in a table.",
                )
