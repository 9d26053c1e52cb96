"""Which of a project's directories and modules are its root packages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archlint.repository.conventions import Rank
from archlint.repository.declared import declared_layout
from archlint.repository.evidence import Evidence, importable_names
from archlint.repository.naming import named_roots
from archlint.repository.paths import lies_in
from archlint.repository.placing import declared_candidates
from archlint.repository.projects import projects_in
from archlint.repository.survey import Candidate, Survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.repository.projects import Project
    from archlint.repository.roots import Root
    from archlint.repository.walk import Tree


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen roots, the directories where other projects begin, and the files that had a say.

    ``scripts`` are directories of scripts that no other directory imports from. ``tests`` are the paths of
    those that were not chosen, ``shipped`` tells of each project whether a distribution is built from it, and
    ``is_asked`` that the user named the roots.
    """

    roots: tuple[Root, ...]
    borders: frozenset[str]
    influences: tuple[str, ...]
    scripts: frozenset[str] = frozenset()
    tests: frozenset[str] = frozenset()
    shipped: Mapping[str, bool] = field(default_factory=dict)
    is_asked: bool = False


@dataclass(slots=True)
class _View:
    """One project with all that could be a root in it."""

    project: Project
    evidence: Evidence
    sources: tuple[str, ...]
    candidates: list[Candidate] = field(default_factory=list)
    scripts: tuple[str, ...] = ()
    is_shipped: bool = False

    def ranked(self, rank: Rank) -> list[Candidate]:
        return [each for each in self.candidates if each.rank is rank]


def choose(tree: Tree, *, names: tuple[str, ...] = (), include_tests: bool = False) -> Choice:
    """Choose the root packages in *tree*: those called *names*, else those that are the system itself.

    What is declared goes before what the tree suggests. Raises ``ArchlintError`` for an unknown name.
    """
    projects = projects_in(tree)
    views = [_view(tree, project) for project in projects]
    roots = _by_name(tree, views, names) if names else _by_rank(tree, views, include_tests=include_tests)
    borders = frozenset(project.path for project in projects if project.path)
    scripts = frozenset(directory for view in views for directory in view.scripts)
    return Choice(
        roots=tuple(roots),
        borders=borders,
        influences=_influences(views),
        scripts=scripts,
        tests=_tests(views) - {root.path for root in roots},
        shipped={view.project.path: view.is_shipped for view in views},
        is_asked=bool(names),
    )


def _tests(views: list[_View]) -> frozenset[str]:
    return frozenset(each.root.path for view in views for each in view.ranked(Rank.TESTS))


def _influences(views: list[_View]) -> tuple[str, ...]:
    """Return the files whose content had a say: manifests, and those whose imports were looked at."""
    read = {path for view in views for path in view.evidence.by_file}
    return tuple(sorted(read.union(*(view.project.manifest.files for view in views))))


def _by_name(tree: Tree, views: list[_View], names: tuple[str, ...]) -> list[Root]:
    candidates = [each for view in views for each in view.candidates]
    sources = [source for view in views for source in view.sources]
    return named_roots(tree, names, candidates, sources)


def _view(tree: Tree, project: Project) -> _View:
    evidence = Evidence(tree, tuple(project.folders(tree)))
    declared = declared_candidates(tree, project, declared_layout(project.manifest))
    settled = any(each.rank is Rank.REAL for each in declared)
    survey = Survey(tree, project, evidence, project.is_shipped(tree))
    survey.look(project.path, Rank.SPARE if settled else Rank.REAL)
    taken = [each.root.path for each in declared]
    rest = [each for each in survey.found if not any(_overlap(each.root.path, path) for path in taken)]
    candidates = [Candidate(each.root, max(each.rank, project.rank)) for each in (*declared, *rest)]
    scripts = tuple(survey.scripts())
    return _View(project, evidence, tuple(survey.sources), candidates, scripts, survey.is_shipped)


def _overlap(one: str, other: str) -> bool:
    return lies_in(one, other) or lies_in(other, one)


def _by_rank(tree: Tree, views: list[_View], *, include_tests: bool) -> list[Root]:
    """Take the best rank that occurs, what it imports of the spare ones, and the tests if asked for."""
    best = min((each.rank for view in views for each in view.candidates), default=Rank.REAL)
    wanted = {best, Rank.TESTS} if include_tests else {best}
    roots: list[Root] = []
    for view in views:
        chosen = view.ranked(best)
        spare = view.ranked(Rank.SPARE) if best < Rank.SPARE else []
        adopted = _imported(tree, view.evidence, chosen, spare)
        roots += [each.root for each in view.candidates if each.rank in wanted or each in adopted]
    return roots


def _imported(
    tree: Tree, evidence: Evidence, chosen: list[Candidate], spare: list[Candidate]
) -> list[Candidate]:
    """Return those of *spare* that the chosen import, and those that these import in turn."""
    adopted: list[Candidate] = []
    fresh = chosen
    while fresh and spare:
        targets = evidence.imported_by([each.root.path for each in fresh])
        fresh = [each for each in spare if _is_target(tree, each.root, targets)]
        spare = [each for each in spare if each not in fresh]
        adopted += fresh
    return adopted


def _is_target(tree: Tree, root: Root, targets: frozenset[tuple[str, str]]) -> bool:
    """Tell whether *targets* name *root*: a directory is meant only where the part imported is in it."""
    top, _, rest = root.name.partition(".")
    if rest:
        return (top, rest.partition(".")[0]) in targets
    if root.is_module or tree.folders[root.path].is_package:
        return any(target == top for target, _ in targets)
    inside = importable_names(tree, root.path)
    return any(target == top and second in inside for target, second in targets)
