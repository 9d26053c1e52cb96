"""A project from an example's files, without a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Module
from archlint.parsing.read import read_facts
from archlint.pipeline.collect import assemble
from archlint.pipeline.memory import Remembered
from archlint.repository.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.rule import Project


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
