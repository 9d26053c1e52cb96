"""What a configuration may say, apart from the options of rules and contracts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archlint.errors import Severity  # noqa: TC001 (options are read from the annotations)
from archlint.facts import EDGE_KINDS

if TYPE_CHECKING:
    from archlint.rule import ContractType, Rule, Terms

LONGEST = 3600
LONGEST_HISTORY = 36_500


@dataclass(frozen=True)
class Settings:
    """The keys of `[tool.archlint]`, or of archlint.toml; each default is what runs unasked."""

    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include_tests: bool = False
    respect_gitignore: bool = True
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: Severity = "warning"
    max_file_size: int = 2_000_000
    file_timeout: float = 10.0
    required_version: str | None = None
    contracts: tuple[dict[str, Any], ...] = ()
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    source_roots: tuple[str, ...] = ()
    history_days: int = 365
    history_max_files: int = 30

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be meant."""
        faults = []
        if self.max_file_size <= 0:
            faults.append("`max-file-size` must be more than 0 bytes")
        if not 0 < self.file_timeout <= LONGEST:  # Nor is it "not a number".
            faults.append(f"`file-timeout` must be more than 0 and at most {LONGEST} seconds")
        if not 0 < self.history_days <= LONGEST_HISTORY:
            faults.append(f"`history-days` must be more than 0 and at most {LONGEST_HISTORY:,} days")
        if self.history_max_files <= 0:
            faults.append("`history-max-files` must be more than 0")
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True)
class ContractOptions:
    """The keys that every contract table may hold besides those of its type."""

    name: str
    type_: str
    severity: Severity = "error"
    edges: tuple[str, ...] = EDGE_KINDS
    why: str | None = None
    owner: str | None = None
    ignore_imports: tuple[str, ...] = ()
    unmatched_ignore: str = "error"

    def __post_init__(self) -> None:
        """Refuse edge kinds and alert levels that do not exist."""
        faults = [
            f"unknown edge kind `{kind}` (known: {', '.join(EDGE_KINDS)})"
            for kind in self.edges
            if kind not in EDGE_KINDS
        ]
        if self.unmatched_ignore not in ("error", "warn", "none"):
            faults.append("`unmatched-ignore` is `error`, `warn` or `none`")
        if not self.name.strip():
            faults.append("`name` is empty")
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True)
class Contract:
    """A configured contract: its terms and the type's options.

    Where the table could not be read, ``contract`` is None and ``error`` says why, file and line
    first; the others still run. ``packages`` maps directories to the distribution that each is of: imports
    between two distributions are not judged. Empty, all are. ``lines`` says where its options stand.
    """

    terms: Terms
    type: str
    contract: ContractType | None
    unmatched_ignore: str = "error"
    error: str | None = None
    packages: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Configuration:
    """What is in force, and from where.

    ``rules`` are those that run or have options, and those about the record; ``severities`` holds what
    the configuration says otherwise. ``sources`` maps each key that was set to the place that set it.
    """

    settings: Settings
    contracts: tuple[Contract, ...] = ()
    rules: tuple[Rule, ...] = ()
    severities: dict[str, Severity] = field(default_factory=dict)
    path: str | None = None
    sources: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    adopted: bool = False

    @property
    def selects(self) -> bool:
        """Whether it is the configuration's own file that says `select`, and not an option of one run."""
        return self.path is not None and self.sources.get("select") == self.path
