"""ARC202 unstable-dependency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.graph.coupling import module_coupling
from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import RUN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class UnstableDependency(Rule):
    """An import of a module that is less stable than its importer.

    ## What it does
    Reports imports against the stable-dependencies principle: the imported module's instability
    I = Ce / (Ca + Ce) is higher than the importer's by more than a margin, while the importer has
    enough importers for that to matter. Type-checking imports do not count, nor do those by a package
    of what is inside it: its `__init__` is the face of all that.

    ## Why is this bad?
    Changes travel against the import arrow. A module that many rely on inherits every change of
    what it imports; if that is a module with every reason to change, so do all who rely on it.

    ## Example
    ```python
    # shop/entities.py, imported by 30 modules
    from shop.admin.export import CSV_COLUMNS  # imports 20 modules, is imported by 2
    ```

    ## Use instead
    Move what is imported down to the stable side, or hand it in as an argument.

    ## Options
    - `margin`: by how much the imported module's instability must be higher (default 0.3).
    - `min-afferent`: importers that the importing module must have (default 3).
    - `include-tests`: count and judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC202"
    name: ClassVar[str] = "unstable-dependency"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/a.py": "import shop.base\n",
                "shop/b.py": "import shop.base\n",
                "shop/c.py": "import shop.base\n",
                "shop/base.py": "import shop.export\n",
                "shop/export.py": "import shop.x\nimport shop.y\n",
                "shop/x.py": "",
                "shop/y.py": "",
            },
            ("shop.base imports shop.export, which is less stable (instability 0.67 against 0.25)",),
        ),
        Example({"shop/a.py": "import shop.base\n", "shop/base.py": "import shop.x\n", "shop/x.py": ""}),
        Example(
            {
                "shop/a.py": "import shop.base\n",
                "shop/b.py": "import shop.base\n",
                "shop/c.py": "import shop.base\n",
                "shop/base/__init__.py": "import shop.base.export\n",
                "shop/base/export.py": "import shop.x\nimport shop.y\n",
                "shop/x.py": "",
                "shop/y.py": "",
            }
        ),
    )

    margin: float = 0.3
    min_afferent: int = 3
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each import edge that breaks the principle."""
        graph = project.judged_graph(include_tests=self.include_tests)
        edges = graph.edges(RUN_TIME)
        coupling = module_coupling(edges)
        for tail, head in edges.edges():
            here, there = coupling[tail].instability, coupling[head].instability
            if there - here <= self.margin or coupling[tail].afferent < self.min_afferent:
                continue
            if graph.names[head].startswith(f"{graph.names[tail]}."):
                continue
            step = graph.step(graph.names[tail], graph.names[head], RUN_TIME)
            yield self.finding(
                project,
                step.importer,
                f"{step.importer} imports {step.imported}, which is less stable "
                f"(instability {there:.2f} against {here:.2f})",
                path=step.path or project.path(step.importer),
                line=step.line,
                chain=(step,),
                identity=(self.code, step.importer, step.imported),
                help="Move what is imported to the stable side, or hand it in as an argument.",
            )
