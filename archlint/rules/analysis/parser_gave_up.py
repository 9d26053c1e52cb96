"""ARC901 parser-gave-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.analysis.failures import failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class ParserGaveUp(Rule):
    """A file that is too large or too deeply nested to parse.

    ## What it does
    Reports files on which a parser ran out of time, memory or stack, or died. Only that file is lost.

    ## Why is this bad?
    Its imports are not seen, so that no contract can be trusted about it.

    ## Example
    ```python
    x = ((((((((...))))))))  # 10,000 levels
    ```

    ## Use instead
    ```python
    x = load("data.json")
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC901"
    name: ClassVar[str] = "parser-gave-up"
    severity: ClassVar[Severity] = "error"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"facts"})
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example({"shop/a.py": "x = " + "-" * 20_000 + "1\n"}, ("too deep or too large for the parser",)),
        Example({"shop/a.py": "x = -1\n"}),
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each file that failed so."""
        return failures(self, project)
