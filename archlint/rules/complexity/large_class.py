"""ARC308 large-class."""

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
class LargeClass(Rule):
    """A class with too many methods or lines.

    ## What it does
    Reports classes with more methods, or more lines of code, than the limits. Methods count once for
    each name, so that the parts of a property or overloads are one; blank lines, comments and docstrings
    are no code.

    ## Why is this bad?
    A class that can do everything is needed everywhere and understood by nobody. Its methods share
    state in ways that only its author knew.

    ## Example
    ```python
    class Order:
        ...  # seventy methods: prices, mails, stock, PDF
    ```

    ## Use instead
    Give each group of methods that use the same attributes a class of its own, and let the first one
    hold it.

    ## Options
    - `max-methods`: the most methods that are let pass (default 40).
    - `max-lines`: the most lines of code that are let pass (default 600).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC308"
    name: ClassVar[str] = "large-class"
    needs: ClassVar[frozenset[Need]] = SHAPES
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "class A:\n    def f(self): ...\n    def g(self): ...\n"},
            ("A has 2 methods (limit 1) and 3 lines of code (limit 600)",),
            {"max-methods": 1},
        ),
        Example({"shop/a.py": "class A:\n    def f(self): ...\n"}, options={"max-methods": 1}),
    )

    max_methods: int = 40
    max_lines: int = 600
    include_tests: bool = False
    include_generated: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each class over a limit."""
        for module, shapes in judged_shapes(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            for shape in shapes.classes:
                methods = len(shape.methods)
                if methods <= self.max_methods and shape.code <= self.max_lines:
                    continue
                yield self.finding(
                    project,
                    module,
                    f"{shape.name} has {methods} methods (limit {self.max_methods}) "
                    f"and {shape.code} lines of code (limit {self.max_lines})",
                    value=float(max(methods, shape.code // 10)),
                    help="Give each group of methods that use the same attributes a class of its own.",
                    **place(self.code, module, shape),
                )
