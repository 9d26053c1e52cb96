"""Counting the lines that the window's commits added and deleted, for whatever asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.context.log import lines
from archlint.repository.git import GitError
from archlint.repository.gitlog import read_lines
from archlint.usecases.context import Found
from archlint.usecases.history import present
from archlint.usecases.logs import Absent, find_source, key_of, looked_at, read, recall, remember

if TYPE_CHECKING:
    from archlint.rule import Project
    from archlint.usecases.logs import Source
    from archlint.usecases.setup import Setup


def gather(setup: Setup, project: Project) -> Found:
    """Return the lines added to and deleted from each module's file, by path; None where nobody can tell."""
    try:
        source = find_source(setup)
        return Found(_counted(setup, project, source), looked_at(setup, source))
    except Absent as absent:
        return Found(looked_at=absent.looked_at)


def _counted(setup: Setup, project: Project, source: Source) -> dict[str, tuple[int, int]] | None:
    settings = setup.configuration.settings
    days, most, paths = settings.history_days, settings.history_max_files, sorted(present(project))
    key = key_of(source, "lines", days, most, paths)
    known = recall(setup, key, dict[str, tuple[int, int]])
    if known is not None:
        return known
    log = read(setup, source)
    try:
        found = lines(log, paths, read_lines(source.root, source.tip, log, days), most)
    except (GitError, ValueError):
        return None  # A clone without the contents: git cannot compare them.
    remember(setup, key, found)
    return found
