"""``archlint impact --format json``: the schema archlint-impact/1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.reporters.impact_words import reached_paths
from archlint.reporters.json_check import dumped, step_row

if TYPE_CHECKING:
    from archlint.graph.effects import Hop
    from archlint.pipeline.impact.values import AffectedTest, Changed, Grouping, Impact, Reached


def json_impact(impact: Impact) -> str:
    """Return the answer as a JSON document, with the chain from everything that is reached."""
    since = impact.since
    return dumped(
        {
            "schema": "archlint-impact/1",
            "since": {"name": since.name, "commit": since.commit} if since else None,
            "kinds": list(impact.kinds),
            "imports_only": impact.imports_only,
            "summary": _summary(impact),
            "changed": [_changed(one) for one in impact.changed],
            "groups": [_grouping(each) for each in impact.groupings],
            "modules": [_reached(impact, one) for one in impact.reached],
            "tests": [_test(impact, one) for one in impact.tests],
            "beside": [_reached(impact, one) for one in impact.beside],
            "not_followed": [{"path": file.path, "why": file.why} for file in impact.unfollowed],
            "partners": _partners(impact),
        }
    )


def _partners(impact: Impact) -> list[dict[str, Any]]:
    reached = reached_paths(impact)
    return [
        {
            "path": pair.path,
            "other": pair.other,
            "together": pair.together,
            "commits": pair.commits,
            "reached": pair.other in reached,
        }
        for pair in impact.partners
    ]


def _summary(impact: Impact) -> dict[str, Any]:
    reached = len(impact.reached)
    return {
        "changed": len(impact.changed),
        "other_modules": impact.others,
        "reached": reached,
        "reached_by_imports": sum(one.through == "imports" for one in impact.reached),
        "share": round(reached / impact.others, 4) if impact.others else 0.0,
        "tests": len(impact.tests),
        "test_files": impact.test_files,
        "beside": len(impact.beside),
        "not_followed": len(impact.unfollowed),
        "outside": impact.since.outside if impact.since else 0,
    }


def _changed(one: Changed) -> dict[str, Any]:
    left = [step_row(step) for step in one.left]
    return {"name": one.name, "path": one.path, "status": one.status, "still_imported": left}


def _grouping(each: Grouping) -> dict[str, Any]:
    rows = [
        {"name": row.name, "modules": row.modules, "reached": row.reached, "changed": row.changed}
        for row in each.groups
    ]
    return {"by": "layer" if each.contract else "package", "contract": each.contract, "rows": rows}


def _reached(impact: Impact, one: Reached) -> dict[str, Any]:
    return {
        "name": one.name,
        "path": one.path,
        "distance": one.distance,
        "through": one.through,
        "importers": one.importers,
        "chain": [_hop(each) for each in impact.chain(one)],
    }


def _hop(one: Hop) -> dict[str, Any]:
    return {
        "importer": one.importer,
        "imported": one.imported,
        "how": one.how,
        "path": one.path,
        "line": one.line,
    }


def _test(impact: Impact, one: AffectedTest) -> dict[str, Any]:
    found = one.reached
    return {
        "path": one.path,
        "distance": found.distance if found else 0,
        "through": found.through if found else "changed",
        "chain": [_hop(each) for each in impact.chain(found)] if found else [],
    }
