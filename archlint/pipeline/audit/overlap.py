"""Contracts that can never fail, and contracts that others imply: judged by mutation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import SEVERITIES
from archlint.pipeline.audit.direct_lens import InterfaceLens
from archlint.pipeline.audit.units import spread
from archlint.pipeline.audit.values import ContractAudit, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.pipeline.audit.witness import Witness

MOST_MODULES = 20_000
MOST_OWN = 2_000
NAMES = ("_private", "anything")


def contract_audits(
    graph: ModuleGraph, witnesses: Sequence[Witness], units: Sequence[Mutant]
) -> list[ContractAudit]:
    """Return what is to be said of each contract; *units* are the imports tried between units.

    Beside those, imports between modules all over the project are tried, and between the modules that
    each contract names.
    """
    mutants = list(dict.fromkeys((*units, *_further(graph, witnesses))))
    caught = [witness.caught(mutants) for witness in witnesses]
    return [_audit(witnesses, caught, number) for number in range(len(witnesses))]


def _further(graph: ModuleGraph, witnesses: Sequence[Witness]) -> Iterator[Mutant]:
    nodes = range(len(graph.names))
    named = any(isinstance(each.lens, InterfaceLens) for each in witnesses)
    for mutant in _between(nodes, MOST_MODULES):
        yield mutant
        if named:
            yield from (Mutant(mutant.tail, mutant.head, name=name) for name in NAMES)
    for each in witnesses:
        own = [graph.index[name] for name in sorted(each.lens.units) if name in graph.index]
        yield from _between(own, MOST_OWN)


def _between(nodes: Sequence[int], most: int) -> Iterator[Mutant]:
    for place in spread(len(nodes) ** 2, most):
        tail, head = divmod(place, len(nodes))
        if tail != head:
            yield Mutant(nodes[tail], nodes[head])


def _audit(witnesses: Sequence[Witness], caught: Sequence[set[int]], number: int) -> ContractAudit:
    own = witnesses[number]
    others = set[int]().union(*(each for place, each in enumerate(caught) if place != number))
    return ContractAudit(
        name=own.contract.terms.name,
        type=own.contract.type,
        place=own.place,
        caught=len(caught[number]),
        alone=len(caught[number] - others),
        vacuous=not caught[number] and not own.lens.says_more,
        implied_by=_implied_by(witnesses, caught, number),
        idle_ignores=own.idle,
        findings=own.findings,
        judges=own.lens.judges,
    )


def _implied_by(witnesses: Sequence[Witness], caught: Sequence[set[int]], number: int) -> tuple[str, ...]:
    """Return the one contract that catches all that this one does, else those that do together, else none."""
    own, wanted = witnesses[number], caught[number]
    if not wanted or own.lens.says_more:
        return ()
    able = [place for place, each in enumerate(witnesses) if place != number and _is_as_strict(each, own)]
    whole = [place for place in able if wanted <= caught[place]]
    chosen = whole[:1] or _cover(wanted, caught, able)
    return tuple(witnesses[place].contract.terms.name for place in chosen)


def _is_as_strict(one: Witness, other: Witness) -> bool:
    """Tell whether *one* counts all the imports that *other* counts, and is no milder."""
    mine, terms = one.contract.terms, other.contract.terms
    return set(mine.edges) >= set(terms.edges) and SEVERITIES.index(mine.severity) <= SEVERITIES.index(
        terms.severity
    )


def _cover(wanted: set[int], caught: Sequence[set[int]], able: Sequence[int]) -> list[int]:
    """Choose contracts that together catch all that is *wanted*, the one that catches most first; or none."""
    left, chosen = set(wanted), list[int]()
    if not wanted <= set[int]().union(*(caught[place] for place in able)):
        return chosen
    while left:
        best = max(able, key=lambda place: (len(left & caught[place]), -place))
        chosen.append(best)
        left -= caught[best]
    return sorted(chosen)
