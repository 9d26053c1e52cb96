"""The answer to ``archlint audit``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from archlint.reporters.json_check import dumped
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.pipeline.audit.values import Audit, ContractAudit, Gap, Unseen

SHOWN_UNSEEN = 20


def text_audit(audit: Audit, *, most: int = 20) -> str:
    """Return the audit for people, with at most *most* of the pairs that nothing catches."""
    return (
        "\n".join([*_contracts(audit), "", *_unseen(audit), "", *_score(audit), *_gaps(audit, most)]) + "\n"
    )


def _contracts(audit: Audit) -> Iterator[str]:
    yield "Contracts"
    for each in audit.contracts:
        yield f"  {safe(each.name)} ({safe(each.type)}, {safe(each.place)})"
        yield from (f"    {line}" for line in _said(each))


def _said(each: ContractAudit) -> Iterator[str]:
    if each.error:
        yield f"not judged: {safe(each.error)}"
        return
    if each.vacuous:
        yield "can never fail: none of the imports tried would break it"
    elif each.judges:
        yield f"judges {each.judges}, which this does not try"
    else:
        yield f"catches {count(each.caught, 'import')} of those tried, {each.alone:,} of them alone"
    if each.findings:
        yield f"broken today ({count(each.findings, 'finding')})"
    if each.implied_by:
        names = " and ".join(f"`{safe(name)}`" for name in each.implied_by)
        those = "that" if len(each.implied_by) == 1 else "one of them"
        yield f"implied by {names}: whatever broke it broke {those} too, as imports are today"
    yield from (f"ignore-imports: {safe(line)}" for line in each.idle_ignores)


def _unseen(audit: Audit) -> Iterator[str]:
    total = sum(each.modules for each in audit.unseen)
    if not total:
        yield f"Modules: every one of {audit.modules:,} is seen by a contract."
        return
    yield f"Modules that no contract sees: {total:,} of {audit.modules:,}"
    for each in audit.unseen[:SHOWN_UNSEEN]:
        inner = f", {count(each.modules, 'module')}" if each.modules > 1 else ""
        yield f"  {safe(each.name)}  ({safe(each.path)}{inner})"
    if len(audit.unseen) > SHOWN_UNSEEN:
        yield f"  ... and {len(audit.unseen) - SHOWN_UNSEEN:,} more (--format json lists them all)"


def _score(audit: Audit) -> Iterator[str]:
    score = audit.score
    sample = "" if score.pairs == score.of else f" of {score.of:,}, a sample"
    left_out = f"{score.in_use:,} in use today, {score.allowed:,} allowed by a contract"
    tried = f"{score.pairs:,} pairs{sample}, of {count(score.units, 'unit')}: {left_out}"
    if score.share is None:
        yield f"Imports injected: none ({tried})."
        return
    caught = f"{score.caught:,} of {score.injected:,} caught, {_percent(score.share)}"
    yield f"Imports injected: {caught} ({tried})"


def _percent(share: float) -> str:
    """Return a share in percent; all is said only where it is all."""
    return f"{min(share * 100, 100 if share == 1 else 99.9):.1f} %".replace(".0 %", " %")


def _gaps(audit: Audit, most: int) -> Iterator[str]:
    if not audit.gaps:
        return
    yield ""
    yield "No contract would catch, the most important first:"
    shown = _spread(audit.gaps, most)
    for gap in shown:
        yield f"  {safe(gap.importer)} -> {safe(gap.imported)}{_reason(gap)}"
    if len(audit.gaps) > len(shown):
        yield f"  ... and {len(audit.gaps) - len(shown):,} more (--limit N, or --format json)"


def _spread(gaps: Sequence[Gap], most: int) -> list[Gap]:
    """Return at most *most* of *gaps*, in their order, and no module in more than a quarter of them."""
    lines: Counter[str] = Counter()
    shown: list[Gap] = []
    for gap in gaps:
        ends = (gap.importer, gap.imported)
        if len(shown) < most and all(lines[end] < max(1, most // 4) for end in ends):
            lines.update(ends)
            shown.append(gap)
    return shown


def _reason(gap: Gap) -> str:
    if gap.back:
        return f"  ({count(gap.back, 'import')} the other way today)"
    if gap.circle:
        return "  (it would close a circle)"
    return "  (external)" if gap.external else ""


def json_audit(audit: Audit) -> str:
    """Return the audit as a JSON document."""
    score = audit.score
    return dumped(
        {
            "schema": "archlint-audit/1",
            "summary": {
                "modules": audit.modules,
                "unseen": sum(each.modules for each in audit.unseen),
                "units": score.units,
                "pairs": score.pairs,
                "of_pairs": score.of,
                "in_use": score.in_use,
                "allowed": score.allowed,
                "injected": score.injected,
                "caught": score.caught,
                "score": score.share,
            },
            "contracts": [_contract_row(each) for each in audit.contracts],
            "unseen": [_unseen_row(each) for each in audit.unseen],
            "uncaught": [_gap_row(gap) for gap in audit.gaps],
            "errors": list(audit.errors),
        }
    )


def _contract_row(each: ContractAudit) -> dict[str, Any]:
    return {
        "name": each.name,
        "type": each.type,
        "source": each.place,
        "caught": each.caught,
        "alone": each.alone,
        "findings": each.findings,
        "judges": each.judges or "imports",
        "can_fail": None if each.error else not each.vacuous,
        "implied_by": list(each.implied_by),
        "idle_ignores": list(each.idle_ignores),
        "error": each.error,
    }


def _unseen_row(each: Unseen) -> dict[str, Any]:
    return {"name": each.name, "path": each.path, "modules": each.modules}


def _gap_row(gap: Gap) -> dict[str, Any]:
    return {
        "importer": gap.importer,
        "imported": gap.imported,
        "external": gap.external,
        "tried": [gap.importing, gap.taken],
        "imports_back": gap.back,
        "closes_circle": gap.circle,
    }
