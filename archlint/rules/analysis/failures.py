"""Findings for files that could not be analysed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding
    from archlint.rule import Project, Rule


def failures(rule: Rule, project: Project) -> Iterator[Finding]:
    """Yield a finding of *rule* for each file whose facts carry a failure of its code."""
    for facts in (project.facts, project.stub_facts):
        for name in sorted(facts):
            failure = facts[name].failure
            if failure is None or failure.code != rule.code:
                continue
            module = project.modules[name]
            path = module.stub if facts is project.stub_facts else module.path
            yield rule.finding(
                project,
                name,
                failure.reason,
                path=path or project.path(name),
                line=failure.line,
                column=failure.column,
                identity=(rule.code, path or name),
                help=HELP.get(rule.code),
            )


HELP = {
    "ARC900": "Mend the file, or leave it out with `exclude`; the rest was analysed without it.",
    "ARC901": "Simplify or split the file, raise `file-timeout`, or leave it out with `exclude`.",
    "ARC902": "Make the file readable, or leave it out with `exclude`.",
}
