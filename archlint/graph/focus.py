"""The neighbourhood of some modules: who imports them and what they import, so many steps away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.graph.lookup import hint, known_module

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.modulegraph import ModuleGraph

Pair = tuple[str, str]


def in_focus(
    graph: ModuleGraph, pairs: Iterable[Pair], words: Iterable[str], depth: int
) -> tuple[set[str], set[Pair]]:
    """Return the nodes within *depth* imports of the modules *words*, and the imports on the way.

    A package stands for all below it; its own imports among each other are kept. An external package
    may be named too. Raises ArchlintError for a word that is neither.
    """
    pairs = list(pairs)
    centre = {name for word in words for name in _members(graph, pairs, word)}
    kept = {pair for pair in pairs if centre.issuperset(pair)}
    kept |= _walked(pairs, centre, depth, 0, 1) | _walked(pairs, centre, depth, 1, 0)
    return centre.union(*kept), kept


def _walked(pairs: Iterable[Pair], centre: set[str], depth: int, near: int, far: int) -> set[Pair]:
    """Return the pairs on ways of up to *depth* steps from the *centre*, from *near* to *far* ends."""
    links: dict[str, list[Pair]] = {}
    for pair in pairs:
        links.setdefault(pair[near], []).append(pair)
    walked: set[Pair] = set()
    frontier, seen = centre, set(centre)
    for _ in range(depth):
        found = [pair for name in frontier for pair in links.get(name, ())]
        walked.update(found)
        frontier = {pair[far] for pair in found} - seen
        seen |= frontier
    return walked


def _members(graph: ModuleGraph, pairs: Iterable[Pair], word: str) -> Iterable[str]:
    module = known_module(graph, word)
    if module is not None:
        return [graph.names[number] for number in graph.subtree(module)]
    outside = {imported for _, imported in pairs if imported not in graph.index}
    if word in outside:
        return [word]
    known = [*graph.names, *sorted(outside)]
    raise ArchlintError(f"--focus: there is no module or imported package `{word}`{hint(word, known)}")
