"""ARC203 hub-module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.graph.coupling import outside_coupling
from archlint.rule import Example, Project, Rule
from archlint.rules.coupling.counts import RUN_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding


@dataclass(frozen=True)
class HubModule(Rule):
    """A coupling hotspot: many modules import it, and it imports many.

    ## What it does
    Reports modules that both many others import (afferent coupling) and that import many others
    (efferent coupling). A package counts only its dealings with modules outside itself, so that an
    `__init__` which gathers its own submodules is no hub. Type-checking imports do not count.

    ## Why is this bad?
    Whatever changes below a hub can reach everything above it: it ties unrelated parts of the
    system to each other, and every second change passes through it.

    ## Example
    ```python
    # shop/utils.py, imported by 40 modules
    from shop.orders import Order
    from shop.billing import Invoice
    from shop.mail import send
    ...
    ```

    ## Use instead
    Split the module by what its importers use, and move each part next to what it imports.

    ## Options
    - `max-afferent`: importers that a module may have before its own imports matter (default 20).
    - `max-efferent`: imports that such a module may have (default 20).
    - `include-tests`: count and judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC203"
    name: ClassVar[str] = "hub-module"
    default: ClassVar[bool] = True
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/a.py": "import shop.hub\n",
                "shop/b.py": "import shop.hub\n",
                "shop/hub.py": "import shop.c\nimport shop.d\n",
                "shop/c.py": "",
                "shop/d.py": "",
            },
            ("shop.hub is a hub: 2 modules import it (limit 1) and it imports 2 (limit 1)",),
            {"max-afferent": 1, "max-efferent": 1},
        ),
        Example(
            {"shop/a.py": "import shop.hub\n", "shop/b.py": "import shop.hub\n", "shop/hub.py": ""},
            options={"max-afferent": 1, "max-efferent": 1},
        ),
    )

    max_afferent: int = 20
    max_efferent: int = 20
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module over both limits."""
        graph = project.judged_graph(include_tests=self.include_tests)
        for name, coupling in outside_coupling(
            graph, graph.edges(RUN_TIME), self.max_afferent, self.max_efferent
        ):
            yield self.finding(
                project,
                name,
                f"{name} is a hub: {coupling.afferent} modules import it (limit {self.max_afferent}) "
                f"and it imports {coupling.efferent} (limit {self.max_efferent})",
                value=float(coupling.afferent * coupling.efferent),
                help="Split it by what its importers use, or turn its imports round with an interface.",
            )
