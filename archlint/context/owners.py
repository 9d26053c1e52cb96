"""Who owns which path: the entries of a CODEOWNERS file, and the search for those that hold for a path.

The search walks a path from the top, one component at a time, and remembers for every directory what the
patterns have come to there: a path costs what its own name costs, however many patterns there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

GLOBSTAR = "**"
Reach = Literal["itself", "below", "both"]
# The number of an entry, and how many segments of its pattern are behind it.
_At = tuple[int, int]


class Entry(Struct, frozen=True):
    """One line: a pattern in segments, and who owns what it matches.

    ``reach`` says whether the last segment stands for the path itself, for all below it, or for both. A
    segment with a wildcard is in the words of ``fnmatch``, and ``literal`` says which ones hold none.
    ``excludes`` takes what matches out of its section for good (GitLab's ``!``).
    """

    segments: tuple[str, ...]
    literal: tuple[bool, ...]
    owners: tuple[str, ...]
    line: int
    reach: Reach = "both"
    section: str = ""
    excludes: bool = False


class _Names(NamedTuple):
    """What the next component of a path may be, and where that leads: by name, and by pattern."""

    exact: dict[str, list[_At]]
    wild: list[tuple[Callable[[str], object], _At]]

    def after(self, name: str) -> Iterator[_At]:
        yield from self.exact.get(name, ())
        for matches, at in self.wild:
            if matches(name):
                yield at


class _State(NamedTuple):
    """What the patterns have come to in a directory: ``held`` are entries that own all that is below."""

    names: _Names
    roaming: tuple[_At, ...]
    held: frozenset[int]


@dataclass(frozen=True)
class Owners:
    """The owners that a CODEOWNERS file names.

    ``path`` is the file as people know it, from the top of the repository. ``below`` is the project's
    directory from there, empty where the project is the repository: paths are asked for from the project.
    """

    path: str
    entries: tuple[Entry, ...] = ()
    below: str = ""
    _states: dict[str, _State] = field(default_factory=dict, repr=False, compare=False)
    _anywhere: dict[str, tuple[_At, ...]] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, path: str) -> tuple[str, ...]:
        """Return the owners of *path*, relative to the project; none where nobody owns it.

        In each section the last entry that matches has the say, and all sections count.
        """
        if path not in self._known:
            whole = f"{self.below}/{path}" if self.below else path
            self._known[path] = self._owners(self._matching(whole))
        return self._known[path]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All owners that the file names, sorted."""
        return tuple(sorted({owner for entry in self.entries for owner in entry.owners}))

    def _owners(self, numbers: Iterable[int]) -> tuple[str, ...]:
        last: dict[str, int] = {}
        excluded: set[str] = set()
        for number in sorted(numbers):
            entry = self.entries[number]
            if entry.excludes:
                excluded.add(entry.section)
            else:
                last[entry.section] = number
        deciding = sorted(number for section, number in last.items() if section not in excluded)
        return tuple(dict.fromkeys(owner for number in deciding for owner in self.entries[number].owners))

    def _matching(self, path: str) -> set[int]:
        folder, _, name = path.rpartition("/")
        state = self._state(folder)
        found = set(state.held)
        for number, behind in self._step(state, name):
            entry = self.entries[number]
            if behind == len(entry.segments) and entry.reach != "below":
                found.add(number)
        return found

    def _state(self, folder: str) -> _State:
        """Return what the patterns have come to in *folder*; "" is the top of the repository."""
        waiting = []
        while folder and folder not in self._states:
            waiting.append(folder)
            folder = folder.rpartition("/")[0]
        state = self._states.get(folder) or self._top
        for each in reversed(waiting):
            name = each.rpartition("/")[2]
            state = self._states[each] = self._made(self._step(state, name), state.held)
        return state

    @cached_property
    def _top(self) -> _State:
        return self._made(((number, 0) for number in range(len(self.entries))), frozenset())

    def _made(self, reached: Iterable[_At], above: frozenset[int]) -> _State:
        names, held = _Names({}, []), set(above)
        roaming: dict[_At, None] = {}
        for at in dict.fromkeys(reached):
            number, behind = at
            entry = self.entries[number]
            if behind == len(entry.segments):
                if entry.reach != "itself":
                    held.add(number)
            elif entry.segments[behind] != GLOBSTAR:
                self._offer(names, at)
            elif behind:
                roaming[at] = None
                self._offer(names, (number, behind + 1))
        return _State(names, tuple(roaming), frozenset(held))

    def _offer(self, names: _Names, at: _At) -> None:
        """Enter where the segment after *at* leads."""
        number, behind = at
        entry = self.entries[number]
        segment, then = entry.segments[behind], (number, behind + 1)
        if entry.literal[behind]:
            names.exact.setdefault(segment, []).append(then)
        else:
            names.wild.append((_matcher(segment), then))

    def _step(self, state: _State, name: str) -> list[_At]:
        """Return where the component *name* leads from *state*."""
        return [*state.roaming, *self._from_anywhere(name), *state.names.after(name)]

    def _from_anywhere(self, name: str) -> tuple[_At, ...]:
        """Return where *name* leads in patterns that may begin at any directory: the same in all of them."""
        if name not in self._anywhere:
            self._anywhere[name] = tuple(self._beginning.after(name))
        return self._anywhere[name]

    @cached_property
    def _beginning(self) -> _Names:
        names = _Names({}, [])
        for number, entry in enumerate(self.entries):
            if entry.segments[0] == GLOBSTAR:
                self._offer(names, (number, 1))
        return names


def _matcher(segment: str) -> Callable[[str], object]:
    """Return a test of a name; ``translate`` makes expressions that never go back over what they matched."""
    return re.compile(translate(segment)).match


def apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two paths with these owners are in different hands: both owned, by nobody in common."""
    return bool(one and other) and set(one).isdisjoint(other)
