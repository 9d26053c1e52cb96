"""ARC603 knowledge-island."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.effort.changed import changed_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.context.history import History
    from archlint.errors import Severity
    from archlint.model import Finding
    from archlint.rules.effort.changed import Changed

_CODE = "def price(x):\n    return 1 if x else 0\n"
_REST = (("Ben", ("shop/mail.py",)), ("Cid", ("shop/mail.py",)))


@dataclass(frozen=True)
class KnowledgeIsland(Rule):
    """A module that matters and that only one person has been changing.

    ## What it does
    Reports modules that changed often in the last year and are complex, where one author made all, or
    nearly all, of the commits. Authors are counted, never named, unless `name-authors` says otherwise.
    A project with fewer than `min-authors` authors in the window has no islands: there, all is one. Two
    spellings of a name are one author where the repository's `.mailmap` says so. In a shallow clone nothing
    is measured, and a note says so.

    ## Why is this bad?
    When that person is on leave, or leaves, the changes that this module keeps needing wait, or are made by
    somebody who does not know it.

    ## Example
    ```python
    # shop/billing.py: 23 commits in a year, all by 1 of 12 authors
    ```

    ## Use instead
    Let somebody else make the next change there, with the author as the reviewer.

    ## Options
    - `min-share`: the part of the commits that one author must have made, at most 1 (default 0.9).
    - `min-commits`: with fewer commits a module is none (default 10).
    - `min-complexity`: with a lower cyclomatic complexity (the sum of its functions) it is none (default 50).
    - `min-authors`: how many authors the project must have had (default 3).
    - `name-authors`: say who it is (default false).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC603"
    name: ClassVar[str] = "knowledge-island"
    severity: ClassVar[Severity] = "info"
    needs: ClassVar[frozenset[Need]] = frozenset({"facts", "history"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/billing.py": _CODE, "shop/mail.py": ""},
            ("1 of 3 authors made all 10 commits to shop.billing in 365 days",),
            {"min-complexity": 2},
            history=(*(("Ann", ("shop/billing.py",)),) * 10, *_REST),
        ),
        Example(
            {"shop/billing.py": _CODE, "shop/mail.py": ""},
            options={"min-complexity": 2},
            history=(*(("Ann", ("shop/billing.py",)),) * 10, *(("Ben", ("shop/billing.py",)),) * 2, *_REST),
        ),
    )

    min_share: float = 0.9
    min_commits: int = 10
    min_complexity: int = 50
    min_authors: int = 3
    name_authors: bool = False
    include_tests: bool = False

    def measured_from(self) -> int | None:
        """Every function counts."""
        return 1

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each island."""
        history = project.history
        if history is None or len(history.authors) < self.min_authors:
            return
        for one in changed_modules(project, include_tests=self.include_tests):
            if self.is_island(one):
                yield self.finding(
                    project,
                    one.module.name,
                    self._message(one, history),
                    value=float(one.churn.commits),
                    help="Let somebody else make the next change there, with the author as the reviewer.",
                )

    def is_island(self, one: Changed) -> bool:
        """Tell whether one author made nearly all of many commits to a complex module."""
        churn = one.churn
        is_hot = churn.commits >= self.min_commits and one.complexity >= self.min_complexity
        return is_hot and churn.share >= self.min_share

    def _message(self, one: Changed, history: History) -> str:
        churn = one.churn
        who = history.authors[churn.main] if self.name_authors else f"1 of {len(history.authors):,} authors"
        commits = f"all {churn.commits:,}" if churn.authors == 1 else f"{churn.most:,} of {churn.commits:,}"
        return f"{who} made {commits} commits to {one.module.name} in {history.days} days"
