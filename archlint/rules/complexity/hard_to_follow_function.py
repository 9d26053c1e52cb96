"""ARC302 hard-to-follow-function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example
from archlint.rules.complexity.function_rule import FunctionRule

if TYPE_CHECKING:
    from archlint.facts import FunctionShape


@dataclass(frozen=True)
class HardToFollowFunction(FunctionRule):
    """A function whose control flow is hard to follow.

    ## What it does
    Reports functions and methods whose cognitive complexity, as SonarSource defines it, is over the
    limit: one for each break in the straight flow (branches, loops, `except`, runs of `and` or `or`,
    recursion) and one more for each level that it is nested in. What an inner function holds counts for
    the function around it. docs/complexity-counts.md says what each construct costs.

    ## Why is this bad?
    A reader keeps every open condition in mind. Where complex-function counts the paths to test, this
    measures the effort to understand: ten flat branches read easily, five nested ones do not.

    ## Example
    ```python
    def sync(items):
        for item in items:
            if item.dirty:
                try:
                    ...
                except OSError:
                    if item.retries > 3:
                        ...
    ```

    ## Use instead
    Return early for what is not the point, and give each inner block a function with a name.

    ## Options
    - `max-cognitive`: the highest complexity that is let pass (default 30).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC302"
    name: ClassVar[str] = "hard-to-follow-function"
    remedy: ClassVar[str] = "Return early, and give each inner block a function of its own."
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/sync.py": "def sync(x):\n    for y in x:\n        if y:\n            return 1\n"},
            ("sync has a cognitive complexity of 3 (limit 2)",),
            {"max-cognitive": 2},
        ),
        Example(
            {"shop/sync.py": "def sync(a, b, c):\n    if a and b and c:\n        return 1\n"},
            options={"max-cognitive": 2},
        ),
    )

    max_cognitive: int = 30
    include_tests: bool = False
    include_generated: bool = False

    def over(self, function: FunctionShape) -> tuple[int, str] | None:
        """Return the cognitive complexity of an outermost *function*, where that is too high."""
        value = function.cognitive
        if function.inner or value <= self.max_cognitive:
            return None
        return value, f"has a cognitive complexity of {value} (limit {self.max_cognitive})"
