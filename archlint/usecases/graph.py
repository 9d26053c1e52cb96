"""What ``archlint graph`` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.graph.view import Edge, Lens, View, look, narrowed
from archlint.reporters.dot import dot
from archlint.reporters.graphml import graphml
from archlint.reporters.json_graph import json_graph, json_packages
from archlint.reporters.mermaid import MOST_CHARACTERS, MOST_EDGES, fits, mermaid
from archlint.reporters.text import count
from archlint.usecases.analyse import ENOUGH, gather
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.usecases.request import Request

WHOLE = Lens()


@dataclass(frozen=True)
class Drawn:
    """The graph in each of the formats asked for, and what is worth a line on stderr."""

    reports: tuple[str, ...]
    notes: tuple[str, ...] = ()


def graph(request: Request, formats: Sequence[str], lens: Lens, *, external: bool | None = None) -> Drawn:
    """Read the project and draw its graph through *lens* in each of *formats*.

    ``external`` takes external packages in or leaves them out; None means only JSON has them. Raises
    ArchlintError for what the user can mend.
    """
    setup = set_up(request)
    found = gather(request, setup, measure_from=ENOUGH)
    notes = [*setup.configuration.notes, *found.layout.notes]
    reports = []
    for name in formats:
        chosen = replace(lens, external=name == "json" if external is None else external)
        text, more = _drawn(found.project.graph, name, chosen)
        reports.append(text)
        notes += more
    return Drawn(tuple(reports), tuple(notes))


def _drawn(modules: ModuleGraph, name: str, lens: Lens) -> tuple[str, list[str]]:
    if name == "json" and lens == WHOLE:
        return json_graph(modules), []
    view = look(modules, lens)
    if name == "json":
        return json_packages(view) if lens.collapse else json_graph(narrowed(modules, view)), []
    weights = bool(lens.collapse)
    if name == "mermaid":
        return _small(modules, lens, view)
    return dot(view, weights=weights) if name == "dot" else graphml(view), []


def _small(modules: ModuleGraph, lens: Lens, view: View) -> tuple[str, list[str]]:
    """Draw with Mermaid, collapsing further and further until its client can show it."""
    text = mermaid(view, weights=bool(lens.collapse))
    if fits(text, view):
        return text, []
    limits = f"Mermaid draws at most {MOST_EDGES} edges and {MOST_CHARACTERS:,} characters"
    smaller = view
    for word in _coarser(modules, lens):
        smaller = look(modules, replace(lens, collapse=(*_special(lens), word)))
        text = mermaid(smaller, weights=True)
        if fits(text, smaller):
            nodes = count(len(smaller.nodes), "node")
            return text, [
                f"{limits}: collapsed to {nodes} (--collapse {word}); --focus shows a part in detail"
            ]
    text, left = _heaviest(smaller)
    return text, [f"{limits}: only the {left} heaviest edges are drawn; --focus shows a part in detail"]


def _special(lens: Lens) -> tuple[str, ...]:
    return tuple(word for word in lens.collapse if word != "package" and not word.isdecimal())


def _coarser(modules: ModuleGraph, lens: Lens) -> Iterator[str]:
    depths = [int(word) for word in lens.collapse if word.isdecimal()]
    deepest = max((name.count(".") for name in modules.names), default=0)
    if not depths and "package" not in lens.collapse:
        yield "package"
    yield from (str(depth) for depth in range(min([deepest, *(depth - 1 for depth in depths)]), 0, -1))


def _heaviest(view: View) -> tuple[str, int]:
    """Draw the heaviest edges alone, as many as fit."""
    order = sorted(view.edges, key=lambda edge: (-edge.weight, edge.importer, edge.imported))
    number = MOST_EDGES
    while True:
        part = _part(view, order[:number])
        text = mermaid(part, weights=True)
        if fits(text, part) or not number:
            return text, len(part.edges)
        number = number * 3 // 4


def _part(view: View, edges: Sequence[Edge]) -> View:
    ends = {name for edge in edges for name in (edge.importer, edge.imported)}
    kept = tuple(sorted(edges, key=lambda edge: (edge.importer, edge.imported)))
    return View(tuple(node for node in view.nodes if node.name in ends), kept)
