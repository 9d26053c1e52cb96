"""ARC011 expired-ledger-entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Need, Project, Rule
from archlint.rules.record.entries import on_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class ExpiredLedgerEntry(Rule):
    """A known finding that was to be gone by now.

    ## What it does
    Reports entries of `archlint-ledger.toml` whose `until` has passed while the finding is still there.
    `until` is the last day on which the entry counts; days are those of UTC, today's or the one that
    `ARCHLINT_TODAY` gives.

    ## Why is this bad?
    A debt that was granted for a while has become permanent without anyone deciding so.

    ## Example
    ```toml
    [[known]]
    rule = "layer-breach"
    contract = "Layers"
    subject = ["shop.db", "shop.web"]
    until = 2024-06-30
    ```

    ## Use instead
    Mend the finding and run `archlint baseline --shrink`, or decide on a later `until`.

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC011"
    name: ClassVar[str] = "expired-ledger-entry"
    severity: ClassVar[Severity] = "error"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"ledger"})

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each entry that has expired, with the finding that it stands for."""
        for entry, finding in project.record.expired if project.record else ():
            what = f"{finding.path}:{finding.line}: {finding.rule}: {finding.message}"
            help_ = finding.help or "Mend it, or decide on a later `until`."
            yield on_entry(self, project, entry, f"known until {entry.until} only: {what}", help_=help_)
