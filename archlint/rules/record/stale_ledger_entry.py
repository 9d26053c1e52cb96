"""ARC010 stale-ledger-entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Need, Project, Rule
from archlint.rules.record.entries import on_entry, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class StaleLedgerEntry(Rule):
    """An entry of the ledger whose finding is gone.

    ## What it does
    Reports entries of `archlint-ledger.toml` that no finding matches any more, where what makes the
    finding was judged in full.

    ## Why is this bad?
    The entry would let the same breach back in without a word, and readers count a debt that is paid.

    ## Example
    ```toml
    [[known]]
    rule = "layer-breach"
    contract = "Layers"
    subject = ["shop.db", "shop.web"]  # shop.db no longer imports it
    ```

    ## Use instead
    ```console
    $ archlint baseline --shrink
    ```

    ## Options
    None. Severity `info` lets whoever pays a debt pass at once; `severity = "warning"` makes them
    record it too.
    """

    code: ClassVar[str] = "ARC010"
    name: ClassVar[str] = "stale-ledger-entry"
    severity: ClassVar[Severity] = "info"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"ledger"})

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each entry whose finding is gone."""
        for entry in project.record.stale if project.record else ():
            yield on_entry(
                self,
                project,
                entry,
                f"the ledger still knows {told(entry)}, which is resolved",
                help_="Take it out: `archlint baseline --shrink`.",
            )
