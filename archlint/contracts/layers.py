"""Layers: higher may import lower, never the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.codes import BREACH, SKIP, UNLAYERED
from archlint.contracts.layer_items import LayerItem, Level, level_faults, parse_level
from archlint.contracts.layer_stack import LayerStack, below
from archlint.contracts.naming import (
    Unmatched,
    absent,
    empty_fault,
    expression_faults,
    missing,
    nested,
    refuse,
)
from archlint.contracts.placing import on_module
from archlint.contracts.remedies import change_cheapest, pass_on_of, through
from archlint.graph.expressions import expand, expand_all, is_wildcard, matches
from archlint.graph.regions import breaches
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.regions import Breach
    from archlint.model import Finding
    from archlint.rule import Project, Terms


_FILES = {
    "shop/__init__.py": "",
    "shop/web.py": "from shop import orders\n",
    "shop/orders.py": "from shop import db\n",
    "shop/db.py": "",
}


@dataclass(frozen=True)
class Layers(ContractType):
    """Modules fall into levels; a level may import those below it, and none above it.

    A layer is a module with all that is below it. Chains count too: a lower layer may not reach a higher
    one through modules that are in no layer.

    ## What it does
    For each lower and higher layer it reports every import from the lower to the higher, and one shortest
    chain through modules outside all layers.

    ## Why is this bad?
    A layer that knows what is built on top of it cannot be understood, tested or replaced without it.

    ## Example
    ```python
    # shop/db.py, in the lowest layer
    from shop.web import render
    ```

    ## Use instead
    ```python
    # shop/db.py
    def rows() -> list[Row]: ...  # shop.web calls this and renders
    ```

    ## Options
    - `layers`: from the highest to the lowest. `"a"` is one layer; `"a | b"` are independent of each other;
      `"a : b"` may import each other; `"(a)"` need not exist. A table says the same with
      `{name = "a", closed = true, optional = true}`. Wildcards (`shop.*`) stand for all modules that match
      and are in no other item; they form one level, its members independent as with `|`. Of nested
      matches the outermost counts.
    - `containers`: packages, wildcards too, that each repeat the layers; layer names are relative to them.
    - `closed`: names of layers that may not be skipped, or `true` for all of them.
    - `exhaustive`: every direct child of a container must be a layer or in `exhaustive-ignores`.
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "layers"
    codes: ClassVar[tuple[Code, ...]] = (BREACH, UNLAYERED, SKIP)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/db.py": "from shop import web\n"},
            ("shop.db imports shop.web, but shop.db is below shop.web",),
            {"layers": ["shop.web", "shop.orders", "shop.db"]},
        ),
        Example(
            {**_FILES, "shop/db.py": "import shop.tools\n", "shop/tools.py": "import shop.web\n"},
            ("shop.db reaches shop.web through 1 module, but shop.db is below shop.web",),
            {"layers": ["shop.web", "shop.orders", "shop.db"]},
        ),
        Example(
            {**_FILES, "shop/web.py": "import shop.db\n"},
            ("shop.web imports shop.db, but shop.orders between them is closed",),
            {"layers": ["shop.web", {"name": "shop.orders", "closed": True}, "shop.db"]},
        ),
        Example(
            _FILES,
            ("shop.db is in no layer of the container shop",),
            {"layers": ["web", "orders"], "containers": ["shop"], "exhaustive": True},
        ),
        Example(_FILES, (), {"layers": ["shop.web", "shop.orders", "shop.db"]}),
    )

    layers: tuple[str | LayerItem, ...]
    containers: tuple[str, ...] = ()
    exhaustive: bool = False
    exhaustive_ignores: tuple[str, ...] = ()
    closed: tuple[str, ...] | bool = ()
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[str]:
        yield from empty_fault("layers", self.layers)
        yield from level_faults(self.layers)
        yield from expression_faults("containers", self.containers)
        yield from expression_faults("exhaustive-ignores", self.exhaustive_ignores)
        if self.exhaustive and not self.containers:
            yield "exhaustive: needs containers, whose children it compares with the layers"
        if not isinstance(self.closed, bool):
            known = {name for item in self.layers for name in parse_level(item).names}
            yield from (
                f"closed: '{name}' is none of the layers" for name in self.closed if name not in known
            )

    def levels(self) -> tuple[Level, ...]:
        """Return the levels from the highest to the lowest."""
        return tuple(parse_level(item, self.closed) for item in self.layers)

    def problems(self, project: Project) -> Iterator[str]:
        yield from missing(project, "containers", self.containers, self.unmatched_modules)
        for container in self._containers(project.graph):
            yield from self._missing_layers(project.graph, container)
            members = LayerStack.of(project.graph, self.levels(), container).members
            for outer, inner in nested(name for name, _ in members):
                yield f"layers: '{inner}' lies inside the layer '{outer}'"

    def _missing_layers(self, graph: ModuleGraph, container: str) -> Iterator[str]:
        for name in (name for level in self.levels() for name in level.names if name not in level.optional):
            full = below(container, name)
            if expand(graph, full):
                continue
            if not is_wildcard(name):
                yield absent(graph, "layers", full)
            elif self.unmatched_modules == "error":
                yield f"layers: '{full}' matches no module"

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        edges = project.graph.edges(terms.edges)
        for stack in self.stacks(project.graph):
            regions = [project.graph.subtree(name) for name, _ in stack.members]
            refused = [stack.refused(source) for source in range(len(regions))]
            for breach in breaches(edges, regions, refused):
                yield self._breach(project, terms, stack, breach)
        for container in self._containers(project.graph) if self.exhaustive else ():
            yield from self._unlayered(project, terms, container)

    def stacks(self, graph: ModuleGraph) -> Iterator[LayerStack]:
        """Yield the layers as *graph* fills them: one stack for each container, else one."""
        for container in self._containers(graph):
            yield LayerStack.of(graph, self.levels(), container)

    def _containers(self, graph: ModuleGraph) -> tuple[str, ...]:
        return expand_all(graph, self.containers) if self.containers else ("",)

    def _breach(self, project: Project, terms: Terms, stack: LayerStack, breach: Breach) -> Finding:
        chain = project.graph.steps(breach.path, terms.edges)
        source, target = (stack.members[number][0] for number in (breach.source, breach.target))
        code, reason = stack.reason(breach.source, breach.target)
        if len(chain) == 1:
            ends = (chain[0].importer, chain[0].imported)
            message = f"{ends[0]} imports {ends[1]}, but {reason}"
            remedy = self._route(project, terms, stack, breach) if code is SKIP else None
            remedy = remedy or _remedy(code, *ends, source)
            return self.finding(project, terms, code, chain, message, identity=ends, help=remedy)
        message = f"{source} reaches {target} {through(chain)}, but {reason}"
        remedy = change_cheapest(project, terms, chain)
        return self.finding(project, terms, code, chain, message, identity=(source, target), help=remedy)

    def _route(self, project: Project, terms: Terms, stack: LayerStack, breach: Breach) -> str | None:
        """Return the legal route around a closed layer: a module in a layer that both may be had through."""
        regions = [project.graph.subtree(name) for name, _ in stack.members]

        def allowed(module: str) -> bool:
            node = project.graph.index[module]
            between = next((number for number, nodes in enumerate(regions) if node in nodes), None)
            if between is None or between in (breach.source, breach.target):
                return False
            near, far = stack.refused(breach.source), stack.refused(between)
            return not (near >> between & 1 or far >> breach.target & 1)

        [step] = project.graph.steps(breach.path, terms.edges)
        return pass_on_of(project, terms, step, allowed)

    def _unlayered(self, project: Project, terms: Terms, container: str) -> Iterator[Finding]:
        ignored = self.exhaustive_ignores
        layered = tuple(below(container, name) for level in self.levels() for name in level.names)
        for child in project.graph.children(container):
            tail = child.rpartition(".")[2]
            if any(matches(name, child) for name in layered) or any(matches(name, tail) for name in ignored):
                continue
            message = f"{child} is in no layer of the container {container}"
            remedy = f"Put '{tail}' into the contract's layers, or into its exhaustive-ignores."
            yield on_module(project, terms, UNLAYERED, child, message, identity=(child,), remedy=remedy)


def _remedy(code: Code, importer: str, imported: str, source: str) -> str:
    if code is SKIP:
        return f"Go through the closed layer instead of importing {imported} from {importer}."
    return f"Move what {importer} takes from {imported} into {source} or below, or let the caller pass it in."
