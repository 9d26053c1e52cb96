"""What the contracts about chains forbid, in node numbers: who may not reach whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping  # noqa: TC003 (msgspec reads the annotations)
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.contracts.external import sightings
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.layer_stack import LayerStack
from archlint.contracts.naming import inside
from archlint.graph.expressions import expand_all, fixed_part, is_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.contracts.layers import Layers
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import
    from archlint.rule import Terms

NOTHING: Mapping[int, str] = MappingProxyType({})


class Law(Struct, frozen=True):
    """Some regions of the graph may not reach some others.

    Bit *t* of ``refused[s]`` forbids that region ``sources[s]`` reaches ``targets[t]``. Where ``walled``, a
    chain passes through no region; where ``direct``, only imports count and not chains. A target whose
    number is in ``outside`` is the external package of that name: its nodes are the modules that import
    it, by the imports in ``rows``.
    """

    source_names: tuple[str, ...]
    target_names: tuple[str, ...]
    sources: tuple[Collection[int], ...]
    targets: tuple[Collection[int], ...]
    refused: tuple[int, ...]
    walled: bool = False
    direct: bool = False
    outside: Mapping[int, str] = NOTHING
    rows: Mapping[int, tuple[Import, ...]] = MappingProxyType({})

    @property
    def all_targets(self) -> tuple[str, ...]:
        """The names of all targets, by number: modules, then external packages."""
        return (*self.target_names, *self.outside.values())

    @property
    def regions(self) -> tuple[Collection[int], ...]:
        """The nodes of each source and target, those of external packages left out."""
        return (*self.sources, *self.targets[: len(self.target_names)])


def laws_of(kind: Layers | Independence | Forbidden, graph: ModuleGraph, terms: Terms) -> tuple[Law, ...]:
    """Return what the contract *kind* forbids in *graph*: of layers a law for each container."""
    if isinstance(kind, Forbidden):
        return (_forbidden(kind, graph, terms),)
    if isinstance(kind, Independence):
        names = expand_all(graph, kind.modules)
        everyone = (1 << len(names)) - 1
        return (_walled(graph, names, [everyone & ~(1 << number) for number in range(len(names))]),)
    containers = expand_all(graph, kind.containers) if kind.containers else ("",)
    stacks = (LayerStack.of(graph, kind.levels(), container) for container in containers)
    return tuple(
        _walled(graph, (name for name, _ in stack.members), map(stack.refused, range(len(stack.members))))
        for stack in stacks
    )


def _walled(graph: ModuleGraph, names: Iterable[str], refused: Iterable[int]) -> Law:
    listed = tuple(names)
    regions = tuple(graph.subtree(name) for name in listed)
    return Law(listed, listed, regions, regions, tuple(refused), walled=True)


def _forbidden(kind: Forbidden, graph: ModuleGraph, terms: Terms) -> Law:
    sources, inner = expand_all(graph, kind.source_modules), expand_all(graph, kind.forbidden_modules)
    outer = _outer(kind, graph, terms)
    numbered = dict(enumerate(outer.values(), len(inner)))
    gates = (frozenset(graph.index[row.importer] for row in rows) for rows in numbered.values())

    def nodes(name: str) -> range:
        whole = graph.subtree(name)
        return whole if kind.as_packages else whole[:1]

    return Law(
        source_names=sources,
        target_names=inner,
        sources=tuple(map(nodes, sources)),
        targets=(*map(nodes, inner), *gates),
        refused=tuple(_apart(source, inner, len(outer), packages=kind.as_packages) for source in sources),
        direct=kind.allow_indirect_imports,
        outside=dict(enumerate(outer, len(inner))),
        rows=numbered,
    )


def _outer(kind: Forbidden, graph: ModuleGraph, terms: Terms) -> dict[str, tuple[Import, ...]]:
    """Return the external packages that *kind* forbids, sorted, each with the imports of it."""
    found: dict[str, tuple[Import, ...]] = dict.fromkeys(external_words(graph, kind.forbidden_modules), ())
    for seen in sightings(graph, kind.forbidden_modules, terms.edges):
        found[seen.name] = tuple(row for rows in seen.rows.values() for row in rows)
    return dict(sorted(found.items()))


def _apart(source: str, targets: tuple[str, ...], outer: int, *, packages: bool) -> int:
    """Return the mask of *targets* that *source* does not overlap with, and of all the *outer* ones."""
    mask = ((1 << outer) - 1) << len(targets)
    for number, target in enumerate(targets):
        overlaps = source == target or (packages and (inside(source, target) or inside(target, source)))
        mask |= 0 if overlaps else 1 << number
    return mask


def external_words(graph: ModuleGraph, expressions: Iterable[str]) -> frozenset[str]:
    """Return the external names that *expressions* stand for: those written out, and those imported."""
    wanted = tuple(expressions)
    written = {name for name in wanted if not is_wildcard(name) and fixed_part(name) not in graph.index}
    return frozenset(written | {seen.name for seen in sightings(graph, wanted)})
