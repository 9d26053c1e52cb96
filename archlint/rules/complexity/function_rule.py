"""What rules share that hold one measure of every function against a limit."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Need, Project, Rule
from archlint.rules.complexity.measured import SHAPES, judged_shapes, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.facts import FunctionShape
    from archlint.model import Finding


class FunctionRule(Rule):
    """Base of a rule over functions one by one: these two options are fields of each.

    ``remedy`` is the help of its findings.
    """

    needs: ClassVar[frozenset[Need]] = SHAPES
    judges: ClassVar[Literal["module", "project"]] = "module"
    remedy: ClassVar[str]

    include_tests: bool
    include_generated: bool

    @abstractmethod
    def over(self, function: FunctionShape) -> tuple[int, str] | None:
        """Return the measure of a function that is over the limit, and how that is said of it; else None."""

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each function over the limit."""
        for module, shapes in judged_shapes(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            for function in shapes.functions:
                found = self.over(function)
                if found is not None:
                    value, said = found
                    yield self.finding(
                        project,
                        module,
                        f"{function.name} {said}",
                        value=float(value),
                        help=self.remedy,
                        **place(self.code, module, function),
                    )
