"""Root packages that the user picks by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.repository.conventions import Rank, folder_rank
from archlint.repository.paths import join, parent, shown
from archlint.repository.roots import Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.repository.survey import Candidate
    from archlint.repository.walk import Tree


def named_roots(
    tree: Tree, names: Iterable[str], candidates: Sequence[Candidate], sources: Sequence[str]
) -> list[Root]:
    """Return the roots called *names*: a candidate, a part of a namespace, or what lies in *sources*.

    Raises ``ArchlintError`` for a name that is nowhere, or that lies inside a regular package.
    """
    ordered = sorted(candidates, key=lambda each: (each.rank, each.root.path))
    roots: list[Root] = []
    for name in dict.fromkeys(names):
        found = _among(name, ordered) or _in_sources(tree, name, sources)
        if not found:
            raise ArchlintError(_unknown(tree, name, ordered))
        roots += found
    return list(dict.fromkeys(roots))


def _among(name: str, candidates: Sequence[Candidate]) -> list[Root]:
    """Return the candidates called *name*, and the parts of it that other distributions bring."""
    same = [each for each in candidates if each.root.name == name]
    below = [each for each in candidates if each.root.name.startswith(name + ".")]
    if same:
        below = [each for each in below if each.rank <= same[0].rank]
    return [each.root for each in (*same, *below)]


def _in_sources(tree: Tree, name: str, sources: Sequence[str]) -> list[Root]:
    """Look for *name* where packages are imported from, in namespaces and beside what was found."""
    for source in sources:
        root = _at(tree, name, source)
        if root is not None:
            return [root]
    return []


def _at(tree: Tree, name: str, source: str) -> Root | None:
    *above, last = name.split(".")
    directory = source
    is_test = folder_rank(name.partition(".")[0]) is Rank.TESTS
    for part in above:
        directory = join(directory, part)
        folder = tree.folders.get(directory)
        if folder is None or folder.is_package:
            return None
    path = join(directory, last)
    if tree.holds_code(path):
        return Root(name, path, is_test=is_test)
    folder = tree.folders.get(directory)
    if folder is not None and f"{last}.py" in folder.files:
        return Root(name, f"{path}.py", is_module=True, is_test=is_test)
    return None


def _unknown(tree: Tree, name: str, candidates: Sequence[Candidate]) -> str:
    around = next((each.root for each in candidates if name.startswith(each.root.name + ".")), None)
    if around is not None and _is_inside(tree, around.path + name[len(around.name) :].replace(".", "/")):
        return (
            f"roots: {shown(name)} lies inside the package {shown(around.name)}; "
            f"name {shown(around.name)}, and give PATHS to narrow what is shown"
        )
    from difflib import get_close_matches  # noqa: PLC0415

    known = sorted({each.root.name for each in candidates})
    close = get_close_matches(name, known, n=1)
    if close:
        return f"roots: there is no package {shown(name)} in the project; did you mean {shown(close[0])}?"
    listing = ", ".join(shown(each) for each in known[:8]) + (", …" if len(known) > 8 else "")
    return f"roots: there is no package {shown(name)} in the project; found: {listing or 'none'}"


def _is_inside(tree: Tree, path: str) -> bool:
    folder = tree.folders.get(parent(path))
    return tree.holds_code(path) or (folder is not None and f"{path.rpartition('/')[2]}.py" in folder.files)
