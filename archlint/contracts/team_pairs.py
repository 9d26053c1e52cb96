"""Teams as a contract sees them: who makes them up, which modules are theirs, and pairs of them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.context.owners import Owners
    from archlint.model import Step
    from archlint.rule import Project

ANY = "*"
ARROW = "->"
UNOWNED = "unowned"
Pair = tuple[str, str]
Sides = tuple[tuple[str, ...], tuple[str, ...]]


def pair_faults(option: str, written: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *written*, the value of *option*, that is no pair of teams."""
    for text in written:
        words = [word.strip() for word in text.split(ARROW)]
        if len(words) != 2 or not all(words):
            yield f'{option}: `{text}` must be two teams, such as "@shop/web {ARROW} @shop/platform"'


def pairs_of(written: Iterable[str]) -> tuple[Pair, ...]:
    """Return the pairs that *written*, which has no fault, names."""
    split = (text.partition(ARROW) for text in written)
    return tuple((here.strip(), there.strip()) for here, _, there in split)


class Roster:
    """The teams of a project: groups of owners, and every other owner alone."""

    def __init__(self, owners: Owners, groups: Mapping[str, Iterable[str]], *, unowned: bool) -> None:
        self._owners = owners
        self._groups: dict[str, list[str]] = {}
        for name, members in groups.items():
            for member in members:
                self._groups.setdefault(member.casefold(), []).append(name)
        self._names = tuple(groups)
        self._unowned = (UNOWNED,) if unowned else ()
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, project: Project, module: str) -> tuple[str, ...]:
        """Return the teams that *module* belongs to."""
        if module not in self._known:
            path = project.modules[module].path
            owners = self._owners.of(path) if path else ()
            teams = (team for owner in owners for team in self._groups.get(owner.casefold(), [owner]))
            self._known[module] = tuple(dict.fromkeys(teams)) or self._unowned
        return self._known[module]

    def sides(self, project: Project, step: Step) -> Sides:
        """Return the teams of the importer and of what it imports."""
        return self.of(project, step.importer), self.of(project, step.imported)

    def covers(self, pair: Pair, sides: Sides) -> bool:
        """Tell whether *pair* speaks of an import between these *sides*."""
        return all(
            word == ANY or word.casefold() in {team.casefold() for team in side}
            for word, side in zip(pair, sides, strict=True)
        )

    def strangers(self, option: str, words: Iterable[str]) -> Iterator[str]:
        """Yield a line for each of *words* that CODEOWNERS does not name as an owner."""
        yield from _unknown(option, words, self._owners.names, self._owners.path)

    def strange_teams(self, option: str, words: Iterable[str]) -> Iterator[str]:
        """Yield a line for each of *words* that is no team."""
        known = (*self._names, *self._owners.names, *self._unowned)
        yield from _unknown(option, words, known, self._owners.path)


def _unknown(option: str, words: Iterable[str], known: tuple[str, ...], path: str) -> Iterator[str]:
    folded = {name.casefold() for name in known}
    for word in dict.fromkeys(words):
        if word.casefold() not in folded:
            near = get_close_matches(word, known, 1)
            hint = f" (did you mean '{near[0]}'?)" if near else ""
            yield f"{option}: '{word}' is no owner in {path} and no team of this contract{hint}"
