"""The sentences of a report about owners, single imports and the time that findings take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.units import short
from archlint.pipeline.remediation import spoken
from archlint.reporters.text import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archlint.pipeline.overview.values import Overview, Owner, Ownership, Removal, Wanted

    Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]

NOBODY = "nobody"


def owned(found: Ownership) -> str:
    """Say how much of the code has owners, and how many imports cross from one to another."""
    named = sum(bool(one.name) for one in found.owners)
    share = found.unowned / found.modules if found.modules else 0.0
    unowned = f"{share:.1%} of modules unowned" if found.unowned else "every module owned"
    crossing = f"{found.crossing:,} of {count(found.imports, 'import')} cross teams" if found.imports else ""
    return ", ".join(part for part in (count(named, "owner"), unowned, crossing) if part)


def owner_name(owner: Owner) -> str:
    """Return what an owner is called."""
    return owner.name or NOBODY


def has(owner: Owner) -> str:
    """Say what an owner has."""
    parts = [count(owner.modules, "module"), count(owner.lines, "line")]
    if owner.findings:
        parts.append(f"{count(owner.findings, 'finding')} ({spoken(owner.minutes)})")
    return ", ".join(parts)


def wanted(one: Wanted) -> str:
    """Say how many import a part of the map from outside the team that owns it."""
    return f"{one.package} {one.imports:,} by {count(one.teams, 'team')}"


def takes(overview: Overview) -> str:
    """Say how long all findings take to mend; empty where there are none."""
    found = overview.debt
    if found is None or not found.findings:
        return ""
    # Where `check` adopts another tool's contracts, it does not run archlint's rules.
    whose = "archlint's own rules" if overview.analysis.adoptions else "`check`"
    if found.findings == 1:
        return f"the one finding of {whose} takes {spoken(found.minutes)}"
    return f"the {found.findings:,} findings of {whose} take {spoken(found.minutes)}"


def single_imports(overview: Overview) -> str:
    """Say which single imports would improve the system most; empty where none stands out."""
    said: dict[str, list[str]] = {}
    for metric, words in (("propagation_cost", _reaches), ("cyclicality", _frees)):
        best = next((one for one in overview.removals if one.metric == metric), None)
        if best is not None:
            said.setdefault(_edge(best, overview), []).append(words(best, overview))
    parts = (f"without the import {edge} {' and '.join(gains)}" for edge, gains in said.items())
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _reaches(one: Removal, _overview: Overview) -> str:
    return f"a module would reach {one.then:.1%} of all"


def _frees(one: Removal, overview: Overview) -> str:
    freed = round((one.now - one.then) * overview.whole.size)
    return f"{count(freed, 'module')} would leave the cycles"


def _edge(one: Removal, overview: Overview) -> str:
    names = (short(name, overview.makeup.roots) for name in (one.step.importer, one.step.imported))
    return f"{' -> '.join(names)} ({one.step.path}:{one.step.line})"


def removal_table(removals: Iterable[Removal], code: Callable[[str], str]) -> Table:
    """Return the head and rows of a table of single imports; *code* sets names apart."""
    rows = [
        (
            one.metric.replace("_", " ").replace(".", ", "),
            code(f"{one.step.importer} -> {one.step.imported}"),
            code(f"{one.step.path}:{one.step.line}"),
            f"{one.now:.1%}",
            f"{one.then:.1%}",
        )
        for one in removals
    ]
    return ("Metric", "Import", "Place", "With it", "Without"), rows


def owner_tables(found: Ownership, code: Callable[[str], str], most: int) -> Iterator[Table]:
    """Yield tables of owners, of imports from one to another, and of what others import most."""
    yield (
        ("Owner", "Modules", "Lines", "Findings", "To mend"),
        [
            (
                code(owner_name(one)),
                f"{one.modules:,}",
                f"{one.lines:,}",
                f"{one.findings:,}",
                spoken(one.minutes),
            )
            for one in found.owners[:most]
        ],
    )
    if found.crossings:
        crossings = found.crossings[:most]
        rows = [(code(one.importer), code(one.imported), f"{one.imports:,}") for one in crossings]
        yield ("From", "To", "Imports"), rows
        yield (
            ("Imported by other teams", "Owner", "Imports", "Teams"),
            [
                (code(one.package), ", ".join(map(code, one.owners)), f"{one.imports:,}", str(one.teams))
                for one in found.wanted[:most]
            ],
        )
