"""ARC306 deep-nesting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.complexity.measured import SHAPES, judged_shapes, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.model import Finding


@dataclass(frozen=True)
class DeepNesting(Rule):
    """A function with blocks nested too deeply.

    ## What it does
    Reports functions in which more blocks (`if`, loops, `with`, `try`, `match`) stand inside each other
    than the limit. An `elif` stands beside its `if`; inner functions are judged by themselves.

    ## Why is this bad?
    The innermost line holds only under all the conditions around it, and a reader has to remember each
    of them.

    ## Example
    ```python
    for order in orders:
        if order.open:
            with lock:
                try:
                    for item in order.items:
                        if item.stock: ...
    ```

    ## Use instead
    Return or continue early, and give the inner blocks a function of their own:
    ```python
    for order in open_orders(orders):
        reserve(order)
    ```

    ## Options
    - `max-depth`: the deepest nesting that is let pass (default 5).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC306"
    name: ClassVar[str] = "deep-nesting"
    needs: ClassVar[frozenset[Need]] = SHAPES
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "def f(x):\n    for y in x:\n        if y:\n            return y\n"},
            ("f nests 2 blocks inside each other (limit 1)",),
            {"max-depth": 1},
        ),
        Example(
            {"shop/a.py": "def f(x):\n    if x:\n        return 1\n    elif x == 2:\n        return 2\n"},
            options={"max-depth": 1},
        ),
    )

    max_depth: int = 5
    include_tests: bool = False
    include_generated: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each function over the limit."""
        for module, shapes in judged_shapes(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            for function in shapes.functions:
                if function.nesting <= self.max_depth:
                    continue
                yield self.finding(
                    project,
                    module,
                    f"{function.name} nests {function.nesting} blocks inside each other "
                    f"(limit {self.max_depth})",
                    value=float(function.nesting),
                    help="Return or continue early, and give the inner blocks a function of their own.",
                    **place(self.code, module, function),
                )
