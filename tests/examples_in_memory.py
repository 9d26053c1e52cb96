"""A project from an example's files, without a disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from archlint.context.log import CHANGED, Log, history
from archlint.model import Module
from archlint.parsing.read import read_facts
from archlint.pipeline.collect import assemble
from archlint.pipeline.memory import Remembered
from archlint.repository.codeowners import parse
from archlint.repository.layout import Layout
from archlint.usecases.manifest import read_manifests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archlint.context.history import History
    from archlint.context.manifest import Manifest
    from archlint.rule import Example, Project

    Commits = Sequence[tuple[str, Sequence[str]]]


def of_example(example: Example) -> Project:
    """Read an example's files, with what surrounds them."""
    owners = None if example.owners is None else parse(example.owners, "CODEOWNERS").owners
    project = replace(in_memory(_sources(example.files)), owners=owners)
    if example.history:
        project = replace(project, history=past(example.history))
    if len(_sources(example.files)) < len(example.files):
        project = replace(project, manifest=_manifest(example.files, project))
    return project


def past(commits: Commits, days: int = 365) -> History:
    """Return the history that *commits*, newest first, make: pairs of an author and files."""
    paths = sorted({path for _, files in commits for path in files})
    authors = sorted({author for author, _ in commits})
    rows = tuple(
        (authors.index(author), *(number for path in files for number in (paths.index(path), CHANGED)))
        for author, files in commits
    )
    log = Log(1_700_000_000, tuple(path.encode() for path in paths), tuple(authors), rows)
    return history(log, paths, "0" * 40, days, max_files=30)


def _sources(files: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.endswith(".py")}


def _manifest(files: Mapping[str, str], project: Project) -> Manifest:
    """Read the manifests among *files*, which takes a disk."""
    with TemporaryDirectory() as root:
        for path, text in files.items():
            file = Path(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return read_manifests(root, project, 1_000_000).value


def in_memory(files: Mapping[str, str]) -> Project:
    """Read *files* as archlint reads a tree, without a disk."""
    said = {path: Remembered(b"", read_facts(text.encode(), shape=True)) for path, text in files.items()}
    modules = {module.name: module for module in map(_module, files)}
    above = {name.rpartition(".")[0] for name in modules} - {""} - set(modules)
    modules |= {name: Module(name, None, package=True, kind="namespace") for name in above}
    roots = tuple(sorted({name.partition(".")[0] for name in modules}))
    layout = Layout(tuple(modules[name] for name in sorted(modules)), roots, sources=())
    return assemble(layout, said)


def _module(path: str) -> Module:
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    test = path.rpartition("/")[2].startswith("test_") or "/tests/" in path
    return Module(name, path, package=path.endswith("/__init__.py"), test=test)
