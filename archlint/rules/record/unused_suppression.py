"""ARC001 unused-suppression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.record.remarks import on_remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class UnusedSuppression(Rule):
    """A suppression that suppresses nothing.

    ## What it does
    Reports rules named in an `# archlint: ignore[...]` comment that ran and found nothing there. Rules
    that did not run are not judged.

    ## Why is this bad?
    A stale comment hides the next breach at the same place, and tells readers of a debt that is paid.

    ## Example
    ```python
    import shop.db  # archlint: ignore[layer-breach] -- moved long ago
    ```

    ## Use instead
    ```python
    import shop.db
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC001"
    name: ClassVar[str] = "unused-suppression"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"record"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "import os  # archlint: ignore[import-cycle] -- once\n"},
            ("this suppression of import-cycle suppresses nothing",),
        ),
        Example({"shop/a.py": "import os\n"}),
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each word of a comment that silenced nothing."""
        for remark in project.record.remarks if project.record else ():
            for word in remark.unused:
                message = f"this suppression of {word} suppresses nothing"
                yield on_remark(self, project, remark, message, word, help_="Remove it from the comment.")
