"""``archlint diff --format json``: the schema archlint-diff/1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.reporters.json_check import dumped, finding_row, step_row

if TYPE_CHECKING:
    from archlint.pipeline.difference.values import CycleChange, Difference, PackagePair


def json_diff(difference: Difference) -> str:
    """Return the difference as a JSON document with sorted lists."""
    return dumped(
        {
            "schema": "archlint-diff/1",
            "base": difference.base,
            "head": difference.head,
            "judged_by": difference.judged_by,
            "summary": {
                "new": len(difference.added),
                "fixed": len(difference.fixed),
                "unchanged": difference.unchanged,
                "weakened": len(difference.weakened),
            },
            "modules": {"added": list(difference.modules_added), "removed": list(difference.modules_removed)},
            "packages": [_pair_row(pair) for pair in difference.packages],
            "externals": {
                "added": [step_row(step) for step in difference.externals_added],
                "removed": list(difference.externals_removed),
            },
            "cycles": [_cycle_row(change) for change in difference.cycles],
            "metrics": [
                {"name": metric.name, "before": metric.before, "after": metric.after}
                for metric in difference.metrics
            ],
            "contracts": [
                {"name": each.name, "state": each.state, "before": each.before, "after": each.after}
                for each in difference.contracts
            ],
            "new": [
                {
                    **finding_row(added.finding),
                    "closing": [step_row(step) for step in added.closing],
                    "before": added.before,
                }
                for added in difference.added
            ],
            "fixed": [finding_row(finding) for finding in difference.fixed],
            "weakened": [
                {"text": each.text, "path": each.path, "line": each.line} for each in difference.weakened
            ],
        }
    )


def _pair_row(pair: PackagePair) -> dict[str, Any]:
    return {
        "importer": pair.importer,
        "imported": pair.imported,
        "opened": pair.opened,
        "closed": pair.closed,
        "added": [step_row(step) for step in pair.added],
        "removed": [step_row(step) for step in pair.removed],
    }


def _cycle_row(change: CycleChange) -> dict[str, Any]:
    return {
        "state": change.state,
        "modules": list(change.modules),
        "joined": list(change.joined),
        "left": list(change.left),
        "closing": [step_row(step) for step in change.closing],
    }
