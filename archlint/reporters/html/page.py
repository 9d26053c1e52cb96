"""The page: one file without a single request, whose text can never become markup or script."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pkgutil import get_data
from typing import TYPE_CHECKING, Any

from archlint import __version__
from archlint.reporters import report_words as words
from archlint.reporters.html.changes import changes
from archlint.reporters.html.data import page_data
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Overview
    from archlint.reporters.html.earlier import Earlier

SCRIPTS = (
    "10-core.js",
    "20-graph.js",
    "30-map.js",
    "40-matrix.js",
    "50-treemap.js",
    "60-table.js",
    "70-pages.js",
    "72-powers.js",
    "74-effort.js",
    "75-changes.js",
    "80-overview.js",
    "90-start.js",
)


def html_page(overview: Overview, grades: Sequence[Grade], earlier: Earlier | None = None) -> str:
    """Return the page of *overview* with *grades*, and with what changed since *earlier*."""
    document = page_data(overview, grades)
    if earlier is not None:
        document["changes"] = changes(document, earlier)
    return rendered(overview, document)


def rendered(overview: Overview, document: Mapping[str, Any], what: str = "Architecture of") -> str:
    """Return the page that embeds *document*; *what* begins its title."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (only this format needs it)
    from markupsafe import Markup  # noqa: PLC0415

    style, script = asset("style.css"), program()
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(asset("template.html.j2")).render(
        policy=policy(style, script),
        version=__version__,
        what=what,
        title=safe(words.title(overview)),
        sizes=safe(words.sizes(overview.makeup)),
        actions=document["actions"],
        # These three are archlint's own text, or JSON in which no `<` is left.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(embedded(document)),  # noqa: S704
    )


def asset(name: str) -> str:
    """Return the text of a file of this package."""
    data = get_data(__package__ or "", f"assets/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8").replace("\r\n", "\n")


def program() -> str:
    """Return the page's script: the files one after the other, in a scope of their own."""
    return '(() => {\n"use strict";\n' + "".join(map(asset, SCRIPTS)) + "})();\n"


def policy(style: str, script: str) -> str:
    """Return a content security policy that lets in this style and this script and nothing else."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def embedded(document: Mapping[str, Any]) -> str:
    """Return *document* as JSON that HTML reads as plain text: ASCII without ``<``, ``>`` and ``&``."""
    text = json.dumps(document, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
