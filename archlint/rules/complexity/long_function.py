"""ARC304 long-function."""

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
class LongFunction(Rule):
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
    needs: ClassVar[frozenset[Need]] = SHAPES
    judges: ClassVar[Literal["module", "project"]] = "module"
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

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each function over the limit."""
        for module, shapes in judged_shapes(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            for function in shapes.functions:
                if function.code <= self.max_lines:
                    continue
                yield self.finding(
                    project,
                    module,
                    f"{function.name} has {function.code} lines of code (limit {self.max_lines})",
                    value=float(function.code),
                    help="Give each part a function with a name that says what it is for.",
                    **place(self.code, module, function),
                )
