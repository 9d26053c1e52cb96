"""A root: what is analysed under one top-level name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.repository.paths import parent

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Root:
    """A dotted name and where it lies: the directory of a package, or the file of a module.

    ``is_test`` marks a tree of tests, which is analysed only when asked for.
    """

    name: str
    path: str
    is_module: bool = False
    is_test: bool = False

    @property
    def source(self) -> str:
        """The directory from which the name is imported, where the path spells the name."""
        directory = parent(self.path)
        for _ in range(self.name.count(".")):
            directory = parent(directory)
        return directory


def topmost(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* sorted, without those that lie in another: ``ns`` covers ``ns.foo``."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda each: each.split(".")):
        if not kept or not name.startswith(kept[-1] + "."):
            kept.append(name)
    return tuple(sorted(kept))
