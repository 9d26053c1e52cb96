"""ARC304 long-function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example
from archlint.rules.complexity.function_rule import FunctionRule

if TYPE_CHECKING:
    from archlint.facts import FunctionShape


@dataclass(frozen=True)
class LongFunction(FunctionRule):
    """A function that is too long to be read at once.

    ## What it does
    Reports functions, methods and closures with more lines of code than the limit, from `def` to the
    last line, without blank lines, comments and docstring.

    ## Why is this bad?
    What does not fit on a screen is not read as a whole. A long function has several parts, and the
    names that would say what they are for are missing.

    ## Example
    ```python
    def handle(request):
        ...  # two hundred lines
    ```

    ## Use instead
    Give each part a function with a name that says what it is for.

    ## Options
    - `max-lines`: the most lines of code that are let pass (default 100).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC304"
    name: ClassVar[str] = "long-function"
    remedy: ClassVar[str] = "Give each part a function with a name that says what it is for."
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "def f(x):\n    x += 1\n    x += 1\n    return x\n"},
            ("f has 4 lines of code (limit 3)",),
            {"max-lines": 3},
        ),
        Example(
            {"shop/a.py": 'def f(x):\n    """Two.\n\n    x.\n    """\n\n    #\n    x += x\n    return x\n'},
            options={"max-lines": 3},
        ),
    )

    max_lines: int = 100
    include_tests: bool = False
    include_generated: bool = False

    def over(self, function: FunctionShape) -> tuple[int, str] | None:
        """Return the lines of code of *function*, where those are too many."""
        if function.code <= self.max_lines:
            return None
        return function.code, f"has {function.code} lines of code (limit {self.max_lines})"
