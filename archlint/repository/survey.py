"""What could be a root package, from the tree and how its files import each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archlint.repository.conventions import (
    ENTRY_MODULES,
    PURE_SOURCES,
    SOURCE_FOLDERS,
    SOURCE_MARKS,
    Rank,
    folder_rank,
    module_rank,
)
from archlint.repository.evidence import Evidence, importable_names, uses_relative_imports
from archlint.repository.filenames import file_kind, module_stem
from archlint.repository.paths import join, lies_in
from archlint.repository.projects import is_unpacked
from archlint.repository.roots import Root
from archlint.repository.testing import has_tests, is_mostly_tests, is_test_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.repository.projects import Project
    from archlint.repository.walk import Folder, Tree

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible root package, and how much it is the system itself."""

    root: Root
    rank: Rank


@dataclass(slots=True)
class Survey:
    """Candidates of one project, collected directory by directory from which packages are imported."""

    tree: Tree
    project: Project
    evidence: Evidence
    is_shipped: bool
    found: list[Candidate] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    _outweighed: bool | None = None

    def look(self, directory: str, floor: Rank = Rank.REAL) -> None:
        """Collect what can be imported from *directory*; nothing there ranks better than *floor*."""
        folder = self.tree.folders.get(directory)
        if folder is None or directory in self.sources:
            return
        if directory == self.project.path and self._is_itself_a_package(folder):
            self._add(self._own_name(), directory, floor)
        else:
            self.sources.append(directory)
            self._look_into(folder, floor)

    def _look_into(self, folder: Folder, floor: Rank) -> None:
        directory = folder.path
        before = len(self.found)  # what is found from here on lies in this directory
        for name in folder.folders:
            path = join(directory, name)
            if path not in self.project.borders and self.tree.holds_code(path):
                self._look_at(path, name, folder, floor)
        packages = sum(each.rank is Rank.REAL for each in self.found[before:])
        if directory == self.project.path and self._is_elsewhere(packages):
            floor = max(floor, Rank.SPARE)
        self._look_at_modules(folder, floor)

    def _is_elsewhere(self, packages: int) -> bool:
        """Tell whether loose modules beside so many packages are no part of the system."""
        if self.is_shipped:
            # With several packages no tool builds a distribution by itself: an application then.
            return packages == 1
        return not packages and self._is_in_projects_below()

    def _look_at(self, path: str, name: str, above: Folder, floor: Rank) -> None:
        folder = self.tree.folders[path]
        rank = max(floor, self._rank(path, name, above))
        if folder.is_package:
            if name.isidentifier():
                self._add(name, path, rank)
        elif self._has_own_code(path):
            self._look_at_bare(path, name, above, rank)

    def _look_at_bare(self, path: str, name: str, above: Folder, rank: Rank) -> None:
        """A directory without ``__init__.py``: a namespace package, or where packages are imported from."""
        shape = self._shape(path, name, above) if rank < Rank.TESTS else "namespace"
        if shape is None and self._has_better(above):
            rank = max(rank, Rank.SPARE)
        if shape == "source" or not name.isidentifier():
            self.look(path, rank)
            return
        for root in self._portions(path, name):
            self._add(root.name, root.path, rank)

    def _shape(self, path: str, name: str, above: Folder) -> str | None:
        folder = self.tree.folders[path]
        if not SOURCE_MARKS.isdisjoint(folder.files) or is_unpacked(folder):
            return "source"
        if self.is_shipped and name in PURE_SOURCES and not any(map(file_kind, folder.files)):
            return "source"
        verdict = self.evidence.verdict(path, importable_names(self.tree, above.path))
        if not verdict and not self.is_shipped and self.evidence.imports_beside_itself(folder):
            return "source"
        return verdict or self._shape_by_habit(folder, name)

    def _shape_by_habit(self, folder: Folder, name: str) -> str | None:
        """What nothing imports from may still have a telling name, or hold a telling directory."""
        if name in SOURCE_FOLDERS or self._repeats_its_name(folder, name):
            return "source"
        return "source" if self._holds_a_source(folder.path, _DEEPEST) else None

    def _repeats_its_name(self, folder: Folder, name: str) -> bool:
        """``shop/shop/__init__.py``: a checkout of a project, not a namespace."""
        below = self.tree.folders.get(join(folder.path, name))
        return below is not None and below.is_package

    def _holds_a_source(self, path: str, depth: int) -> bool:
        """Tell whether a directory further down is one that packages are imported from."""
        beside = importable_names(self.tree, path)
        below = (self.tree.folders.get(join(path, name)) for name in self.tree.folders[path].folders)
        bare = [f.path for f in below if f and not f.is_package and f.path not in self.project.borders]
        if any(self.evidence.verdict(directory, beside) == "source" for directory in bare):
            return True
        return depth > 0 and any(self._holds_a_source(directory, depth - 1) for directory in bare)

    def _look_at_modules(self, folder: Folder, floor: Rank) -> None:
        for file in sorted(folder.files):
            stem = module_stem(file) if file_kind(file) else None
            if stem is None or stem == "__init__" or not _is_whole(file, folder):
                continue
            if stem not in folder.folders or not self.tree.holds_code(join(folder.path, stem)):
                rank = self._module_rank(file, stem, folder, floor)
                root = Root(stem, join(folder.path, file), is_module=True, is_test=rank is Rank.TESTS)
                self.found.append(Candidate(root, rank))

    def _module_rank(self, file: str, stem: str, folder: Folder, floor: Rank) -> Rank:
        is_test = is_test_file(file) and stem != "conftest"
        rank = max(floor, Rank.TESTS if is_test else module_rank(stem))
        is_entry = stem in ENTRY_MODULES and rank is Rank.SPARE
        if is_entry and (folder.path == self.project.path or "manage.py" in folder.files):
            return Rank.REAL
        return rank

    def _rank(self, path: str, name: str, above: Folder) -> Rank:
        by_name = folder_rank(name)
        if by_name is Rank.TESTS or is_mostly_tests(self.tree, path):
            return Rank.TESTS
        if above.path != self.project.path and above.path.rpartition("/")[2] in PURE_SOURCES:
            return Rank.REAL
        if name.startswith("test_") or name.endswith(("_test", "_tests")):
            return Rank.TESTS if has_tests(self.tree, path) else Rank.REAL
        return by_name

    def _portions(self, path: str, name: str) -> list[Root]:
        """Return what a distribution adds to a namespace that it shares; an application owns all of it."""
        return portions(self.tree, path, name) if self.is_shipped else [Root(name, path)]

    def _add(self, name: str, path: str, rank: Rank) -> None:
        self.found.append(Candidate(Root(name, path, is_test=rank is Rank.TESTS), rank))

    def _has_own_code(self, path: str) -> bool:
        folders = self.project.folders(self.tree, path)
        return any(file_kind(name) for folder in folders for name in folder.files)

    def _has_better(self, above: Folder) -> bool:
        """Tell whether the code is elsewhere: in the packages that are shipped, or in projects below."""
        if not self.is_shipped:
            has_projects = any(lies_in(border, above.path) for border in self.project.borders)
            return has_projects and self._is_in_projects_below()
        below = ((name, self.tree.folders.get(join(above.path, name))) for name in above.folders)
        return any(f is not None and f.is_package and folder_rank(n) is Rank.REAL for n, f in below)

    def _is_in_projects_below(self) -> bool:
        """Tell whether the projects below hold at least as many files as lie around them."""
        if self._outweighed is None:
            own = sum(map(_sources_in, self._own_folders(self.project.path)))
            borders = self.project.borders
            below = sum(_sources_in(folder) for border in borders for folder in self._outermost(border))
            self._outweighed = bool(borders) and below >= own
        return self._outweighed

    def _own_folders(self, path: str) -> Iterator[Folder]:
        """Yield the folders of the project that are neither tests nor helpers by their names."""
        folder = self.tree.folders.get(path)
        if folder is None:
            return
        yield folder
        for name in folder.folders:
            below = join(path, name)
            if below not in self.project.borders and folder_rank(name) is Rank.REAL:
                yield from self._own_folders(below)

    def _outermost(self, border: str) -> Iterator[Folder]:
        if not any(other != border and lies_in(border, other) for other in self.project.borders):
            yield from self.tree.below(border)

    def scripts(self) -> Iterator[str]:
        """Yield the directories of mere scripts that import each other, and that nobody else imports from."""
        if not self.is_shipped:
            for source in self.sources:
                if self._holds_mere_scripts(source) and self.evidence.is_private(source):
                    yield source

    def _holds_mere_scripts(self, source: str) -> bool:
        folder = self.tree.folders[source]
        if source == self.project.path or source.rpartition("/")[2] in SOURCE_FOLDERS:
            return False
        below = (self.tree.folders.get(join(source, name)) for name in folder.folders)
        return SOURCE_MARKS.isdisjoint(folder.files) and not any(each and each.is_package for each in below)

    def _is_itself_a_package(self, folder: Folder) -> bool:
        return folder.is_package and uses_relative_imports(self.tree, folder)

    def _own_name(self) -> str:
        directory = join(self.tree.root.replace("\\", "/"), self.project.path).rstrip("/").rpartition("/")[2]
        name = self.project.manifest.name or directory
        spelled = "".join(c if c.isalnum() or c == "_" else "_" for c in name)
        return spelled if spelled.isidentifier() else f"_{spelled}"


def portions(tree: Tree, path: str, name: str) -> list[Root]:
    """Return the packages of namespace *name* at *path*: the first ones on the way down that hold modules."""
    folder = tree.folders.get(path)
    if folder is None or not tree.holds_code(path):
        return []
    if folder.is_package or any(file_kind(file) for file in folder.files):
        return [Root(name, path)]
    below = (part for part in folder.folders if part.isidentifier())
    return [root for part in below for root in portions(tree, join(path, part), f"{name}.{part}")]


def _sources_in(folder: Folder) -> int:
    return sum(file_kind(file) == "source" and not is_test_file(file) for file in folder.files)


def _is_whole(file: str, folder: Folder) -> bool:
    """Tell whether *file* speaks for its module: not a stub or binary beside the source."""
    stem = module_stem(file)
    return file_kind(file) == "source" or f"{stem}.py" not in folder.files
