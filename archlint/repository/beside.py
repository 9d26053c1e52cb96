"""The Python files that are no part of the system: its tests, scripts, examples, documentation.

They have no name that everybody imports them by, so each gets one made of its path, which can be no
module's: relative imports between them resolve as always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Module
from archlint.repository.filenames import file_kind
from archlint.repository.paths import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.repository.walk import Tree

TOP = "/"
INIT = "__init__.py"


def files_beside(tree: Tree, modules: Iterable[Module]) -> Iterator[Module]:
    """Yield the files of *tree* that are none of *modules*."""
    known = {path for module in modules for path in (module.path, module.stub)}
    taken: set[str] = set()
    for path in _sources(tree):
        if path not in known:
            name = name_beside(path)
            while name in taken:  # Directories `v1.0` and `v1_0`.
                name += "_"
            taken.add(name)
            yield Module(name, path, package=path.rpartition("/")[2] == INIT, test=True)


def _sources(tree: Tree) -> Iterator[str]:
    for folder in tree.folders.values():
        yield from (join(folder.path, file) for file in sorted(folder.files) if file_kind(file) == "source")


def name_beside(path: str) -> str:
    """Return the name of the file at *path*, of a package for its ``__init__.py``."""
    parts = path.removesuffix(".py").split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join((TOP, *(part.replace(".", "_") for part in parts)))


def is_beside(name: str) -> bool:
    """Tell whether *name* is that of a file beside the system."""
    return name.startswith(TOP)
