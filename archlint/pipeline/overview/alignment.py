"""The grade for stakeholder alignment: do people see and agree to the design?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.marks import Criterion, Item, Lever, criterion, graded, unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.facts import Suppression
    from archlint.model import Module
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.marks import Grade
    from archlint.pipeline.overview.values import Overview
    from archlint.rule import Terms

CHALLENGE, QUESTION = "Stakeholder alignment", "Do people see and agree to the design?"
KEPT, WHY, OWNER, REASONS = 50.0, 25.0, 15.0, 10.0
OWN_SCALE = "No published scale: this one is archlint's own."


def grade_alignment(overview: Overview) -> Grade:
    """Return the grade from the contracts: are they kept, and do they say why and whose they are."""
    analysis = overview.analysis
    if not analysis.contracts:
        return unmeasured(CHALLENGE, QUESTION, _missing(analysis))
    terms = [one.terms for one in analysis.configuration.contracts]
    found = (
        _kept(analysis),
        _said("Contracts that say why", WHY, [one for one in terms if not one.why], len(terms), "no `why`"),
        _said(
            "Contracts with an owner",
            OWNER,
            [one for one in terms if not one.owner],
            len(terms),
            "no `owner`",
        ),
        _reasons(analysis),
    )
    levers = (
        Lever(f"{one.title}: {item.text}", item.points, item.module, item.path, item.line)
        for one in found
        for item in one.items[:1]
    )
    return graded(CHALLENGE, QUESTION, found, levers)


def _missing(analysis: Analysis) -> str:
    if not analysis.adoptions:
        return (
            "No contract is declared, so nobody has said what the design should be. Contracts with a `why` "
            "and an `owner` in archlint.toml give this a grade; the map is where to start."
        )
    files = " and ".join(f"`{one.path}`" for one in analysis.adoptions if one.path)
    return (
        f"`check` adopts {files or 'another tool'}, whose contracts have neither a `why` nor an `owner`; "
        "`archlint init` takes them over, with room for both."
    )


def _kept(analysis: Analysis) -> Criterion:
    whole = len(analysis.contracts)
    broken = [one for one in analysis.contracts if not one.kept]
    first = {finding.contract: finding for finding in reversed(analysis.findings)}
    items = []
    for one in broken:
        finding = first.get(one.name)
        text = f"`{one.name}` is broken" if finding else f"`{one.name}` could not be judged"
        place = (finding.module, finding.path, finding.line) if finding else ("", "", 0)
        items.append(Item(text, KEPT / whole, *place))
    value = f"{whole - len(broken)} of {whole} contracts are kept"
    return criterion("Contracts that are kept", value, f"Each is worth the same. {OWN_SCALE}", KEPT, items)


def _said(title: str, points: float, silent: list[Terms], whole: int, lack: str) -> Criterion:
    items = (
        Item(f"`{one.name}` has {lack}", points / whole, path=one.path or "", line=one.line or 0)
        for one in silent
    )
    value = f"{whole - len(silent)} of {whole}"
    return criterion(title, value, f"Each is worth the same. {OWN_SCALE}", points, items)


def _reasons(analysis: Analysis) -> Criterion:
    comments = list(_comments(analysis))
    bare = [
        Item(
            "a suppression without a reason",
            REASONS / len(comments),
            module.name,
            module.path or "",
            one.line,
        )
        for module, one in comments
        if not one.reason
    ]
    value = f"{len(comments) - len(bare)} of {len(comments)}" if comments else "nothing is suppressed"
    return criterion(
        "Suppressions with a reason", value, f"Each is worth the same. {OWN_SCALE}", REASONS, bare
    )


def _comments(analysis: Analysis) -> Iterator[tuple[Module, Suppression]]:
    project = analysis.project
    for module in project.judged():
        facts = project.facts.get(module.name)
        yield from ((module, one) for one in (facts.suppressions if facts else ()))
