"""ARC002 unknown-rule-in-suppression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.record.remarks import on_remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class UnknownRuleInSuppression(Rule):
    """A suppression that names no rule, or that cannot be read.

    ## What it does
    Reports words in an `# archlint: ignore[...]` comment that are no code or name of a rule, and comments
    that begin so but are not of that form.

    ## Why is this bad?
    The comment looks as if it had an effect, and has none.

    ## Example
    ```python
    import shop.db  # archlint: ignore[layer-break] -- legacy
    ```

    ## Use instead
    ```python
    import shop.db  # archlint: ignore[layer-breach] -- legacy
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC002"
    name: ClassVar[str] = "unknown-rule-in-suppression"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"record"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "import os  # archlint: ignore[import-cycles] -- once\n"},
            ("unknown rule `import-cycles`; did you mean `import-cycle`?",),
        ),
        Example({"shop/a.py": "import os\n"}),
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each unknown word and each comment that cannot be read."""
        for remark in project.record.remarks if project.record else ():
            malformed = remark.suppression.malformed
            for text in remark.unknown:
                yield on_remark(self, project, remark, text, text, help_="`archlint rules` lists them all.")
            if malformed is not None:
                help_ = "Write `# archlint: ignore[rule, ...] -- reason`."
                yield on_remark(self, project, remark, malformed, malformed, help_=help_)
