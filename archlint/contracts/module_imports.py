"""Imports between configured modules, as ``modules`` and ``interface`` judge them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from archlint.contracts.territory import ROOT
from archlint.facts import Flag
from archlint.graph.modulegraph import kinds_mask
from archlint.model import Import, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.contracts.territory import Territory
    from archlint.errors import Severity
    from archlint.graph.modulegraph import ModuleGraph

LocalImports = Literal["error", "warn", "off"]
RootModule = Literal["ignore", "allow", "dependenciesonly", "forbid"]


class Crossing(Struct, frozen=True):
    """The import *row* takes *name*, which belongs to *target*, into a module that belongs to *source*."""

    source: str
    target: str
    name: str
    row: Import

    @property
    def step(self) -> Step:
        """The import as a step."""
        return Step(self.row.importer, self.row.imported, self.row.path, self.row.line)


def crossings(
    graph: ModuleGraph, kinds: Iterable[str], territory: Territory[Any], root: RootModule
) -> Iterator[Crossing]:
    """Yield each name that an import takes from one configured module into another, by importer and place.

    What belongs to no configured module is of the root module, and left out where *root* ignores it.
    """
    refused = ~kinds_mask(kinds)
    for row in graph.imports:
        if row.flags & refused:
            continue
        source = territory.nearest(row.importer)
        if source == ROOT and root == "ignore":
            continue
        for name in row.targets or (row.imported,):
            target = territory.nearest(name)
            if target != source and not (target == ROOT and root == "ignore"):
                yield Crossing(source, target, name, row)


def severity(row: Import, severity: Severity, local: LocalImports) -> Severity | None:
    """Return the severity of a finding on *row*, None for none: *local* decides below module scope."""
    if local == "error" or not row.flags & (Flag.DEFERRED | Flag.CONDITIONAL | Flag.TYPE_CHECKING):
        return severity
    return "warning" if local == "warn" else None
