"""Reading the history of the project's modules, for whatever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.context.changes import coupled
from archlint.context.history import History
from archlint.context.log import history
from archlint.repository.local import mentioned
from archlint.usecases.context import Found
from archlint.usecases.logs import Absent, find_source, looked_at, read
from archlint.usecases.setup import needs

if TYPE_CHECKING:
    from archlint.rule import Project
    from archlint.usecases.setup import Setup

LATEST = "history: there are too many commits in the window; only the latest count"
EXACT = (
    "history: this clone holds only a part of the contents, so files changed while renamed are not followed"
)


def gather(setup: Setup, project: Project) -> Found:
    """Return the History of the project's modules.

    Where there is none its ``missing`` says why, and so does a note where a selected rule needs it.
    """
    settings = setup.configuration.settings
    try:
        source = find_source(setup)
        log = read(setup, source)
    except Absent as absent:
        return Found(History(missing=absent.reason), absent.looked_at, _noted(setup, [_sentence(absent)]))
    days, most = settings.history_days, settings.history_max_files
    found = history(log, present(project), source.tip.commit, days, most)
    found = replace(found, named=_named(setup, project, found))
    notes = [text for text, holds in ((LATEST, found.latest), (EXACT, found.exact)) if holds]
    return Found(found, looked_at(setup, source), _noted(setup, notes))


def _named(setup: Setup, project: Project, found: History) -> frozenset[tuple[str, str]]:
    """Return which files of those that change together name one another's module in a string.

    A name without a dot may be any word, and names no module.
    """
    names = {module.path: name for name, module in project.modules.items()}
    wanted: dict[str, set[str]] = {}
    for pair in coupled(found):
        wanted.setdefault(pair.path, set()).add(names[pair.other])
        wanted.setdefault(pair.other, set()).add(names[pair.path])
    root, largest = setup.place.root, setup.configuration.settings.max_file_size
    return frozenset(
        (path, name)
        for path, others in wanted.items()
        if (dotted := {one for one in others if "." in one})
        for name in mentioned(root, [path], dotted, largest)
    )


def present(project: Project) -> list[str]:
    """Return the files whose history counts: those of modules that are written here by hand."""
    facts = project.facts
    return [
        module.path
        for name, module in project.modules.items()
        if module.path is not None
        and module.path.endswith(".py")
        and not module.aside
        and not (name in facts and facts[name].generated)
    ]


def _sentence(absent: Absent) -> str:
    return f"history not measured: {absent.reason}" + (f" ({absent.detail})" if absent.detail else "")


def _noted(setup: Setup, notes: list[str]) -> tuple[str, ...]:
    """Return *notes* where a rule is meant to judge the history; a report says it in its own place."""
    return tuple(notes) if needs(setup, "history") else ()
