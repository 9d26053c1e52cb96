"""ARC602 hidden-coupling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.effort.changed import changed_together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class HiddenCoupling(Rule):
    """Two modules that change together, though no import leads from one to the other.

    ## What it does
    Reports pairs of modules that were touched by the same commits of the last year again and again, while
    neither imports the other, not even through others, nor names it in a string
    (`include("shop.web.urls")`). The degree is code-maat's: the commits that touched both, over the average
    of the commits that touched each. Merges, commits of bots and those that touch many files at once do not
    count, and a renamed file keeps its history. In a shallow clone nothing is measured, and a note says so.

    ## Why is this bad?
    Something ties the two that the code does not say: a copied algorithm, a format that one writes and the
    other reads, a list kept in two places. Who changes one and does not know breaks the other, and no tool
    that follows imports will warn.

    ## Example
    ```python
    # shop/report_html.py and shop/report_pdf.py: 9 of 10 commits to one touch the other
    ```

    ## Use instead
    Put what they share into one place that both import:
    ```python
    from shop.report import rows
    ```

    ## Options
    - `min-degree`: from which degree on a pair is reported, at most 1 (default 0.5).
    - `min-together`: how many commits must have touched both (default 5).
    - `min-commits`: how many commits must have touched each, on average (default 5).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC602"
    name: ClassVar[str] = "hidden-coupling"
    severity: ClassVar[Severity] = "info"
    needs: ClassVar[frozenset[Need]] = frozenset({"graph", "history"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/html.py": "", "shop/pdf.py": ""},
            (
                (
                    "shop.html and shop.pdf changed together in 5 commits (of 5 and 6, degree 91%), "
                    "and no import ties them"
                ),
            ),
            history=(("Ann", ("shop/html.py", "shop/pdf.py")),) * 5 + (("Ben", ("shop/pdf.py",)),),
        ),
        Example(
            {"shop/html.py": "import shop.rows", "shop/rows.py": "import shop.pdf", "shop/pdf.py": ""},
            history=(("Ann", ("shop/html.py", "shop/pdf.py")),) * 5,
        ),
    )

    min_degree: float = 0.5
    min_together: int = 5
    min_commits: int = 5
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each pair that nothing in the code ties."""
        for pair in changed_together(
            project,
            min_commits=self.min_commits,
            min_together=self.min_together,
            min_degree=self.min_degree,
            include_tests=self.include_tests,
        ):
            if pair.tied:
                continue
            found, one, other = pair.coupled, pair.module.name, pair.other.name
            yield self.finding(
                project,
                one,
                f"{one} and {other} changed together in {found.together} commits (of {found.commits} and "
                f"{found.other_commits}, degree {found.degree:.0%}), and no import ties them",
                identity=(self.code, one, other),
                value=float(round(100 * found.degree)),
                help=f"Find what {one} and {other} share, and put it where both can import it.",
            )
