"""The rules of a SARIF run: all that ran, so that alerts close when a rule finds nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.reporters.pages import entries, pages_of
from archlint.reporters.rule_list import FAMILIES
from archlint.reporters.rule_page import markdown_pages
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from archlint.config.registry import Registry
    from archlint.errors import Severity
    from archlint.model import Finding

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_LONGEST = 1024


def descriptors(
    known: Registry, codes: Collection[str], strangers: Mapping[str, Finding]
) -> list[dict[str, Any]]:
    """Return a descriptor for each of *codes*, by code.

    ``strangers`` are findings by code, for the codes that *known* lacks.
    """
    by_code = {entry.code: entry for entry in entries(known)}
    found = []
    for code in sorted(codes):
        entry = by_code.get(code)
        if entry is not None:
            found.append(_descriptor(code, entry.name, entry.severity, entry.summary, _help(known, code)))
        elif code in strangers:
            rule = strangers[code]
            found.append(_descriptor(code, rule.rule, rule.severity, rule.rule, rule.rule))
    return found


def _help(known: Registry, code: str) -> str:
    return markdown_pages(pages_of(known, code))


def _descriptor(code: str, name: str, severity: Severity, summary: str, page: str) -> dict[str, Any]:
    family = FAMILIES.get(code[3:4], "plugins").partition(" (")[0]
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": _short(summary)},
        "fullDescription": {"text": _short(summary)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {
            "tags": ["architecture", family],
            "precision": "very-high",
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _short(text: str) -> str:
    text = safe(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
