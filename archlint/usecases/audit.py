"""What ``archlint audit`` does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.errors import ConfigError
from archlint.pipeline.audit.run import audit as audited
from archlint.reporters.audit_page import json_audit, text_audit
from archlint.usecases.adopt import set_up_as_one
from archlint.usecases.analyse import ENOUGH, gather
from archlint.usecases.context import in_context
from archlint.usecases.setup import all_needs, check_contracts, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.config.settings import Configuration
    from archlint.pipeline.audit.values import Audit
    from archlint.usecases.request import Request


def audit(
    request: Request, formats: Sequence[str], *, most: int
) -> tuple[Audit, tuple[str, ...], tuple[str, ...]]:
    """Audit the contracts of the project: the audit, the report in each of *formats*, and the notes.

    Raises ArchlintError where there is no contract.
    """
    setup = set_up_as_one(request)
    check_contracts(request, setup)
    configuration = _wanted(request, setup.configuration)
    gathered = gather(request, setup, measure_from=ENOUGH, detail=needs(setup, "detail"))
    project = in_context(setup, gathered.project, all_needs(setup) & {"owners"}).project
    found = audited(project, configuration, setup.known)
    reports = tuple(json_audit(found) if name == "json" else text_audit(found, most=most) for name in formats)
    return found, reports, (*configuration.notes, *gathered.layout.notes)


def _wanted(request: Request, configuration: Configuration) -> Configuration:
    """Return the configuration with the contracts asked for. Raises ConfigError where there are none."""
    if not configuration.contracts:
        raise ConfigError("no contract is configured; `archlint init` proposes some from the code")
    if not request.contracts:
        return configuration
    kept = (each for each in configuration.contracts if each.terms.name in request.contracts)
    return replace(configuration, contracts=tuple(kept))
