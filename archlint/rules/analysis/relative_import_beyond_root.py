"""ARC903 relative-import-beyond-root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Project, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class RelativeImportBeyondRoot(Rule):
    """A relative import with more dots than there are packages above it.

    ## What it does
    Reports relative imports that climb out of the root package. They are left out of the graph.

    ## Why is this bad?
    Python raises ImportError there, whenever the line runs.

    ## Example
    ```python
    # shop/a.py
    from ...lib import x
    ```

    ## Use instead
    ```python
    from lib import x
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC903"
    name: ClassVar[str] = "relative-import-beyond-root"
    severity: ClassVar[Severity] = "error"
    default: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "from ...lib import x\n"},
            ("relative import `...lib` climbs out of the root package of shop.a",),
        ),
        Example({"shop/a.py": "from .b import x\n", "shop/b.py": "x = 1\n"}),
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each such statement."""
        for row in project.graph.beyond_root:
            written = "." * row.level + row.module
            yield self.finding(
                project,
                row.importer,
                f"relative import `{written}` climbs out of the root package of {row.importer}",
                path=row.path or project.path(row.importer),
                line=row.line,
                column=row.column,
                identity=(self.code, row.importer, written),
                help="Import it by its full name.",
            )
