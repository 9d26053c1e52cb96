"""From the files below a root to its modules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archlint.model import Module
from archlint.repository.filenames import CYTHON, file_kind, module_stem
from archlint.repository.paths import join, parent
from archlint.repository.testing import TEST_FOLDERS, has_tests, is_test_file, is_tests_of_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.repository.filenames import Kind
    from archlint.repository.roots import Root
    from archlint.repository.walk import Folder, Tree

# What CPython's finder prefers within one directory: compiled, then source. The sources say more.
_PREFERENCE: dict[Kind, int] = {"source": 0, "extension": 1, "stub": 2}


@dataclass(slots=True)
class Modules:
    """Modules by name, as they are collected root by root; the first to claim a name keeps it.

    ``named`` pairs each root as it was found with the name that it got.
    """

    tree: Tree
    borders: frozenset[str]
    by_name: dict[str, Module] = field(default_factory=dict)
    roots: list[Root] = field(default_factory=list)
    named: list[tuple[Root, str]] = field(default_factory=list)
    doubled: list[tuple[Root, str]] = field(default_factory=list)
    shadowed: list[str] = field(default_factory=list)
    unnameable: set[str] = field(default_factory=set)

    def add(self, root: Root) -> None:
        """Collect the modules of *root*; where one of their names is taken, all get the name of their path.

        Two services that both call their package ``app`` must not be mixed into one.
        """
        held = self._add(root, root)
        if held and self._add(replace(root, name=_path_name(root)), root):
            self.doubled.append((root, held))

    def _add(self, root: Root, original: Root) -> str | None:
        """Collect the modules of *root*, or return the path of one that has a name of theirs already."""
        found = self._module_root(root) if root.is_module else list(self._package_root(root))
        taken = self._taken(found)
        if not taken and any(module.path for module in found):  # a namespace with nothing in it is no root
            self.roots.append(root)
            self.named.append((original, root.name))
            free = (module for module in found if module.path or module.name not in self.by_name)
            self.by_name.update({module.name: module for module in free})
        return taken

    def _taken(self, found: list[Module]) -> str | None:
        """Return the path of a module that has the name of one of *found* already, or None."""
        for module in found:
            held = self.by_name.get(module.name)
            if held and held.path and module.path and held.path != module.path:
                return held.path
        return None

    def _module_root(self, root: Root) -> list[Module]:
        folder = self.tree.folders[parent(root.path)]
        stem = module_stem(root.path.rpartition("/")[2]) or ""
        return [_module(folder, root.name, self._forms(folder)[stem], package=False, test=root.is_test)]

    def _package_root(self, root: Root) -> Iterator[Module]:
        pending = [(root.path, root.name, root.is_test)]
        while pending:
            path, name, test = pending.pop()
            folder = self.tree.folders.get(path)
            if folder is not None:
                yield from self._in_folder(folder, name, test=test)
                pending.extend(self._packages_in(folder, name, test=test))

    def _in_folder(self, folder: Folder, name: str, *, test: bool) -> Iterator[Module]:
        forms = self._forms(folder)
        own = forms.pop("__init__", None)
        if own is None:
            yield Module(name, None, package=True, kind="namespace", test=test)
        else:
            yield _module(folder, name, own, package=True, test=test)
        for stem, files in forms.items():
            if stem in folder.folders and self._is_regular(join(folder.path, stem)):
                self.shadowed.extend(join(folder.path, files[kind]) for kind in files if kind == "source")
            else:
                yield _module(folder, f"{name}.{stem}", files, package=False, test=test)

    def _forms(self, folder: Folder) -> dict[str, dict[Kind, str]]:
        """Group the files that can be imported by module: source, stub, compiled."""
        forms: dict[str, dict[Kind, str]] = {}
        for file in sorted(folder.files):
            # No proof that a folder is a package, but a module of one.
            kind = "extension" if file.endswith(CYTHON) else file_kind(file)
            if kind is None:
                continue
            stem = module_stem(file)
            if stem is None:
                self.unnameable.add(join(folder.path, file))
            else:
                forms.setdefault(stem, {}).setdefault(kind, file)
        return forms

    def _packages_in(self, folder: Folder, name: str, *, test: bool) -> Iterator[tuple[str, str, bool]]:
        for below in folder.folders:
            path = join(folder.path, below)
            if path in self.borders or not self.tree.holds_code(path):
                continue
            if not below.isidentifier():
                self.unnameable.add(path)
                continue
            in_tests = test or (below in TEST_FOLDERS and has_tests(self.tree, path))
            yield path, f"{name}.{below}", in_tests

    def _is_regular(self, path: str) -> bool:
        folder = self.tree.folders.get(path)
        return folder is not None and folder.is_package


def _path_name(root: Root) -> str:
    """Return the name of *root* as the path from the project's top spells it."""
    above, _, last = root.path.rpartition("/")
    stem = (module_stem(last) or last) if root.is_module else last
    return join(above, stem).replace(".", "_").replace("/", ".")


def _module(folder: Folder, name: str, files: dict[Kind, str], *, package: bool, test: bool) -> Module:
    kind = min(files, key=_PREFERENCE.__getitem__)
    path = join(folder.path, files[kind])
    stub = join(folder.path, files["stub"]) if kind != "stub" and "stub" in files else None
    file = files[kind]
    test = test or is_test_file(file) or is_tests_of_app(file, folder.files)
    return Module(name, path, package, kind, stub, test)
