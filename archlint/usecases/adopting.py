"""What ``check`` adopts of other tools, for the commands that do not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archlint.contracts.naming import inside
from archlint.errors import ArchlintError
from archlint.pipeline.analysis import Adoption
from archlint.usecases.adopt import set_ups
from archlint.usecases.analyse import ENOUGH, run
from archlint.usecases.known import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.config.settings import Configuration
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup


def adopted_setups(request: Request) -> list[Setup]:
    """Return a set-up for each configuration of another tool that ``check`` adopts. Raises ArchlintError."""
    return [setup for setup in set_ups(request) if setup.configuration.adopted]


def adoptions(request: Request) -> Iterator[Adoption]:
    """Yield what ``check`` adopts, its contracts judged, or the reason why that cannot be."""
    try:
        setups = adopted_setups(request)
    except ArchlintError as error:
        yield Adoption("", error=str(error))
        return
    for setup in setups:
        path = setup.configuration.path or ""
        names = tuple(contract.terms.name for contract in setup.configuration.contracts)
        try:
            asked, whole = replace(request, contracts=names), replace(setup, place=everywhere(setup.place))
            results = run(asked, whole, measure_from=ENOUGH).contracts if names else ()
        except ArchlintError as error:
            yield Adoption(path, error=str(error))
        else:
            yield Adoption(path, tuple(results))


def beyond(configuration: Configuration, words: tuple[str, ...], error: ArchlintError) -> ArchlintError:
    """Return *error*, and where one of the *words* lies outside the adopted roots, how to ask of it too."""
    roots = configuration.settings.roots
    known = all(any(inside(word, root) for root in roots) for word in words)
    if not configuration.adopted or not roots or known:
        return error
    limits = ", ".join(f"`{root}`" for root in roots)
    return type(error)(
        f"{error}; {configuration.path} is adopted and limits the roots to {limits}: "
        "--isolated asks of the whole project"
    )
