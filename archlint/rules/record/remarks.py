"""Findings on suppression comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.model import Finding
    from archlint.rule import Project, Remark, Rule


def on_remark(
    rule: Rule, project: Project, remark: Remark, message: str, *identity: str, help_: str
) -> Finding:
    """Return a finding of *rule* at the comment; *identity* tells it from others in the module."""
    return rule.finding(
        project,
        remark.module,
        message,
        path=remark.path,
        line=remark.suppression.line,
        column=remark.suppression.column,
        identity=(rule.code, remark.module, *identity),
        help=help_,
    )
