"""What ``archlint check`` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archlint.reporters.aids import Aids
from archlint.reporters.formats import render
from archlint.reporters.statistics import statistics as counted
from archlint.repository.snapshot import now, steady_digest
from archlint.usecases.adopt import run_all, set_ups
from archlint.usecases.analyse import config_files, open_cache, tree_key
from archlint.usecases.excerpts import InRepository, Sources
from archlint.usecases.replay import Replay, store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.analysis import Analysis
    from archlint.usecases.analyse import Setup
    from archlint.usecases.request import Request


SHOWS_WAYS_OUT = frozenset({"full", "json"})


@dataclass(frozen=True)
class Checked:
    """The analysis and its reports, in the order of the formats asked for."""

    analysis: Analysis
    reports: tuple[str, ...]
    request: Request
    setup: Setup
    started: int = 0

    def remember(
        self,
        arguments: Sequence[str],
        outputs: tuple[tuple[str | None, str], ...],
        notes: tuple[str, ...],
        code: int,
    ) -> None:
        """Leave a record of what was printed, where the next run could recognise that nothing changed."""
        cache = open_cache(self.request, self.setup)
        if cache is None or self.analysis.snapshot is None or self._uses_plugins():
            return
        replay = Replay(
            paths=self.request.paths,
            project=self.request.project,
            place=self.setup.place,
            inputs={
                path: steady_digest("", path, self.started) for path in config_files(self.request, self.setup)
            },
            tree_key=tree_key(self.setup),
            tree=self.analysis.snapshot.digest,
            outputs=outputs,
            notes=notes,
            errors=self.analysis.errors,
            exit=int(code),
            only_touching=self.request.only_touching,
        )
        store(cache, arguments, self.request.cwd, self.request.environ, replay)
        cache.close()

    def _uses_plugins(self) -> bool:
        return bool(self.request.plugins or self.request.environ.get("ARCHLINT_ALLOW_PLUGINS"))


def check(
    request: Request, formats: Sequence[str], *, colour: bool = False, statistics: bool = False
) -> Checked:
    """Analyse the project and print the findings in each of *formats*."""
    started = now()
    request = replace(request, ways_out=not statistics and not SHOWS_WAYS_OUT.isdisjoint(formats))
    setups = set_ups(request)
    setup = setups[0]
    analysis = run_all(request, setups)
    if statistics:
        reports = tuple(counted(analysis) for _ in formats)
    else:
        aids = _aids(setup, colour=colour)
        reports = tuple(render(name, analysis, aids) for name in formats)
    return Checked(analysis, reports, request, setup, started)


def _aids(setup: Setup, *, colour: bool) -> Aids:
    return Aids(
        sources=Sources(setup.place.root, setup.configuration.settings.max_file_size),
        located=InRepository(setup.place),
        known=setup.known,
        colour=colour,
    )
