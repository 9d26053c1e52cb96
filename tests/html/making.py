"""Pages made without a command line, and read again."""

from __future__ import annotations

import json
import os
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from archlint.usecases.report import Screen, report
from archlint.usecases.request import Request

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, compare: Path | None = None, **more: object) -> str:
    """Return the page of the project at *root*."""
    request = Request(cwd=str(root), no_cache=True, environ={}, **more)  # type: ignore[arg-type]
    return report(request, ["html"], Screen(), compare=os.fspath(compare) if compare else None).reports[0]


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.texts:
            self.texts[self._inside].append(data)


def data_of(path: Path) -> dict[str, Any]:
    return json.loads(Elements(path.read_text(encoding="utf-8")).texts["script"][0])
