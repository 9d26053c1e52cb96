"""The grade for technology choice: which technologies did we agree on, and where?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.graph.expressions import reaches
from archlint.pipeline.overview.marks import Criterion, Item, Lever, criterion, graded, limit, unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archlint.model import Import
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Blip, Overview

    Rows = Mapping[str, Sequence[Import]]

CHALLENGE, QUESTION = "Technology choice", "Which technologies did we agree on, and where?"
# Points of each part where all are measured; what cannot be measured leaves its points to the others.
DECLARED, SINGLE, AGREED = 50.0, 30.0, 20.0
OWN_SCALE = "No published scale: this one is archlint's own."


def grade_technology(overview: Overview) -> Grade:
    """Return the grade from the radar: is each package declared, alone in its purpose, and agreed on?"""
    needed = [blip for blip in overview.radar if not blip.optional]
    if not needed:
        return unmeasured(CHALLENGE, QUESTION, "The code needs no package but the standard library's.")
    found = _criteria(overview, needed)
    levers = (
        Lever(item.text, item.points, item.module, item.path, item.line)
        for one in found
        for item in one.items[:3]
    )
    return graded(CHALLENGE, QUESTION, found, levers)


def _criteria(overview: Overview, needed: list[Blip]) -> list[Criterion]:
    """Judge what can be: declarations where a manifest was read, agreement where a list was written."""
    known = [blip for blip in needed if blip.declared != "unknown"]
    listed = any(blip.ring != "unlisted" for blip in overview.radar)
    parts: list[tuple[Callable[[Rows, list[Blip], float], Criterion], list[Blip], float]]
    parts = [(_single, needed, SINGLE)]
    if known:
        parts.insert(0, (_declared, known, DECLARED))
    if listed:
        parts.append((_agreed, needed, AGREED))
    rows, whole = _by_top(overview), sum(points for *_, points in parts)
    return [judge(rows, blips, 100 * points / whole) for judge, blips, points in parts]


def _declared(rows: Rows, known: list[Blip], points: float) -> Criterion:
    missing = [blip for blip in known if blip.declared in ("no", "development")]
    items = [_item(rows, blip, _undeclared(blip), points / limit(len(known))) for blip in missing]
    value = f"{len(known) - len(missing)} of {len(known)} packages that the code needs are declared for it"
    return criterion("Packages are declared", value, _scale(len(known)), points, items)


def _undeclared(blip: Blip) -> str:
    if blip.declared == "development":
        return f"`{blip.package}` is declared for development alone"
    return f"`{blip.package}` is not declared"


def _single(rows: Rows, needed: list[Blip], points: float) -> Criterion:
    """Judge rivals: of the packages that serve one purpose, all but the most used are one too many."""
    order = {blip.package: (-blip.modules, blip.package) for blip in needed}
    spare = []
    for blip in needed:
        better = [name for name in blip.rivals if name in order and order[name] < order[blip.package]]
        if better:
            spare.append((blip, min(better, key=order.__getitem__)))
    cost = points / limit(len(needed))
    items = [
        _item(rows, blip, f"`{blip.package}` and `{other}` serve one purpose", cost) for blip, other in spare
    ]
    value = f"{len(spare)} of {len(needed)} packages share their purpose with one that is used more"
    return criterion("One package for a purpose", value, _scale(len(needed)), points, items)


def _agreed(rows: Rows, needed: list[Blip], points: float) -> Criterion:
    """Judge by the lists that there are; a project that has none yet is not blamed for it."""
    agreed = [blip for blip in needed if blip.ring in ("adopt", "trial")]
    others = [blip for blip in needed if blip not in agreed]
    items = [_item(rows, blip, _ring(blip), points / len(needed)) for blip in others]
    scale = (
        "Each package is worth the same. `technology-out-of-place` lists what is adopted and on trial, "
        f"`technology-on-hold` what is to go. {OWN_SCALE}"
    )
    value = f"{len(agreed)} of {len(needed)} packages are on a list of what is adopted or on trial"
    return criterion("Packages that were agreed on", value, scale, points, items)


def _ring(blip: Blip) -> str:
    return f"`{blip.package}` is on hold" if blip.ring == "hold" else f"`{blip.package}` is on no list"


def _scale(number: int) -> str:
    return f"Points fall evenly from none to {limit(number)} of {number} packages. {OWN_SCALE}"


def _item(rows: Rows, blip: Blip, text: str, points: float) -> Item:
    top = blip.package.partition(".")[0]
    found = [row for row in rows.get(top, ()) if reaches(row, blip.package)]
    number = "1 module" if blip.modules == 1 else f"{blip.modules:,} modules"
    if not found:
        return Item(f"{text}; {number}", points, view=("package", top))
    first = min(found, key=lambda row: (row.importer, row.line))
    place = (first.importer, first.path or "", first.line)
    return Item(f"{text}; {number}", points, *place, view=("package", top))


def _by_top(overview: Overview) -> Rows:
    """Return the imports of production code by the top-level name that they import."""
    found: dict[str, list[Import]] = {}
    for row in overview.analysis.project.production.externals:
        found.setdefault(row.imported.partition(".")[0], []).append(row)
    return found
