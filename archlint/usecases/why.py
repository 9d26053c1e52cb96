"""What ``archlint why`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.graph.cuts import minimum_cut
from archlint.graph.lookup import external_imports, find_module, hint, known_module, known_names
from archlint.graph.ways import Ways, both_ends
from archlint.reporters.why_page import Chains, Link, json_why, text_why
from archlint.usecases.adopt import set_up_as_one
from archlint.usecases.adopting import beyond
from archlint.usecases.analyse import ENOUGH, gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.graph.ways import Edge
    from archlint.usecases.request import Request


def why(
    request: Request, source: str, target: str, *, kinds: Sequence[str], most: int = 1, formats: Sequence[str]
) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    """Find the chains from *source* to *target*: whether there is one, the reports, and the notes.

    Raises ArchlintError for a name that is neither a module nor an imported package.
    """
    setup = set_up_as_one(request)
    gathered = gather(request, setup, measure_from=ENOUGH)
    try:
        found = chains(gathered.project.graph, source, target, kinds=kinds, most=most)
    except ArchlintError as error:
        raise beyond(setup.configuration, (source, target), error) from None
    reports = tuple(json_why(found) if name == "json" else text_why(found) for name in formats)
    # What is adopted decides which tree is seen, and no more: its contracts are not asked.
    notes = () if setup.configuration.adopted else setup.configuration.notes
    return bool(found.chains), reports, (*notes, *gathered.layout.notes)


def chains(graph: ModuleGraph, source: str, target: str, *, kinds: Iterable[str], most: int = 1) -> Chains:
    """Return up to *most* chains from *source* to *target* that share no import, and the cheapest cut."""
    kinds = tuple(kinds)
    start = find_module(graph, source)
    goal = known_module(graph, target)
    ways, near, far = _inside(graph, start, goal, kinds) if goal else _outside(graph, start, target, kinds)
    found = list(ways.chains(near, far, most + 1))
    cut = minimum_cut(ways.adjacency, near, far, ways.cost) if found else None
    return Chains(
        source=start,
        target=goal or target,
        kinds=kinds,
        chains=tuple(tuple(_link(ways, edge) for edge in edges) for edges in found[:most]),
        more=len(found) > most,
        cut=tuple(_link(ways, edge) for edge in cut.edges) if cut else (),
        cut_cost=cut.cost if cut else 0,
        exact=cut is None or cut.exact,
    )


def _inside(
    graph: ModuleGraph, start: str, goal: str, kinds: tuple[str, ...]
) -> tuple[Ways, frozenset[int], frozenset[int]]:
    if start == goal:
        raise ArchlintError(f"`{start}` is given twice; name two modules")
    return Ways(graph, kinds), *both_ends(graph, start, goal)


def _outside(
    graph: ModuleGraph, start: str, target: str, kinds: tuple[str, ...]
) -> tuple[Ways, frozenset[int], frozenset[int]]:
    imports = external_imports(graph, target)
    if not imports:
        top = target.partition(".")[0]
        near = f"; `{top}` is imported" if top in graph.external_names else hint(target, known_names(graph))
        raise ArchlintError(f"`{target}` is no module of this project, and nothing imports it{near}")
    ways = Ways(graph, kinds, imports, target)
    return ways, frozenset(graph.subtree(start)), frozenset({ways.beyond})


def _link(ways: Ways, edge: Edge) -> Link:
    return Link(ways.step(edge), ways.imports(edge))
