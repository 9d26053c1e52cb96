"""What git says of the past: which modules changed together, and how many people changed them."""

from __future__ import annotations

from msgspec import Struct


class Commit(Struct, frozen=True, array_like=True):
    """One commit, as far as modules of the project go.

    ``author`` is a number in ``History.authors``; ``files`` are numbers in ``History.paths``, each once, in
    ascending order.
    """

    author: int
    files: tuple[int, ...]


class History(Struct, frozen=True):
    """The commits of a window that ends at the commit ``head``, newest first.

    ``paths`` are the files of the project's modules as they are called now, sorted: whoever reads it need not
    care about renames. ``authors`` are names, shown to nobody who does not ask for them. ``since`` and
    ``until`` are the window's first and last day, of UTC, as ``YYYY-MM-DD``, and ``days`` its length.
    ``commits`` are those that touch a module; merges are none of them. ``set_aside`` counts those left out:
    made by a bot, or touching so many files that their being together says nothing.
    ``latest`` is true where the window holds more commits than are read, so that only the latest count, and
    ``exact`` where files that were changed while they were renamed could not be followed.

    ``named`` are pairs of a file and a module that a string in it names, of those that change together.

    ``missing`` says in a line why there is no history; all else is empty then.
    """

    head: str = ""
    since: str = ""
    until: str = ""
    days: int = 0
    paths: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    commits: tuple[Commit, ...] = ()
    set_aside: int = 0
    latest: bool = False
    exact: bool = False
    missing: str = ""
    named: frozenset[tuple[str, str]] = frozenset()
