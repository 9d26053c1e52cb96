"""The answer to ``archlint impact``, as values that reporters show."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from archlint.context.changes import Partner  # noqa: TC001 (msgspec reads the annotations)
from archlint.graph.effects import Hop  # noqa: TC001 (msgspec reads the annotations)
from archlint.model import Step  # noqa: TC001 (msgspec reads the annotations)

Through = Literal["imports", "packages", "conftest"]
Status = Literal["named", "changed", "new", "gone"]
Why = Literal["not Python", "left out", "type stub"]


class Changed(Struct, frozen=True):
    """A module or file where the change is. ``left`` are the imports that still ask for one that is gone.

    ``name`` is a module's, or the path of a file beside the modules.
    """

    name: str
    path: str | None
    status: Status
    left: tuple[Step, ...] = ()


class Reached(Struct, frozen=True):
    """A module or file that a change reaches, so many steps away; ``hop`` is the first towards the change.

    ``through`` says what it takes besides import statements. ``importers`` counts the modules of the
    project that import it.
    """

    name: str
    path: str | None
    distance: int
    through: Through
    importers: int
    hop: Hop


class AffectedTest(Struct, frozen=True):
    """A test file that a change reaches; ``reached`` is None where it is itself what changed."""

    path: str
    reached: Reached | None = None


class Group(Struct, frozen=True):
    """A layer or package: of its ``modules``, how many a change reaches and how many it is in."""

    name: str
    modules: int
    reached: int
    changed: int


class Grouping(Struct, frozen=True):
    """What is reached by the layers of ``contract``, the highest first, or by package where that is None."""

    contract: str | None
    groups: tuple[Group, ...]


class Unfollowed(Struct, frozen=True):
    """A changed file that no import leads to or from, and why it is passed over."""

    path: str
    why: Why


class Since(Struct, frozen=True):
    """The commit with which the working tree was compared; ``outside`` counts files outside the project."""

    name: str
    commit: str
    outside: int = 0


class Impact(Struct, frozen=True):
    """What a change reaches, the nearest first.

    ``others`` counts the modules of the project, tests left out, that the change is not in, and
    ``test_files`` all test files. ``reached`` are modules of the project, ``tests`` test files, and
    ``beside`` all other Python files. ``via`` maps each module or file that is reached to its next hop.
    """

    kinds: tuple[str, ...]
    imports_only: bool
    others: int
    test_files: int
    since: Since | None = None
    changed: tuple[Changed, ...] = ()
    reached: tuple[Reached, ...] = ()
    tests: tuple[AffectedTest, ...] = ()
    beside: tuple[Reached, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    unfollowed: tuple[Unfollowed, ...] = ()
    partners: tuple[Partner, ...] = ()
    via: dict[str, Hop] = {}

    def chain(self, reached: Reached) -> tuple[Hop, ...]:
        """Return the way from *reached* to the change."""
        hops = [reached.hop]
        while hops[-1].imported in self.via:
            hops.append(self.via[hops[-1].imported])
        return tuple(hops)
