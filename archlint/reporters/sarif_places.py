"""Places in SARIF: locations, code flows for chains, and text that no name can turn into a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding, Step
    from archlint.reporters.aids import Aids

BASE = "%SRCROOT%"
# GitHub keeps 1,000 locations of a flow and 100 of a result.
MOST_STEPS = 1_000
MOST_RELATED = 10


def spoken(text: str) -> str:
    """Return *text* for a message: `[text](target)` in it would be a link."""
    return safe(text).replace("](", "] (")


def _linked(text: str) -> str:
    """Return *text* for the text of a link, where brackets are escaped (SARIF 3.11.6)."""
    return safe(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def step_name(place: dict[str, Any]) -> str:
    """Return the text of the link to a related place."""
    return _linked(place["message"]["text"])


def place_of(finding: Finding, aids: Aids) -> dict[str, Any]:
    """Return the location of *finding*: one line, as an annotation needs every line of it in the change."""
    region = {"startLine": finding.line, "startColumn": finding.column}
    text = aids.line(finding.path, finding.line)
    end = len(text.rstrip()) + 1 if text is not None else finding.column
    kind = "member" if finding.symbol else "module"
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(finding.path, aids),
            "region": {**region, "endLine": finding.line, "endColumn": max(end, finding.column)},
        },
        "logicalLocations": [{"fullyQualifiedName": spoken(_qualified(finding)), "kind": kind}],
    }


def _qualified(finding: Finding) -> str:
    symbol = finding.symbol or ""
    inside = symbol == finding.module or symbol.startswith(f"{finding.module}.")
    return symbol if inside else f"{finding.module}.{symbol}".rstrip(".")


def _artifact(path: str, aids: Aids) -> dict[str, str]:
    """Name a file by its bytes, percent-encoded, from the top of the repository."""
    uri = quote(aids.located(path).encode("utf-8", "surrogateescape"), safe="/")
    return {"uri": uri, "uriBaseId": BASE}


def _step_place(step: Step, path: str, aids: Aids) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(path, aids),
            "region": {"startLine": step.line},
        },
        "message": {"text": spoken(f"{step.importer} imports {step.imported}")},
    }


def chain_flow(finding: Finding, aids: Aids) -> dict[str, Any] | None:
    """Return the chain of *finding* as a code flow: GitHub shows it step by step. None without a chain."""
    steps = list(_places(finding.chain, aids)) if len(finding.chain) > 1 else []
    return {"threadFlows": [{"locations": [{"location": step} for step in steps]}]} if steps else None


def _places(steps: tuple[Step, ...], aids: Aids) -> Iterator[dict[str, Any]]:
    for step in steps[:MOST_STEPS]:
        if step.path:
            yield _step_place(step, step.path, aids)


def related_places(finding: Finding, aids: Aids) -> list[dict[str, Any]]:
    """Return the further places of *finding*, numbered for the links in its message."""
    found: list[dict[str, Any]] = []
    for role, step in finding.related[:MOST_RELATED]:
        if step.path:
            place = _step_place(step, step.path, aids)
            text = spoken(f"{role}: {step.importer} imports {step.imported}")
            found.append({"id": len(found) + 1, **place, "message": {"text": text}})
    return found
