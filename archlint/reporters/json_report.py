"""``archlint report --format json``: the schema archlint-report/1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from archlint.reporters.json_check import dumped
from archlint.reporters.json_effort import churn_columns, effort_row
from archlint.reporters.owner_rows import action_row, debt_row, ownership_rows, removal_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.graph.circles import Circle
    from archlint.graph.closure import Reach
    from archlint.graph.coupling import Coupling
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import
    from archlint.pipeline.analysis import Adoption
    from archlint.pipeline.overview.effort import Effort
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import (
        Against,
        Capability,
        Hotspot,
        Makeup,
        MeasuredFunction,
        MeasuredModule,
        Overview,
        Unit,
    )
    from archlint.rule import Project


def json_report(overview: Overview, grades: Sequence[Grade]) -> str:
    """Return the report as a JSON document; lists are sorted, nothing in it depends on the machine.

    ``functions`` are those that radon lists, ``closures`` all that are nested deeper. A module's
    ``cyclomatic`` is the sum over its ``functions``. ``imports`` holds a list for each of ``modules``, one a
    line: a row for each module that it imports, which is that one's place in ``modules`` and the lines.
    """
    document = dumped(
        {
            "schema": "archlint-report/1",
            "summary": _summary(overview.makeup),
            "modules": [_module(one, overview.effort) for one in overview.modules],
            "functions": _functions(overview, listed=True),
            "closures": _functions(overview, listed=False),
            "packages": list(map(_unit, overview.map.units)),
            "against_the_order": list(map(_against, overview.map.against)),
            "cycles": list(map(_cycle, overview.circles)),
            "hotspots": list(map(_hotspot, overview.hotspots)),
            "most_imported": list(map(_hotspot, overview.imported)),
            "system": _reach(overview.whole) | {"import_time": _reach(overview.import_time)},
            "contracts": list(map(asdict, overview.analysis.contracts)),
            "adopted": list(map(_adoption, overview.analysis.adoptions)),
            "actions": list(map(action_row, overview.actions)),
            "single_imports": list(map(removal_row, overview.removals)),
            "remediation": debt_row(overview.debt),
            "capabilities": [_capability(one, overview.analysis.project) for one in overview.capabilities],
            "radar": list(map(asdict, overview.radar)),
            "effort": effort_row(overview.effort),
            "grades": list(map(_grade, grades)),
            **ownership_rows(overview.ownership),
        }
    )
    imports = _imports(overview.analysis.project.graph)
    return document.removesuffix("\n}\n") + f',\n  "imports": {imports}\n}}\n'


def _adoption(one: Adoption) -> dict[str, Any]:
    return {"config": one.path, "contracts": list(map(asdict, one.contracts)), "error": one.error or None}


def _imports(graph: ModuleGraph) -> str:
    """Return the imports among modules; written out by name they would be half of the whole report."""
    rows = (json.dumps(_imported(graph, name), separators=(",", ":")) for name in graph.names)
    return "[\n    " + ",\n    ".join(rows) + "\n  ]"


def _imported(graph: ModuleGraph, importer: str) -> list[list[int]]:
    lines: dict[int, list[int]] = {}
    for row in graph.rows_of(importer):
        lines.setdefault(graph.index[row.imported], []).append(row.line)
    return [[imported, *sorted(lines[imported])] for imported in sorted(lines)]


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "challenge": grade.challenge,
        "letter": grade.letter,
        "points": grade.points,
        "criteria": [
            {"title": one.title, "value": one.value, "points": one.points, "earned": one.earned}
            for one in grade.criteria
        ],
        "missing": grade.missing or None,
    }


def _functions(overview: Overview, *, listed: bool) -> list[dict[str, Any]]:
    return [_function(one) for one in overview.functions if one.function.listed == listed]


def _summary(made: Makeup) -> dict[str, Any]:
    return {
        "roots": list(made.roots),
        "files": made.files,
        "modules": made.modules,
        "packages": made.packages,
        "lines": made.lines,
        "imports": made.imports,
        "test_modules": made.test_modules,
        "test_lines": made.test_lines,
        "vendored_modules": made.vendored_modules,
        "vendored_lines": made.vendored_lines,
        "migration_modules": made.migration_modules,
        "migration_lines": made.migration_lines,
        "not_analysed": made.not_analysed,
        "notebooks": made.notebooks,
        "entry_points": [{"command": command, "runs": runs} for command, runs in made.entry_points],
        "third_party": [
            {"name": name, "modules": number, "optional": optional}
            for counts, optional in ((made.needed, False), (made.optional, True))
            for name, number in counts
        ],
        "standard_library": made.standard,
    }


def _coupling(coupling: Coupling) -> dict[str, Any]:
    return {
        "afferent": coupling.afferent,
        "efferent": coupling.efferent,
        "instability": round(coupling.instability, 4),
    }


def _module(one: MeasuredModule, effort: Effort | None) -> dict[str, Any]:
    index = one.maintainability
    return {
        "name": one.module.name,
        "path": one.module.path,
        "test": one.module.test,
        "vendored": one.module.vendored,
        "migration": one.module.migration,
        "lines": one.lines,
        **_coupling(one.coupling),
        "cyclomatic": one.cyclomatic,
        "maintainability_index": None if index is None else round(index, 2),
        **churn_columns(one.module, effort),
    }


def _function(one: MeasuredFunction) -> dict[str, Any]:
    function = one.function
    row = {
        "module": one.module.name,
        "name": function.name,
        "path": one.module.path,
        "line": function.line,
        "end_line": function.end_line,
        "cyclomatic": function.cyclomatic,
        "cognitive": one.shape.cognitive if one.shape else None,
    }
    return row | {"reason": function.reason} if function.reason else row


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "label": unit.label,
        "level": unit.level,
        "modules": unit.modules,
        "lines": unit.lines,
        "purpose": unit.doc or None,
        "offers": list(unit.offers),
        **_coupling(unit.coupling),
        "imports": [
            {"package": label, "imports": number, "upward": upward}
            for side, upward in ((unit.down, False), (unit.up, True))
            for label, number in side
        ],
    }


def _against(pair: Against) -> dict[str, Any]:
    return {
        "importer": pair.importer,
        "imported": pair.imported,
        "imports": pair.count,
        "forward": pair.forward,
        "places": [_row(row) for row in pair.rows],
    }


def _cycle(circle: Circle) -> dict[str, Any]:
    return {
        "modules": list(circle.modules),
        "chain": [
            {"importer": step.importer, "imported": step.imported, "path": step.path, "line": step.line}
            for step in circle.chain
        ],
        "break": [_row(row) for rows in circle.breaks for row in rows],
        "cost": circle.cost,
    }


def _row(row: Import) -> dict[str, Any]:
    return {"importer": row.importer, "imported": row.imported, "path": row.path, "line": row.line}


def _hotspot(spot: Hotspot) -> dict[str, Any]:
    return {
        "module": spot.module.name,
        "path": spot.module.path,
        **_coupling(spot.coupling),
        "offers": list(spot.offers),
    }


def _capability(one: Capability, project: Project) -> dict[str, Any]:
    return {
        "capability": one.name,
        "modules": one.modules,
        "packages": [{"package": label, "modules": number} for label, number in one.parts],
        "apis": [{"name": name, "uses": number} for name, number in one.apis],
        "places": [
            {"module": use.module, "path": project.path(use.module), "line": use.line, "api": use.api}
            for use in one.uses
        ],
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "modules": reach.size,
        "propagation_cost": round(reach.propagation_cost, 6),
        "ccd": reach.ccd,
        "nccd": round(reach.nccd, 4),
        "core_size": round(reach.core_size, 6),
        "cyclicality": round(reach.cyclicality, 6),
        "levels": reach.levels,
    }
