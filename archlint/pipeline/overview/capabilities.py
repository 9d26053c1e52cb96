"""The capability map: which parts of the project touch which sensitive capability, and by what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.contracts.apis import Apis
from archlint.contracts.catalogue import CAPABILITIES
from archlint.graph.touches import Touches
from archlint.pipeline.overview.units import choose_units
from archlint.pipeline.overview.values import Capability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.pipeline.overview.values import Counted
    from archlint.rule import Project


def capability_map(project: Project) -> tuple[Capability, ...]:
    """Return the capabilities that production code touches, in the order of the catalogue.

    Test modules, annotations and imports for type checking alone touch nothing.
    """
    units = choose_units(project.production, project.roots)
    parts: dict[str, Counter[str]] = {name: Counter() for name in CAPABILITIES}
    uses: dict[str, Counter[str]] = {name: Counter() for name in CAPABILITIES}
    modules: dict[str, set[str]] = {name: set() for name in CAPABILITIES}
    for module, capability, api in _touched(project):
        uses[capability][api] += 1
        if module not in modules[capability]:
            modules[capability].add(module)
            parts[capability][units.label(units.of(module) or module, project.roots)] += 1
    return tuple(
        Capability(name, len(modules[name]), _ranked(parts[name]), _ranked(uses[name]))
        for name in CAPABILITIES
        if modules[name]
    )


def _touched(project: Project) -> Iterator[tuple[str, str, str]]:
    apis, touches = Apis((), CAPABILITIES), Touches(project.graph, project.details)
    own = frozenset(project.roots)
    for module in project.production.names:
        for found in apis.used_in(touches, module):
            # What the project itself offers (Django's own database layer) is not a power from outside.
            if found.api.partition(".")[0] not in own:
                yield module, found.group, found.api


def _ranked(counts: Counter[str]) -> Counted:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
