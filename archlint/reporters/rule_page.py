"""The page of a rule or contract type: its docstring, under a heading that says what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archlint.reporters.json_check import dumped
from archlint.reporters.paint import Paint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.reporters.pages import Page

_FENCE = "```"
_CODE = re.compile(r"`([^`]+)`")


def markdown_pages(pages: Sequence[Page]) -> str:
    """Return *pages* in Markdown."""
    return "\n".join(_markdown(page) for page in pages)


def _markdown(page: Page) -> str:
    parts = [f"# {_title(page)}", _standing(page)]
    if page.codes:
        parts.append("\n".join(f"- {code} `{name}`: {summary}" for code, name, summary in page.codes))
    parts.append(page.body)
    if page.defaults:
        parts.append(f"## Configuration\n{_FENCE}toml\n{page.defaults}\n{_FENCE}")
    return "\n\n".join(parts) + "\n"


def _standing(page: Page) -> str:
    if page.codes:
        return f"Contract type; severity `{page.severity}` unless a contract says otherwise. It emits:"
    return (
        f"{page.kind.capitalize()}, severity `{page.severity}`, {'on' if page.default else 'off'} by default."
    )


def _title(page: Page) -> str:
    return f"{page.code} {page.name}" if page.code else page.name


def painted_pages(pages: Sequence[Page]) -> str:
    """Return *pages* for a terminal: headings bold, code set off, no fences."""
    return "\n".join("\n".join(_painted(_markdown(page))) for page in pages) + "\n"


def _painted(text: str) -> Iterator[str]:
    paint = Paint(enabled=True)
    in_code = False
    for line in text.rstrip().split("\n"):
        if line.startswith(_FENCE):
            in_code = not in_code
        elif in_code:
            yield f"    {paint.dim(line)}" if line else ""
        elif line.startswith("#"):
            yield paint.bold(line.lstrip("# "))
        else:
            yield _CODE.sub(lambda found: paint.bold(found[1]), line)


def json_pages(pages: Sequence[Page]) -> str:
    """Return *pages* as a JSON document."""
    return dumped({"schema": "archlint-explain/1", "pages": [_row(page) for page in pages]})


def _row(page: Page) -> dict[str, Any]:
    return {
        "kind": page.kind,
        "code": page.code,
        "name": page.name,
        "severity": page.severity,
        "default": page.default,
        "summary": page.summary,
        "codes": [{"code": code, "name": name, "summary": text} for code, name, text in page.codes],
        "options": [
            {"name": option.name, "type": option.type, "required": option.required, "default": option.default}
            for option in page.options
        ],
        "markdown": page.body,
    }
