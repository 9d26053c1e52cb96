"""What ``archlint check`` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archlint.pipeline.filters import narrowed
from archlint.reporters.aids import Aids, By
from archlint.reporters.formats import render
from archlint.repository.project import ledger_path
from archlint.repository.snapshot import now, steady_digest
from archlint.usecases.adopt import run_all, set_ups
from archlint.usecases.analyse import open_cache
from archlint.usecases.excerpts import InRepository, Sources
from archlint.usecases.known import TODAY, everywhere, with_ledger
from archlint.usecases.replay import Replay, Seen, store
from archlint.usecases.setup import config_files, tree_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.analysis import Analysis
    from archlint.usecases.diff import Judge
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup


SHOWS_WAYS_OUT = frozenset({"full", "json"})
# Those that say more of a finding than fits a line: the others cost neither the time nor the file.
ROUTED = frozenset({"full", "json", "jsonl", "sarif", "gitlab", "junit"})


@dataclass(frozen=True)
class Shown:
    """How findings are shown: in colour, counted only, grouped or counted ``by`` file or owner.

    ``known`` asks for those that the ledger knows, too, and ``owner`` for only what concerns that one.
    """

    colour: bool = False
    statistics: bool = False
    known: bool = False
    by: By = "file"
    owner: str | None = None

    def is_routed(self, formats: Sequence[str]) -> bool:
        """Tell whether *formats* and this say whose the findings are, or how long they take."""
        asked = self.statistics or self.by == "owner" or self.owner is not None
        return asked or not ROUTED.isdisjoint(formats)


@dataclass(frozen=True)
class Checked:
    """The analysis and its reports, in the order of the formats asked for."""

    analysis: Analysis
    reports: tuple[str, ...]
    request: Request
    setup: Setup
    started: int = 0
    seen: Seen | None = None

    def remember(
        self,
        arguments: Sequence[str],
        outputs: tuple[tuple[str | None, str], ...],
        notes: tuple[str, ...],
        code: int,
    ) -> None:
        """Leave a record of what was printed, where the next run could recognise that nothing changed."""
        cache = open_cache(self.request, self.setup)
        if cache is None or self.seen is None or self._uses_plugins():
            return
        looked = self.analysis.looked_at
        files = (*config_files(self.request, self.setup), ledger_path(self.setup.place.root), *looked.files)
        delta = self.analysis.delta
        replay = Replay(
            paths=self.request.paths,
            project=self.request.project,
            place=self.setup.place,
            inputs={path: steady_digest("", path, self.started) for path in files},
            tree_key=self.seen.tree_key,
            tree=self.seen.tree,
            outputs=outputs,
            notes=notes,
            errors=self.analysis.errors,
            exit=int(code),
            only_touching=self.request.only_touching,
            good_until=delta.until if delta is not None and not self.request.environ.get(TODAY) else "",
            revisions=(*self.seen.revisions, *looked.revisions),
        )
        store(cache, arguments, self.request.cwd, self.request.environ, replay)
        cache.close()

    def _uses_plugins(self) -> bool:
        return bool(self.request.plugins or self.request.environ.get("ARCHLINT_ALLOW_PLUGINS"))


def check(
    request: Request,
    formats: Sequence[str],
    shown: Shown,
    *,
    against: str | None = None,
    judge: Judge = "base",
) -> Checked:
    """Analyse the project and print the findings in each of *formats*, as *shown* says.

    With *against*, a commit, only what was added since; *judge* says whose configuration decides then.
    """
    started = now()
    request = replace(request, ways_out=not shown.statistics and not SHOWS_WAYS_OUT.isdisjoint(formats))
    setups = set_ups(request)
    setup = setups[0]
    if against is None:
        analysis, seen = _whole(request, setups)
    else:
        from archlint.usecases.diff import added_by  # noqa: PLC0415 (only to compare)

        analysis, seen = added_by(request, against, config=judge)
    if setup.place.within and not request.only_touching:
        from archlint.usecases.asked import with_asked  # noqa: PLC0415 (only where paths were given)

        analysis = with_asked(setup, analysis)
    analysis = replace(analysis, show_known=shown.known)
    if shown.is_routed(formats):
        from archlint.usecases.routing import with_owners  # noqa: PLC0415 (most runs need neither)

        analysis = with_owners(setup, analysis, shown.owner, shown.by)
    if shown.statistics:
        from archlint.reporters.statistics import statistics as counted  # noqa: PLC0415 (few runs count)

        reports = tuple(counted(analysis, shown.by) for _ in formats)
    else:
        aids = _aids(setup, shown)
        reports = tuple(render(name, analysis, aids) for name in formats)
    return Checked(analysis, reports, request, setup, started, seen)


def _whole(request: Request, setups: Sequence[Setup]) -> tuple[Analysis, Seen | None]:
    """Analyse the whole project, set aside what the ledger knows, and keep what touches the paths."""
    setup = setups[0]
    everything = [replace(each, place=everywhere(each.place)) for each in setups]
    analysis = with_ledger(request, setup.known, setup.place, run_all(request, everything))
    snapshot = analysis.snapshot
    seen = Seen(tree_key(setup), snapshot.digest) if snapshot is not None else None
    return narrowed(analysis, setup.place.within), seen


def _aids(setup: Setup, shown: Shown) -> Aids:
    return Aids(
        sources=Sources(setup.place.root, setup.configuration.settings.max_file_size),
        located=InRepository(setup.place),
        known=setup.known,
        colour=shown.colour,
        by=shown.by,
    )
