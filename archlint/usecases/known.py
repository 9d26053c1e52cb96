"""Reading a project's ledger and applying it to what a run found."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from msgspec import structs

from archlint.errors import ConfigError
from archlint.repository.project import ledger_path
from archlint.usecases.replay import day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.config.registry import Registry
    from archlint.pipeline.analysis import Analysis
    from archlint.repository.ledger import Ledger
    from archlint.repository.project import Place
    from archlint.usecases.request import Request

TODAY = "ARCHLINT_TODAY"
NARROWING = frozenset({"roots", "exclude", "include-tests"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def today(environ: Mapping[str, str]) -> str:
    """Return the day, of UTC, that entries of a ledger expire by: that of ``ARCHLINT_TODAY``, else today's.

    Raises ConfigError for a value that is no date.
    """
    given = environ.get(TODAY)
    if not given:
        return day()
    return checked_day(given, TODAY)


def checked_day(word: str, origin: str) -> str:
    """Return *word* where it is a date as ``YYYY-MM-DD``. Raises ConfigError, naming *origin*, where not."""
    from datetime import date  # noqa: PLC0415 (only where somebody gives a date)

    try:
        return date.fromisoformat(word).isoformat() if _DAY.fullmatch(word) else _refuse(word, origin)
    except ValueError:
        return _refuse(word, origin)


def _refuse(word: str, origin: str) -> str:
    raise ConfigError(f"{origin}: `{word}` is no date; write it as YYYY-MM-DD")


def codes_of(known: Registry) -> dict[str, str]:
    """Return the code of every word that names a rule."""
    return {word: code for code, name in known.names.items() for word in (code, name)}


def ledger_of(place: Place, known: Registry) -> Ledger | None:
    """Return the ledger of the project at *place*, or None. Raises ConfigError where it cannot be read."""
    if not os.path.lexists(ledger_path(place.root)):
        return None
    from archlint.repository.ledger import read_ledger  # noqa: PLC0415 (only where there is one)

    return read_ledger(place.root, codes_of(known))


def is_partial(request: Request) -> bool:
    """Tell whether the command line narrows what is looked at, so that what is missing may still be there."""
    return bool(NARROWING.intersection(request.overrides))


def everywhere(place: Place) -> Place:
    """Return *place* without the paths that findings are filtered by: a ledger is compared with them all."""
    return structs.replace(place, within=())


def with_ledger(request: Request, known: Registry, place: Place, analysis: Analysis) -> Analysis:
    """Return *analysis*, of the whole project, with what its ledger knows set aside."""
    ledger = ledger_of(place, known)
    if ledger is None:
        return analysis
    from archlint.pipeline.debt import settle  # noqa: PLC0415 (only where there is a ledger)

    settled = settle(
        analysis,
        ledger.entries,
        today(request.environ),
        only=request.contracts,
        partial=is_partial(request),
    )
    return settled.analysis
