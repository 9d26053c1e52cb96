"""Layers: higher may import lower, never the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.contracts.layer_items import LayerItem, Level, level_faults, parse_level
from archlint.contracts.naming import (
    Unmatched,
    close,
    empty_fault,
    expression_faults,
    missing,
    nested,
    refuse,
)
from archlint.contracts.placing import on_module
from archlint.contracts.remedies import change_cheapest, through
from archlint.graph.expressions import expand, is_wildcard, matches
from archlint.graph.regions import Breach, breaches
from archlint.rule import Code, ContractType, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding
    from archlint.rule import Project, Terms

BREACH = Code(
    "ARC101", "layer-breach", "A module imports, directly or through others, a layer that it may not."
)
UNLAYERED = Code(
    "ARC107", "unlayered-module", "A child of a container is in no layer of an exhaustive contract."
)
SKIP = Code("ARC110", "layer-skip", "A layer reaches past a closed layer to one below it.")

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
            yield from _overlaps(self._members(project.graph, container))

    def _missing_layers(self, graph: ModuleGraph, container: str) -> Iterator[str]:
        for level in self.levels():
            for name in level.names:
                full = _below(container, name)
                if name in level.optional or expand(graph, full):
                    continue
                if not is_wildcard(name):
                    yield f"layers: there is no module '{full}'{close(graph, full)}"
                elif self.unmatched_modules == "error":
                    yield f"layers: '{full}' matches no module"

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        for container in self._containers(project.graph):
            stack = _Stack(self.levels(), self._members(project.graph, container))
            regions = [project.graph.subtree(name) for name, _ in stack.members]
            refused = [stack.refused(source) for source in range(len(regions))]
            for breach in breaches(project.graph.edges(terms.edges), regions, refused):
                yield self._breach(project, terms, stack, breach)
            if self.exhaustive:
                yield from self._unlayered(project, terms, container)

    def _containers(self, graph: ModuleGraph) -> tuple[str, ...]:
        if not self.containers:
            return ("",)
        return tuple(sorted({name for container in self.containers for name in expand(graph, container)}))

    def _members(self, graph: ModuleGraph, container: str) -> list[tuple[str, int]]:
        """Return the modules that are layers, each with the number of its level, by level and name."""
        levels = self.levels()
        named = {_below(container, name) for level in levels for name in level.names if not is_wildcard(name)}
        taken: set[str] = set(named)
        members: list[tuple[str, int]] = []
        for number, level in enumerate(levels):
            found = {
                name
                for expression in level.names
                for name in expand(graph, _below(container, expression))
                if not is_wildcard(expression) or name not in taken
            }
            taken |= found
            # Where nesting does no harm the outer module stands for both.
            drop = found - named if level.independent else found
            found -= {inner for _, inner in nested(found) if inner in drop}
            members.extend((name, number) for name in sorted(found))
        return members

    def _breach(self, project: Project, terms: Terms, stack: _Stack, breach: Breach) -> Finding:
        chain = project.graph.steps(breach.path, terms.edges)
        source, target = (stack.members[number][0] for number in (breach.source, breach.target))
        code, reason = stack.reason(breach.source, breach.target)
        if len(chain) == 1:
            ends = (chain[0].importer, chain[0].imported)
            message = f"{ends[0]} imports {ends[1]}, but {reason}"
            return self.finding(
                project, terms, code, chain, message, identity=ends, help=_remedy(code, *ends, source)
            )
        message = f"{source} reaches {target} {through(chain)}, but {reason}"
        remedy = change_cheapest(project, terms, chain)
        return self.finding(project, terms, code, chain, message, identity=(source, target), help=remedy)

    def _unlayered(self, project: Project, terms: Terms, container: str) -> Iterator[Finding]:
        ignored = self.exhaustive_ignores
        layered = tuple(_below(container, name) for level in self.levels() for name in level.names)
        for child in project.graph.children(container):
            tail = child.rpartition(".")[2]
            if any(matches(name, child) for name in layered) or any(matches(name, tail) for name in ignored):
                continue
            message = f"{child} is in no layer of the container {container}"
            remedy = f"Put '{tail}' into the contract's layers, or into its exhaustive-ignores."
            yield on_module(project, terms, UNLAYERED, child, message, identity=(child,), remedy=remedy)


@dataclass(frozen=True)
class _Stack:
    """The levels with the modules that fill them, and who may not reach whom."""

    levels: tuple[Level, ...]
    members: list[tuple[str, int]]

    def refused(self, source: int) -> int:
        """Return the mask of members that member *source* may not reach."""
        mask = 0
        floor = self._floor(self.members[source][1])
        for target, (_, level) in enumerate(self.members):
            if target != source and self._is_refused(self.members[source][1], level, floor):
                mask |= 1 << target
        return mask

    def _is_refused(self, own: int, level: int, floor: int) -> bool:
        return level < own or level > floor or (level == own and self.levels[own].independent)

    def _floor(self, own: int) -> int:
        """Return the lowest level that may be reached from level *own*: the first closed one below it."""
        below = range(own + 1, len(self.levels))
        return next((number for number in below if self.levels[number].closed), len(self.levels))

    def reason(self, source: int, target: int) -> tuple[Code, str]:
        """Return the code of a breach between two members, and why it is one."""
        (lower, own), (higher, level) = self.members[source], self.members[target]
        if level < own:
            return BREACH, f"{lower} is below {higher}"
        if level == own:
            return BREACH, f"{lower} and {higher} are independent of each other"
        floor = self._floor(own)
        between = [name for name, number in self.members if number == floor]
        return SKIP, f"{' and '.join(between) or self.levels[floor].names[0]} between them is closed"


def _remedy(code: Code, importer: str, imported: str, source: str) -> str:
    if code is SKIP:
        return f"Go through the closed layer instead of importing {imported} from {importer}."
    return f"Move what {importer} takes from {imported} into {source} or below, or let the caller pass it in."


def _below(container: str, name: str) -> str:
    return f"{container}.{name}" if container else name


def _overlaps(members: list[tuple[str, int]]) -> Iterator[str]:
    """Yield a line for each layer that lies inside another one: its modules would be in both."""
    for outer, inner in nested(name for name, _ in members):
        yield f"layers: '{inner}' lies inside the layer '{outer}'"
