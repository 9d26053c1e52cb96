"""``archlint rules``: the list of all rules."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

import click

from archlint.cli.options import on_terminal, output_options, outputs
from archlint.cli.queries import allowed_plugins, hand_over, plugin_option

FORMATS = ("text", "markdown", "json")


@click.command()
@plugin_option
@output_options(FORMATS, "text")
def rules(formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """List all rules: code, name, severity, whether it runs unasked, and what it finds."""
    from archlint.cli.console import wants_colour  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.rules import rules as use  # noqa: PLC0415

    wanted = outputs(formats, output_file, FORMATS, "text")
    plugins = allowed_plugins(values)
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    width = shutil.get_terminal_size().columns if on_terminal() else None
    reports = []
    for name, path in wanted:
        screen = path is None
        reports.append(use(name, plugins=plugins, width=width if screen else None, colour=colour and screen))
    hand_over(wanted, reports)
    return 0
