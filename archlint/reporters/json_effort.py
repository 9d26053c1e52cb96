"""The history in ``archlint report --format json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archlint.model import Module
    from archlint.pipeline.overview.effort import Effort, Together
    from archlint.rules.effort.changed import Changed


def effort_row(effort: Effort | None) -> dict[str, Any] | None:
    """Return the history as JSON shows it; ``missing`` says why there is none, and is null where there is."""
    if effort is None:
        return None
    return {
        "missing": effort.missing or None,
        "window": {
            "days": effort.days,
            "since": effort.since,
            "until": effort.until,
            "commit": effort.head,
        },
        "latest_only": effort.latest,
        "exact_renames_only": effort.exact,
        "commits": effort.commits,
        "set_aside": effort.set_aside,
        "authors": effort.authors,
        "main_author_share": round(effort.share, 4),
        "files": [_changed(one, effort) for one in effort.changed],
        "hotspots": [_changed(one, effort) for one in effort.hotspots],
        "coupled": list(map(_together, effort.coupled)),
        "islands": [_changed(one, effort) for one in effort.islands],
    }


def churn_columns(module: Module, effort: Effort | None) -> dict[str, Any]:
    """Return what the history says of one module; null where it was not measured."""
    if effort is None or effort.missing:
        return dict.fromkeys(("commits", "authors", "lines_added", "lines_deleted"))
    churn = effort.churn.get(module.path or "")
    return {
        "commits": churn.commits if churn else 0,
        "authors": churn.authors if churn else 0,
        **_lines(module.path or "", effort),
    }


def _changed(one: Changed, effort: Effort) -> dict[str, Any]:
    return {
        "module": one.module.name,
        "path": one.churn.path,
        "commits": one.churn.commits,
        "authors": one.churn.authors,
        "main_author_share": round(one.churn.share, 4),
        "cyclomatic": one.complexity,
        "heat": one.heat,
        **_lines(one.churn.path, effort),
    }


def _lines(path: str, effort: Effort) -> dict[str, Any]:
    known = (None, None) if effort.lines is None else effort.lines.get(path, (0, 0))
    return {"lines_added": known[0], "lines_deleted": known[1]}


def _together(one: Together) -> dict[str, Any]:
    pair = one.pair
    return {
        "module": pair.module.name,
        "other": pair.other.name,
        "together": pair.coupled.together,
        "commits": pair.coupled.commits,
        "other_commits": pair.coupled.other_commits,
        "degree": round(pair.coupled.degree, 4),
        "tied": pair.tied,
        "contract": one.apart or None,
    }
