"""The result of a run: everything that reporters print and that the exit code follows from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archlint.errors import SEVERITIES, Exit

if TYPE_CHECKING:
    from archlint.config.settings import Configuration
    from archlint.errors import Severity
    from archlint.model import ContractResult, Finding
    from archlint.repository.layout import Left
    from archlint.repository.snapshot import Snapshot
    from archlint.rule import Project


@dataclass(frozen=True)
class Summary:
    """Counts of what was read: source files, modules, distinct internal edges, files not analysed."""

    files: int
    modules: int
    imports: int
    not_analysed: int


@dataclass(frozen=True)
class Delta:
    """How today's findings compare with the ledger: counts of findings known and new, of entries resolved.

    ``worse`` of the new ones are known with a smaller value. ``until`` is the next day after which an entry
    expires, as ``YYYY-MM-DD``, empty where none will.
    """

    known: int
    resolved: int
    new: int
    worse: int = 0
    until: str = ""


@dataclass(frozen=True)
class Against:
    """How today's findings compare with those of another state of the project, called ``base``.

    ``weakened`` are lines about what the change makes the gate let pass.
    """

    base: str
    new: int
    fixed: int
    unchanged: int
    weakened: tuple[str, ...] = ()


@dataclass(frozen=True)
class LookedAt:
    """What a run looked at besides the code: absolute paths, there or not, and the names of commits.

    ``revisions`` are pairs of a name and the commit that it stood for.
    """

    files: tuple[str, ...] = ()
    revisions: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: LookedAt) -> LookedAt:
        """Return what either of two runs looked at."""
        return LookedAt(self.files + other.files, self.revisions + other.revisions)


@dataclass(frozen=True)
class Adoption:
    """A configuration of another tool that ``check`` adopts, its contracts judged on the tree that it names.

    ``error`` says why that could not be; ``path`` is empty where not even the file could be read.
    """

    path: str
    contracts: tuple[ContractResult, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Analysis:
    """What archlint found out about a project.

    ``findings`` are sorted and fail the run where their severity reaches ``fail-on``; ``suppressed``
    are those that inline comments silence. ``contracts`` has a verdict for each configured contract.
    ``errors`` are lines about what could not be evaluated; ``notes`` are worth a line on stderr.
    ``known`` are the findings that the ledger knows, where there is one, and ``delta`` counts them.
    ``against`` is there where the findings are those that a change adds. ``show_known`` asks reporters to
    list the known ones too. ``looked_at`` is what had a say besides the code. ``adoptions`` are what
    ``check`` takes in place of ``configuration``: its findings are others then. ``left`` are the Python
    files that no root takes in, ``notebooks`` is the number of those, which are not read.
    """

    project: Project
    configuration: Configuration
    summary: Summary
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    contracts: tuple[ContractResult, ...] = ()
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ran: frozenset[str] = field(default_factory=frozenset)
    snapshot: Snapshot | None = None
    known: tuple[Finding, ...] = ()
    delta: Delta | None = None
    against: Against | None = None
    show_known: bool = False
    looked_at: LookedAt = field(default_factory=LookedAt)
    adoptions: tuple[Adoption, ...] = ()
    left: tuple[Left, ...] = ()
    notebooks: int = 0

    @property
    def fail_on(self) -> Severity:
        """The lowest severity that fails the run."""
        return self.configuration.settings.fail_on

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that fail the run."""
        limit = SEVERITIES.index(self.fail_on)
        return tuple(finding for finding in self.findings if SEVERITIES.index(finding.severity) <= limit)

    @property
    def exit(self) -> Exit:
        """The exit code: an error beats findings."""
        if self.errors:
            return Exit.ERROR
        return Exit.FINDINGS if self.failing else Exit.CLEAN
