"""Private modules: a leading underscore keeps a module to the package that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import PRIVATE
from archlint.contracts.naming import Unmatched, expression_faults, missing, refuse
from archlint.contracts.remedies import pass_on_of
from archlint.contracts.underscore import has_private, private_module
from archlint.graph.expressions import expand, expand_all
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Step
    from archlint.rule import Project, Terms

_OPTION = "packages-with-private-modules"
_INSTEAD = "so name a package above it that is not"
_FILES = {
    "shop/__init__.py": "",
    "shop/cart/__init__.py": "from shop.cart._store import Row\n",
    "shop/cart/_store.py": "",
    "shop/cart/pages/__init__.py": "import shop.cart._store\n",
    "shop/web.py": "from shop.cart import Row\n",
}


@dataclass(frozen=True)
class PrivateModules(ContractType):
    """Modules that begin with an underscore are imported from within the package that holds them only.

    ## What it does
    It reports every direct import of a private module, or of a module below one, by a module that is neither
    the package that holds the private module nor below that package. Dunder names such as `__main__` are
    public, and so are top-level modules. Names inside a module are not looked at: for those there is
    `underscore` of `interface`.

    ## Why is this bad?
    The underscore tells the package's authors that nobody else need be asked about a change. Each import
    from outside makes that untrue, and the next change breaks code that they never see.

    ## Example
    ```python
    # shop/web.py
    from shop.cart._store import Row
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.cart import Row  # shop/cart/__init__.py passes it on
    ```

    ## Options
    - `packages-with-private-modules`: the packages whose private modules are kept, with all below them,
      wildcards too; none of them private itself (default: everything).
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "private-modules"
    codes: ClassVar[tuple[Code, ...]] = (PRIVATE,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "from shop.cart._store import Row\n"},
            ("shop.web imports shop.cart._store, but _store is private to shop.cart",),
        ),
        Example(
            {**_FILES, "shop/web.py": "import shop.cart._store\n"},
            ("shop.web imports shop.cart._store, but _store is private to shop.cart",),
            {_OPTION: ["shop.*"]},
        ),
        Example({**_FILES, "shop/web.py": "import shop.cart._store\n"}, (), {_OPTION: ["shop.cart.pages"]}),
        Example(_FILES, ()),
    )

    packages_with_private_modules: tuple[str, ...] = ()
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[str]:
        yield from expression_faults(_OPTION, self.packages_with_private_modules)
        for name in filter(has_private, self.packages_with_private_modules):
            yield f"{_OPTION}: '{name}' is private or lies in what is private, {_INSTEAD}"

    def problems(self, project: Project) -> Iterator[str]:
        yield from missing(project, _OPTION, self.packages_with_private_modules, self.unmatched_modules)
        for expression in self.packages_with_private_modules:
            private = next(filter(has_private, expand(project.graph, expression)), None)
            if private:
                yield f"{_OPTION}: '{expression}' matches '{private}', which is private, {_INSTEAD}"

    def guarded(self, graph: ModuleGraph) -> list[int]:
        """Return the numbers of the modules that are private, or below one that is, ascending."""
        nodes: Iterable[int] = range(len(graph.names))
        if self.packages_with_private_modules:
            named = expand_all(graph, self.packages_with_private_modules)
            nodes = sorted({node for name in named for node in graph.subtree(name)})
        return [node for node in nodes if has_private(graph.names[node].partition(".")[2])]

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        graph = project.graph
        importers = graph.edges(terms.edges).predecessors
        for head in self.guarded(graph):
            for tail in sorted(importers[head]):
                kept = private_module(graph.names[tail], graph.names[head])
                if kept:
                    chain = graph.steps((tail, head), terms.edges)
                    yield self._finding(project, terms, chain, *kept)

    def _finding(
        self, project: Project, terms: Terms, chain: tuple[Step, ...], part: str, owner: str
    ) -> Finding:
        ends = (chain[0].importer, chain[0].imported)
        return self.finding(
            project,
            terms,
            PRIVATE,
            chain,
            f"{ends[0]} imports {ends[1]}, but {part} is private to {owner}",
            identity=ends,
            help=_route(project, terms, chain[0])
            or f"Import what is needed from a public module of {owner}, which can pass it on, or take the "
            f"underscore off {part} if others are meant to import it.",
        )


def _route(project: Project, terms: Terms, step: Step) -> str | None:
    """Return the way by which the importer of *step* gets the same without a private module, or None."""

    def legal(module: str) -> bool:
        return not private_module(step.importer, module) and not private_module(module, step.imported)

    return pass_on_of(project, terms, step, legal)
