"""The capability map: which parts of the project touch which sensitive capability, and by what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.contracts.apis import Apis
from archlint.contracts.catalogue import CAPABILITIES
from archlint.graph.touches import Touches
from archlint.pipeline.overview.units import choose_units
from archlint.pipeline.overview.values import Capability, Used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.contracts.apis import Sighting
    from archlint.pipeline.overview.values import Counted
    from archlint.rule import Project


def capability_map(project: Project) -> tuple[Capability, ...]:
    """Return the capabilities that production code touches, in the order of the catalogue.

    Test modules, annotations and imports for type checking alone touch nothing.
    """
    units = choose_units(project.production, project.roots)
    uses: dict[str, list[Used]] = {name: [] for name in CAPABILITIES}
    for found in _touched(project):
        part = units.label(units.of(found.module) or found.module, project.roots)
        uses[found.group].append(Used(found.module, part, found.api, found.line))
    return tuple(_capability(name, uses[name]) for name in CAPABILITIES if uses[name])


def _capability(name: str, uses: list[Used]) -> Capability:
    homes = {use.module: use.part for use in uses}
    parts, apis = Counter(homes.values()), Counter(use.api for use in uses)
    return Capability(name, len(homes), _ranked(parts), _ranked(apis), tuple(uses))


def _touched(project: Project) -> Iterator[Sighting]:
    apis, touches = Apis((), CAPABILITIES), Touches(project.graph, project.details)
    for module in project.production.names:
        yield from apis.used_in(touches, module)


def _ranked(counts: Counter[str]) -> Counted:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
