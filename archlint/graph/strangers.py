"""External names that nothing can match: misspelt ones, and those of distributions in place of packages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from archlint.context.import_names import by_distribution, by_import, normalised
from archlint.context.standard import STANDARD
from archlint.context.technologies import TECHNOLOGIES
from archlint.facts import BUILT_IN
from archlint.graph.expressions import is_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph

NEAR = 0.85


def strangers(graph: ModuleGraph, names: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *names*, packages or what lies in them, that cannot be meant as it stands.

    A package that nothing imports yet may well be named. Only what is nearly called like something of the
    standard library, or is the name of a distribution and not of a package, is taken for a mistake.
    """
    tops = {name.partition(".")[0] for name in graph.names}
    for name in dict.fromkeys(names):
        top, dot, rest = name.partition(".")
        if is_wildcard(top) or top in graph.external_names or top in tops or top in _known():
            continue
        meant = _meant(top, alone=not dot)
        if meant:
            yield f"nothing is called '{name}' (did you mean '{meant}{dot}{rest}'?)"


@cache
def _known() -> frozenset[str]:
    listed = (*by_import(), *(name for each in TECHNOLOGIES for name in each.names.split()))
    return frozenset({*STANDARD, *BUILT_IN, *(name.partition(".")[0] for name in listed)})


def _meant(top: str, *, alone: bool) -> str | None:
    """Return the name that *top* probably stands for; None where it may be right."""
    from difflib import get_close_matches  # noqa: PLC0415 (few names come as far as this)

    installs = by_distribution().get(normalised(top))
    if installs and alone:
        return installs[0]
    if top.lower() in _known():
        return top.lower()
    near = get_close_matches(top, [*STANDARD, *(BUILT_IN if alone else ())], 1, NEAR)
    return near[0] if near else None
