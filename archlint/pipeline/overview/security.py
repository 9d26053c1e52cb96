"""The grade for security: who may touch secrets, shells, sockets, crypto?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.contracts.confined_api import ConfinedApi
from archlint.contracts.confined_package import ConfinedPackage
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.reachable_api import ReachableApi
from archlint.graph.expressions import matches, prefixes
from archlint.pipeline.overview.marks import Criterion, Item, Lever, criterion, graded, unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Capability, Overview
    from archlint.rule import ContractType

CHALLENGE, QUESTION = "Security", "Who may touch secrets, shells, sockets, crypto?"
SPREAD, GUARDED = 75.0, 25.0
# A power in one module costs nothing, in this share of the modules, or so many if that is more, all.
EVERYWHERE, FEW = 0.2, 10
BROKEN = 0.5
OWN_SCALE = "No published scale: this one is archlint's own."


def grade_security(overview: Overview) -> Grade:
    """Return the grade from the capability map: how few modules hold a power, what contracts say of it."""
    if not overview.capabilities:
        missing = (
            "No module uses anything of archlint's catalogue of sensitive names: no process, socket, key, "
            "database, file, and no code made at run time. There is nothing to keep apart."
        )
        return unmeasured(CHALLENGE, QUESTION, missing)
    # Who has no contracts yet is not blamed for it.
    written = bool(overview.analysis.contracts)
    found = [("Take out", _spread(overview, SPREAD if written else SPREAD + GUARDED))]
    if written:
        found.append(("Say in a contract:", _guarded(overview)))
    levers = (
        Lever(f"{verb} {item.text}", item.points, item.module, item.path, item.line)
        for verb, one in found
        for item in one.items[:5]
    )
    return graded(CHALLENGE, QUESTION, [one for _, one in found], levers)


def _spread(overview: Overview, points: float) -> Criterion:
    whole = overview.makeup.modules
    most = max(FEW, round(whole * EVERYWHERE))
    each = points / len(overview.capabilities)
    items = [item for one in overview.capabilities for item in _parts(overview, one, each, most)]
    value = ", ".join(f"{one.name} {one.modules:,}" for one in overview.capabilities)
    scale = (
        f"Each of the {len(overview.capabilities)} powers that the code uses is worth the same: all of it in "
        f"one module, nothing from {most:,} of {whole:,} modules on ({EVERYWHERE:.0%}, at least {FEW}). "
        f"{OWN_SCALE}"
    )
    return criterion("How few modules hold each power", value, scale, points, items)


def _parts(overview: Overview, one: Capability, points: float, most: int) -> Iterator[Item]:
    """Share out what is lost to a power among the parts whose modules hold it."""
    lost = points * min(1.0, (one.modules - 1) / (most - 1))
    if not lost:
        return
    for part, modules in one.parts:
        first = next(use for use in one.uses if use.part == part)
        text = f"`{one.name}` in {_modules(modules)} of {part} (`{first.api}` first)"
        path = overview.analysis.project.path(first.module)
        view = ("capabilities", one.name, part)
        yield Item(text, lost * modules / one.modules, first.module, path, first.line, view=view)


def _modules(number: int) -> str:
    return f"{number:,} module" if number == 1 else f"{number:,} modules"


def _guarded(overview: Overview) -> Criterion:
    each = GUARDED / len(overview.capabilities)
    found = [(one, _guards(overview, one)) for one in overview.capabilities]
    items = [item for one, guards in found for item in _unguarded(overview, one, guards, each)]
    value = f"{sum(bool(guards) for _, guards in found)} of {len(found)} powers are named by a contract"
    scale = (
        "Each power is worth the same. A `confined-api`, `confined-package`, `reachable-api` or `forbidden` "
        f"contract that names it, or what is used of it, guards it; a broken one counts half. {OWN_SCALE}"
    )
    return criterion("Powers that a contract guards", value, scale, GUARDED, items)


def _unguarded(overview: Overview, one: Capability, guards: list[str], points: float) -> Iterator[Item]:
    first, project = one.uses[0], overview.analysis.project
    view = ("capabilities", one.name)
    if not guards:
        does = "does" if one.modules == 1 else "do"
        text = f"who may use `{one.name}`: {_modules(one.modules)} {does}, no contract says which may"
        yield Item(text, points, first.module, project.path(first.module), first.line, view=view)
        return
    broken = [result for result in overview.analysis.contracts if result.name in guards and not result.kept]
    if len(broken) == len(guards):
        finding = next((found for found in overview.analysis.findings if found.contract in guards), None)
        text = f"`{one.name}`: the contract `{broken[0].name}` is broken"
        place = (finding.module, finding.path, finding.line) if finding else ("", "", 0)
        yield Item(text, points * BROKEN, *place, view=("contracts",))


def _guards(overview: Overview, one: Capability) -> list[str]:
    """Return the names of the contracts that speak of the capability."""
    return [
        contract.terms.name
        for contract in overview.analysis.configuration.contracts
        if contract.contract is not None and _speaks_of(contract.contract, one)
    ]


def _speaks_of(contract: ContractType, one: Capability) -> bool:
    if isinstance(contract, ConfinedApi | ReachableApi):
        if one.name in contract.capabilities:
            return True
        named = contract.apis
    elif isinstance(contract, ConfinedPackage):
        named = contract.packages
    elif isinstance(contract, Forbidden):
        named = contract.forbidden_modules
    else:
        return False
    above = {part for api, _ in one.apis for part in prefixes(api)}
    return any(matches(expression, part) for expression in named for part in above)
