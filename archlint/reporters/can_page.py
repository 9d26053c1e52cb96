"""The answer to ``archlint can``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.model import Finding, Step  # noqa: TC001 (msgspec reads the annotations)
from archlint.reporters.json_check import dumped, finding_row, step_row
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator


class Permit(Struct, frozen=True):
    """A contract that speaks of both modules, by these of its words, and does not mind.

    ``ignored`` is the entry of its ignore-imports that covers the import.
    """

    contract: str
    type: str
    source: str
    target: str
    ignored: str | None = None


class Circle(Struct, frozen=True):
    """The way back from the target to the source, if there is one, and whether a check would report it.

    ``packages`` means that only the two packages as wholes would depend on each other.
    """

    way: tuple[Step, ...] = ()
    reported: bool = False
    packages: bool = False


class Answer(Struct, frozen=True):
    """Whether *source* may import *target*, and who says so.

    ``place`` and ``line`` tell where it does so already; ``inner`` are the imports that modules below
    *source* have of *target* or of what is below it. ``forbids`` are the findings that the import
    would add and that fail a check, ``remarks`` those that do not fail it. ``circle`` is the import
    cycle that it closes. ``places`` maps contracts to where they are configured.
    """

    source: str
    target: str
    kind: str
    allowed: bool
    place: str | None
    line: int | None
    forbids: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    places: dict[str, str]
    permits: tuple[Permit, ...]
    contracts: int
    circle: Circle
    errors: tuple[str, ...]
    notes: tuple[str, ...]
    inner: tuple[Step, ...] = ()


def text_can(answer: Answer) -> str:
    """Return the answer for people."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    source, target = safe(answer.source), safe(answer.target)
    verdict = "yes" if answer.allowed else "no"
    yield f"{verdict}: {source} {'may' if answer.allowed else 'may not'} import {target}"
    if answer.place is not None:
        yield f"  It does already, at {safe(answer.place)}:{answer.line}."
    elif answer.inner:
        found, are = count(len(answer.inner), "import"), "is" if len(answer.inner) == 1 else "are"
        yield f"  {found} between the two packages {are} there already: the first is"
        yield f"      {_step(answer, answer.inner[0])}"
    for finding in answer.forbids:
        yield from _breach(answer, finding, "forbidden by")
    for finding in answer.remarks:
        yield from _breach(answer, finding, "disliked, without failing, by")
    yield from _cycle(answer)
    if answer.allowed:
        yield from _permits(answer)


def _breach(answer: Answer, finding: Finding, how: str) -> Iterator[str]:
    yield f"  {how} {_contract(answer, finding.contract or '')}"
    yield f"    {finding.code} {finding.rule}: {safe(finding.message)}"
    if len(finding.chain) > 1:
        yield from (f"      {_step(answer, step)}" for step in finding.chain)
    for label, text in (("why", finding.why), ("owner", finding.owner), ("help", _help(finding))):
        if text:
            yield f"    {label}: {safe(text)}"


def _help(finding: Finding) -> str | None:
    """Return the next step that a finding proposes; breaking a chain that is not there yet is none."""
    return finding.help if len(finding.chain) == 1 else None


def _contract(answer: Answer, name: str) -> str:
    place = answer.places.get(name)
    return f"{safe(name)} ({safe(place)})" if place else safe(name)


def _step(answer: Answer, step: Step) -> str:
    new = answer.place is None and step.line == 0
    where = "this import" if new else f"{safe(step.path or '')}:{step.line}"
    return f"{safe(step.importer)} -> {safe(step.imported)}  ({where})"


def _cycle(answer: Answer) -> Iterator[str]:
    circle = answer.circle
    if not circle.way:
        return
    closes = "closes" if answer.place is not None else "would close"
    if circle.packages:
        since = "already" if answer.inner else "then"
        yield f"  the two packages depend on each other {since}; the way back is"
    elif circle.reported:
        yield f"  {closes} an import cycle; the way back is"
    else:
        yield f"  {closes} a cycle that `check` does not report as it is configured; the way back is"
    yield from (f"      {_step(answer, step)}" for step in circle.way)


def _permits(answer: Answer) -> Iterator[str]:
    for permit in answer.permits:
        who = _contract(answer, permit.contract)
        if permit.ignored:
            yield f"  ignored by {who}: `{safe(permit.ignored)}` is in its ignore-imports"
        else:
            words = f"`{safe(permit.source)}` and `{safe(permit.target)}`"
            yield f"  permitted by {who}, {safe(permit.type)}, which speaks of {words}"
    if not answer.contracts:
        yield "  No contract is configured, so none forbids it."
    elif not answer.permits and not answer.remarks:
        yield f"  None of {count(answer.contracts, 'contract')} speaks of both."
    if not answer.circle.way:
        yield "  No import cycle is closed."


def json_can(answer: Answer) -> str:
    """Return the answer as a JSON document; what stands nowhere yet has no line."""
    return dumped(
        {
            "schema": "archlint-can/1",
            "source": answer.source,
            "target": answer.target,
            "kind": answer.kind,
            "allowed": answer.allowed,
            "exists": None if answer.place is None else {"path": answer.place, "line": answer.line},
            "inner": [_step_row(step) for step in answer.inner],
            "forbidden_by": [_finding(answer, finding) for finding in answer.forbids],
            "remarks": [_finding(answer, finding) for finding in answer.remarks],
            "permitted_by": [_permit(answer, permit) for permit in answer.permits],
            "cycle": {
                "reported": answer.circle.reported,
                "packages": answer.circle.packages,
                "way_back": [_step_row(step) for step in answer.circle.way],
            },
            "errors": list(answer.errors),
            "notes": list(answer.notes),
        }
    )


def _finding(answer: Answer, finding: Finding) -> dict[str, Any]:
    more = {
        "line": finding.line or None,
        "chain": [_step_row(step) for step in finding.chain],
        "help": _help(finding),
    }
    return {**finding_row(finding), **more, "source": answer.places.get(finding.contract or "")}


def _step_row(step: Step) -> dict[str, Any]:
    """Return a step; that of an import which is not there yet has no line."""
    return {**step_row(step), "line": step.line or None}


def _permit(answer: Answer, permit: Permit) -> dict[str, Any]:
    return {
        "contract": permit.contract,
        "type": permit.type,
        "source": answer.places.get(permit.contract),
        "words": [permit.source, permit.target],
        "ignored": permit.ignored,
    }
