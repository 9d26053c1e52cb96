"""What ``archlint impact`` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from msgspec import structs

from archlint.contracts.naming import inside
from archlint.pipeline.impact.build import impact_of
from archlint.pipeline.impact.changed import gone_files, sorted_out
from archlint.pipeline.impact.scene import Scene
from archlint.pipeline.impact.values import Since
from archlint.pipeline.impact.words import Words
from archlint.reporters.text import count
from archlint.repository.paths import shown
from archlint.repository.pytest_settings import pytest_collection
from archlint.usecases.analyse import ENOUGH, gather, open_cache
from archlint.usecases.setup import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.pipeline.collect import Collected
    from archlint.pipeline.impact.values import Impact
    from archlint.repository.changes import Changes
    from archlint.rule import Project
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

MOST = 3


@dataclass(frozen=True)
class Question:
    """What is asked: the impact of *modules*, or of the changes since a commit, by which imports.

    Without ``history`` it is not told what usually changes along.
    """

    modules: tuple[str, ...]
    since: str | None
    kinds: tuple[str, ...]
    imports_only: bool = False
    history: bool = True


@dataclass(frozen=True)
class Told:
    """The answer, the project's directory, and notes for stderr."""

    impact: Impact
    root: str
    notes: tuple[str, ...]


def impact(request: Request, question: Question) -> Told:
    """Find what a change of the modules, or since the commit, that *question* names can reach.

    Raises ArchlintError for what the user can mend.
    """
    setup = replace(set_up(request), beside=True)
    setup = replace(setup, cache=partial(open_cache, request, setup))
    notes: list[str] = []
    since, changes = _compared(setup, question.since, notes)
    gathered = gather(request, setup, measure_from=ENOUGH)
    found = _found(request, setup, gathered, question, changes)
    if question.history:
        found = _with_partners(setup, gathered.project, found, notes)
    return Told(
        structs.replace(found, since=since),
        setup.place.root,
        (*setup.configuration.notes, *gathered.layout.notes, *notes, *_unread(gathered.project)),
    )


def _unread(project: Project) -> Iterator[str]:
    """Yield a line about files that could not be read or parsed, whose imports are not known.

    They are those that the report counts as not analysed, and further ones outside the roots.
    """
    failed = list(_failed(project))
    paths = sorted((*(path for _, path in failed), *(path for path, _ in project.failures)))
    if not paths:
        return
    outside = sum(not any(inside(name, root) for root in project.roots) for name, _ in failed)
    first = ", ".join(map(shown, paths[:MOST])) + (", ..." if len(paths) > MOST else "")
    number = count(len(paths), "file")
    apart = f"; {outside:,} outside the roots, where only `impact` looks" if outside else ""
    yield f"imports are not known of {number} that could not be read or parsed: {first}{apart}"


def _failed(project: Project) -> Iterator[tuple[str, str]]:
    """Yield each module with a file that was not analysed, and the file."""
    for facts, side in ((project.facts, "path"), (project.stub_facts, "stub")):
        for name, said in facts.items():
            if said.failure is not None:
                yield name, getattr(project.modules[name], side)


def _compared(setup: Setup, reference: str | None, notes: list[str]) -> tuple[Since | None, Changes | None]:
    """Return the commit where the working tree left *reference*, and what differs from it."""
    if reference is None:
        return None, None
    from archlint.repository.changes import changes_since  # noqa: PLC0415 (only where git is asked)
    from archlint.repository.history import Past  # noqa: PLC0415
    from archlint.usecases.sides import parted  # noqa: PLC0415

    place = setup.place
    past = Past(place.root, place.repository)
    base = parted(past, past.revision(reference), past.revision("HEAD"), notes)
    changes = changes_since(place.root, place.repository or place.root, base.commit)
    return Since(base.name, base.commit, changes.outside), changes


def _found(
    request: Request, setup: Setup, gathered: Collected, question: Question, changes: Changes | None
) -> Impact:
    words = Words(gathered.project.graph, setup.place.root, request.cwd)
    named = {name for word in question.modules for name in words.meant(word)}
    files = changes.files if changes is not None else ()
    scene = Scene(
        gathered.project,
        gathered.layout,
        pytest_collection(setup.place.root),
        gone=gone_files(files, setup.configuration.settings.exclude),
        packages=sorted(named - gathered.project.modules.keys()),
    )
    changed = sorted_out(scene, files, question.kinds)
    found = impact_of(
        scene,
        {**dict.fromkeys(named, "named"), **changed.modules},
        setup.configuration,
        kinds=question.kinds,
        imports_only=question.imports_only,
    )
    return structs.replace(found, unfollowed=changed.unfollowed)


def _with_partners(setup: Setup, project: Project, found: Impact, notes: list[str]) -> Impact:
    """Return *found* with the files that usually change along and did not; without a repository, as it is."""
    if setup.place.repository is None:
        return found
    from archlint.context.changes import partners  # noqa: PLC0415 (only where history is told)
    from archlint.usecases.context import in_context  # noqa: PLC0415

    paths = {one.path for one in found.changed if one.path is not None}
    history = in_context(setup, project, {"history"}).project.history if paths else None
    if history is not None and history.missing:
        notes.append(f"what usually changes along is not known: {history.missing}")
    if history is None or history.missing:
        return found
    return structs.replace(found, partners=partners(history, paths))
