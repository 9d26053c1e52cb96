"""What a project is made of: sizes, ways in, and what it is built on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from archlint.facts import Flag
from archlint.pipeline.overview.values import MOST_ROOTS, Counted, Makeup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.model import Import, Module
    from archlint.pipeline.analysis import Analysis
    from archlint.rule import Project

UNSURE = Flag.CONDITIONAL


def makeup(analysis: Analysis, scripts: Mapping[str, str], name: str = "") -> Makeup:
    """Return what the project called *name* is made of; *scripts* are the commands that it declares."""
    project = analysis.project
    production, tests, copies, migrations = _parts(project)
    needed, optional, standard = _built_on(project)
    return Makeup(
        roots=project.roots,
        name=name if len(project.roots) > MOST_ROOTS else "",
        files=analysis.summary.files,
        modules=len(production),
        packages=sum(module.package for module in production),
        lines=_lines(project, production),
        imports=project.production.edges().edge_count,
        test_modules=len(tests),
        test_lines=_lines(project, tests),
        not_analysed=analysis.summary.not_analysed,
        entry_points=tuple(_entry_points(project, scripts)),
        needed=needed,
        optional=optional,
        standard=standard,
        vendored_modules=len(copies),
        vendored_lines=_lines(project, copies),
        migration_modules=len(migrations),
        migration_lines=_lines(project, migrations),
        notebooks=analysis.notebooks,
    )


def _parts(project: Project) -> tuple[list[Module], ...]:
    """Return the modules with a file: those that are judged, tests, copies of others' code, migrations."""
    judged: list[Module] = []
    tests: list[Module] = []
    copies: list[Module] = []
    migrations: list[Module] = []
    for module in project.modules.values():
        if module.kind != "namespace":
            aside = copies if module.vendored else migrations if module.migration else judged
            (tests if module.test else aside).append(module)
    return judged, tests, copies, migrations


def _lines(project: Project, modules: Iterable[Module]) -> int:
    return sum(project.facts[one.name].lines for one in modules if one.name in project.facts)


def _entry_points(project: Project, scripts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield from sorted(scripts.items())
    for module in project.judged():
        package, _, last = module.name.rpartition(".")
        if last == "__main__":
            yield f"python -m {package}", module.name


def _built_on(project: Project) -> tuple[Counted, Counted, int]:
    """Count the modules that import each third-party package: needed, optional; and those of the library."""
    importers: dict[str, set[str]] = {}
    needed: set[str] = set()
    for row in project.production.externals:
        if row.flags & Flag.TYPE_CHECKING or row.imported == "__main__":
            continue
        importers.setdefault(row.imported, set()).add(row.importer)
        if _surely(row):
            needed.add(row.imported)
    standard = importers.keys() & sys.stdlib_module_names
    ranked = sorted(importers.keys() - standard, key=lambda name: (-len(importers[name]), name))
    counts = [(name, len(importers[name])) for name in ranked]
    return (
        tuple(item for item in counts if item[0] in needed),
        tuple(item for item in counts if item[0] not in needed),
        len(standard),
    )


def _surely(row: Import) -> bool:
    return not row.flags & UNSURE
