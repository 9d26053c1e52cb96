"""Findings that no single import shows: they stand on a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.rule import Code, Project, Terms


def on_module(
    project: Project,
    terms: Terms,
    code: Code,
    module: str,
    message: str,
    *,
    identity: Iterable[str],
    remedy: str,
) -> Finding:
    """Return a finding of a contract on line 1 of *module*; *identity* follows code and contract."""
    return Finding(
        code=code.code,
        rule=code.name,
        message=message,
        module=module,
        path=project.path(module),
        severity=terms.severity,
        contract=terms.name,
        identity=(code.code, terms.name, *identity),
        help=remedy,
        why=terms.why,
        owner=terms.owner,
    )
