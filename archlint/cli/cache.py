"""``archlint cache``: what is in it, and emptying it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archlint.cli.console import emit
from archlint.usecases.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable


@click.group()
def cache() -> None:
    """Show or empty the cache of the project."""


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--project", metavar="DIR", help="The project's directory.")(command)
    return click.option("--cache-dir", metavar="DIR", help="The cache, where it is not the project's own.")(
        command
    )


@cache.command()
@_options
def info(project: str | None, cache_dir: str | None) -> None:
    """Say where the cache is and what it holds."""
    from archlint.usecases.cache import info as use  # noqa: PLC0415

    emit(use(Request(project=project, cache_dir=cache_dir)))


@cache.command()
@_options
def clean(project: str | None, cache_dir: str | None) -> None:
    """Remove everything from the cache."""
    from archlint.usecases.cache import clean as use  # noqa: PLC0415

    emit(use(Request(project=project, cache_dir=cache_dir)))
