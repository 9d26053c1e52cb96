"""Reads what the manifests around the code declare, for the rules that compare it with what is imported."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.context.manifest import Manifest
from archlint.context.standard import STANDARD
from archlint.graph.expressions import prefixes
from archlint.model import VENDORED
from archlint.pipeline.analysis import LookedAt
from archlint.repository.dependencies import declared_in
from archlint.repository.local import local_names, mentioned
from archlint.repository.paths import parent, shown
from archlint.rules.technology.distributions import Names
from archlint.usecases.context import Found
from archlint.usecases.setup import selected_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.context.manifest import Declared
    from archlint.model import Module
    from archlint.rule import Project
    from archlint.usecases.setup import Setup


def gather(setup: Setup, project: Project) -> Found:
    """Return what is declared above the project's modules, as a Manifest; None where nothing is."""
    # Reading every file once more is worth it only for the rule that asks what strings name.
    largest = setup.configuration.settings.max_file_size if _asks_for_strings(setup) else 0
    return read_manifests(setup.place.root, project, largest)


def _asks_for_strings(setup: Setup) -> bool:
    return any(rule.code == "ARC504" for rule in selected_rules(setup))


def read_manifests(root: str, project: Project, largest: int) -> Found:
    """Read the manifests of *project* at *root*, and for strings its files of up to *largest* bytes."""
    found: list[Declared] = []
    looked: set[str] = set()
    for directory in _directories(project):
        declared, files = declared_in(root, directory)
        looked.update(files)
        if declared is not None:
            found.append(declared)
    seen = LookedAt(files=tuple(os.path.join(root, path) for path in sorted(looked)))
    if not found:
        return Found(None, seen)
    found.sort(key=lambda each: (-each.directory.count("/") - bool(each.directory), each.directory))
    outside = sorted({row.imported for row in project.graph.externals} - STANDARD)
    return Found(
        Manifest(
            directories=tuple(found),
            local=local_names(root, _directories(project), outside) | _vendored(project),
            mentioned=_mentioned(root, project, found, largest),
        ),
        seen,
        tuple(_note(each) for each in found if each.unknown),
    )


def _note(declared: Declared) -> str:
    where = shown(declared.directory or ".")
    return f"{where}: undeclared packages are not looked for, since {declared.unknown}"


def _directories(project: Project) -> list[str]:
    """Return the directories above the packages and modules, from the root down: where imports begin."""
    found = {""}
    for module in project.modules.values():
        if module.path is None:
            continue
        directory = parent(module.path)
        for _ in range(_depth(project, module)):
            directory = parent(directory)
        while directory not in found:
            found.add(directory)
            directory = parent(directory)
    return sorted(found)


def _vendored(project: Project) -> frozenset[str]:
    """Return the names of what lies in packages for vendored code, which often goes on the search path."""
    found = set()
    for name in project.modules:
        parts = name.split(".")
        found |= {inner for outer, inner in pairwise(parts) if outer in VENDORED}
    return frozenset(found)


def _depth(project: Project, module: Module) -> int:
    """Return how many directories from the file of *module* up its outermost package begins.

    A folder that no file makes a package counts inside one; around them all it may as well hold scripts.
    """
    names = prefixes(module.name)[: None if module.package else -1]
    kinds = [project.modules[name].kind for name in reversed(names) if name in project.modules]
    return max((place for place, kind in enumerate(kinds, 1) if kind != "namespace"), default=0)


def _imported(project: Project) -> set[str]:
    """Return the external names that are imported, each with the names above it."""
    targets = {target for row in project.graph.externals for target in (row.imported, *row.targets)}
    return {part for target in targets for part in prefixes(target)}


def _installed(declared: Declared) -> Iterator[str]:
    for each in declared.requirements:
        yield from Names(declared.modules).installed_by(each.name)


def _mentioned(root: str, project: Project, found: Iterable[Declared], largest: int) -> frozenset[str]:
    """Return which names stand in a string of the code, of those that are declared and not imported."""
    installed = {name for declared in found for name in _installed(declared)}
    wanted = installed - _imported(project)
    if not wanted or not largest:
        return frozenset()
    paths = [module.path for module in project.modules.values() if module.path and module.kind == "source"]
    return mentioned(root, paths, wanted, largest)
