"""Who owns the code, and where it crosses from one team to another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.context.owners import apart
from archlint.pipeline.overview.values import Crossing, Owner, Ownership, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.context.owners import Owners
    from archlint.model import Finding
    from archlint.pipeline.overview.units import Units
    from archlint.rule import Project

NOBODY = ""


def ownership(project: Project, units: Units, findings: Iterable[Finding]) -> Ownership | None:
    """Return who owns what of the production code; None where there is no CODEOWNERS.

    A module of several owners counts for each, and an import between modules that have none in common once,
    for the first owner on either side. *findings* have their owners and minutes.
    """
    owners: Owners | None = project.owners
    if owners is None:
        return None
    own = {name: _owners(project, owners, name) for name in project.production.names}
    files = [name for name in own if project.modules[name].path is not None]
    pairs, taken = _crossings(project, own, units)
    return Ownership(
        path=owners.path,
        owners=tuple(_owner_rows(project, own, list(findings))),
        modules=len(files),
        unowned=sum(not own[name] for name in files),
        imports=sum(pairs.values()) + _within(project, own),
        crossings=tuple(
            Crossing(here, there, count)
            for (here, there), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
        ),
        wanted=_wanted(taken, units, project.roots),
    )


def _owners(project: Project, owners: Owners, module: str) -> tuple[str, ...]:
    path = project.modules[module].path
    return owners.of(path) if path else ()


def _crossings(
    project: Project, own: Mapping[str, tuple[str, ...]], units: Units
) -> tuple[Counter[tuple[str, str]], dict[str, list[tuple[str, str]]]]:
    """Count imports from one team to another, and collect who imports each unit from outside its team."""
    graph = project.production
    pairs: Counter[tuple[str, str]] = Counter()
    taken: dict[str, list[tuple[str, str]]] = {}
    for tail, head in graph.edges().edges():
        here, there = own[graph.names[tail]], own[graph.names[head]]
        if apart(here, there):
            pairs[here[0], there[0]] += 1
            unit = units.of(graph.names[head]) or graph.names[head]
            taken.setdefault(unit, []).append((here[0], there[0]))
    return pairs, taken


def _within(project: Project, own: Mapping[str, tuple[str, ...]]) -> int:
    """Count the imports between owned modules that stay in one hand."""
    names = project.production.names
    edges = project.production.edges().edges()
    return sum(bool(set(own[names[tail]]) & set(own[names[head]])) for tail, head in edges)


def _owner_rows(
    project: Project, own: Mapping[str, tuple[str, ...]], findings: list[Finding]
) -> Iterable[Owner]:
    """Yield the owners, those of most lines first; last, under no name, what nobody owns."""
    modules: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for name, owners in own.items():
        facts = project.facts.get(name)
        for owner in owners or (NOBODY,):
            modules[owner] += project.modules[name].path is not None
            lines[owner] += facts.lines if facts else 0
    found, minutes = _debts(findings)
    for owner in sorted(modules.keys() | found.keys(), key=lambda one: (one == NOBODY, -lines[one], one)):
        if modules[owner] or found[owner]:
            yield Owner(owner, modules[owner], lines[owner], found[owner], minutes[owner])


def _debts(findings: Iterable[Finding]) -> tuple[Counter[str], Counter[str]]:
    """Return the findings, and their minutes, of each owner; of several owners each has the whole."""
    found: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for finding in findings:
        for owner in finding.owners or (NOBODY,):
            found[owner] += 1
            minutes[owner] += finding.minutes or 0
    return found, minutes


def _wanted(
    taken: Mapping[str, list[tuple[str, str]]], units: Units, roots: tuple[str, ...]
) -> tuple[Wanted, ...]:
    """Return the units that other teams import, the most imported first."""
    rows = (
        Wanted(
            units.label(unit, roots),
            tuple(sorted({there for _, there in pairs})),
            len(pairs),
            len({here for here, _ in pairs}),
        )
        for unit, pairs in taken.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.imports, row.package)))
