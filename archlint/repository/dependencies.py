"""What the manifests of a directory declare: tables and requirements files, put together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from archlint.context.import_names import normalised
from archlint.context.manifest import Declared, Requirement
from archlint.repository.dependency_files import FOLDERS, PIPFILE, Files, is_requirements, kind_of_file
from archlint.repository.dependency_lines import Lines
from archlint.repository.dependency_tables import (
    dynamic_files,
    lists_runtime,
    pipfile,
    unknown,
    wanted,
)
from archlint.repository.manifests import MANIFESTS, manifest_at
from archlint.repository.paths import join
from archlint.repository.requirement import extras_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.repository.dependency_tables import Wanted
    from archlint.repository.manifests import Manifest


def declared_in(root: str, directory: str) -> tuple[Declared | None, tuple[str, ...]]:
    """Return what the manifests in *directory* of the project at *root* declare; None for nothing at all.

    Beside it the files that decided, there or not, relative to the root.
    """
    files = Files(root, directory)
    names = files.listed()
    manifest = manifest_at(root, directory, names)
    found = [*_from_tables(files, manifest), *_from_files(files, manifest, names)]
    says = lists_runtime(manifest) or bool(found)
    looked = tuple(sorted({*(join(directory, name) for name in (*MANIFESTS, PIPFILE)), *files.read}))
    if not says:
        return None, looked
    table = manifest.table("tool", "deptry")
    declared = Declared(
        directory=directory,
        name=normalised(manifest.name) if manifest.name else "",
        requirements=tuple(sorted(found, key=lambda each: (each.path, each.line, each.name))),
        files=tuple(sorted({each.path for each in found} or set(manifest.files))),
        unknown=_unknown(manifest, found, files),
        modules={normalised(name): listed for name, listed in _lists(table.get("package_module_name_map"))},
        own=_texts(table.get("known_first_party")),
        excused=dict(_lists(table.get("per_rule_ignores"))),
    )
    return declared, looked


def _unknown(manifest: Manifest, found: list[Requirement], files: Files) -> str:
    """A computed list is as good as known where a requirements file, which it is computed from, is there."""
    reason = unknown(manifest)
    runtime = any(each.kind == "runtime" for each in found)
    return files.unknown or ("" if runtime and reason.startswith("setup.py") else reason)


def _from_tables(files: Files, manifest: Manifest) -> Iterator[Requirement]:
    items = [*wanted(manifest), *pipfile(files.toml(PIPFILE))]
    lines: dict[str, Lines] = {}
    for each in items:
        path = join(files.directory, each.file)
        if path not in lines:
            lines[path] = Lines(files.text(each.file))
        yield _requirement(each, path, lines[path].find(each.text, each.table))


def _requirement(each: Wanted, path: str, line: int) -> Requirement:
    extras = extras_of(each.text)
    return Requirement(normalised(each.name), each.name, each.kind, each.group, path, line, extras=extras)


def _from_files(files: Files, manifest: Manifest, names: Iterable[str]) -> Iterator[Requirement]:
    """Yield what requirements files list: for run time only where no table says what that needs."""
    dynamic = frozenset(os.path.normpath(name) for name in dynamic_files(manifest))
    paths = {*_listed_files(files, names), *dynamic}
    for path in sorted(dynamic):
        yield from files.requirements(path, "runtime")
    said = lists_runtime(manifest)
    for path in sorted(paths - dynamic):
        if not (path.endswith(".txt") and f"{path[:-4]}.in" in paths):
            kind = kind_of_file(path)
            yield from files.requirements(path, "development" if said and kind == "runtime" else kind)


def _listed_files(files: Files, names: Iterable[str]) -> Iterator[str]:
    names = tuple(names)
    yield from (name for name in names if is_requirements(name))
    for folder in FOLDERS:
        if folder in names:
            yield from files.below(folder)


def _lists(table: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    items: Mapping[str, Any] = table if isinstance(table, dict) else {}
    for name, listed in items.items():
        yield name, _texts(listed if isinstance(listed, list) else [listed])


def _texts(listed: Any) -> tuple[str, ...]:
    return tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()
