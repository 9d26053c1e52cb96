"""ARC309 complexity-over-budget."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, ClassVar

from archlint.graph.expressions import expression_fault, matches, prefixes
from archlint.rule import Example, Need, Project, Rule
from archlint.rules.complexity.measured import judged_summaries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.model import Finding


@dataclass(frozen=True)
class ComplexityOverBudget(Rule):
    """A function more complex than the budget of its part of the project.

    ## What it does
    Reports functions, methods and closures whose cyclomatic complexity, as radon counts it, is over
    the budget that the configuration gives their module. Without budgets it reports nothing.

    ## Why is this bad?
    One limit for all code is too high for the rules of the business, which many must understand, and
    too low for adapters and parsers, which are branchy by nature.

    ## Example
    ```toml
    [tool.archlint.rules.complexity-over-budget]
    budgets = { "shop.domain" = 8, "shop.adapters" = 15, "scripts/**" = 20 }
    ```

    ## Use instead
    Give each decision a function of its own, or a table that maps a case to what is done.

    ## Options
    - `budgets`: the highest complexity that is let pass, by module or path. A module name holds for all
      below it too; `*` stands for one component of a name, `**` for one or more. A pattern with a `/`
      is a glob of paths from the project's root. Where several match, the longest pattern decides
      (default none).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC309"
    name: ClassVar[str] = "complexity-over-budget"
    needs: ClassVar[frozenset[Need]] = frozenset({"facts"})
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/domain/price.py": "def price(x):\n    return 1 if x else 2\n",
                "shop/web/form.py": "def form(x):\n    return 1 if x else 2\n",
            },
            ("price has a cyclomatic complexity of 2 (budget 1 for shop.domain.*)",),
            {"budgets": {"shop.domain.*": 1, "shop": 5}},
        ),
        Example(
            {"shop/domain/price.py": "def price(x):\n    return 1 if x else 2\n"},
            options={"budgets": {"shop/domain/*": 2, "shop": 1}},
        ),
    )

    budgets: dict[str, int] = field(default_factory=dict)
    include_tests: bool = False
    include_generated: bool = False

    def __post_init__(self) -> None:
        """Refuse what is neither a module expression nor a path, and budgets that nothing can meet."""
        faults = [fault for key in self.budgets if "/" not in key and (fault := expression_fault(key))]
        faults += [
            f"the budget of `{key}` must be at least 1" for key, most in self.budgets.items() if most < 1
        ]
        if faults:
            raise ValueError("; ".join(faults))

    def measured_from(self) -> int | None:
        """Return the lowest complexity that is over some budget."""
        return min(self.budgets.values()) + 1 if self.budgets else None

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each function over its budget."""
        for module, facts in judged_summaries(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            pattern = self._pattern(module, project.path(module))
            if pattern is None:
                continue
            budget = self.budgets[pattern]
            for function in facts.complexity:
                if function.cyclomatic is None or function.cyclomatic <= budget:
                    continue
                yield self.finding(
                    project,
                    module,
                    f"{function.name} has a cyclomatic complexity of {function.cyclomatic} "
                    f"(budget {budget} for {pattern})",
                    line=function.line,
                    column=function.column,
                    symbol=function.name,
                    identity=(self.code, f"{module}:{function.name}"),
                    value=float(function.cyclomatic),
                    help="Give each decision a function of its own, or look up what is done in a table.",
                )

    def _pattern(self, module: str, path: str) -> str | None:
        """Return the longest pattern that holds for a module, the first in the alphabet among equals."""
        names = prefixes(module)
        found = [
            pattern
            for pattern in self.budgets
            if (fnmatchcase(path, pattern) if "/" in pattern else any(matches(pattern, n) for n in names))
        ]
        return min(found, key=lambda pattern: (-len(pattern), pattern), default=None)
