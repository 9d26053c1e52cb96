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
                "error": result.error,
            }
            for result in analysis.contracts
        ],
        "findings": [finding_row(finding) for finding in analysis.findings],
        "errors": list(analysis.errors),
    }
    return dumped(document)


def dumped(document: Any) -> str:
    """Return *document* as indented ASCII JSON: whatever a name holds, the bytes are valid.

    ``##vso[`` in a name is no command to a CI that logs this: outside of strings there is no ``##``.
    """
    return json.dumps(document, indent=2).replace("##", "\\u0023#") + "\n"


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
        "fingerprint": finding.fingerprint,
    }


def step_row(step: Step) -> dict[str, Any]:
    """Return one import of a chain as the schema has it."""
    return {"importer": step.importer, "imported": step.imported, "path": step.path, "line": step.line}
