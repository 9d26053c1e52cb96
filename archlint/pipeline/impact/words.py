"""Which modules the words of a command line mean: names, expressions, paths, external packages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.graph.expressions import expand, expression_fault, is_wildcard
from archlint.graph.lookup import external_imports, hint, known_names
from archlint.repository.beside import is_beside
from archlint.repository.paths import relative, shown

if TYPE_CHECKING:
    from archlint.graph.modulegraph import ModuleGraph


class Words:
    """Finds modules of *graph*, whose project is at directory *root*.

    Paths are relative to *cwd*, or to the project.
    """

    def __init__(self, graph: ModuleGraph, root: str, cwd: str) -> None:
        self._graph = graph
        self._root = root
        self._cwd = cwd

    def meant(self, word: str) -> list[str]:
        """Return the modules that *word* stands for, a package with all below it.

        Raises ArchlintError, with the nearest name, where there are none. The name of an external package
        that is imported stands for itself.
        """
        if word in self._graph.index:
            return self._below(word)
        if _is_path(word):
            return self._at(word)
        if is_wildcard(word):
            return self._matching(word)
        if not expression_fault(word) and external_imports(self._graph, word):
            return [word]
        raise ArchlintError(self._nowhere(word))

    def _matching(self, expression: str) -> list[str]:
        fault = expression_fault(expression)
        if fault:
            raise ArchlintError(shown(fault))
        found = [name for name in expand(self._graph, expression) if not is_beside(name)]
        if not found:
            raise ArchlintError(f"no module of this project matches `{shown(expression)}`")
        return sorted({name for one in found for name in self._below(one)})

    def _below(self, name: str) -> list[str]:
        return [self._graph.names[number] for number in self._graph.subtree(name)]

    def _at(self, word: str) -> list[str]:
        """Return the module whose file is at the path *word*, or all below that directory."""
        place = os.path.join(self._cwd, word)
        paths = [relative(os.path.normpath(place), self._root), word.replace("\\", "/").removeprefix("./")]
        paths += [relative(os.path.realpath(place), os.path.realpath(self._root))]
        for path in (path.rstrip("/") for path in paths if path):
            found = [name for name in self._graph.names if self._is_at(name, path)]
            if found:
                return found
        if os.path.lexists(place):
            raise ArchlintError(
                f"{shown(word)} is no Python file of this project that archlint sees; "
                "impact follows imports, and does not know who reads other files"
            )
        raise ArchlintError(self._no_file(word))

    def _is_at(self, name: str, path: str) -> bool:
        module = self._graph.modules[name]
        files = [file for file in (module.path, module.stub) if file is not None]
        return any(file == path or file.startswith(path + "/") for file in files)

    def _no_file(self, word: str) -> str:
        known = [module.path for module in self._graph.modules.values() if module.path is not None]
        same = [path for path in known if path.endswith(f"/{word}")]
        near = (
            f"; did you mean `{min(same, key=lambda path: (len(path), path))}`?"
            if same
            else hint(word, known)
        )
        return f"there is no file {shown(word)} in this project{near}"

    def _nowhere(self, word: str) -> str:
        near = hint(word, [name for name in known_names(self._graph) if not is_beside(name)])
        return f"there is no module `{shown(word)}` in this project{near}"


def _is_path(word: str) -> bool:
    return "/" in word or "\\" in word or word.endswith((".py", ".pyi"))
