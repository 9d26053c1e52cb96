"""Findings on entries of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.model import Finding, LedgerEntry
    from archlint.rule import Project, Rule

SHOWN = 3


def on_entry(rule: Rule, project: Project, entry: LedgerEntry, message: str, *, help_: str) -> Finding:
    """Return a finding of *rule* where *entry* stands in the ledger."""
    ledger = project.record.ledger if project.record else ""
    return rule.finding(
        project,
        ledger,
        message,
        path=ledger,
        line=max(entry.line, 1),
        identity=(rule.code, *entry.identity),
        help=help_,
        why=entry.reason,
        owner=entry.owner,
    )


def told(entry: LedgerEntry) -> str:
    """Return *entry* in a few words: code and subject, and the contract where there is one."""
    shown = entry.subject[:SHOWN]
    more = f" and {len(entry.subject) - SHOWN} more" if len(entry.subject) > SHOWN else ""
    between = ", " if any(" -> " in part for part in shown) else " -> "
    contract = f" of `{entry.contract}`" if entry.contract is not None else ""
    return f"{entry.code} {between.join(shown)}{more}{contract}"
