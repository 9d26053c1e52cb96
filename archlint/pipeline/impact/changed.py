"""Sorting out what git says has changed: modules, and what no import leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.pipeline.filters import and_above
from archlint.pipeline.impact.values import Unfollowed
from archlint.repository.globs import excluder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.pipeline.impact.scene import Scene
    from archlint.pipeline.impact.values import Status
    from archlint.repository.changes import ChangedFile

_PYTHON = (".py", ".pyi")


class Sorted(Struct, frozen=True):
    """Changed modules by name, and the files that are not followed, by path."""

    modules: dict[str, Status]
    unfollowed: tuple[Unfollowed, ...] = ()


def gone_files(files: Iterable[ChangedFile], exclude: Sequence[str]) -> list[str]:
    """Return those of *files* that were modules once: deleted, and not in what *exclude* leaves out."""
    excluded = excluder(exclude)
    return [
        file.path
        for file in files
        if file.status == "gone"
        and file.path.endswith(".py")
        and not any(map(excluded, and_above(file.path)))
    ]


def sorted_out(scene: Scene, files: Iterable[ChangedFile], kinds: Sequence[str]) -> Sorted:
    """Return what changed among *files* as modules of *scene*, as far as they are any.

    A stub beside a module is one where imports for type checkers count among *kinds*.
    """
    stubs = {module.stub: name for name, module in scene.graph.modules.items() if module.stub is not None}
    known = {**(stubs if "type-checking" in kinds else {}), **scene.replaced, **scene.at}
    modules: dict[str, Status] = {}
    for file in sorted(files, key=lambda file: file.path not in scene.at):
        if file.path in known:
            # What is replaced by a package of the same name, or a stub, is no more than changed.
            modules.setdefault(known[file.path], file.status if file.path in scene.at else "changed")
    return Sorted(modules, tuple(_unfollowed(file.path) for file in files if file.path not in known))


def _unfollowed(path: str) -> Unfollowed:
    if path.endswith(".pyi"):
        return Unfollowed(path, "type stub")
    return Unfollowed(path, "left out" if path.endswith(_PYTHON) else "not Python")
