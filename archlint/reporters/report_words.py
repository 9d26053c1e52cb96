"""The sentences of a report that the terminal and Markdown share; nothing in them is escaped yet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.pipeline.overview.units import short
from archlint.reporters.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.circles import Circle
    from archlint.pipeline.analysis import Adoption
    from archlint.pipeline.overview.values import Makeup, MeasuredFunction, Overview, PackageMap, Unit

MOST_UNITS = 20
RANK_A = 5


def title(overview: Overview) -> str:
    """Return what to call the project: its root packages, or its own name where they are many."""
    roots, name = overview.makeup.roots, overview.makeup.name
    return f"{name} ({len(roots):,} roots)" if name else ", ".join(roots)


def sizes(makeup: Makeup) -> str:
    """Say how large the project is."""
    parts = [
        f"{count(makeup.modules, 'module')} in {count(makeup.packages, 'package')}",
        count(makeup.lines, "line"),
        f"{count(makeup.imports, 'import')} among them",
    ]
    if makeup.not_analysed:
        parts.append(f"{count(makeup.not_analysed, 'file')} not analysed")
    if makeup.notebooks:
        parts.append(f"{count(makeup.notebooks, 'notebook')} not read")
    return ", ".join(parts)


def tests(makeup: Makeup) -> str:
    """Say what of the project are tests; empty where there are none."""
    return _left_out(makeup.test_modules, makeup.test_lines)


def vendored(makeup: Makeup) -> str:
    """Say what of the project are copies of somebody else's code; empty where there are none."""
    return _left_out(makeup.vendored_modules, makeup.vendored_lines)


def migrations(makeup: Makeup) -> str:
    """Say what of the project are migrations of a database; empty where there are none."""
    return _left_out(makeup.migration_modules, makeup.migration_lines)


def _left_out(modules: int, lines: int) -> str:
    if not modules:
        return ""
    return f"{count(modules, 'module')}, {count(lines, 'line')}, left out of all that follows"


def on_hold(overview: Overview) -> list[str]:
    """Return the packages on hold that are still in use, each with its modules."""
    return [f"{blip.package} {blip.modules:,}" for blip in overview.radar if blip.ring == "hold"]


def undeclared(overview: Overview) -> str:
    """Say which packages the program needs and no manifest declares, each with its modules; or nothing."""
    missing = [blip for blip in overview.radar if blip.declared == "no" and not blip.optional]
    named = ", ".join(f"{blip.package} {blip.modules:,}" for blip in missing)
    return f"does not declare {named}" if named else ""


def rivals(overview: Overview) -> list[str]:
    """Return the purposes that several packages in use serve, with those packages and their modules."""
    serving: dict[str, list[str]] = {}
    needed = [blip for blip in overview.radar if not blip.optional]
    for blip in needed:
        among = [other for other in needed if other.package in blip.rivals]
        for purpose in blip.purposes:
            if any(purpose in other.purposes for other in among):
                serving.setdefault(purpose, []).append(f"{blip.package} {blip.modules:,}")
    return [f"{purpose}: {' and '.join(names)}" for purpose, names in sorted(serving.items())]


def direction(map_: PackageMap) -> str:
    """Say how consistently imports run down the map."""
    whole = map_.down + map_.up
    if not whole:
        return "no part imports another"
    if not map_.up:
        return f"{'the' if whole == 1 else 'all'} {count(whole, 'import')} run down"
    return f"{count(map_.down, 'import')} run down, {map_.up:,} up ({map_.up / whole:.1%})"


def shown_units(map_: PackageMap) -> tuple[list[Unit], list[Unit]]:
    """Return the units to draw and those that only get named: the least connected where there are many."""
    if len(map_.units) <= MOST_UNITS:
        return list(map_.units), []
    ties: Counter[str] = Counter()
    for unit in map_.units:
        for label, number in (*unit.down, *unit.up):
            ties.update({unit.label: number, label: number})
    ranked = sorted(map_.units, key=lambda unit: (-ties[unit.label], -unit.lines, unit.name))
    kept = {unit.name for unit in ranked[: MOST_UNITS - 2]}
    return [unit for unit in map_.units if unit.name in kept], [u for u in map_.units if u.name not in kept]


def adopted(overview: Overview) -> list[str]:
    """Say of each configuration that `check` adopts how many of its contracts are kept, and which are not."""
    return list(map(_adopted, overview.analysis.adoptions))


def _adopted(one: Adoption) -> str:
    if one.error:
        return f"`check` adopts {one.path or 'nothing'}: {one.error}"
    kept = sum(result.kept for result in one.contracts)
    state = f"{kept:,} of {count(len(one.contracts), 'contract')} kept"
    broken = ", ".join(result.name for result in one.contracts if not result.kept)
    return f"`check` adopts {one.path}: {state}" + (f"; not {broken}" if broken else "")


def cycles(overview: Overview) -> str:
    """Say how many circles there are when modules are loaded."""
    found, unread = overview.circles, overview.makeup.not_analysed
    if not found and unread:
        were = "1 file was" if unread == 1 else f"{unread:,} files were"
        return f"none found on load among what was read; {were} not"
    if not found:
        return "none on load: whichever module is imported first, all can be"
    inside = sum(len(circle.modules) for circle in found)
    return (
        f"{count(len(found), 'group')} of modules that import each other on load, {inside:,} modules in all"
    )


def nothing(overview: Overview) -> str:
    """Say why nothing is to be done first."""
    first = "no cycle with an easy way out" if overview.circles else "no import-time cycle"
    return f"Nothing stands out: {first}, few imports against the order, no overgrown function."


def loop(circle: Circle, roots: Iterable[str], most: int = 4) -> list[str]:
    """Return the modules on a shortest way round, the first again at the end, without what *roots* share."""
    roots = tuple(roots)
    names = [short(step.importer, roots) for step in circle.chain]
    shown = names if len(names) <= most else [*names[: most - 1], "..."]
    return [*shown, names[0]]


def striking(overview: Overview, most: int) -> list[MeasuredFunction]:
    """Return at most *most* functions worth naming: above radon's rank A, the most complex first."""
    return [one for one in overview.complex[:most] if (one.function.cyclomatic or 0) > RANK_A]


def system(overview: Overview) -> str:
    """Say how tightly the whole hangs together; empty for a single module."""
    whole, loaded = overview.whole, overview.import_time
    if whole.size < 2:
        return ""
    first = (
        f"A module reaches {whole.propagation_cost:.1%} of all on average (propagation cost), "
        f"{loaded.propagation_cost:.1%} on load."
    )
    if not whole.cyclic:
        where = " among what was read" if overview.makeup.not_analysed else ""
        return f"{first} No cycle of any kind{where}; {count(whole.levels, 'level')}."
    return (
        f"{first} Counting every import, {whole.cyclicality:.1%} of modules are in cycles, "
        f"{whole.largest:,} in the largest."
    )
