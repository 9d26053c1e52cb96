"""``archlint check --format json``: the schema archlint-check/1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archlint.reporters.text import decodable

if TYPE_CHECKING:
    from archlint.model import Finding, Step
    from archlint.pipeline.analysis import Analysis


def json_check(analysis: Analysis) -> str:
    """Return the analysis as a JSON document; lists are sorted, nothing in it depends on the machine."""
    summary = analysis.summary
    document = {
        "schema": "archlint-check/1",
        "summary": {
            "files": summary.files,
            "modules": summary.modules,
            "imports": summary.imports,
            "findings": len(analysis.findings),
            "suppressed": len(analysis.suppressed),
            "not_analysed": summary.not_analysed,
        },
        "contracts": [
            {
                "name": result.name,
                "type": result.type,
                "kept": result.kept,
                "findings": result.findings,
                "known": result.known,
                "error": result.error,
                "way_out": [step_row(step) for step in result.way_out],
                "way_out_is_least": result.least,
            }
            for result in analysis.contracts
        ],
        "findings": [finding_row(finding) for finding in analysis.findings],
        "errors": list(analysis.errors),
        **_compared(analysis),
    }
    return dumped(document)


def _compared(analysis: Analysis) -> dict[str, Any]:
    """Return how the findings compare with the ledger and with another state, where there is one."""
    rows: dict[str, Any] = {}
    if analysis.delta is not None:
        delta = analysis.delta
        rows["ledger"] = {
            "known": delta.known,
            "resolved": delta.resolved,
            "new": delta.new,
            "worse": delta.worse,
        }
    if analysis.against is not None:
        against = analysis.against
        rows["diff"] = {
            "base": against.base,
            "new": against.new,
            "fixed": against.fixed,
            "unchanged": against.unchanged,
            "weakened": list(against.weakened),
        }
    if analysis.show_known:
        rows["known"] = [finding_row(finding) for finding in analysis.known]
    return rows


def dumped(document: Any, *, indent: int | None = 2) -> str:
    """Return *document* as ASCII JSON that every parser takes, and that is no command to a CI that logs it.

    Many parsers refuse a lone surrogate, which is how Python holds an undecodable byte of a file name: it
    is shown as in text. ``##vso[`` in a name would be a command; outside of strings there is no ``##``.
    """
    text = json.dumps(document, indent=indent)
    if "\\ud" in text:
        text = json.dumps(_decodable(document), indent=indent)
    return text.replace("##", "\\u0023\\u0023") + "\n"


def _decodable(value: Any) -> Any:
    if isinstance(value, str):
        return decodable(value)
    if isinstance(value, dict):
        return {decodable(key): _decodable(item) for key, item in value.items()}
    return [_decodable(item) for item in value] if isinstance(value, list | tuple) else value


def finding_row(finding: Finding) -> dict[str, Any]:
    """Return a finding as the schema has it."""
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "contract": finding.contract,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "module": finding.module,
        "symbol": finding.symbol,
        "value": finding.value,
        "chain": [step_row(step) for step in finding.chain],
        "related": [{"role": role, **step_row(step)} for role, step in finding.related],
        "help": finding.help,
        "why": finding.why,
        "owner": finding.owner,
        "owners": list(finding.owners),
        "offended_owners": list(finding.offended),
        "minutes": finding.minutes,
        "fingerprint": finding.fingerprint,
    }


def step_row(step: Step) -> dict[str, Any]:
    """Return one import of a chain as the schema has it."""
    return {"importer": step.importer, "imported": step.imported, "path": step.path, "line": step.line}
