"""ARC003 suppression-without-reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.record.remarks import on_remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class SuppressionWithoutReason(Rule):
    """A suppression that does not say why.

    ## What it does
    Reports `# archlint: ignore[...]` comments without a ` -- reason`.

    ## Why is this bad?
    Whoever meets the comment later cannot tell whether it may go.

    ## Example
    ```python
    import shop.db  # archlint: ignore[layer-breach]
    ```

    ## Use instead
    ```python
    import shop.db  # archlint: ignore[layer-breach] -- until #412 is done
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC003"
    name: ClassVar[str] = "suppression-without-reason"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"record"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/a.py": "import shop.b  # archlint: ignore[import-cycle]\n",
                "shop/b.py": "import shop.a\n",
            },
            ("no reason is given for suppressing import-cycle",),
        ),
        Example(
            {
                "shop/a.py": "import shop.b  # archlint: ignore[import-cycle] -- until #412\n",
                "shop/b.py": "import shop.a\n",
            },
        ),
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each readable comment without a reason."""
        for remark in project.record.remarks if project.record else ():
            suppression = remark.suppression
            if suppression.malformed is None and not suppression.reason:
                rules = ", ".join(suppression.rules)
                help_ = "Add ` -- ` and the reason, in a few words."
                yield on_remark(
                    self, project, remark, f"no reason is given for suppressing {rules}", rules, help_=help_
                )
