"""Root packages by source directory: everything that Python finds there, as its path spells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.repository.claims import tidy
from archlint.repository.filenames import file_kind, module_stem
from archlint.repository.globs import excluder
from archlint.repository.paths import join, shown
from archlint.repository.roots import Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.repository.walk import Folder, Tree


def source_directories(tree: Tree, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the directories of *tree* that *sources*, paths or globs, stand for, the innermost first.

    Raises ArchlintError for one that leads out of the project.
    """
    found: set[str] = set()
    for source in sources:
        path = tidy(source)
        if path is None:
            raise ArchlintError(f'source root "{shown(source)}" must be a directory inside the project')
        matches = excluder([path]) if path else (lambda each: not each)
        found.update(each for each in tree.folders if matches(each))
    return tuple(sorted(found, key=lambda path: (-path.count("/") if path else 1, path)))


def roots_in(tree: Tree, directories: Sequence[str]) -> Iterator[Root]:
    """Yield a root for each package, namespace and module that lies directly in one of *directories*.

    A directory that is one of *directories* itself belongs to none of the others.
    """
    borders = frozenset(directories)
    for directory in directories:
        yield from _packages(tree, tree.folders[directory], borders)
        yield from _modules(tree, tree.folders[directory])


def _packages(tree: Tree, folder: Folder, borders: frozenset[str]) -> Iterator[Root]:
    for name in folder.folders:
        path = join(folder.path, name)
        if name.isidentifier() and path not in borders and tree.holds_code(path):
            yield Root(name, path)


def _modules(tree: Tree, folder: Folder) -> Iterator[Root]:
    for file in sorted(folder.files):
        stem = module_stem(file) if file_kind(file) == "source" else None
        beside = tree.folders.get(join(folder.path, stem)) if stem else None
        # Python prefers a package of the same name.
        if stem and stem != "__init__" and not (beside and beside.is_package):
            yield Root(stem, join(folder.path, file), is_module=True)
