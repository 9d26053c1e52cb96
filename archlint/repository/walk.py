"""Listing the directories of a project, without those that never hold its code."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archlint.facts import Failure
from archlint.repository.filenames import BINARY, CYTHON, file_kind
from archlint.repository.paths import join, lies_in, parent, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Output of builds and installs. Inside a package, and for a package itself, these names are code
# (``pip/_internal/operations/build``).
_OUTPUT = frozenset({"build", "dist", "_build", "_skbuild", "eggs", "develop-eggs", "sdist", "buck-out"})
# (A name with "{{" is a template of a project, not one.)
_NEVER = frozenset({"__pycache__", "node_modules", "site-packages", "bower_components", "__pypackages__"})
# A directory holding one of these is an environment: venv, virtualenv, conda.
_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")
# No import is that long; what recurses over directories stays far from Python's limit.
_DEEPEST = 100
_CODE = (".py", ".pyi", *BINARY, *CYTHON)
_READ = (*_CODE, ".ipynb")  # Notebooks are counted.
_INITS = ("__init__.py", "__init__.pyi")


@dataclass(frozen=True, slots=True)
class Folder:
    """One listed directory: the names of its files and of the directories that are part of the project."""

    path: str
    files: frozenset[str]
    folders: tuple[str, ...]

    @property
    def is_package(self) -> bool:
        """Whether Python takes it for a regular package."""
        return any(init in self.files for init in _INITS) or any(
            name.startswith("__init__.") and name.endswith(BINARY) for name in self.files
        )


@dataclass(frozen=True, slots=True)
class Tree:
    """The directories of a project by relative path; "" is the project root."""

    root: str
    folders: dict[str, Folder]
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    coded: set[str] = field(default_factory=set)

    def below(self, path: str) -> Iterator[Folder]:
        """Yield the folder at *path* and all below it, parents first, in the order of their names."""
        pending = [path]
        while pending:
            folder = self.folders.get(pending.pop())
            if folder is not None:
                yield folder
                pending.extend(join(folder.path, name) for name in reversed(folder.folders))

    def holds_code(self, path: str) -> bool:
        """Tell whether there is Python at or below *path*."""
        if not self.coded:
            self.coded.update(self._with_code())
        return path in self.coded

    def _with_code(self) -> Iterator[str]:
        for path, folder in self.folders.items():
            if any(file_kind(name) is not None for name in folder.files):
                yield path
                above = path
                while above:
                    above = parent(above)
                    yield above


@dataclass(slots=True)
class _Walk:
    root: str
    leave_out: Callable[[str], bool]
    tree: Tree
    links: list[str] = field(default_factory=list)

    def visit(self, path: str, *, in_package: bool, only: frozenset[str] | None = None) -> None:
        pending = [(path, in_package)]
        while pending:
            path, in_package = pending.pop()
            listed = self._listed(path, only)
            only = None
            if listed is None:
                continue
            files, folders = listed
            if path and self._is_environment(path, files, folders, in_package=in_package):
                continue
            folder = Folder(path, frozenset(files), tuple(folders))
            self.tree.folders[path] = folder
            package = folder.is_package
            if path.count("/") < _DEEPEST:
                pending.extend((join(path, name), package) for name in folders)
            elif folders:
                self._fail(path, "nested too deeply to look further")

    def _listed(self, path: str, only: frozenset[str] | None) -> tuple[list[str], list[str]] | None:
        try:
            with os.scandir(join(self.root, path) if path else self.root) as entries:
                return self._sorted_out(path, entries, only)
        except OSError as error:
            self._fail(path, f"directory not listed: {(error.strerror or str(error)).lower()}")
            return None

    def _fail(self, path: str, reason: str) -> None:
        self.tree.failures.append((path or ".", Failure("ARC902", 1, 1, reason)))

    def _sorted_out(
        self, path: str, entries: Iterator[os.DirEntry[str]], only: frozenset[str] | None
    ) -> tuple[list[str], list[str]]:
        files: list[str] = []
        folders: list[str] = []
        for entry in entries:
            name = entry.name
            below = join(path, name)
            if entry.is_symlink():
                self._note_link(below, files, entry)
            elif entry.is_dir():
                if _may_hold_code(name) and not self.leave_out(below):
                    folders.append(name)
            elif not (name.endswith(_READ) and self.leave_out(below)):
                files.append(name)
        return files, sorted(folders if only is None else only.intersection(folders))

    def _note_link(self, path: str, files: list[str], entry: os.DirEntry[str]) -> None:
        """A linked file counts if its target is inside the project; linked directories wait."""
        name = entry.name
        if not _may_hold_code(name) or self.leave_out(path):
            return
        try:
            is_directory = entry.is_dir()
        except OSError:
            return
        if is_directory:
            self.links.append(path)
        elif self._target(path) is not None:
            files.append(name)

    def _target(self, path: str) -> str | None:
        return relative(os.path.realpath(join(self.root, path)), os.path.realpath(self.root))

    def _is_environment(self, path: str, files: list[str], folders: list[str], *, in_package: bool) -> bool:
        if any(mark in files or mark in folders for mark in _ENVIRONMENT_MARKS):
            return True
        if in_package or "__init__.py" in files:
            return False
        name = path.rpartition("/")[2]
        return name in _OUTPUT or name.endswith((".egg-info", ".dist-info"))

    def follow_links(self) -> None:
        """List linked directories whose content lies in the project and was not listed under its own path."""
        seen = {self._identity(path) for path in self.tree.folders} if self.links else set()
        for path in sorted(self.links):
            target = self._target(path)
            is_loop = target is None or lies_in(path, target)
            if is_loop or self._identity(path) in seen:
                continue
            before = set(self.tree.folders)
            self._visit_link(path)
            seen |= {self._identity(listed) for listed in self.tree.folders.keys() - before}

    def _visit_link(self, path: str) -> None:
        above = self.tree.folders.get(parent(path))
        if above is None:
            return
        self.visit(path, in_package=above.is_package)
        if path in self.tree.folders:
            folders = tuple(sorted((*above.folders, path.rpartition("/")[2])))
            self.tree.folders[above.path] = Folder(above.path, above.files, folders)

    def _identity(self, path: str) -> tuple[int, int]:
        try:
            status = os.stat(join(self.root, path) if path else self.root)
        except OSError:
            return -1, -1
        return status.st_dev, status.st_ino


def _may_hold_code(name: str) -> bool:
    return name[0] != "." and name not in _NEVER and "{{" not in name


def walk(root: str, leave_out: Callable[[str], bool], only: frozenset[str] | None = None) -> Tree:
    """List *root* and what lies below it.

    *leave_out* gets relative paths of directories and Python files. *only* limits the directories
    directly below the root. Directories that cannot be listed become failures.
    """
    walking = _Walk(root, leave_out, Tree(root, {}))
    walking.visit("", in_package=False, only=only)
    walking.follow_links()
    walking.tree.failures.sort()
    return walking.tree
