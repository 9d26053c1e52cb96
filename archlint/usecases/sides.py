"""The two states of a project that are compared: each found, configured and judged."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archlint.errors import ArchlintError, NothingToAnalyse
from archlint.graph.modulegraph import ModuleGraph
from archlint.pipeline.analysis import Analysis, Summary
from archlint.pipeline.difference.weakening import Gate
from archlint.pipeline.judge import chosen_codes
from archlint.repository.copies import Copy, room_for_copies
from archlint.repository.history import Past
from archlint.repository.paths import shown
from archlint.repository.project import find_project
from archlint.rule import Project
from archlint.usecases.adopt import run_all, set_ups
from archlint.usecases.known import everywhere, ledger_of
from archlint.usecases.setup import given_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.config.settings import Configuration
    from archlint.model import LedgerEntry
    from archlint.repository.history import Revision
    from archlint.repository.project import Place
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

WORKING_TREE = "the working tree"


@dataclass(frozen=True)
class Side:
    """One state: what it is called, the request that reads it, and how it says to be judged."""

    name: str
    request: Request
    setups: tuple[Setup, ...]
    entries: tuple[LedgerEntry, ...]

    def set_up_as(self, other: Side) -> list[Setup]:
        """Return what it takes to read this state as *other* is configured."""
        own = self.setups[0]
        return [
            replace(own, configuration=_fitting(setup, own), files=setup.files, place=everywhere(own.place))
            for setup in other.setups
        ]

    def judged_as(self, other: Side, *, complete: bool = False) -> Analysis:
        """Analyse this state with the configuration of *other*. Raises ArchlintError where that cannot be."""
        setups = self.set_up_as(other)
        try:
            return run_all(self.request, setups, complete=complete)
        except NothingToAnalyse:
            return _nothing(setups[0])
        except ArchlintError as error:
            if other is self:
                raise
            raise ArchlintError(
                f"{self.name} cannot be judged with the configuration of {other.name}: {error}; "
                "--diff-config head judges with the newer one"
            ) from None

    def gate(self, analysis: Analysis) -> Gate:
        """Return what decides here; *analysis* is of this state."""
        return Gate(
            tuple(setup.configuration for setup in self.setups),
            frozenset().union(*(chosen_codes(each.configuration, each.known) for each in self.setups)),
            self.entries,
            analysis.project,
        )


@dataclass(frozen=True)
class Sides:
    """The earlier and the later state. ``revisions`` are what was named, with the commits that those were."""

    base: Side
    head: Side
    place: Place
    revisions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


@contextmanager
def opened(request: Request, words: str) -> Iterator[Sides]:
    """Open the states that *words* name: ``BASE``, ``BASE..HEAD`` or ``BASE...HEAD``.

    A lone BASE is compared with the working tree; it, and one with three dots, stands for the commit where
    the two parted. Copies of earlier trees last as long as the context. Raises ArchlintError.
    """
    place = find_project(
        request.paths, cwd=request.cwd, project=request.project, only_touching=request.only_touching
    )
    past = Past(place.root, place.repository)
    first, dots, second = _taken_apart(words)
    notes: list[str] = []
    base, head = past.revision(first), past.revision(second)
    found = base if dots == ".." else parted(past, base, head, notes)
    with room_for_copies() as room:
        yield Sides(
            base=_earlier(request, place, past, found, os.path.join(room, "base")),
            head=_earlier(request, place, past, head, os.path.join(room, "head")) if dots else _now(request),
            place=place,
            revisions=((first, base.commit), (second, head.commit)),
            notes=tuple(notes),
        )


def _taken_apart(words: str) -> tuple[str, str, str]:
    """Split at the dots; no name of a commit holds two of them. Raises ArchlintError without a base."""
    dots = "..." if "..." in words else ".."
    first, found, second = words.partition(dots)
    if not first.strip():
        # A variable of the CI that is not set would compare HEAD with itself, and pass.
        raise ArchlintError("BASE is empty; name the commit to compare with, such as `main`")
    return first, found, second or "HEAD"


def parted(past: Past, base: Revision, head: Revision, notes: list[str]) -> Revision:
    """Return where two commits parted; *base* itself, with a note on why, where that is not known."""
    common = past.common(base, head)
    if common is None:
        why = "this shallow clone ends before it" if past.is_shallow() else "the two share no history"
        notes.append(
            f"where {shown(base.name)} and {shown(head.name)} parted is not known ({why}); "
            f"compared with {shown(base.name)} itself"
        )
    return common or base


def _now(request: Request) -> Side:
    setups = tuple(set_ups(request))
    return Side(WORKING_TREE, request, setups, _entries(setups[0]))


def _earlier(request: Request, place: Place, past: Past, revision: Revision, room: str) -> Side:
    """Return the state of *revision*, whose files are copied below *room* as far as they are needed."""
    # The name of the directory may be that of a package.
    directory = os.path.join(room, os.path.basename(place.root) or "project")
    os.makedirs(directory)
    copy = Copy(past, revision.tree, directory, revision.commit)
    copy.configure()
    there = replace(
        request, paths=(), project=directory, only_touching=False, cache_dir=_cache_home(request, place)
    )
    if find_project((), cwd=request.cwd, project=directory).foreign and not given_files(request):
        copy.complete()  # Other tools' configurations speak of directories.
    try:
        setups = tuple(replace(setup, copy=copy) for setup in set_ups(there))
        return Side(revision.short, there, setups, _entries(setups[0]))
    except ArchlintError as error:
        raise ArchlintError(
            "\n".join(f"in {revision.short}: {line}" for line in str(error).split("\n"))
        ) from None


def _cache_home(request: Request, place: Place) -> str | None:
    """Return the cache of the project itself: a copy shares it."""
    from archlint.repository.cachehome import cache_home  # noqa: PLC0415

    if request.cache_dir or request.environ.get("ARCHLINT_CACHE_DIR"):
        return request.cache_dir
    return cache_home(place.root)


def _entries(setup: Setup) -> tuple[LedgerEntry, ...]:
    ledger = ledger_of(setup.place, setup.known)
    return ledger.entries if ledger is not None else ()


def _fitting(setup: Setup, own: Setup) -> Configuration:
    """Return the configuration of *setup* as it serves *own*: a copy holds nothing that git ignores."""
    configuration = setup.configuration
    if own.copy is None:
        return configuration
    return replace(configuration, settings=replace(configuration.settings, respect_gitignore=False))


def _nothing(setup: Setup) -> Analysis:
    """Return the analysis of a state in which there was no module yet."""
    project = Project({}, ModuleGraph({}, ()))
    codes = chosen_codes(setup.configuration, setup.known)
    return Analysis(project, setup.configuration, Summary(0, 0, 0, 0), ran=codes)
