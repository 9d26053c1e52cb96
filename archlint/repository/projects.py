"""The projects in a tree: the directory itself, and every directory below with a layout of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.repository.claims import tidy
from archlint.repository.conventions import COPY_FOLDERS, Rank, folder_rank
from archlint.repository.globs import excluder
from archlint.repository.manifests import MANIFESTS, Manifest, read_manifest
from archlint.repository.paths import join, lies_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archlint.repository.walk import Folder, Tree


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the tree; ``borders`` are the directories below where others begin.

    ``rank`` is the best that its packages can have, since it may lie in ``examples/``. What is spare by its
    name (``util/``) is not where it is a project; nor is anything in a workspace that lists it.
    """

    path: str
    manifest: Manifest
    rank: Rank
    borders: frozenset[str] = frozenset()

    def folders(self, tree: Tree, path: str | None = None) -> Iterator[Folder]:
        """Yield its own folders at and below *path* (all, if None), parents first."""
        pending = [self.path if path is None else path]
        while pending:
            folder = tree.folders.get(pending.pop())
            if folder is not None:
                yield folder
                below = (join(folder.path, name) for name in reversed(folder.folders))
                pending.extend(each for each in below if each not in self.borders)

    def is_shipped(self, tree: Tree) -> bool:
        """Tell whether a distribution is built from the project, or was unpacked there."""
        return is_unpacked(tree.folders[self.path]) or self.manifest.is_shipped


def is_unpacked(folder: Folder) -> bool:
    """Tell whether a distribution was unpacked or installed there: its metadata lies beside it."""
    return any(name.endswith((".dist-info", ".egg-info")) for name in folder.folders)


def projects_in(tree: Tree) -> tuple[Project, ...]:
    """Return the project at the root of *tree* and those below it, by path.

    Directories within packages or tests hold no projects, whatever manifests lie there.
    """
    found = []
    for folder, rank in _outside_packages(tree):
        manifest = read_manifest(tree, folder.path) if folder.files.intersection(MANIFESTS) else Manifest()
        if not folder.path or (manifest.is_project and tree.holds_code(folder.path)):
            found.append((folder.path, manifest, rank))
    found.sort(key=lambda each: each[0])
    paths = [path for path, _, _ in found]
    members = _members([(path, manifest) for path, manifest, _ in found])
    return tuple(
        Project(
            path, manifest, Rank.REAL if path in members else _as_project(path, rank), _borders(path, paths)
        )
        for path, manifest, rank in found
    )


def _members(found: list[tuple[str, Manifest]]) -> frozenset[str]:
    """Return the paths of the projects that a workspace among those *found* lists."""
    listed: set[str] = set()
    for top, manifest in found:
        members, excluded = (_matcher(patterns) for patterns in manifest.members)
        below = (path for path, _ in found if path != top and lies_in(path, top))
        inside = ((path, path[len(top) :].lstrip("/")) for path in below)
        listed.update(path for path, inner in inside if members(inner) and not excluded(inner))
    return frozenset(listed)


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    tidied = (tidy(pattern) for pattern in patterns)
    return excluder([pattern for pattern in tidied if pattern])


def _as_project(path: str, rank: Rank) -> Rank:
    """Return the rank of a project whose folders' names have *rank*: a helper's name proves nothing then."""
    is_copy = not COPY_FOLDERS.isdisjoint(path.split("/"))
    return rank if rank is not Rank.SPARE or is_copy else Rank.REAL


def _outside_packages(tree: Tree) -> Iterator[tuple[Folder, Rank]]:
    """Yield the folders that may be projects, with the worst rank of the names on the way there."""
    pending: list[tuple[str, Rank]] = [("", Rank.REAL)]
    while pending:
        path, rank = pending.pop()
        folder = tree.folders.get(path)
        if folder is None or (path and folder.is_package):
            continue
        yield folder, rank
        below = ((join(path, name), max(rank, folder_rank(name))) for name in folder.folders)
        pending.extend(each for each in below if each[1] is not Rank.TESTS)


def _borders(path: str, paths: list[str]) -> frozenset[str]:
    return frozenset(other for other in paths if other != path and lies_in(other, path))
