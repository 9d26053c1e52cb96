"""Holding what manifests declare against the tree: which of the claimed packages are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.repository.conventions import Rank, folder_rank
from archlint.repository.evidence import Evidence
from archlint.repository.globs import matches_name
from archlint.repository.paths import join, lies_in, parent
from archlint.repository.roots import Root
from archlint.repository.survey import Candidate, Survey, portions
from archlint.repository.testing import is_mostly_tests

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.repository.claims import Claim, Declared, Search
    from archlint.repository.projects import Project
    from archlint.repository.walk import Tree


def declared_candidates(tree: Tree, project: Project, declared: Declared) -> list[Candidate]:
    """Return what *declared* names and the tree holds; empty where nothing of it is there."""
    found = [root for claim in declared.claims for root in _placed(tree, project, claim)]
    found += [root for search in declared.searches for root in _searched(tree, project, search)]
    if not found:
        found = next((roots for each in declared.defaults if (roots := _placed(tree, project, each))), [])
    return [Candidate(root, rank) for root, rank in _ranked(tree, _topmost(found))]


def _placed(tree: Tree, project: Project, claim: Claim) -> list[Root]:
    path = join(project.path, claim.path) if claim.path else project.path
    name = claim.name
    top = _topmost_package(tree, name, path)
    if top is not None:
        return [top]
    if path in tree.folders:
        return portions(tree, path, name)
    above = tree.folders.get(parent(path))
    if above is None:
        return []
    file = path.rpartition("/")[2] + ".py"
    return [Root(name, f"{path}.py", is_module=True)] if file in above.files else []


def _topmost_package(tree: Tree, name: str, path: str) -> Root | None:
    """Climb from *path* as long as its directories spell *name*: the regular package nearest the top."""
    top = None
    while name:
        folder = tree.folders.get(path)
        if folder is not None and folder.is_package:
            top = Root(name, path)
        name, _, last = name.rpartition(".")
        if path.rpartition("/")[2] != last:
            break
        path = parent(path)
    return top


def _searched(tree: Tree, project: Project, search: Search) -> list[Root]:
    """Return what a search finds. Its patterns choose among packages; plain directories need to be named."""
    where = join(project.path, search.where).rstrip("/")
    folder = tree.folders.get(where)
    if folder is None or folder.is_package:
        return []
    survey = Survey(tree, project, Evidence(tree, ()), is_shipped=True)
    survey.look(where)
    return [each.root for each in survey.found if _is_wanted(each, search)]


def _is_wanted(candidate: Candidate, search: Search) -> bool:
    named = tuple(pattern for pattern in search.include if pattern.strip("*"))
    if candidate.root.is_module or not (named or candidate.rank is Rank.REAL):
        return False
    return _matches(candidate.root.name, named or ("*",), search.exclude)


def _matches(name: str, include: Iterable[str], exclude: Iterable[str]) -> bool:
    return _is_any(name, include) and not _is_any(name, exclude)


def _is_any(name: str, patterns: Iterable[str]) -> bool:
    return any(matches_name(name, pattern) for pattern in patterns)


def _topmost(roots: list[Root]) -> list[Root]:
    """Drop doubles, and roots that lie in another one."""
    once = sorted(set(roots), key=lambda root: (root.path, root.name))
    kept: list[Root] = []
    for root in once:
        if not any(lies_in(root.path, other.path) and other.path for other in kept):
            kept.append(root)
    return kept


def _ranked(tree: Tree, roots: list[Root]) -> Iterable[tuple[Root, Rank]]:
    for root in roots:
        top = root.name.partition(".")[0]
        is_test = folder_rank(top) is Rank.TESTS or (not root.is_module and is_mostly_tests(tree, root.path))
        rank = Rank.TESTS if is_test else Rank.REAL
        yield Root(root.name, root.path, root.is_module, is_test), rank
