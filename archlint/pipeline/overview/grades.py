"""A grade for each of the six challenges, every point of which leads to imports, functions or contracts.

A challenge that nothing has measured gets no grade: the value then says what would measure it.
Letters: A from 90 points, B from 75, C from 60, D from 40, E below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.adaptability import grade_adaptability
from archlint.pipeline.overview.agreed import grade_technology
from archlint.pipeline.overview.alignment import grade_alignment
from archlint.pipeline.overview.developer_time import grade_effort
from archlint.pipeline.overview.security import grade_security
from archlint.pipeline.overview.unit_complexity import grade_complexity

if TYPE_CHECKING:
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Overview


def grades(overview: Overview) -> tuple[Grade, ...]:
    """Return the six grades, in the order in which the questions are asked."""
    return (
        grade_complexity(overview),
        grade_adaptability(overview),
        grade_security(overview),
        grade_technology(overview),
        grade_effort(overview),
        grade_alignment(overview),
    )
