"""Running a check without the imports that inline comments take away, and telling which comments mattered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archlint.pipeline.suppression import covered_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archlint.model import Finding, Import
    from archlint.pipeline.suppression import Comment
    from archlint.rule import Project

Essence = tuple[object, ...]


@dataclass(frozen=True)
class Settled:
    """The findings that stand, and those that comments keep away."""

    found: list[Finding]
    suppressed: list[Finding]


def settle(
    project: Project,
    check: Callable[[Project], Iterable[Finding]],
    comments: Iterable[Comment],
    codes: set[str],
) -> Settled:
    """Run *check* on *project* less the imports that *comments* cover.

    Comments that keep a finding of *codes* away, or take an import out of one, are marked as used.
    """
    covered = [(comment, rows) for comment in comments if (rows := covered_imports(comment, project.graph))]
    if not covered:
        return Settled(list(check(project)), [])
    _excuse_external(covered, codes)
    return _settled(project, check, covered, codes)


def _settled(
    project: Project,
    check: Callable[[Project], Iterable[Finding]],
    covered: list[tuple[Comment, list[Import]]],
    codes: set[str],
) -> Settled:
    hidden = [row for _, rows in covered for row in rows]
    found = list(check(_less(project, hidden)))
    everything = list(check(project))
    standing = {_essence(finding) for finding in found}
    for comment, rows in covered:
        if _is_in(rows, everything) or _matters(project, check, rows, hidden, standing):
            comment.used |= codes.intersection(comment.codes.values())
    return Settled(found, [finding for finding in everything if _essence(finding) not in standing])


def _excuse_external(covered: Iterable[tuple[Comment, list[Import]]], codes: set[str]) -> None:
    """As in tach: what stands beside an external import is never said to be unused."""
    for comment, rows in covered:
        if comment.suppression.contracts and any(row.external for row in rows):
            comment.used |= codes.intersection(comment.codes.values())


def _is_in(rows: Iterable[Import], findings: Iterable[Finding]) -> bool:
    """Tell whether any of *rows* is a step of one of *findings*."""
    places = {(row.importer, row.imported, row.line) for row in rows}
    return any(
        (step.importer, step.imported, step.line) in places for finding in findings for step in finding.chain
    )


def _matters(
    project: Project,
    check: Callable[[Project], Iterable[Finding]],
    rows: Iterable[Import],
    hidden: Iterable[Import],
    standing: set[Essence],
) -> bool:
    """Tell whether anything is found more with *rows* back in place, the other *hidden* ones gone."""
    own = {id(row) for row in rows}
    others = [row for row in hidden if id(row) not in own]
    return {_essence(finding) for finding in check(_less(project, others))} != standing


def _less(project: Project, rows: list[Import]) -> Project:
    return replace(project, graph=project.graph.without(rows))


def _essence(finding: Finding) -> Essence:
    return (finding.identity, finding.value)
