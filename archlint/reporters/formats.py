"""The formats of ``check``: which there are, and the way to each, so that one loads no other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids

# Each with the module that has a function of its name: from an analysis, and for those that are
# `AIDED` from aids too, to text.
HOMES = {
    "concise": "concise",
    "full": "full",
    "grouped": "grouped",
    "json": "json_check",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "rdjson": "rdjson",
    "markdown": "markdown_check",
}
AIDED = frozenset({"full", "grouped", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"})


def render(name: str, analysis: Analysis, aids: Aids) -> str:
    """Return *analysis* in the format *name*, one of ``HOMES``."""
    home = HOMES[name]
    reporter = getattr(import_module(f"archlint.reporters.{home}"), home)
    text: str = reporter(analysis, aids) if name in AIDED else reporter(analysis)
    return text
