"""What the page embeds: the schema archlint-page/1, compact, with every name made harmless.

Modules are columns of equal length, in the order of their names; everything else names a module by its
position there. ``imports`` and ``functions`` hold a list of rows for each module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict, astuple

from archlint import __version__
from archlint.contracts.catalogue import reason_for
from archlint.reporters import report_words as words
from archlint.reporters.html.levels import sibling_levels
from archlint.reporters.html.surroundings import churn_of, surroundings
from archlint.reporters.owner_rows import action_row
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archlint.graph.circles import Circle
    from archlint.graph.closure import Reach
    from archlint.model import Finding, Import, Step
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Against, Capability, MeasuredModule, Overview, Unit
    from archlint.rule import Project

SCHEMA = "archlint-page/1"
PACKAGE, TEST, GENERATED, NAMESPACE, VENDORED = 1, 2, 4, 8, 16
MOST_NAMES = 4
COLUMNS = (
    "name",
    "path",
    "flags",
    "lines",
    "cyclomatic",
    "afferent",
    "efferent",
    "level",
    "own",
    "doc",
    "failure",
    "commits",
    "authors",
)
# Columns of a row of ``functions``; the shape's are missing where it was not measured.
FUNCTION = ("name", "line", "end_line", "cyclomatic", "nested", "cognitive", "code", "nesting", "parameters")


def page_data(overview: Overview, grades: Sequence[Grade]) -> dict[str, Any]:
    """Return the document that the page embeds, ready for JSON; it depends on the analysis alone."""
    analysis, project = overview.analysis, overview.analysis.project
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "title": words.title(overview),
        "summary": asdict(overview.makeup),
        "modules": _modules(overview),
        "imports": _imports(project),
        "externals": _externals(project),
        "functions": _functions(overview),
        "units": list(map(_unit, overview.map.units)),
        "against": [_against(project, pair) for pair in overview.map.against],
        "direction": [overview.map.down, overview.map.up],
        "cycles": [_cycle(project, circle) for circle in overview.circles],
        "hotspots": [
            [project.graph.index[spot.module.name], *astuple(spot.coupling)] for spot in overview.hotspots
        ],
        "imported": [
            [project.graph.index[spot.module.name], *astuple(spot.coupling)] for spot in overview.imported
        ],
        "system": [_reach(overview.whole), _reach(overview.import_time)],
        "contracts": _contracts(overview),
        "findings": [finding_row(project, finding) for finding in analysis.findings],
        "actions": list(map(action_row, overview.actions)),
        "grades": [_grade(one) for one in grades],
        "capabilities": [_capability(project, one) for one in overview.capabilities],
        "errors": list(analysis.errors),
        **surroundings(overview),
    }
    return {key: harmless(value) for key, value in document.items()}


def harmless(value: Any) -> Any:
    """Return *value* with every string, keys aside, on one line and without reordering characters."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dict):
        return {key: harmless(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [harmless(item) for item in value]
    return value


# --- modules ---------------------------------------------------------------------------------


def _modules(overview: Overview) -> dict[str, list[Any]]:
    project = overview.analysis.project
    levels = sibling_levels(project.production)
    rows = [
        _module(project, one, levels.get(one.module.name, (0, 0))) | churn_of(one.module, overview.effort)
        for one in overview.modules
    ]
    return {column: [row[column] for row in rows] for column in COLUMNS}


def _module(project: Project, one: MeasuredModule, levels: tuple[int, int]) -> dict[str, Any]:
    """Return a module's columns; ``own`` is the level of a package's file among the package's children."""
    name = one.module.name
    said = project.facts.get(name)
    level, own = levels
    return {
        "name": name,
        "path": one.module.path,
        "flags": _flags(project, name),
        "lines": one.lines,
        "cyclomatic": one.cyclomatic,
        "afferent": one.coupling.afferent,
        "efferent": one.coupling.efferent,
        "level": level,
        "own": own,
        "doc": said.doc if said else "",
        "failure": said.failure.reason if said and said.failure else "",
    }


def _flags(project: Project, name: str) -> int:
    module, facts = project.modules[name], project.facts.get(name)
    marks = (
        (module.package, PACKAGE),
        (module.test, TEST),
        (bool(facts and facts.generated), GENERATED),
        (module.kind == "namespace", NAMESPACE),
        (module.aside, VENDORED),
    )
    return sum(bit for said, bit in marks if said)


def _imports(project: Project) -> list[list[list[Any]]]:
    """Return for each module its rows [imported, line, flags, names taken]."""
    graph = project.graph
    return [
        [[graph.index[row.imported], row.line, row.flags, _taken(row)] for row in graph.rows_of(name)]
        for name in graph.names
    ]


def _taken(row: Import) -> str:
    names = ", ".join(row.names[:MOST_NAMES])
    return names + (f" +{len(row.names) - MOST_NAMES}" if len(row.names) > MOST_NAMES else "")


def _externals(project: Project) -> dict[str, Any]:
    """Return the external names, and for each module its rows [external, line, flags]."""
    graph = project.graph
    number = {name: position for position, name in enumerate(graph.external_names)}
    rows = [
        [[number[row.imported], row.line, row.flags] for row in graph.external_rows_of(name)]
        for name in graph.names
    ]
    return {"name": list(graph.external_names), "imports": rows}


def _functions(overview: Overview) -> list[list[list[Any]]]:
    """Return for each module its rows of the columns FUNCTION."""
    index = overview.analysis.project.graph.index
    found: list[list[list[Any]]] = [[] for _ in index]
    for one in overview.functions:
        function, shape = one.function, one.shape
        more = (shape.cognitive, shape.code, shape.nesting, shape.parameters) if shape else ()
        row = [function.name, function.line, function.end_line, function.cyclomatic, int(not function.listed)]
        found[index[one.module.name]].append([*row, *more])
    return found


# --- the overview ----------------------------------------------------------------------------


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "label": unit.label,
        "level": unit.level,
        "alone": unit.alone,
        "modules": unit.modules,
        "lines": unit.lines,
        "doc": unit.doc,
        "offers": unit.offers,
        "coupling": astuple(unit.coupling),
    }


def _against(project: Project, pair: Against) -> dict[str, Any]:
    return {
        "importer": pair.importer,
        "imported": pair.imported,
        "count": pair.count,
        "forward": pair.forward,
        "rows": [_row(project, row) for row in pair.rows],
    }


def _row(project: Project, row: Import | Step) -> list[int]:
    index = project.graph.index
    return [index[row.importer], index[row.imported], row.line]


def _cycle(project: Project, circle: Circle) -> dict[str, Any]:
    return {
        "modules": [project.graph.index[name] for name in circle.modules],
        "chain": [_row(project, step) for step in circle.chain],
        "breaks": [[_row(project, row) for row in rows] for rows in circle.breaks],
    }


def _capability(project: Project, one: Capability) -> dict[str, Any]:
    """Return the listed names that are used, each with its reason, and rows [module, name, line]."""
    names = [name for name, _ in one.apis]
    number = {name: position for position, name in enumerate(names)}
    return {
        "name": one.name,
        "apis": [[name, reason_for(name) or ""] for name in names],
        "uses": [[project.graph.index[use.module], number[use.api], use.line] for use in one.uses],
    }


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        **asdict(reach),
        "propagation_cost": round(reach.propagation_cost, 6),
        "cyclicality": round(reach.cyclicality, 6),
    }


def _contracts(overview: Overview) -> list[dict[str, Any]]:
    analysis = overview.analysis
    terms = {one.terms.name: one.terms for one in analysis.configuration.contracts}
    return [
        {
            **asdict(result),
            "why": terms[result.name].why if result.name in terms else None,
            "owner": terms[result.name].owner if result.name in terms else None,
        }
        for result in analysis.contracts
    ]


def finding_row(project: Project, finding: Finding) -> dict[str, Any]:
    """Return *finding* as the page holds it; ``module`` is None where *project* no longer has that."""
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "contract": finding.contract,
        "message": finding.message,
        "module": project.graph.index.get(finding.module),
        "path": finding.path,
        "line": finding.line,
        "help": finding.help,
        "chain": [[step.importer, step.imported, step.path, step.line] for step in finding.chain],
        "fingerprint": finding.fingerprint,
    }


def _grade(grade: Grade) -> dict[str, Any]:
    row: Mapping[str, Any] = asdict(grade)
    criteria: Iterable[dict[str, Any]] = (
        {**asdict(one), "items": list(map(asdict, one.items))} for one in grade.criteria
    )
    return {**row, "criteria": list(criteria), "levers": list(map(asdict, grade.levers))}
