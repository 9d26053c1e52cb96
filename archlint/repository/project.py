"""Which directory is the project that the given paths belong to."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from archlint.errors import ArchlintError
from archlint.repository.foreign import foreign_in
from archlint.repository.paths import relative, shown
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN_FILES = ("archlint.toml", ".archlint.toml")
LEDGER = "archlint-ledger.toml"
REPOSITORY_MARKS = (".git", ".hg")
_TABLE = re.compile(rb'^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*["\']?archlint["\']?[ \t]*[.\]]', re.MULTILINE)
_LARGEST_MANIFEST = 1 << 20


class Place(Struct, frozen=True):
    """Where a run takes place.

    ``root`` is the project's directory and ``config`` its configuration file (absolute; None without
    one); ``repository`` is the top of the repository around it. ``within`` are the given paths
    relative to the root, empty for everything. ``only`` names the package that alone is analysed,
    where a bare package directory was given. ``foreign`` are other tools' configuration files in the root,
    pairs of a tool and an absolute path, looked for only where there is none of archlint's own.
    """

    root: str
    config: str | None = None
    repository: str | None = None
    within: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()


def find_project(
    paths: Sequence[str], *, cwd: str, project: str | None = None, only_touching: bool = False
) -> Place:
    """Find the project of *paths* (relative to *cwd*), or the one that *project* fixes.

    Upward from the common directory of the paths, or from *cwd*: the first directory with a
    configuration, never past the repository's top; else the first with one of import-linter or tach; else
    that top; else the directory itself.
    Raises ``ArchlintError`` for a path that does not exist or lies outside the project.

    With *only_touching* the paths are those of a change: they say nothing about where the project is
    (that is *cwd* alone), and one that is gone or lies outside is no error.
    """
    if only_touching:
        place = _fixed(project, cwd) if project is not None else _upward(os.path.normpath(cwd))
        return _with_paths(place, _touched(paths, cwd, place))
    given = [_existing(path, cwd) for path in paths]
    place = _fixed(project, cwd) if project is not None else _upward(_common_directory(given, cwd))
    within = [_inside(path, place.root) for path in given]
    return place if "" in within else _with_paths(place, tuple(sorted(set(within))))


def ledger_path(root: str) -> str:
    """Return where the ledger of the project at *root* is, if there is one."""
    return os.path.join(root, LEDGER)


def _with_paths(place: Place, within: tuple[str, ...]) -> Place:
    return structs.replace(place, within=within)


def _touched(paths: Sequence[str], cwd: str, place: Place) -> tuple[str, ...]:
    """Return what a change of *paths* touches: all where the configuration itself was changed.

    Paths outside the project stay absolute, so that no path of the project lies in them.
    """
    changed = [os.path.normpath(os.path.join(cwd, path)) for path in paths]
    inside = {path: _relative(path, place.root) for path in changed}
    configured = {place.config, ledger_path(place.root), *(path for _, path in place.foreign)}
    if configured.intersection(changed) or "" in inside.values():
        return ()
    return tuple(sorted({path if within is None else within for path, within in inside.items()}))


def _relative(path: str, root: str) -> str | None:
    inside = relative(path, root)
    return relative(os.path.realpath(path), os.path.realpath(root)) if inside is None else inside


def _existing(path: str, cwd: str) -> str:
    absolute = os.path.normpath(os.path.join(cwd, path))
    if "\0" in path or not os.path.lexists(absolute):
        raise ArchlintError(f"{shown(path)}: no such file or directory; check the PATHS given")
    return absolute


def _fixed(project: str, cwd: str) -> Place:
    root = os.path.normpath(os.path.join(cwd, project))
    if not os.path.isdir(root):
        raise ArchlintError(f"--project {shown(project)}: no such directory")
    config = config_in(root)
    foreign = () if config else tuple(foreign_in(root).items())
    return Place(root, config, repository_of(root), foreign=foreign)


def _common_directory(paths: Sequence[str], cwd: str) -> str:
    if not paths:
        return os.path.normpath(cwd)
    try:
        return os.path.commonpath([path if os.path.isdir(path) else os.path.dirname(path) for path in paths])
    except ValueError:
        raise ArchlintError("the PATHS lie on different drives; give them in separate runs") from None


def _inside(path: str, root: str) -> str:
    inside = _relative(path, root)
    if inside is None:
        raise ArchlintError(
            f"{shown(path)} lies outside the project {shown(root)}; give paths inside it or another --project"
        )
    return inside


def _upward(start: str) -> Place:
    foreign: Place | None = None
    for directory in _ancestors(start):
        config = config_in(directory)
        if config is not None:
            return Place(directory, config, repository_of(directory))
        if foreign is None and (found := foreign_in(directory)):
            foreign = Place(directory, None, repository_of(directory), foreign=tuple(found.items()))
        if _is_repository(directory):
            return foreign or Place(directory, None, directory)
    return foreign or _bare(start)


def _bare(start: str) -> Place:
    """A directory with neither configuration nor repository: leave the package that it is part of."""
    directory = start
    package = ""
    while os.path.isfile(os.path.join(directory, "__init__.py")) and os.path.dirname(directory) != directory:
        directory, package = os.path.split(directory)
    return Place(directory, only=(package,) if package else ())


def repository_of(directory: str) -> str | None:
    """Return the top of the repository that *directory* lies in, None outside of any."""
    return next((above for above in _ancestors(directory) if _is_repository(above)), None)


def config_in(directory: str) -> str | None:
    """Return the configuration file of *directory*: archlint's own, or a pyproject.toml that has its table.

    A search for the bytes decides; whoever loads the file parses it and says what is wrong with it.
    """
    for name in OWN_FILES:
        path = os.path.join(directory, name)
        if os.path.isfile(path):
            return path
    path = os.path.join(directory, "pyproject.toml")
    if not os.path.isfile(path):
        return None
    try:
        return path if has_own_table(read(path, _LARGEST_MANIFEST)) else None
    except Unreadable:
        return None


def has_own_table(manifest: bytes) -> bool:
    """Tell whether the bytes of a pyproject.toml hold a table of archlint's."""
    return b"archlint" in manifest and _TABLE.search(manifest) is not None


def _is_repository(directory: str) -> bool:
    return any(os.path.lexists(os.path.join(directory, mark)) for mark in REPOSITORY_MARKS)


def _ancestors(directory: str) -> Iterator[str]:
    while True:
        yield directory
        above = os.path.dirname(directory)
        if above == directory:
            return
        directory = above
