"""The Python files that no root takes in: where they are, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from archlint.repository.conventions import Rank, folder_rank, module_rank
from archlint.repository.filenames import file_kind, module_stem
from archlint.repository.layout import Left
from archlint.repository.paths import join, parent, shown
from archlint.repository.testing import is_test_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.repository.choice import Choice
    from archlint.repository.modules import Modules
    from archlint.repository.walk import Tree

Reason = Literal["tests", "aside", "apart"]
_MOST = 5
_NOTEBOOK = ".ipynb"


def left_over(tree: Tree, chosen: Choice, modules: Modules) -> tuple[Left, ...]:
    """Return the topmost directories, or the files, from which nothing is analysed, with the reason.

    What has a note of its own, because of its name, is not among them.
    """
    analysed = _analysed(modules)
    told = {*modules.shadowed, *modules.unnameable, *(root.path for root, _ in modules.doubled)}
    rest = [path for path in _sources(tree) if path not in analysed and told.isdisjoint(_and_above(path))]
    if not rest:
        return ()
    alive = {above for path in analysed for above in _and_above(parent(path))}
    why = _Reasons(chosen)
    counted = Counter((_place(path, alive), why.of(path)) for path in rest)
    return tuple(Left(place, number, reason) for (place, reason), number in sorted(counted.items()))


def _analysed(modules: Modules) -> set[str]:
    return {path for module in modules.by_name.values() for path in (module.path, module.stub) if path}


def notebooks_in(tree: Tree) -> int:
    """Return how many notebooks the project has."""
    return sum(name.endswith(_NOTEBOOK) for folder in tree.folders.values() for name in folder.files)


def left_note(left: Iterable[Left]) -> Iterator[str]:
    """Yield a line on the files that are left out although nothing says that they are helpers."""
    apart = [each for each in left if each.reason == "apart"]
    number = sum(each.files for each in apart)
    if apart:
        files = "1 Python file" if number == 1 else f"{number:,} Python files"
        yield (
            f"{files} that no analysed one imports left out: {listed(apart)}; "
            "`roots` or `source-roots` takes them in"
        )


def listed(left: list[Left]) -> str:
    """Return the places of *left* for people, those with the most files first."""
    ranked = sorted(left, key=lambda each: (-each.files, each.path))
    words = [shown(each.path) + (f" ({each.files:,})" if each.files > 1 else "") for each in ranked[:_MOST]]
    more = sum(each.files for each in ranked[_MOST:])
    return ", ".join(words) + (f" and {more:,} more" if more else "")


class _Reasons:
    def __init__(self, chosen: Choice) -> None:
        self._chosen = chosen

    def of(self, path: str) -> Reason:
        """Return why the file at *path* is left out."""
        *folders, name = path.split("/")
        above = tuple(_and_above(path))
        ranks = {*map(folder_rank, folders), module_rank(module_stem(name) or "")}
        if is_test_file(name) or Rank.TESTS in ranks or not self._chosen.tests.isdisjoint(above):
            return "tests"
        if self._chosen.is_asked or Rank.ASIDE in ranks:
            return "aside"
        shipped = self._chosen.shipped
        return "aside" if next((shipped[each] for each in above if each in shipped), False) else "apart"


def _sources(tree: Tree) -> Iterator[str]:
    for folder in tree.folders.values():
        yield from (join(folder.path, name) for name in folder.files if file_kind(name) == "source")


def _place(path: str, alive: set[str]) -> str:
    """Return the topmost of *path* and the directories around it that holds nothing analysed."""
    place = path
    for above in _and_above(parent(path)):
        if above in alive or not above:
            break
        place = above
    return place


def _and_above(path: str) -> Iterator[str]:
    """Yield *path* and the directories around it, the innermost first."""
    while path:
        yield path
        path = parent(path)
    yield ""
