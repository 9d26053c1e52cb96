"""What a search for the code hands back."""

from __future__ import annotations

from msgspec import Struct

from archlint.facts import Failure  # noqa: TC001 (msgspec reads the annotations)
from archlint.model import Module  # noqa: TC001 (msgspec reads the annotations)


class Left(Struct, frozen=True, array_like=True):
    """A file, or a directory of which nothing is analysed, with the number of Python files in it.

    ``reason``: they are ``tests``, stand ``aside`` (documentation, examples, helpers of a packaged project,
    or not among the roots asked for), or ``apart``: nothing that is analysed imports them.
    """

    path: str
    files: int
    reason: str


class Layout(Struct, frozen=True):
    """The modules of a project and what the answer rests on.

    All paths are relative to the project root with POSIX slashes; files outside it are absolute.
    ``modules`` are sorted by name. ``roots`` are dotted names, ``sources`` pairs of a root and the
    directory that holds it. ``meanings`` are triples for names that do not mean the same everywhere: in
    files below a directory, an absolute import of the name means the module (none, if that is empty).
    ``directories`` are all that were listed and ``ignore_files`` all whose
    content had a say: while neither changed, the layout stands. ``notes`` are lines for stderr,
    ``left`` is what no root takes in, ``notebooks`` the number of those, which are not read,
    ``failures`` the directories that could not be listed, as pairs of a path and ARC902.
    """

    modules: tuple[Module, ...]
    roots: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    meanings: tuple[tuple[str, str, str], ...] = ()
    directories: tuple[str, ...] = ()
    ignore_files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    notebooks: int = 0
    failures: tuple[tuple[str, Failure], ...] = ()
