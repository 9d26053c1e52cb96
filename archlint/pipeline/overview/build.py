"""From an Analysis to an Overview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.facts import EDGE_KINDS, IMPORT_TIME
from archlint.graph.circles import circles
from archlint.graph.closure import measure_reach
from archlint.pipeline.overview.actions import choose_actions
from archlint.pipeline.overview.capabilities import capability_map
from archlint.pipeline.overview.debt import debt
from archlint.pipeline.overview.effort import effort
from archlint.pipeline.overview.makeup import makeup
from archlint.pipeline.overview.measures import (
    hotspots,
    measured_functions,
    measured_modules,
    most_complex,
    most_imported,
)
from archlint.pipeline.overview.ownership import ownership
from archlint.pipeline.overview.packagemap import package_map
from archlint.pipeline.overview.radar import radar
from archlint.pipeline.overview.single_imports import single_removals
from archlint.pipeline.overview.units import choose_units
from archlint.pipeline.overview.values import Overview
from archlint.pipeline.remediation import estimated
from archlint.pipeline.routing import routed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.effort import Effort


def overview(analysis: Analysis, scripts: Mapping[str, str], name: str = "") -> Overview:
    """Return all that a report says of *analysis*; *scripts* are the commands that the manifest declares.

    *name* is what the project is called where its roots are too many to be named.
    """
    analysis = _with_debts(analysis)
    project = analysis.project
    units = choose_units(project.production, project.roots)
    whole, import_time = (measure_reach(project.measured.edges(kinds)) for kinds in (EDGE_KINDS, IMPORT_TIME))
    changes = effort(analysis)
    functions = tuple(measured_functions(project))
    complex_ones = tuple(most_complex(project, functions))
    spots = tuple(hotspots(project))
    found = tuple(circles(project.production, IMPORT_TIME, project.exported))
    map_ = package_map(project)
    return Overview(
        analysis=analysis,
        makeup=makeup(analysis, scripts, name),
        map=map_,
        circles=found,
        hotspots=spots,
        modules=tuple(measured_modules(project)),
        functions=functions,
        complex=complex_ones,
        whole=whole,
        import_time=import_time,
        actions=choose_actions(analysis, map_, found, spots, complex_ones, _commits(changes)),
        capabilities=capability_map(project),
        radar=radar(analysis),
        imported=tuple(most_imported(project)),
        effort=changes,
        removals=single_removals(project, whole, import_time),
        debt=debt(analysis.findings, units, project.roots),
        ownership=ownership(project, units, analysis.findings),
    )


def _commits(changes: Effort | None) -> dict[str, int]:
    """Return how many commits changed each file, where that is known."""
    return {path: one.commits for path, one in changes.churn.items()} if changes else {}


def _with_debts(analysis: Analysis) -> Analysis:
    """Return *analysis* with the owners of its findings, and how long each takes to mend."""
    analysis = routed(analysis)
    return replace(analysis, findings=estimated(analysis.findings, analysis.configuration.rules))
