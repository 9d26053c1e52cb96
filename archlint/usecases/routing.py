"""What ``check`` adds to findings where it is asked to: their owners, and how long each takes to mend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.pipeline.remediation import estimated
from archlint.pipeline.routing import NO_OWNERS, owned_by, routed
from archlint.usecases.context import in_context

if TYPE_CHECKING:
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import By
    from archlint.usecases.setup import Setup


def with_owners(setup: Setup, analysis: Analysis, owner: str | None = None, by: By = "file") -> Analysis:
    """Return *analysis* with the owners of its findings and what each takes; those of one *owner* alone.

    Raises ArchlintError where nobody is called so, and where findings shown *by* owner have none.
    """
    if analysis.project.owners is None:
        found = in_context(setup, analysis.project, {"owners"})
        analysis = replace(
            analysis,
            project=found.project,
            looked_at=analysis.looked_at + found.looked_at,
            notes=tuple(dict.fromkeys((*analysis.notes, *found.notes))),
        )
    if by == "owner" and analysis.project.owners is None:
        raise ArchlintError(f"--by owner: {NO_OWNERS}")
    analysis = routed(analysis)
    rules = analysis.configuration.rules
    analysis = replace(
        analysis,
        findings=estimated(analysis.findings, rules),
        known=estimated(analysis.known, rules),
    )
    return analysis if owner is None else owned_by(analysis, owner)
