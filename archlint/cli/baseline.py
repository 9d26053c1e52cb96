"""``archlint baseline``: record today's findings in the ledger."""

from __future__ import annotations

from typing import Any

import click

from archlint.cli.console import deliver
from archlint.cli.options import project_options, request_of, rule_options
from archlint.errors import Exit


@click.command()
@project_options
@rule_options
@click.option("--allow-new", is_flag=True, help="Take new and worse findings into the ledger that is there.")
@click.option("--shrink", is_flag=True, help="Take out what is resolved; lower what became smaller.")
@click.option("--owner", metavar="NAME", help="Who answers for what is recorded now.")
@click.option("--reason", metavar="TEXT", help="Why it is let pass.")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day on which it is let pass.")
@click.option("-q", "--quiet", is_flag=True, help="No notes and no progress.")
def baseline(**values: Any) -> int:
    """Record today's findings in archlint-ledger.toml: they are known from then on, and fail no check.

    A ledger that is there already only takes in what is new with --allow-new.
    """
    from archlint.usecases.baseline import Recording  # noqa: PLC0415 (help needs none of it)
    from archlint.usecases.baseline import baseline as use  # noqa: PLC0415
    from archlint.usecases.known import checked_day  # noqa: PLC0415

    until = values["until"]
    wanted = Recording(
        allow_new=values["allow_new"],
        shrink=values["shrink"],
        owner=values["owner"],
        reason=values["reason"],
        until=checked_day(until, "--until") if until is not None else None,
    )
    result = use(request_of(values), wanted)
    result.write()
    deliver([(None, result.said)], () if values["quiet"] else result.notes, result.errors)
    return Exit.ERROR if result.errors else Exit.CLEAN
