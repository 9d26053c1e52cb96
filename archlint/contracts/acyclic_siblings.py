"""Acyclic siblings: the children of a package do not depend on each other in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import CYCLE
from archlint.contracts.naming import Unmatched, empty_fault, expression_faults, missing, refuse
from archlint.graph.adjacency import Adjacency
from archlint.graph.breaking import feedback_edges
from archlint.graph.cost import removal_cost
from archlint.graph.cycles import components, shortest_cycle
from archlint.graph.expressions import expand_all
from archlint.graph.siblings import Edge, sibling_edges
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding, Step
    from archlint.rule import Project, Terms

LISTED = 20  # breaking imports that one finding lists

_FILES = {
    "shop/__init__.py": "",
    "shop/cart/__init__.py": "",
    "shop/cart/models.py": "",
    "shop/mail.py": "import shop.cart\n",
}


@dataclass(frozen=True)
class AcyclicSiblings(ContractType):
    """The children of a package, each with all below it, import each other in one direction only.

    ## What it does
    For each ancestor, and the packages below it, it reports every knot of children that depend on each
    other in a circle: one shortest circle of imports, and the imports whose change unties the knot.

    ## Why is this bad?
    Children in a circle are one part in fact: none can be read, tested, moved or removed by itself, though
    no two modules need import each other for it.

    ## Example
    ```python
    # shop/cart/models.py
    import shop.mail  # and shop/mail.py imports shop.cart
    ```

    ## Use instead
    ```python
    # shop/cart/models.py
    def checkout(send: Callable[[str], None]) -> None: ...  # shop.mail passes itself in
    ```

    ## Options
    - `ancestors`: the packages whose children are compared, wildcards too.
    - `depth`: how many levels further down the same is asked (default 10; 0: these children only).
    - `skip-descendants`: packages below the ancestors that are not asked, nor what is below them.
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "acyclic-siblings"
    codes: ClassVar[tuple[Code, ...]] = (CYCLE,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/cart/models.py": "import shop.mail\n"},
            ("shop.cart and shop.mail, children of shop, import each other in a circle",),
            {"ancestors": ["shop"]},
        ),
        Example(_FILES, (), {"ancestors": ["shop"]}),
    )

    ancestors: tuple[str, ...]
    depth: int = 10
    skip_descendants: tuple[str, ...] = ()
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[str]:
        yield from empty_fault("ancestors", self.ancestors)
        yield from expression_faults("ancestors", self.ancestors)
        yield from expression_faults("skip-descendants", self.skip_descendants)
        for name in sorted(set(self.ancestors) & set(self.skip_descendants)):
            yield f"skip-descendants: '{name}' is an ancestor too"
        if self.depth < 0:
            yield f"depth: {self.depth} is below 0"

    def problems(self, project: Project) -> Iterator[str]:
        yield from missing(project, "ancestors", self.ancestors, self.unmatched_modules)
        yield from missing(project, "skip-descendants", self.skip_descendants, self.unmatched_modules)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        edges = project.graph.edges(terms.edges)
        for package in self.packages(project):
            children = project.graph.children(package)
            between = sibling_edges(project.graph, edges, children)
            for knot in components(Adjacency(len(children), between)):
                yield _Knot(project, terms, package, children, between).finding(self, knot)

    def packages(self, project: Project) -> list[str]:
        """Return the packages whose children are compared, sorted, each once."""
        skipped = set(expand_all(project.graph, self.skip_descendants))
        depths: dict[str, int] = {}
        stack = [(name, self.depth) for name in expand_all(project.graph, self.ancestors)]
        while stack:
            package, left = stack.pop()
            if depths.get(package, -1) >= left:
                continue
            depths[package] = left
            if left:
                children = project.graph.children(package)
                stack.extend((child, left - 1) for child in children if child not in skipped)
        return sorted(depths)


@dataclass(frozen=True)
class _Knot:
    """The children of *package* and the imports between each two of them."""

    project: Project
    terms: Terms
    package: str
    children: tuple[str, ...]
    between: dict[Edge, list[Edge]]

    def finding(self, contract: AcyclicSiblings, knot: list[int]) -> Finding:
        """Return the finding on the children numbered *knot*, which all reach each other."""
        inside = set(knot)
        edges = {edge: rows for edge, rows in self.between.items() if inside.issuperset(edge)}
        circle = shortest_cycle(Adjacency(len(self.children), edges), knot)
        turns = zip(circle, [*circle[1:], circle[0]], strict=True)
        chain = tuple(self._step(edges[turn][0]) for turn in turns)
        breakers = feedback_edges({edge: self._cost(rows) for edge, rows in edges.items()})
        steps = [self._step(row) for edge in breakers for row in edges[edge]]
        names = sorted(f"{self.children[tail]} -> {self.children[head]}" for tail, head in edges)
        return contract.finding(
            self.project,
            self.terms,
            CYCLE,
            chain,
            f"{_listed([self.children[number] for number in knot])}, children of {self.package}, "
            "import each other in a circle",
            identity=names,
            related=tuple(("changing this breaks the circle", step) for step in steps[:LISTED]),
            help=self._remedy(breakers, len(steps)),
        )

    def _step(self, edge: Edge) -> Step:
        return self.project.graph.steps(edge, self.terms.edges)[0]

    def _cost(self, rows: list[Edge]) -> int:
        graph = self.project.graph
        return sum(
            removal_cost(graph.details(graph.names[tail], graph.names[head], self.terms.edges))
            for tail, head in rows
        )

    def _remedy(self, breakers: list[Edge], count: int) -> str:
        pairs = [f"of {self.children[head]} by {self.children[tail]}" for tail, head in breakers]
        return f"Change {count} import{'s' if count > 1 else ''} to untie it: {_listed(pairs)}."


def _listed(names: list[str], most: int = 4) -> str:
    """Return *names* in words, at most *most* of them."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
