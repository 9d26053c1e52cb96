"""From an Analysis to an Overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts import IMPORT_TIME
from archlint.graph.circles import circles
from archlint.graph.closure import measure_reach
from archlint.pipeline.overview.actions import choose_actions
from archlint.pipeline.overview.capabilities import capability_map
from archlint.pipeline.overview.makeup import makeup
from archlint.pipeline.overview.measures import hotspots, measured_functions, measured_modules, most_complex
from archlint.pipeline.overview.packagemap import package_map
from archlint.pipeline.overview.values import Overview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.pipeline.analysis import Analysis


def overview(analysis: Analysis, scripts: Mapping[str, str]) -> Overview:
    """Return all that a report says of *analysis*; *scripts* are the commands that the manifest declares."""
    project = analysis.project
    functions = tuple(measured_functions(project))
    complex_ones = tuple(most_complex(project, functions))
    spots = tuple(hotspots(project))
    found = tuple(circles(project.production, IMPORT_TIME, project.exported))
    map_ = package_map(project)
    return Overview(
        analysis=analysis,
        makeup=makeup(analysis, scripts),
        map=map_,
        circles=found,
        hotspots=spots,
        modules=tuple(measured_modules(project)),
        functions=functions,
        complex=complex_ones,
        whole=measure_reach(project.production.edges()),
        import_time=measure_reach(project.production.edges(IMPORT_TIME)),
        actions=choose_actions(analysis, map_, found, spots, complex_ones),
        capabilities=capability_map(project),
    )
