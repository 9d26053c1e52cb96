"""``check --format markdown``: for ``$GITHUB_STEP_SUMMARY``, or a comment on a pull request."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from archlint.errors import SEVERITIES
from archlint.reporters.concise import sentence
from archlint.reporters.markdown_text import code, plain
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import ContractResult, Finding, Step
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids

# A summary may hold 1 MiB and a comment 65,536 characters; past this nobody reads on either way.
MOST_FINDINGS = 100
MOST_DETAILS = 20
MOST_STEPS = 20
MOST_CHARACTERS = 60_000
_MENTION = re.compile(r"([@#])(?=\w)")
_MARKS = {"error": "🔴", "warning": "🟡", "info": "🔵"}


def markdown_check(analysis: Analysis, aids: Aids) -> str:
    """Return the verdict, the contracts, a table of findings and the chains of the first of them."""
    lines = [f"## archlint: {_verdict(analysis)}", "", plain(sentence(analysis)), ""]
    lines += _errors(analysis)
    lines += _contracts(analysis)
    lines += _findings(analysis, aids)
    severest = sorted(analysis.findings, key=_rank)
    left = MOST_CHARACTERS - sum(map(len, lines))
    for finding in [finding for finding in severest if _has_more(finding)][:MOST_DETAILS]:
        block = "\n".join(_details(finding, aids))
        left -= len(block)
        if left < 0:
            break
        lines.append(block)
    return "\n".join(lines).rstrip() + "\n"


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _verdict(analysis: Analysis) -> str:
    if analysis.errors:
        return "not everything could be judged"
    return "failed" if analysis.failing else "passed"


def _errors(analysis: Analysis) -> Iterator[str]:
    for error in analysis.errors:
        yield f"- ❌ {plain(error)}"
    if analysis.errors:
        yield ""


def _contracts(analysis: Analysis) -> Iterator[str]:
    if not analysis.contracts:
        return
    yield "| contract | type | verdict |"
    yield "| --- | --- | --- |"
    for result in analysis.contracts:
        yield f"| {plain(result.name)} | {code(result.type)} | {_judged(result)} |"
    yield ""


def _judged(result: ContractResult) -> str:
    if result.error:
        return "❌ not judged"
    return "✅ kept" if result.kept else f"❌ broken ({count(result.findings, 'finding')})"


def _findings(analysis: Analysis, aids: Aids) -> Iterator[str]:
    if not analysis.findings:
        return
    yield "| | rule | place | finding |"
    yield "| --- | --- | --- | --- |"
    left = MOST_CHARACTERS // 2
    shown = 0
    for finding in sorted(analysis.findings, key=_rank)[:MOST_FINDINGS]:
        row = _row(finding, aids)
        left -= len(row)
        if left < 0:
            break
        shown += 1
        yield row
    yield ""
    if shown < len(analysis.findings):
        yield f"… and {len(analysis.findings) - shown:,} more."
        yield ""


def _row(finding: Finding, aids: Aids) -> str:
    place = code(f"{aids.located(finding.path)}:{finding.line}")
    rule = f"{finding.code} {finding.rule}"
    return f"| {_MARKS[finding.severity]} {finding.severity} | {rule} | {place} | {plain(finding.message)} |"


def _has_more(finding: Finding) -> bool:
    return bool(len(finding.chain) > 1 or finding.related or finding.help or finding.why or finding.owner)


def _details(finding: Finding, aids: Aids) -> Iterator[str]:
    yield f"<details><summary>{finding.code} {_html(finding.message)}</summary>"
    yield ""
    if len(finding.chain) > 1:
        yield from _steps("chain", finding.chain, aids)
    by_role: dict[str, list[Step]] = {}
    for role, step in finding.related:
        by_role.setdefault(role, []).append(step)
    for role, steps in by_role.items():
        yield from _steps(role, steps, aids)
    labelled = (("contract", finding.contract), ("why", finding.why), ("owner", finding.owner))
    for label, text in (*labelled, ("help", finding.help)):
        if text:
            yield f"- **{label}:** {plain(text)}"
    yield ""
    yield "</details>"
    yield ""


def _html(text: str) -> str:
    """Return *text* for within an HTML element, where Markdown's escapes would show."""
    return escape(_MENTION.sub("\\1\u200b", safe(text)), quote=False)


def _steps(label: str, steps: list[Step] | tuple[Step, ...], aids: Aids) -> Iterator[str]:
    yield f"- **{plain(label)}:**"
    for step in steps[:MOST_STEPS]:
        place = f" at {code(f'{aids.located(step.path)}:{step.line}')}" if step.path else ""
        yield f"  - {code(step.importer)} imports {code(step.imported)}{place}"
    if len(steps) > MOST_STEPS:
        yield f"  - … and {len(steps) - MOST_STEPS:,} more"
