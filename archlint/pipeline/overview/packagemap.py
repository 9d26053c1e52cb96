"""The package map: units in layers as found, and what runs against them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.graph.coupling import grouped, pair_coupling
from archlint.graph.modulegraph import kinds_mask
from archlint.graph.ordering import arrange
from archlint.pipeline.overview.offers import defined, most_taken, taken
from archlint.pipeline.overview.units import choose_units
from archlint.pipeline.overview.values import RUN_TIME, Against, PackageMap, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.graph.coupling import Coupling
    from archlint.graph.ordering import Arrangement, Pair
    from archlint.model import Import
    from archlint.pipeline.overview.units import Units
    from archlint.pipeline.overview.values import Counted
    from archlint.rule import Project


def package_map(project: Project) -> PackageMap:
    """Return the map of the project's production code over the imports that run."""
    graph = project.production
    units = choose_units(graph, project.roots)
    weights = grouped(graph, graph.edges(RUN_TIME), units.of)
    arrangement = arrange(units.names, weights)
    upward = set(arrangement.upward)
    builder = _Builder(project, units, weights, arrangement)
    return PackageMap(
        units=tuple(sorted(map(builder.unit, units.names), key=_order)),
        down=sum(count for pair, count in weights.items() if pair not in upward),
        up=sum(weights[pair] for pair in upward),
        against=tuple(_against(project, units, weights, upward)),
    )


def _order(unit: Unit) -> tuple[object, ...]:
    return (-unit.level, -unit.lines, unit.name)


class _Builder:
    def __init__(
        self, project: Project, units: Units, weights: dict[Pair, int], arrangement: Arrangement
    ) -> None:
        graph = project.production
        self._project = project
        self._units = units
        self._levels = arrangement.levels
        self._taken = taken(graph.imports, units.of)
        self._coupling: dict[str, Coupling] = pair_coupling(weights, units.names)
        self._modules = Counter(
            home for name in graph.names if graph.modules[name].path and (home := units.of(name))
        )
        self._lines: Counter[str] = Counter()
        for name in graph.names:
            if (home := units.of(name)) and name in project.facts:
                self._lines[home] += project.facts[name].lines
        self._down, self._up = _ways(weights, set(arrangement.upward))

    def unit(self, name: str) -> Unit:
        """Return the unit called *name*."""
        module = self._project.modules[name]
        facts = self._project.facts.get(name)
        label = self._units.label(name, self._project.roots)
        return Unit(
            name=name,
            label=label,
            package=module.package and name not in self._units.alone,
            alone=name in self._units.alone,
            modules=self._modules[name],
            lines=self._lines[name],
            level=self._levels[name],
            doc=purpose(facts.doc, name) if facts else "",
            offers=most_taken(self._taken.get(name, {})) or defined(self._project.details.get(name)),
            coupling=self._coupling[name],
            down=self._counted(self._down.get(name, {})),
            up=self._counted(self._up.get(name, {})),
        )

    def _counted(self, counts: dict[str, int]) -> Counted:
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple((self._units.label(name, self._project.roots), count) for name, count in ranked)


def _ways(
    weights: dict[Pair, int], upward: set[Pair]
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Return, by importer, what it imports with and against the order."""
    down: dict[str, dict[str, int]] = {}
    up: dict[str, dict[str, int]] = {}
    for (importer, imported), count in weights.items():
        side = up if (importer, imported) in upward else down
        side.setdefault(importer, {})[imported] = count
    return down, up


def _against(
    project: Project, units: Units, weights: dict[Pair, int], upward: set[Pair]
) -> Iterable[Against]:
    """Yield what runs against the order: the pairs with the fewest imports first, a package's face last."""
    rows: dict[Pair, list[Import]] = {pair: [] for pair in upward}
    refused = ~kinds_mask(RUN_TIME)
    if rows:
        for row in project.production.imports:
            pair = (units.of(row.importer) or "", units.of(row.imported) or "")
            if pair in rows and not row.flags & refused:
                rows[pair].append(row)
    for pair in sorted(upward, key=lambda pair: (bool(units.alone & set(pair)), weights[pair], pair)):
        importer, imported = (units.label(name, project.roots) for name in pair)
        yield Against(
            importer, imported, tuple(rows[pair]), weights[pair], weights.get((pair[1], pair[0]), 0)
        )


def purpose(doc: str, name: str) -> str:
    """Return the first line of a docstring where it says more than the module's own name."""
    text = doc.strip().strip("~=-*#`").strip()
    plain = "".join(char for char in text.lower() if char.isalnum())
    own = {
        "".join(char for char in part.lower() if char.isalnum()) for part in (name, name.rpartition(".")[2])
    }
    own |= {word + suffix for word in own for suffix in ("py", "module", "package", "initpy")}
    return "" if plain in own or len(plain) < 3 else text.rstrip(".:")
