"""ARC306 deep-nesting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example
from archlint.rules.complexity.function_rule import FunctionRule

if TYPE_CHECKING:
    from archlint.facts import FunctionShape


@dataclass(frozen=True)
class DeepNesting(FunctionRule):
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
    remedy: ClassVar[str] = "Return or continue early, and give the inner blocks a function of their own."
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

    def over(self, function: FunctionShape) -> tuple[int, str] | None:
        """Return how deep the blocks of *function* are nested, where that is too deep."""
        depth = function.nesting
        if depth <= self.max_depth:
            return None
        return depth, f"nests {depth} blocks inside each other (limit {self.max_depth})"
