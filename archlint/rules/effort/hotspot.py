"""ARC601 hotspot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.effort.changed import changed_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class Hotspot(Rule):
    """A module that is hard to change and changed all the time.

    ## What it does
    Reports modules whose heat is over the limit: the commits of the last year that touch the module, times
    its cyclomatic complexity, which is the sum over its functions and methods. Both are counted for each
    module alone, so that a change elsewhere never makes a hotspot of it. Merges, commits of bots and those
    that touch many files at once do not count, and a renamed file keeps its history. The window ends at
    the commit that is checked out. In a shallow clone nothing is measured, and a note says so.

    ## Why is this bad?
    Most of a codebase is hardly ever touched, and its complexity costs nobody anything. In a hotspot the
    team pays for it again with every change: what is made simpler here pays back first.

    ## Example
    ```python
    # shop/orders.py: 41 commits in a year, and a complexity of 310
    ```

    ## Use instead
    See what the commits were about, and give what changes for a reason of its own a module of its own:
    ```python
    # shop/orders.py, shop/order_mails.py, shop/order_export.py
    ```

    ## Options
    - `max-heat`: the highest product of commits and complexity that is let pass (default 4000).
    - `min-commits`: with fewer commits a module is none (default 5).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC601"
    name: ClassVar[str] = "hotspot"
    severity: ClassVar[Severity] = "info"
    needs: ClassVar[frozenset[Need]] = frozenset({"facts", "history"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/orders.py": "def price(x):\n    return 1 if x else 0\n", "shop/mail.py": "x = 1\n"},
            ("shop.orders is hot: 6 commits in 365 days x complexity 2 = 12 (limit 10)",),
            {"max-heat": 10},
            history=(("Ann", ("shop/orders.py", "shop/mail.py")),) * 6,
        ),
        Example(
            {"shop/orders.py": "def price(x):\n    return 1 if x else 0\n"},
            options={"max-heat": 10},
            history=(("Ann", ("shop/orders.py",)),) * 5,
        ),
    )

    max_heat: int = 4000
    min_commits: int = 5
    include_tests: bool = False

    def measured_from(self) -> int | None:
        """Every function counts."""
        return 1

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module over the limit."""
        days = project.history.days if project.history else 0
        for one in changed_modules(project, include_tests=self.include_tests):
            if one.heat > self.max_heat and one.churn.commits >= self.min_commits:
                yield self.finding(
                    project,
                    one.module.name,
                    f"{one.module.name} is hot: {one.churn.commits:,} commits in {days} days x complexity "
                    f"{one.complexity:,} = {one.heat:,} (limit {self.max_heat:,})",
                    value=float(one.heat),
                    help=_advice(project, one.module.name),
                )


def _advice(project: Project, module: str) -> str:
    """Say where to begin: with the most complex function."""
    worst = max(
        (one for one in project.facts[module].complexity if one.listed),
        key=lambda one: (one.cyclomatic or 0, -one.line),
    )
    return (
        f"See what the commits were about, and move out what changes for a reason of its own; "
        f"the most complex part is `{worst.name}` in line {worst.line} (complexity {worst.cyclomatic})."
    )
