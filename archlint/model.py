"""The values that rooms hand to each other: modules and imports as resolved, findings, verdicts.

Everything here is immutable. Lines and columns count from 1; columns count characters, not bytes.
"""

from __future__ import annotations

from hashlib import sha256
from json import dumps
from typing import Any, Literal

from msgspec import Struct

from archlint.errors import Severity  # noqa: TC001 (msgspec reads the annotations)

# --- the project: modules and imports, resolved ----------------------------------------------


# Folders that by their name hold a copy of somebody else's code.
VENDORED = frozenset(
    {"_vendor", "_vendored", "vendored", "extern", "_extern", "externals", "_externals"}
    | {"third_party", "_third_party", "thirdparty"}
)
_ALEMBIC = frozenset({"alembic", "migrations", "migration", "db_migrations"})


class Module(Struct, frozen=True):
    """A module of the graph.

    ``path`` is relative to the project root with POSIX slashes; None for a namespace package,
    which has no file. ``stub`` is the path of a ``.pyi`` beside a ``.py``.
    ``kind`` is ``extension`` for a compiled module, which has no facts, and ``stub`` where a
    ``.pyi`` stands alone. ``test`` marks what pytest would collect.
    """

    name: str
    path: str | None
    package: bool = False
    kind: Literal["source", "stub", "extension", "namespace"] = "source"
    stub: str | None = None
    test: bool = False

    @property
    def vendored(self) -> bool:
        """Whether it is a copy of somebody else's code, by the name of a package around it."""
        return not VENDORED.isdisjoint(self.name.split(".")[1:])

    @property
    def migration(self) -> bool:
        """Whether it is a step of a database's history: run once, and never changed.

        Django numbers them; Alembic keeps them in ``versions``, called after a revision.
        """
        *above, last = self.name.split(".")
        if above[-1:] == ["migrations"]:
            return last[:4].isdigit() and last[4:5] == "_"
        return above[-1:] == ["versions"] and not _ALEMBIC.isdisjoint(above) and any(map(str.isdigit, last))

    @property
    def aside(self) -> bool:
        """Whether coupling and complexity are nobody's concern any more: it is a copy, or a migration."""
        return self.vendored or self.migration

    @property
    def judged(self) -> bool:
        """Whether coupling and complexity are its owner's concern: it is neither a test nor aside."""
        return not (self.test or self.aside)


class Import(Struct, frozen=True, array_like=True):
    """One import statement seen from one module that it imports.

    ``names`` are the names taken from ``imported`` (empty for ``import a.b``), ``*`` for all.
    ``targets`` are the full dotted names as written after resolving relative imports; they are longer
    than ``imported`` where an attribute is imported or an external name is squashed.
    ``path`` is the importer's file.
    """

    importer: str
    imported: str
    line: int
    column: int
    end_line: int
    external: bool
    flags: int
    names: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    path: str | None = None


class BeyondRoot(Struct, frozen=True, array_like=True):
    """A relative import whose dots lead out of the root package; ``path`` is the importer's file."""

    importer: str
    line: int
    column: int
    level: int
    module: str
    path: str | None = None


# --- findings --------------------------------------------------------------------------------


class Step(Struct, frozen=True):
    """One import of a chain, with its place."""

    importer: str
    imported: str
    path: str | None
    line: int


class Finding(Struct, frozen=True):
    """One reported breach.

    ``identity`` is what makes it the same finding tomorrow (never a line number); ``value`` is the
    measured number, where there is one. ``help`` is the next step in one sentence; ``why`` and
    ``owner`` come from the contract that is broken. ``related`` are further places, each with its
    role in words. ``owners`` are those who own the module, by CODEOWNERS, and ``offended`` those who own
    what it imports against a contract; ``minutes`` is how long mending it takes. Both are there where
    something asks for them.
    """

    code: str
    rule: str
    message: str
    module: str
    path: str
    line: int = 1
    column: int = 1
    end_line: int | None = None
    severity: Severity = "warning"
    symbol: str | None = None
    contract: str | None = None
    chain: tuple[Step, ...] = ()
    related: tuple[tuple[str, Step], ...] = ()
    identity: tuple[str, ...] = ()
    value: float | None = None
    help: str | None = None
    why: str | None = None
    owner: str | None = None
    owners: tuple[str, ...] = ()
    offended: tuple[str, ...] = ()
    minutes: int | None = None

    @property
    def fingerprint(self) -> str:
        """The SHA-256, in hexadecimal, of the finding's identity."""
        return sha256(dumps(list(self.identity)).encode()).hexdigest()

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Path, line, column, code, identity: the order of every output."""
        return (self.path, self.line, self.column, self.code, self.identity, self.message)


class ContractResult(Struct, frozen=True):
    """The verdict on one configured contract; ``error`` says why it could not be judged.

    ``findings`` leaves out the ``known`` ones, which the ledger has. ``way_out`` are the imports whose
    change makes all the ``chains`` of a broken contract disappear, ``least`` where none cost less; they
    are looked for only where a report shows them.
    """

    name: str
    type: str
    kept: bool
    findings: int
    error: str | None = None
    known: int = 0
    way_out: tuple[Step, ...] = ()
    chains: int = 0
    least: bool = False


class LedgerEntry(Struct, frozen=True):
    """A recorded finding that does not fail, as one entry of the debt ledger says it.

    ``code`` and ``subject``, with the name of the ``contract`` where one was broken, are what makes it
    the same finding tomorrow: importer and imported, a symbol, or the edges of a cycle. ``value`` is the
    most that a measured finding may have. ``until`` is the last day, as ``YYYY-MM-DD``, on which the
    entry counts. ``line`` is where it stands in the ledger, 0 for one that is not written yet.
    """

    code: str
    subject: tuple[str, ...]
    contract: str | None = None
    value: float | None = None
    owner: str | None = None
    reason: str | None = None
    until: str | None = None
    line: int = 0

    @property
    def identity(self) -> tuple[str, ...]:
        """The identity of the finding: code, contract where there is one, and subject."""
        return (self.code, *((self.contract,) if self.contract is not None else ()), *self.subject)
