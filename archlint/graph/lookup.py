"""Finding the module that a person means, and saying which one was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.graph.expressions import prefixes, reaches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import

ENOUGH_NAMES = 20_000


def find_module(graph: ModuleGraph, word: str) -> str:
    """Return the module that *word*, a dotted name or the path of its file, stands for.

    Raises ArchlintError, with the nearest name, where there is none.
    """
    found = known_module(graph, word)
    if found is None:
        raise ArchlintError(no_module(graph, word))
    return found


def known_module(graph: ModuleGraph, word: str) -> str | None:
    """Return the module that *word* stands for, or None."""
    if word in graph.index:
        return word
    if "/" not in word and "\\" not in word and not word.endswith((".py", ".pyi")):
        return None
    path = word.replace("\\", "/").removeprefix("./").rstrip("/")
    homes = (path, path + "/__init__.py")
    return next(
        (name for name in graph.names if {graph.modules[name].path, graph.modules[name].stub} & {*homes}),
        None,
    )


def no_module(graph: ModuleGraph, word: str) -> str:
    """Return the one line for a *word* that is no module."""
    return f"there is no module `{word}` in this project{hint(word, graph.names)}"


def hint(word: str, names: Iterable[str]) -> str:
    """Return ``; did you mean `…`?`` with the nearest of *names*, or nothing.

    A name that ends in *word* (``views`` for ``shop.web.views``) comes before one that is spelt alike.
    """
    from difflib import get_close_matches  # noqa: PLC0415 (only once something is wrong)

    known = list(names)
    inner = [name for name in known if name.endswith("." + word)]
    if inner:
        return f"; did you mean `{min(inner, key=lambda name: (name.count('.'), name))}`?"
    alike = [name for name in known if abs(len(name) - len(word)) < 4][:ENOUGH_NAMES]
    near = get_close_matches(word, alike, 1, 0.7)
    return f"; did you mean `{near[0]}`?" if near else ""


def known_names(graph: ModuleGraph) -> list[str]:
    """Return every module and every external package that is imported."""
    return [*graph.names, *graph.external_names]


def nearest_package(graph: ModuleGraph, name: str) -> str | None:
    """Return the innermost module above *name* that exists, or None."""
    return next((above for above in reversed(prefixes(name)[:-1]) if above in graph.index), None)


def external_imports(graph: ModuleGraph, name: str) -> list[Import]:
    """Return the imports of the external package *name* or of anything below it (``django.db``)."""
    return [row for row in graph.externals if reaches(row, name)]
