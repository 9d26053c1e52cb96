"""Owners, single imports and the time that findings take, as the schema archlint-report/1 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from archlint.reporters.json_check import step_row

if TYPE_CHECKING:
    from archlint.pipeline.overview.values import Action, Debt, Ownership, Removal


def action_row(action: Action) -> dict[str, Any]:
    """Return an action."""
    return asdict(action) | {"value": round(action.value, 4)}


def removal_row(one: Removal) -> dict[str, Any]:
    """Return a single import, and what it does to a metric."""
    return {"metric": one.metric, **step_row(one.step), "now": round(one.now, 6), "then": round(one.then, 6)}


def debt_row(found: Debt | None) -> dict[str, Any] | None:
    """Return how long the findings take, in minutes."""
    if found is None:
        return None
    return {
        "minutes": found.minutes,
        "findings": found.findings,
        "by_rule": [{"code": code, "minutes": minutes} for code, minutes in found.by_rule],
        "by_package": [{"package": label, "minutes": minutes} for label, minutes in found.by_package],
    }


def ownership_rows(found: Ownership | None) -> dict[str, Any]:
    """Return the key ``owners``, where there is a CODEOWNERS."""
    if found is None:
        return {}
    return {
        "owners": {
            "path": found.path,
            "modules": found.modules,
            "unowned": found.unowned,
            "imports": found.imports,
            "crossing": found.crossing,
            "owners": [asdict(one) | {"name": one.name or None} for one in found.owners],
            "crossings": list(map(asdict, found.crossings)),
            "imported_most": [asdict(one) for one in found.wanted],
        }
    }
