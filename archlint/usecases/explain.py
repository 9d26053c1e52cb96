"""What ``archlint explain`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.config.options import unknown
from archlint.config.registry import registry
from archlint.errors import ArchlintError
from archlint.reporters.pages import pages_of, words
from archlint.reporters.rule_page import json_pages, markdown_pages, painted_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.reporters.pages import Page


def explain(asked: Iterable[str], format_: str, *, plugins: Iterable[str] = (), colour: bool = False) -> str:
    """Return the pages of the rules and contract types that *asked* names, each once.

    Raises ArchlintError, with the nearest word, for one that is unknown.
    """
    known = registry(plugins)
    found: dict[tuple[str | None, str], Page] = {}
    strange = []
    for word in asked:
        pages = pages_of(known, word.strip())
        found |= {(page.code, page.name): page for page in pages}
        if not pages:
            strange.append(unknown("rule or contract type", word, words(known)))
    if strange:
        raise ArchlintError("\n".join(strange))
    chosen = tuple(found.values())
    if format_ == "json":
        return json_pages(chosen)
    return painted_pages(chosen) if colour and format_ == "text" else markdown_pages(chosen)
