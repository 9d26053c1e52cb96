"""Independence: modules that do not know each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import DEPENDENT
from archlint.contracts.naming import Unmatched, empty_fault, expression_faults, missing, nested, refuse
from archlint.contracts.remedies import change_cheapest, through
from archlint.graph.expressions import expand_all
from archlint.graph.regions import breaches
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.regions import Breach
    from archlint.model import Finding
    from archlint.rule import Project, Terms


_FILES = {"shop/__init__.py": "", "shop/cart.py": "", "shop/mail.py": "", "shop/tools.py": ""}


@dataclass(frozen=True)
class Independence(ContractType):
    """None of the listed modules imports another, directly or through others.

    ## What it does
    A module counts with all that is below it. For each ordered pair of listed modules it reports every
    import from one to the other, and one shortest chain through modules that are not listed.

    ## Why is this bad?
    Parts that are meant to be developed, tested and removed on their own are tied together.

    ## Example
    ```python
    # shop/cart.py
    from shop.mail import send
    ```

    ## Use instead
    ```python
    # shop/checkout.py, which may know both
    from shop import cart, mail
    ```

    ## Options
    - `modules`: the independent modules, wildcards too (`shop.plugins.*`). None may lie inside another.
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "independence"
    codes: ClassVar[tuple[Code, ...]] = (DEPENDENT,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/cart.py": "from shop.mail import send\n"},
            ("shop.cart imports shop.mail, but shop.cart and shop.mail are to be independent",),
            {"modules": ["shop.cart", "shop.mail"]},
        ),
        Example(
            {**_FILES, "shop/cart.py": "import shop.tools\n", "shop/tools.py": "import shop.mail\n"},
            ("shop.cart reaches shop.mail through 1 module, but they are to be independent",),
            {"modules": ["shop.cart", "shop.mail"]},
        ),
        Example(
            {**_FILES, "shop/cart.py": "import shop.tools\n", "shop/mail.py": "import shop.tools\n"},
            (),
            {"modules": ["shop.cart", "shop.mail"]},
        ),
    )

    modules: tuple[str, ...]
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse((*empty_fault("modules", self.modules), *expression_faults("modules", self.modules)))

    def problems(self, project: Project) -> Iterator[str]:
        yield from missing(project, "modules", self.modules, self.unmatched_modules)
        for outer, inner in nested(expand_all(project.graph, self.modules)):
            yield f"modules: '{inner}' lies inside '{outer}', so the two cannot be independent"

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        names = expand_all(project.graph, self.modules)
        everyone = (1 << len(names)) - 1
        refused = [everyone & ~(1 << number) for number in range(len(names))]
        regions = [project.graph.subtree(name) for name in names]
        for breach in breaches(project.graph.edges(terms.edges), regions, refused):
            yield self._finding(project, terms, names, breach)

    def _finding(self, project: Project, terms: Terms, names: tuple[str, ...], breach: Breach) -> Finding:
        chain = project.graph.steps(breach.path, terms.edges)
        source, target = names[breach.source], names[breach.target]
        if len(chain) == 1:
            ends = (chain[0].importer, chain[0].imported)
            message = f"{ends[0]} imports {ends[1]}, but {source} and {target} are to be independent"
            remedy = f"Let a module that may know both {source} and {target} call them."
            return self.finding(project, terms, DEPENDENT, chain, message, identity=ends, help=remedy)
        message = f"{source} reaches {target} {through(chain)}, but they are to be independent"
        remedy = change_cheapest(project, terms, chain)
        return self.finding(project, terms, DEPENDENT, chain, message, identity=(source, target), help=remedy)
