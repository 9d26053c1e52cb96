"""The sentences that the reports of ``archlint impact`` share; what analysed code says is not yet escaped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.reporters.text import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.context.changes import Partner
    from archlint.graph.effects import Hop
    from archlint.model import Step
    from archlint.pipeline.impact.values import Changed, Impact, Unfollowed

MOST_LEFT = 3
_WHY = {
    "not Python": "imports do not tell what depends on this",
    "left out": "archlint does not read this (excluded, ignored or hidden)",
    "type stub": "only type checkers read this; with --kinds type-checking it is followed",
}


def verdict(impact: Impact) -> str:
    """Return what is reached in one sentence."""
    subject = "This" if impact.since is not None else f"A change in {_named(impact)}"
    reached = len(impact.reached)
    if not reached:
        return f"{subject} reaches no other module of the project{_counting(impact)}."
    share = 100 * reached / impact.others
    text = f"{subject} can reach {reached:,} of {count(impact.others, 'other module')} ({share:.0f} %)"
    unplain = sum(one.through != "imports" for one in impact.reached)
    if unplain:
        some = "" if unplain == reached else f" {unplain:,} of them"
        text += f",{some} only through the __init__ of a package"
    return f"{text}{_counting(impact)}."


def _counting(impact: Impact) -> str:
    usual = ("eager", "conditional", "deferred", "lazy")
    kinds = "" if set(impact.kinds) == set(usual) else f"counting {', '.join(impact.kinds)} imports"
    alone = "by import statements alone" if impact.imports_only else ""
    said = ", ".join(filter(None, (kinds, alone)))
    return f" ({said})" if said else ""


def subject(impact: Impact) -> str:
    """Return what was changed since when, in one line; empty where modules were named."""
    if impact.since is None:
        return ""
    statuses = Counter(one.status for one in impact.changed)
    parts = [f"{number} {word}" for word in ("changed", "new", "gone") if (number := statuses[word])]
    what = f"{', '.join(parts)}" if parts else "no Python file changed"
    return f"Since {since(impact)}: {what}"


def _named(impact: Impact) -> str:
    """Return the outermost of the modules that were named."""
    names = [one.name for one in impact.changed]
    known = set(names)
    tops = [name for name in names if not any(name.startswith(f"{other}.") for other in known)]
    shown = ", ".join(tops[:MOST_LEFT]) + (
        f" and {len(tops) - MOST_LEFT:,} more" if len(tops) > MOST_LEFT else ""
    )
    return shown if len(names) == len(tops) else f"{shown} ({count(len(names), 'module')})"


def since(impact: Impact) -> str:
    """Return the commit that the working tree is compared with."""
    found = impact.since
    if found is None:
        return ""
    return found.name if found.commit.startswith(found.name) else f"{found.name} ({found.commit[:10]})"


def tests(impact: Impact) -> str:
    """Return how many tests exercise the change."""
    if not impact.test_files:
        return "No test file was found."
    number, whole = len(impact.tests), count(impact.test_files, "test file")
    through = sum(test.reached is not None and test.reached.through == "conftest" for test in impact.tests)
    more = f", {through:,} of them through a conftest.py alone" if through else ""
    return f"{number:,} of {whole} can be affected{more}."


def left(changed: Changed) -> str:
    """Return who still asks for a module that is gone."""
    if not changed.left:
        return ""
    steps = [_place(step) for step in changed.left[:MOST_LEFT]]
    more = len(changed.left) - MOST_LEFT
    return f"still imported by {', '.join(steps)}{f' and {more:,} more' if more > 0 else ''}"


def _place(step: Step) -> str:
    place = f"{step.path}:{step.line}"
    return place if step.importer == step.path else f"{step.importer} ({place})"


def layers_title(contract: str) -> str:
    """Return what stands above the layers of *contract*, whose name often says already that it has some."""
    return contract if "layer" in contract.lower() else f"Layers of {contract}"


def hop(one: Hop) -> tuple[str, str]:
    """Return a hop in words, and what is to be said about it."""
    place = f"{one.path}:{one.line}"
    about = {
        "import": place,
        "package": f"{place}; runs this package's __init__ first",
        "below": "lies in this package",
        "conftest": "pytest loads it first",
    }
    return f"{one.importer} -> {one.imported}", about[one.how]


def unfollowed(files: tuple[Unfollowed, ...]) -> Iterator[tuple[str, list[str]]]:
    """Yield each reason for which files are not followed, with their paths."""
    for why, text in _WHY.items():
        paths = [file.path for file in files if file.why == why]
        if paths:
            yield text, paths


def outside(impact: Impact) -> str:
    """Return a line about changes outside the project, empty where there are none."""
    number = impact.since.outside if impact.since is not None else 0
    return (
        f"{count(number, 'changed file')} outside the project {'is' if number == 1 else 'are'} not looked at."
        if number
        else ""
    )


def partners(impact: Impact) -> tuple[str, list[str]]:
    """Return a title, and a line for each file that usually changes along and is no part of the change."""
    title = "Usually changes along" if impact.since is None else "Did not change, and usually changes along"
    reached = reached_paths(impact)
    return title, [_partner(pair, known=pair.other in reached) for pair in impact.partners]


def reached_paths(impact: Impact) -> frozenset[str]:
    """Return the paths of all files that are reached."""
    files = (one.path for one in (*impact.reached, *impact.beside) if one.path is not None)
    return frozenset((*files, *(test.path for test in impact.tests)))


def _partner(pair: Partner, *, known: bool) -> str:
    often = f"{pair.together:,} of {pair.commits:,} commits"
    hidden = "" if known else "; no import leads from it to the change"
    return f"{pair.other}: in {often} that changed {pair.path}{hidden}"
