"""``archlint impact``: what a change can reach."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from archlint.cli.console import deliver, wants_colour
from archlint.cli.options import output_options, outputs, read_options, request_of
from archlint.cli.queries import running_kinds_option

FORMATS = ("terminal", "json", "markdown")
MOST = 20


@click.command()
@click.argument("modules", nargs=-1, metavar="MODULE...")
@read_options
@output_options(FORMATS, "terminal")
@click.option("--since", metavar="REF", help="What was changed since this branch left REF, uncommitted too.")
@click.option("--tests", is_flag=True, help="Print only the paths of the test files that exercise it.")
@click.option("-0", "--null", is_flag=True, help="With --tests: a zero byte after each path, not a newline.")
@click.option("--chains", is_flag=True, help="Show the chain of imports from each module to the change.")
@click.option("--all", "every", is_flag=True, help=f"Show every module, not the first {MOST}.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=f"Show so many (default {MOST}).")
@click.option(
    "--imports-only",
    is_flag=True,
    help="Leave out what only the __init__ of a package above an import, or a conftest.py, leads to.",
)
@running_kinds_option
def impact(modules: tuple[str, ...], formats: tuple[str, ...], output_file: str | None, **values: Any) -> int:
    """Tell what a change of MODULE... can reach, or of what was changed since REF: modules, layers, tests.

    MODULE is a dotted name, with all below it, a wildcard, a path, or an external package that is imported.
    Nothing is run: imports alone are followed. Exit codes: 0 whatever is reached, 2 where something is wrong.
    """
    from archlint.usecases.impact import Question  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.impact import impact as use  # noqa: PLC0415

    _check(modules, formats, values)
    question = Question(
        modules=modules,
        since=values["since"],
        kinds=values["kinds"],
        imports_only=values["imports_only"],
        history=not values["tests"],
    )
    told = use(request_of(values), question)
    if values["tests"]:
        texts, more = _tests(told, output_file, null=values["null"])
    else:
        texts, more = _reports(told, formats, output_file, values), ()
    deliver(texts, () if values["quiet"] else (*told.notes, *more), ())
    return 0


def _check(modules: tuple[str, ...], formats: tuple[str, ...], values: dict[str, Any]) -> None:
    if bool(modules) == (values["since"] is not None):
        raise click.UsageError("name modules, or give --since REF; one of the two")
    if values["tests"] and (formats or values["chains"]):
        raise click.UsageError("--tests prints paths alone; it goes with neither --format nor --chains")
    if values["null"] and not values["tests"]:
        raise click.UsageError("-0 goes with --tests")


def _tests(
    told: Any, output_file: str | None, *, null: bool
) -> tuple[list[tuple[str | None, str]], tuple[str, ...]]:
    from archlint.reporters.impact_tests import test_paths  # noqa: PLC0415

    below = os.path.relpath(os.path.realpath(told.root), os.path.realpath(os.getcwd()))
    text, notes = test_paths(told.impact, "" if below == "." else below.replace(os.sep, "/"), null=null)
    return [(output_file, text)], notes


def _reports(
    told: Any, formats: tuple[str, ...], output_file: str | None, values: dict[str, Any]
) -> list[tuple[str | None, str]]:
    wanted = outputs(formats, output_file, FORMATS, "terminal")
    most = None if values["every"] else values["limit"] or MOST
    colour = wants_colour(values["color"], os.environ, sys.stdout)
    return [
        (path, _written(told.impact, name, most=most, chains=values["chains"], colour=colour))
        for name, path in wanted
    ]


def _written(impact: Any, name: str, *, most: int | None, chains: bool, colour: bool) -> str:
    if name == "json":
        from archlint.reporters.impact_json import json_impact  # noqa: PLC0415

        return json_impact(impact)
    if name == "markdown":
        from archlint.reporters.impact_markdown import markdown_impact  # noqa: PLC0415

        return markdown_impact(impact, most=most, chains=chains)
    from archlint.reporters.impact_terminal import terminal_impact  # noqa: PLC0415

    return terminal_impact(impact, most=most, chains=chains, colour=colour)
