"""``archlint explain``: the page of a rule."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from archlint.cli.options import output_options, outputs
from archlint.cli.queries import allowed_plugins, hand_over, plugin_option

FORMATS = ("text", "markdown", "json")


@click.command()
@click.argument("rules", nargs=-1, required=True, metavar="RULE...")
@plugin_option
@output_options(FORMATS, "text")
def explain(rules: tuple[str, ...], formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Print the page of each RULE: a code (ARC201), a name (import-cycle) or a contract type (layers)."""
    from archlint.cli.console import wants_colour  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.explain import explain as use  # noqa: PLC0415

    wanted = outputs(formats, output_file, FORMATS, "text")
    plugins = allowed_plugins(values)
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    hand_over(
        wanted, [use(rules, name, plugins=plugins, colour=colour and path is None) for name, path in wanted]
    )
    return 0
