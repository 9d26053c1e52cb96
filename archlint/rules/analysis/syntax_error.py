"""ARC900 syntax-error."""

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
class SyntaxErrorRule(Rule):
    """A file that is not valid Python.

    ## What it does
    Reports files that neither the running Python nor LibCST can parse, or whose bytes are not text in
    the encoding that they declare. The module stays in the graph as unknown.

    ## Why is this bad?
    Its imports are not seen, so that no contract can be trusted about it.

    ## Example
    ```python
    def f(:
    ```

    ## Use instead
    ```python
    def f():
        ...
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC900"
    name: ClassVar[str] = "syntax-error"
    severity: ClassVar[Severity] = "error"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"facts"})
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example({"shop/a.py": "def f(:\n"}, ("invalid syntax",)),
        Example({"shop/a.py": "def f():\n    pass\n"}),
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each file that failed so."""
        return failures(self, project)
