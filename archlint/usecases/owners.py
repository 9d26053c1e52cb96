"""Reading who owns what, for whatever asks for the owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.analysis import LookedAt
from archlint.repository.codeowners import places, read_owners
from archlint.repository.paths import relative
from archlint.repository.project import repository_of
from archlint.usecases.context import Found

if TYPE_CHECKING:
    from archlint.rule import Project
    from archlint.usecases.setup import Setup


def gather(setup: Setup, project: Project) -> Found:  # noqa: ARG001 (owners need not know the modules)
    """Return the owners that the repository's CODEOWNERS names; None where there is no such file."""
    top, below = _where(setup)
    found = read_owners(top, below)
    return Found(found.owners, LookedAt(files=tuple(places(top))), found.notes)


def _where(setup: Setup) -> tuple[str, str]:
    """Return the top of the repository, and where the project is in it.

    A copy of an earlier tree holds the earlier file where the project is the whole repository; else it is
    the present one that counts.
    """
    root = setup.place.root
    if setup.copy is not None:
        present = setup.copy.project
        if repository_of(present) == present:
            return root, ""
        root = present
    top = repository_of(root) or root
    return top, relative(root, top) or ""
