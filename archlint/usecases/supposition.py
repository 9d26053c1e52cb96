"""A project as it would be with one import more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec.structs import replace as replace_struct

from archlint.errors import ArchlintError
from archlint.facts import FLAG_NAMES
from archlint.graph.lookup import hint, known_module, known_names, nearest_package, no_module
from archlint.graph.modulegraph import ModuleGraph
from archlint.model import Import, Module

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.rule import Project


@dataclass(frozen=True)
class Supposition:
    """The *project* before and *after* the import *row* is there.

    ``existing`` are the imports that are there today already; ``before`` is then the project without them.
    ``notes`` say what had to be supposed besides.
    """

    before: Project
    after: Project
    row: Import
    existing: tuple[Import, ...] = ()
    notes: tuple[str, ...] = ()


def suppose(project: Project, source: str, target: str, kind: str) -> Supposition:
    """Suppose that *source* imports *target*, an import of this *kind*.

    A module that does not exist yet is supposed too, where its package exists. The last part of *target*
    may be a name of a module; a name outside the roots is an external package. Raises ArchlintError for
    a source outside the project, and where both are the same.
    """
    notes: list[str] = []
    importer, project = _module(project, source, notes)
    imported, names, full, project = _imported(project, target, notes)
    if importer == imported and not names:
        raise ArchlintError(f"`{importer}` is given twice; name two modules")
    # Line 0 is before every line that a comment covers.
    row = Import(
        importer=importer,
        imported=imported,
        line=0,
        column=1,
        end_line=0,
        external=imported not in project.graph.index,
        flags=int(FLAG_NAMES.get(kind, 0)),
        names=names,
        targets=(full,),
        path=project.path(importer),
    )
    existing = _existing(project.graph, row)
    if existing:
        before = replace(project, graph=project.graph.without(existing))
        here = replace_struct(row, line=existing[0].line, path=existing[0].path)
        return Supposition(before, project, here, existing, tuple(notes))
    return Supposition(project, replace(project, graph=_with(project.graph, row)), row, (), tuple(notes))


def _existing(graph: ModuleGraph, row: Import) -> tuple[Import, ...]:
    """Return the imports that are what *row* is: of the same name, where it is external or names one."""
    rows = graph.details(row.importer, row.imported)
    if not row.external and not row.names:
        return rows
    return tuple(known for known in rows if set(row.targets) & set(known.targets))


def _module(project: Project, word: str, notes: list[str]) -> tuple[str, Project]:
    known = known_module(project.graph, word)
    if known is not None:
        return known, project
    package = nearest_package(project.graph, word)
    if package is None or not _is_dotted(word):
        raise ArchlintError(no_module(project.graph, word))
    notes.append(_supposed(project.graph, word, package))
    return word, _with_module(project, word)


def _imported(project: Project, word: str, notes: list[str]) -> tuple[str, tuple[str, ...], str, Project]:
    """Return the module, the names taken from it, the full name, and the project that holds the module."""
    known = known_module(project.graph, word)
    if known is not None:
        return known, (), known, project
    if not _is_dotted(word):
        raise ArchlintError(no_module(project.graph, word))
    above, _, name = word.rpartition(".")
    if above in project.graph.index and _is_attribute(project, above, name):
        return above, (name,), word, project
    package = nearest_package(project.graph, word)
    if package is not None:
        notes.append(_supposed(project.graph, word, package))
        return word, (), word, _with_module(project, word)
    top = word.partition(".")[0]
    if top not in project.graph.external_names:
        near = hint(word, known_names(project.graph))
        notes.append(f"nothing imports `{top}` yet; taken for an external package{near}")
    return top, (), word, project


def _is_attribute(project: Project, module: str, name: str) -> bool:
    """Tell whether *name* behind *module* is one of its names rather than a module still to be written."""
    return not project.modules[module].package or _passes_on(project, module, name)


def _is_dotted(word: str) -> bool:
    return all(part.isidentifier() for part in word.split("."))


def _supposed(graph: ModuleGraph, word: str, package: str) -> str:
    near = hint(word, graph.names)
    return f"there is no module `{word}` yet; answered as if it were in `{package}`{near}"


def _passes_on(project: Project, module: str, name: str) -> bool:
    """Tell whether *module* is known to have *name*: it exports or imports it, or others take it."""
    facts = project.facts.get(module)
    if facts is not None and name in (facts.exports or ()):
        return True
    graph = project.graph
    if any(name in row.names for row in (*graph.rows_of(module), *graph.external_rows_of(module))):
        return True
    return any(row.imported == module and name in row.names for row in graph.imports)


def _with_module(project: Project, name: str) -> Project:
    modules = {**project.modules, name: Module(name, None)}
    graph = project.graph
    wider = ModuleGraph(modules, graph.imports, graph.externals, graph.unresolved, graph.beyond_root)
    return replace(project, modules=modules, graph=wider)


def _with(graph: ModuleGraph, row: Import) -> ModuleGraph:
    return ModuleGraph(
        graph.modules,
        graph.imports if row.external else _placed(graph.imports, row),
        _placed(graph.externals, row) if row.external else graph.externals,
        graph.unresolved,
        graph.beyond_root,
    )


def _placed(rows: Iterable[Import], row: Import) -> list[Import]:
    return sorted((*rows, row), key=lambda known: known.importer)
