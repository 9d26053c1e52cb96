"""What an audit finds."""

from __future__ import annotations

from msgspec import Struct


class Mutant(Struct, frozen=True):
    """An import that is not there: of the module numbered *head*, or of the external name *outside*.

    ``name`` is what it takes from the module, where that matters.
    """

    tail: int
    head: int
    outside: str = ""
    name: str = ""


class Unseen(Struct, frozen=True):
    """A module, or a package with all below it, that no contract names; ``modules`` counts them."""

    name: str
    path: str
    modules: int


class ContractAudit(Struct, frozen=True):
    """What was found about one contract.

    ``caught`` counts the injected imports that it catches, ``alone`` those that no other does.
    ``vacuous`` tells that no import that could be added breaks it; ``implied_by`` names the contracts that
    break whenever it does; ``idle_ignores`` are its ignore-imports that match nothing; ``findings`` counts
    what it reports today. ``error`` says why it could not be judged. ``judges`` names what it judges
    instead of imports between modules: none of those that are tried can break it then.
    """

    name: str
    type: str
    place: str
    caught: int = 0
    alone: int = 0
    vacuous: bool = False
    implied_by: tuple[str, ...] = ()
    idle_ignores: tuple[str, ...] = ()
    findings: int = 0
    error: str | None = None
    judges: str = ""


class Gap(Struct, frozen=True):
    """Imports of *imported* by *importer* (a unit and all in it) that no contract would catch.

    ``importing`` and ``taken`` are the modules of the import that was tried. ``back`` counts the imports the
    other way that are there today, and ``circle`` tells that there is any way back.
    """

    importer: str
    imported: str
    importing: str
    taken: str
    external: bool = False
    back: int = 0
    circle: bool = False


class Score(Struct, frozen=True):
    """How many pairs of units were tried, and what became of them.

    ``injected`` are those of which the first does not import the second today and no contract allows it;
    ``in_use`` and ``allowed`` were left out. ``pairs`` of ``of`` were looked at.
    """

    units: int
    pairs: int
    of: int
    in_use: int = 0
    allowed: int = 0
    injected: int = 0
    caught: int = 0

    @property
    def share(self) -> float | None:
        """The share of injected imports that some contract catches; None where none was injected."""
        return round(self.caught / self.injected, 3) if self.injected else None


class Audit(Struct, frozen=True):
    """The whole audit; lists are sorted, gaps by importance."""

    modules: int
    contracts: tuple[ContractAudit, ...]
    unseen: tuple[Unseen, ...]
    score: Score
    gaps: tuple[Gap, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is anything to mend."""
        poor = any(each.vacuous or each.implied_by or each.idle_ignores for each in self.contracts)
        return bool(poor or self.unseen or self.gaps)
