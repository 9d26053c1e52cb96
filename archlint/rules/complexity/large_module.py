"""ARC307 large-module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.complexity.measured import SHAPES, judged_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.model import Finding


@dataclass(frozen=True)
class LargeModule(Rule):
    """A module that is too large to be known.

    ## What it does
    Reports modules with more lines of code than the limit, without blank lines, comments and
    docstrings. Modules that define no function, which are tables of data, are passed over.

    ## Why is this bad?
    Nobody knows what is in it, so that it is where things are added. Everyone who imports one thing of
    it depends on all that it imports.

    ## Example
    ```python
    # shop/utils.py, 4000 lines
    ```

    ## Use instead
    Make it a package, with one module for each thing that its users come for.

    ## Options
    - `max-lines`: the most lines of code that are let pass (default 1000).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC307"
    name: ClassVar[str] = "large-module"
    needs: ClassVar[frozenset[Need]] = SHAPES
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "import os\n\n\ndef f(x):\n    return os.path.join(x)\n"},
            ("shop.a has 3 lines of code (limit 2)",),
            {"max-lines": 2},
        ),
        Example(
            {"shop/a.py": "TABLE = [\n    1,\n    2,\n]\n", "shop/b.py": "# One.\n\ndef f(): ...\n"},
            options={"max-lines": 2},
        ),
    )

    max_lines: int = 1000
    include_tests: bool = False
    include_generated: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module over the limit."""
        for module, shapes in judged_shapes(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            if shapes.code <= self.max_lines or not shapes.functions:
                continue
            yield self.finding(
                project,
                module,
                f"{module} has {shapes.code} lines of code (limit {self.max_lines})",
                value=float(shapes.code),
                help="Make it a package, with one module for each thing that its users come for.",
            )
