"""``archlint diff``: what a branch does to the architecture."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from archlint.cli.console import deliver, wants_colour
from archlint.cli.options import output_options, outputs, project_options, request_of, rule_options
from archlint.errors import Exit

FORMATS = ("terminal", "html", "json", "markdown")


@click.command()
@click.argument("base", metavar="BASE[..HEAD]")
@project_options
@rule_options
@output_options(FORMATS, "terminal")
@click.option(
    "--diff-config",
    type=click.Choice(["base", "head"]),
    default="base",
    help="Whose configuration judges both states (default base).",
)
def diff(base: str, formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Tell what lies between BASE and the working tree, or HEAD: modules, imports, contracts, findings.

    BASE alone stands for the commit where this branch left it. Both trees are read from git's objects;
    nothing is checked out. Exits 0 whatever it finds; `archlint check --diff BASE` is the gate.
    """
    from archlint.usecases.diff import diff as use  # noqa: PLC0415 (help needs none of it)

    wanted = outputs(formats, output_file, FORMATS, "terminal")
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    names = [name for name, _ in wanted]
    result = use(request_of(values), base, names, config=values["diff_config"], colour=colour)
    texts = tuple((path, text) for (_, path), text in zip(wanted, result.reports, strict=True))
    notes = () if values["quiet"] else result.notes
    deliver(texts, notes, result.errors)
    code = Exit.ERROR if result.errors else Exit.CLEAN
    if "html" not in names:  # A page is large, and looked at once.
        result.remember(sys.argv[1:], texts, notes, code)
    return code
