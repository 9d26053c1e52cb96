"""The difference between two states of a project, as reporters print it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from archlint.model import Finding, Step  # noqa: TC001 (msgspec reads the annotations)


class PackagePair(Struct, frozen=True):
    """Imports that one package's modules gained and lost of another's; a module is in its own package.

    ``opened`` is true where the one did not import the other at all before, ``closed`` where it no
    longer does.
    """

    importer: str
    imported: str
    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    opened: bool = False
    closed: bool = False


class CycleChange(Struct, frozen=True):
    """What became of an import cycle: its ``modules`` (as they were, where it is gone), what joined or left.

    ``closing`` are the imports of it that were not there before.
    """

    state: Literal["new", "grown", "shrunk", "gone"]
    modules: tuple[str, ...]
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    closing: tuple[Step, ...] = ()


class Metric(Struct, frozen=True):
    """A number of the system, before and after; ``share`` where it lies between 0 and 1."""

    name: str
    before: float
    after: float
    share: bool = False


class ContractChange(Struct, frozen=True):
    """A contract whose verdict changed: kept or broken, with its findings before and after."""

    name: str
    state: Literal["broke", "healed", "worse", "better"]
    before: int
    after: int


class Added(Struct, frozen=True):
    """A finding that the change adds; ``closing`` are those imports of its chain that are new.

    ``before`` is the value that it had, where it was there already and is worse now.
    """

    finding: Finding
    closing: tuple[Step, ...] = ()
    before: float | None = None


class Weakening(Struct, frozen=True):
    """A way in which the change makes the gate let more pass, or could: one line, and where it says so."""

    text: str
    path: str | None = None
    line: int | None = None


class Difference(Struct, frozen=True):
    """All that lies between the state called ``base`` and the one called ``head``.

    ``judged_by`` says whose configuration both were judged with. Modules are names; external packages
    are top-level names, the new ones with the import that brings them.
    """

    base: str
    head: str
    judged_by: str
    modules_added: tuple[str, ...] = ()
    modules_removed: tuple[str, ...] = ()
    packages: tuple[PackagePair, ...] = ()
    externals_added: tuple[Step, ...] = ()
    externals_removed: tuple[str, ...] = ()
    cycles: tuple[CycleChange, ...] = ()
    metrics: tuple[Metric, ...] = ()
    contracts: tuple[ContractChange, ...] = ()
    added: tuple[Added, ...] = ()
    fixed: tuple[Finding, ...] = ()
    unchanged: int = 0
    weakened: tuple[Weakening, ...] = ()
