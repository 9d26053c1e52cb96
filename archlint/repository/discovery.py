"""Finding the code of a project: which packages are its own, and the modules in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archlint.errors import ArchlintError, NothingToAnalyse
from archlint.repository.choice import Choice, choose
from archlint.repository.git import GitError, ignored_paths
from archlint.repository.globs import excluder
from archlint.repository.layout import Layout
from archlint.repository.leftover import left_note, left_over, notebooks_in
from archlint.repository.meanings import meanings
from archlint.repository.modules import Modules
from archlint.repository.notes import modules_notes
from archlint.repository.paths import join, relative, shown
from archlint.repository.project import repository_of
from archlint.repository.roots import topmost
from archlint.repository.source_roots import roots_in, source_directories
from archlint.repository.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archlint.model import Module
    from archlint.repository.roots import Root
    from archlint.repository.walk import Tree


def discover(  # noqa: PLR0913 (each is a setting of the user's)
    root: str,
    *,
    roots: Sequence[str] = (),
    exclude: Sequence[str] = (),
    include_tests: bool = False,
    only: Sequence[str] = (),
    respect_gitignore: bool = True,
    sources: Sequence[str] = (),
    beside: bool = False,
) -> Layout:
    """Find the root packages and all modules of the project at directory *root*.

    *roots* picks root packages by name, among those that would be left out too. *exclude* are
    paths or globs inside the project. *only* are the packages directly in *root* to look at.
    *sources* are directories, or globs of them, in which everything is a root: nothing is searched then.
    With *beside*, the modules are followed by the Python files that belong to none of the roots.
    Raises ``NothingToAnalyse``, and ``ArchlintError`` for a name in *roots* that does not exist.
    """
    notes: list[str] = []
    repository = _git_top(root) if respect_gitignore else None
    tree = walk(root, _leave_out(root, repository, exclude, notes), frozenset(only) or None)
    influences = ignore_files(tree, repository) if repository else ()
    if sources:
        chosen = _in_sources(tree, sources, roots)
    else:
        chosen = choose(tree, names=tuple(roots) or tuple(only), include_tests=include_tests)
    modules = _modules(tree, chosen)
    if not modules.by_name:
        raise NothingToAnalyse(f"{shown(root)}: no Python module found; {_remedy(tree, exclude)}")
    names = topmost(found.name for found in modules.roots)
    left = left_over(tree, chosen, modules)
    return Layout(
        modules=tuple(_all_modules(tree, modules, beside=beside)),
        roots=names,
        sources=tuple(sorted({(_top(found.name, names), found.source) for found in modules.roots})),
        meanings=meanings(modules, chosen.borders, chosen.scripts),
        directories=tuple(sorted(tree.folders)),
        ignore_files=tuple(sorted({*influences, *chosen.influences})),
        notes=(*notes, *modules_notes(modules), *left_note(left)),
        left=left,
        notebooks=notebooks_in(tree),
        failures=tuple(tree.failures),
    )


def _all_modules(tree: Tree, modules: Modules, *, beside: bool) -> Iterator[Module]:
    found = [module for _, module in sorted(modules.by_name.items())]
    yield from found
    if beside:
        from archlint.repository.beside import files_beside  # noqa: PLC0415 (only `impact` asks for them)

        yield from files_beside(tree, found)


def _modules(tree: Tree, chosen: Choice) -> Modules:
    modules = Modules(tree, chosen.borders)
    # What lies nearest the top keeps its name.
    for found in sorted(chosen.roots, key=lambda each: (_depth(each), each.path)):
        modules.add(found)
    return modules


def _depth(root: Root) -> int:
    return root.source.count("/") + 1 if root.source else 0


def _in_sources(tree: Tree, sources: Sequence[str], roots: Sequence[str]) -> Choice:
    directories = source_directories(tree, sources)
    found = [root for root in roots_in(tree, directories) if not roots or root.name in roots]
    missing = sorted(set(roots) - {root.name for root in found})
    if missing:
        where = ", ".join(map(shown, sources))
        raise ArchlintError(f"roots: there is no package {shown(missing[0])} in the source roots {where}")
    borders = frozenset(path for path in directories if path)
    return Choice(tuple(found), borders, (), is_asked=True)


def _top(name: str, roots: tuple[str, ...]) -> str:
    return next(root for root in roots if name == root or name.startswith(root + "."))


def _git_top(root: str) -> str | None:
    top = repository_of(root)
    return top if top and os.path.lexists(os.path.join(top, ".git")) else None


def _leave_out(
    root: str, repository: str | None, exclude: Sequence[str], notes: list[str]
) -> Callable[[str], bool]:
    excluded = excluder(exclude)
    if repository is None:
        return excluded
    try:
        ignored = ignored_paths(root)
    except GitError as error:
        notes.append(f"git could not say what it ignores, so nothing is left out for that: {error.reason}")
        return excluded
    if not ignored:
        return excluded
    return lambda path: path in ignored or excluded(path)


def ignore_files(tree: Tree, repository: str) -> tuple[str, ...]:
    """Return the files that tell git what to ignore: in the tree, above it, and the private one."""
    below = [
        join(path, ".gitignore") for path, folder in tree.folders.items() if ".gitignore" in folder.files
    ]
    above = []
    directory = tree.root
    while directory != repository and os.path.dirname(directory) != directory:
        directory = os.path.dirname(directory)
        above.append(os.path.join(directory, ".gitignore"))
    above.append(os.path.join(repository, ".git", "info", "exclude"))
    inside = ((relative(path, tree.root), path) for path in above if os.path.isfile(path))
    return (*below, *(within or path for within, path in inside))


def _remedy(tree: Tree, exclude: Sequence[str]) -> str:
    if tree.failures:
        path, failure = tree.failures[0]
        return f"see to {shown(path)} ({failure.reason})"
    if exclude:
        return "give a directory that holds some, or exclude less"
    return "give a directory that holds some (hidden, ignored and installed ones are left out)"
