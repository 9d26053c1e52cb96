"""What ``archlint graph`` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.graph.grouping import LAYER
from archlint.graph.view import Edge, Judged, Lens, View, look, narrowed
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
    from archlint.pipeline.analysis import Analysis
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

WHOLE = Lens()


@dataclass(frozen=True)
class Drawn:
    """The graph in each of the formats asked for, and what is worth a line on stderr, or an error."""

    reports: tuple[str, ...]
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A graph, how to look at it, and what the contracts say of it."""

    modules: ModuleGraph
    lens: Lens
    judged: Judged

    def view(self, *collapse: str) -> View:
        """Return what is seen, collapsed by *collapse* where that is given."""
        lens = replace(self.lens, collapse=collapse) if collapse else self.lens
        return look(self.modules, lens, self.judged)


def graph(request: Request, formats: Sequence[str], lens: Lens, *, external: bool | None = None) -> Drawn:
    """Read the project and draw its graph through *lens* in each of *formats*.

    ``external`` takes external packages in or leaves them out; None means that only JSON has them, and a
    picture of breaches. Raises ArchlintError for what the user can mend.
    """
    setups = _setups(request, lens)
    analyses = _analyses(request, setups) if lens.only_breaches else []
    modules, notes = _read(request, setups[0], analyses)
    judged = _judged(setups, analyses, modules, lens)
    if lens.only_breaches and not judged.breaches:
        notes.append("no import breaks a contract")
    reports = []
    for name in formats:
        wanted = name == "json" or lens.only_breaches if external is None else external
        text, more = _drawn(Picture(modules, replace(lens, external=wanted), judged), name)
        reports.append(text)
        notes += more
    return Drawn(tuple(reports), tuple(notes), tuple(line for one in analyses for line in one.errors))


def _setups(request: Request, lens: Lens) -> list[Setup]:
    if not lens.only_breaches and LAYER not in lens.collapse:
        return [set_up(request)]
    from archlint.usecases.adopt import set_ups  # noqa: PLC0415 (only where contracts have a say)

    return set_ups(request)


def _analyses(request: Request, setups: Sequence[Setup]) -> list[Analysis]:
    from archlint.usecases.verdicts import judged  # noqa: PLC0415 (only where contracts have a say)

    return judged(request, setups)


def _read(request: Request, setup: Setup, analyses: Sequence[Analysis]) -> tuple[ModuleGraph, list[str]]:
    """Return the graph and the notes on it: those of the first of *analyses*, where contracts were judged."""
    if analyses:
        return analyses[0].project.graph, list(analyses[0].notes)
    found = gather(request, setup, measure_from=ENOUGH)
    return found.project.graph, [*setup.configuration.notes, *found.layout.notes]


def _judged(
    setups: Sequence[Setup], analyses: Sequence[Analysis], modules: ModuleGraph, lens: Lens
) -> Judged:
    """Say what the contracts do, as far as *lens* needs it."""
    if not lens.only_breaches and LAYER not in lens.collapse:
        return Judged()
    from archlint.usecases import verdicts  # noqa: PLC0415 (only where contracts have a say)

    return Judged(
        layers=verdicts.layers(modules, setups) if LAYER in lens.collapse else {},
        breaches=verdicts.breaches(modules, analyses),
    )


def _drawn(picture: Picture, name: str) -> tuple[str, list[str]]:
    lens, modules = picture.lens, picture.modules
    if name == "json" and lens == WHOLE:
        return json_graph(modules), []
    view = picture.view()
    if name == "json":
        return _json(picture, view), []
    if name == "mermaid":
        return _small(picture, view)
    return dot(view, weights=bool(lens.collapse)) if name == "dot" else graphml(view), []


def _json(picture: Picture, view: View) -> str:
    breaching = picture.lens.only_breaches
    if picture.lens.collapse:
        return json_packages(view, breaches=breaching)
    shown = narrowed(picture.modules, view, unresolved=not breaching)
    return json_graph(shown, picture.judged.breaches if breaching else None)


def _small(picture: Picture, view: View) -> tuple[str, list[str]]:
    """Draw with Mermaid, collapsing further and further until its client can show it."""
    lens = picture.lens
    text = mermaid(view, weights=bool(lens.collapse))
    if fits(text, view):
        return text, []
    limits = f"Mermaid draws at most {MOST_EDGES} edges and {MOST_CHARACTERS:,} characters"
    smaller = view
    for word in _coarser(picture.modules, lens):
        smaller = picture.view(*_special(lens), word)
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
    if LAYER in lens.collapse:
        return
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
