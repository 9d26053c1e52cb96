"""The grade for adaptability: does a change here cascade there?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts import IMPORT_TIME
from archlint.graph.closure import measure_reach
from archlint.graph.cycles import components
from archlint.pipeline.overview.marks import Criterion, Item, Lever, criterion, graded, unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.graph.circles import Circle
    from archlint.model import Import
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Against, Overview

CHALLENGE, QUESTION = "Adaptability", "Does a change here cascade there?"
CYCLES, ORDER, REACH = 40.0, 30.0, 30.0
ALL_IN_CYCLES, ALL_AGAINST = 0.2, 0.2
NEAR, RANGE = 0.05, 0.25
TRIED = 3
SMALL = 30
OWN_SCALE = "No published scale: this one is archlint's own."


def grade_adaptability(overview: Overview) -> Grade:
    """Return the grade from cycles on load, imports against the order, and how far changes reach."""
    if overview.whole.size < 2:
        return unmeasured(CHALLENGE, QUESTION, "There is one module: nothing can cascade.")
    found = (_cycles(overview), _order(overview), _reach(overview))
    return graded(CHALLENGE, QUESTION, found, _levers(overview, found))


def _cycles(overview: Overview) -> Criterion:
    whole = overview.whole.size
    inside = sum(len(circle.modules) for circle in overview.circles)
    return criterion(
        "Cycles on load",
        f"{inside:,} of {whole:,} modules ({inside / whole:.1%}) import each other on load"
        + _unread(overview.makeup.not_analysed),
        f"Points fall evenly from none to {ALL_IN_CYCLES:.0%} of modules. {_own_scale(overview)}",
        CYCLES,
        (_circle(circle, whole) for circle in overview.circles),
    )


def _unread(files: int) -> str:
    """Say of how many files nobody knows whether they do."""
    return f"; {files:,} file{'s' if files > 1 else ''} could not be read" if files else ""


def _own_scale(overview: Overview) -> str:
    small = overview.whole.size < SMALL
    more = f" Among {overview.whole.size} modules a single import moves it far." if small else ""
    return OWN_SCALE + more


def _circle(circle: Circle, whole: int) -> Item:
    points = len(circle.modules) / whole / ALL_IN_CYCLES * CYCLES
    rows = [row for rows in circle.breaks for row in rows]
    text = f"{len(circle.modules)} modules around {circle.modules[0]}; {_imports(len(rows))} to take out"
    return Item(text, points, circle.modules[0], rows[0].path or "", rows[0].line, places(rows[1:]))


def _order(overview: Overview) -> Criterion:
    map_ = overview.map
    whole = map_.up + map_.down
    share = map_.up / whole if whole else 0.0
    return criterion(
        "Imports against the order",
        f"{map_.up:,} of {whole:,} imports between parts ({share:.1%}) run up",
        f"Points fall evenly from none to {ALL_AGAINST:.0%} of imports. {_own_scale(overview)}",
        ORDER,
        (_pair(pair, whole) for pair in map_.against),
    )


def _pair(pair: Against, whole: int) -> Item:
    points = pair.count / whole / ALL_AGAINST * ORDER
    text = f"{pair.importer} imports {pair.imported}: {_imports(pair.count)} up, {pair.forward:,} down"
    first = pair.rows[0]
    return Item(text, points, first.importer, first.path or "", first.line, places(pair.rows[1:]))


def _reach(overview: Overview) -> Criterion:
    """Judge the propagation cost; small projects are allowed that of a balanced tree of their size."""
    cost, free = overview.whole.propagation_cost, _free(overview)
    item = Item(
        f"A module reaches {cost * overview.whole.size:,.0f} of {overview.whole.size:,} modules on average",
        _lost(cost, free),
    )
    return criterion(
        "How far a change reaches",
        f"a module reaches {cost:.1%} of all on average (propagation cost)",
        f"All points up to {free:.1%}, none from {free + RANGE:.1%} on. MacCormack, Rusnak and Baldwin "
        "(2006) measured 5 % for Linux, 17 % for Mozilla and 3 % once that was modular. Every import counts.",
        REACH,
        [item] if cost > free else (),
    )


def _free(overview: Overview) -> float:
    size = overview.whole.size
    tree = sum(number.bit_length() for number in range(1, size + 1)) / size**2
    return max(NEAR, tree)


def _lost(cost: float, free: float) -> float:
    return min(REACH, max(0.0, (cost - free) / RANGE * REACH))


def _levers(overview: Overview, found: tuple[Criterion, ...]) -> Iterator[Lever]:
    """Yield what taking out a cycle's break, or a pair's imports, adds: all is measured without them."""
    circles = {_circle(circle, 1).text: circle.breaks for circle in overview.circles}
    pairs = {_pair(pair, 1).text: (pair.rows,) for pair in overview.map.against}
    now = _points(overview, ())
    for one, rows in ((found[0], circles), (found[1], pairs)):
        kind = "Break the cycle of" if one is found[0] else "Turn round:"
        for item in one.items[:TRIED]:
            then = _points(overview, [row for group in rows[item.text] for row in group])
            yield Lever(f"{kind} {item.text}", then - now, item.module, item.path, item.line)


def _points(overview: Overview, gone: Sequence[Import]) -> float:
    """Return the points of all three parts once the imports *gone* are taken out."""
    graph = overview.analysis.project.measured
    graph = graph.without(gone) if gone else graph
    size, edges = overview.whole.size, graph.edges()
    inside = sum(map(len, components(graph.edges(IMPORT_TIME))))
    out = set(map(id, gone))
    pairs = overview.map.against
    up = len({(row.importer, row.imported) for pair in pairs for row in pair.rows if id(row) not in out})
    whole = up + overview.map.down
    lost = _lost(measure_reach(edges).propagation_cost, _free(overview))
    return (
        CYCLES * max(0.0, 1 - inside / size / ALL_IN_CYCLES)
        + ORDER * max(0.0, 1 - (up / whole if whole else 0.0) / ALL_AGAINST)
        + REACH
        - lost
    )


def places(rows: Iterable[Import]) -> tuple[tuple[str, int], ...]:
    """Return the places of *rows*."""
    return tuple((row.path or "", row.line) for row in rows)


def _imports(number: int) -> str:
    return f"{number:,} import" if number == 1 else f"{number:,} imports"
