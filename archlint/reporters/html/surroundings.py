"""What surrounds the code, for the page: history, technologies, owners, and what the findings cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from archlint.reporters.json_effort import effort_row
from archlint.reporters.owner_rows import debt_row, ownership_rows, removal_row

if TYPE_CHECKING:
    from archlint.model import Module
    from archlint.pipeline.overview.effort import Effort
    from archlint.pipeline.overview.values import Overview


def surroundings(overview: Overview) -> dict[str, Any]:
    """Return the keys ``effort``, ``radar``, ``removals``, ``debt`` and, with a CODEOWNERS, ``owners``."""
    effort = effort_row(overview.effort) or {"missing": ""}
    effort.pop("files", None)  # The columns of the modules say the same.
    return {
        "effort": effort,
        "radar": list(map(asdict, overview.radar)),
        "removals": list(map(removal_row, overview.removals)),
        "debt": debt_row(overview.debt),
        **ownership_rows(overview.ownership),
    }


def churn_of(module: Module, effort: Effort | None) -> dict[str, int | None]:
    """Return the columns ``commits`` and ``authors`` of a module; None where nothing was measured."""
    if effort is None or effort.missing:
        return {"commits": None, "authors": None}
    found = effort.churn.get(module.path or "")
    return {"commits": found.commits if found else 0, "authors": found.authors if found else 0}
