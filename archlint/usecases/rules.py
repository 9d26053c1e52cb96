"""What ``archlint rules`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.config.registry import registry
from archlint.reporters.pages import entries
from archlint.reporters.rule_list import json_list, markdown_list, text_list

if TYPE_CHECKING:
    from collections.abc import Iterable


def rules(
    format_: str, *, plugins: Iterable[str] = (), width: int | None = None, colour: bool = False
) -> str:
    """Return the list of all rules and contract codes in *format_*."""
    listed = entries(registry(plugins))
    if format_ == "json":
        return json_list(listed)
    return markdown_list(listed) if format_ == "markdown" else text_list(listed, width=width, colour=colour)
