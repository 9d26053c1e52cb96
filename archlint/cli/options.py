"""The options that commands share, and the request that they make."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from archlint.cli.console import progress
from archlint.errors import SEVERITIES
from archlint.usecases.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = ("roots", "exclude", "select", "extend_select", "ignore", "fail_on", "include_tests")


def _split(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def project_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add PATHS, and the options that say which project is read, and how."""
    return click.argument("paths", nargs=-1, type=click.Path())(read_options(command))


def read_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which project is read, and how."""
    for decorate in reversed(
        (
            click.option(
                "--project", metavar="DIR", help="The project's directory, instead of looking for it."
            ),
            click.option(
                "--roots",
                multiple=True,
                callback=_split,
                metavar="NAME,...",
                help="Root packages to analyse.",
            ),
            click.option(
                "--exclude", multiple=True, callback=_split, metavar="GLOB,...", help="Paths to leave out."
            ),
            click.option(
                "--include-tests", is_flag=True, default=None, help="Take tests outside packages in."
            ),
            click.option(
                "--config",
                multiple=True,
                metavar="FILE|KEY=VALUE",
                help="A configuration file, or a setting in TOML. May be repeated.",
            ),
            click.option(
                "--isolated", is_flag=True, help="Ignore configuration files and ARCHLINT_* variables."
            ),
            click.option(
                "--allow-plugin", "plugins", multiple=True, metavar="NAME", help="Load this installed plugin."
            ),
            click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
            click.option("--cache-dir", metavar="DIR", help="Where the cache is (default: .archlint_cache)."),
            click.option(
                "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes (default: cores)."
            ),
        )
    ):
        command = decorate(command)
    return command


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which rules run and what fails."""
    for decorate in reversed(
        (
            click.option(
                "--select", multiple=True, callback=_split, metavar="RULE,...", help="Run only these rules."
            ),
            click.option(
                "--extend-select", multiple=True, callback=_split, metavar="RULE,...", help="Run these too."
            ),
            click.option(
                "--ignore", multiple=True, callback=_split, metavar="RULE,...", help="Do not run these."
            ),
            click.option(
                "--contract", "contracts", multiple=True, metavar="NAME", help="Judge only this contract."
            ),
            click.option("--fail-on", type=click.Choice(SEVERITIES), help="The lowest severity that fails."),
        )
    ):
        command = decorate(command)
    return command


def output_options(
    formats: tuple[str, ...], default: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the options about output, for a command with these *formats*."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for decorate in reversed(
            (
                click.option(
                    "--format",
                    "formats",
                    multiple=True,
                    metavar="FORMAT[=FILE]",
                    help=f"One of {', '.join(formats)} (default {default}). May be repeated.",
                ),
                click.option("-o", "--output-file", metavar="FILE", help="Write the report there."),
                click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto"),
                click.option("-q", "--quiet", is_flag=True, help="No notes and no progress."),
                click.option("-v", "--verbose", is_flag=True, help="Say more on stderr."),
            )
        ):
            command = decorate(command)
        return command

    return add


def request_of(values: dict[str, Any]) -> Request:
    """Make a request of the values of a command's options."""
    overrides = {
        key.replace("_", "-"): list(value) if isinstance(value, tuple) else value
        for key in SETTINGS
        if (value := values.get(key)) not in (None, ())
    }
    return Request(
        paths=tuple(values.get("paths", ())),
        project=values.get("project"),
        config=tuple(values.get("config", ())),
        isolated=values.get("isolated", False),
        overrides=overrides,
        contracts=tuple(values.get("contracts", ())),
        plugins=tuple(values.get("plugins", ())),
        jobs=values.get("jobs"),
        only_touching=values.get("only_touching", False),
        no_cache=values.get("no_cache", False),
        cache_dir=values.get("cache_dir"),
        progress=None if values.get("quiet") else progress(os.environ),
    )


def outputs(
    formats: tuple[str, ...], output_file: str | None, known: tuple[str, ...], default: str
) -> list[tuple[str, str | None]]:
    """Return the wanted formats, each with its file (None: stdout). Raises UsageError for a wrong word."""
    wanted: list[tuple[str, str | None]] = []
    for word in formats or (default,):
        name, _, path = word.partition("=")
        if name not in known:
            from archlint.config.options import unknown  # noqa: PLC0415

            raise click.UsageError(f"{unknown('format', name, known)}; known: {', '.join(known)}")
        wanted.append((name, path or None))
    if output_file is not None:
        if len(wanted) != 1 or wanted[0][1] is not None:
            raise click.UsageError("-o goes with one format; write --format FORMAT=FILE for each of several")
        wanted = [(wanted[0][0], output_file)]
    if sum(path is None for _, path in wanted) > 1:
        raise click.UsageError("only one format can go to stdout; write --format FORMAT=FILE for the others")
    return wanted


def on_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout.isatty()
