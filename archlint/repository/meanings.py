"""What an absolute import means where the same name is to be found in several places.

Python looks into the directory of the script first, and a service is run with its own directory on the path:
what lies nearest is meant. A folder of scripts that import each other is on nobody else's path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.repository.paths import lies_in, parent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.repository.modules import Modules
    from archlint.repository.roots import Root

# In files below a directory, a name means this module; none of the project's where that is empty.
Meaning = tuple[str, str, str]
_Named = list[tuple["Root", str]]


def meanings(modules: Modules, borders: Iterable[str], scripts: frozenset[str]) -> tuple[Meaning, ...]:
    """Return what names mean where, for those that do not mean the same everywhere.

    *borders* are the directories of projects, *scripts* those of scripts that no other directory sees.
    """
    places: dict[str, _Named] = {}
    for root, name in modules.named:
        places.setdefault(root.name, []).append((root, name))
    found: dict[tuple[str, str], str] = {}
    for original, named in places.items():
        if len(named) > 1 or _is_private(named[0][0], scripts):
            _add(found, original, named, tuple(borders), scripts)
    return tuple(sorted((directory, name, module) for (directory, name), module in found.items()))


def _add(
    found: dict[tuple[str, str], str],
    original: str,
    named: _Named,
    borders: tuple[str, ...],
    scripts: frozenset[str],
) -> None:
    """Note what *original* means at and around each of its places, and everywhere else."""
    for root, name in named:
        found[root.source, original] = name
    for root, name in named:
        around = [border for border in borders if lies_in(root.path, border)]
        if around:
            found.setdefault((max(around, key=len), original), name)
    public = (name for root, name in named if not _is_private(root, scripts))
    found.setdefault(("", original), next(public, ""))


def _is_private(root: Root, scripts: frozenset[str]) -> bool:
    return root.is_module and parent(root.path) in scripts
