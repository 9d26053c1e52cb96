"""From changed modules to what the change can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from archlint.graph.effects import Effects
from archlint.pipeline.impact.groups import groupings
from archlint.pipeline.impact.values import AffectedTest, Changed, Impact, Reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archlint.config.settings import Configuration
    from archlint.graph.effects import Hop, Reach
    from archlint.model import Step
    from archlint.pipeline.impact.scene import Scene
    from archlint.pipeline.impact.values import Status, Through


def impact_of(
    scene: Scene,
    changed: Mapping[str, Status],
    configuration: Configuration,
    *,
    kinds: Sequence[str],
    imports_only: bool = False,
) -> Impact:
    """Return what the modules *changed*, names of the scene's graph, can reach.

    Imports of *kinds* count. With *imports_only*, packages that run before what is imported from them have
    no say, nor has a ``conftest.py`` that is not itself changed.
    """
    loads = (pair for pair in scene.loads() if not imports_only or pair[1] in changed)
    effects = Effects(scene.graph, kinds, entries=scene.entries(), loads=loads, parents=not imports_only)
    told = _Teller(scene, effects, effects.reach(changed)).all_reached()
    reached = sorted(told, key=lambda found: _rank(found[1]))
    inside = scene.production.intersection(changed)
    own = {name: found for name, found in reached if name in scene.production}
    production = scene.project.graph.among(scene.production)
    return Impact(
        kinds=tuple(kinds),
        imports_only=imports_only,
        others=len(scene.production) - len(inside),
        test_files=len(scene.tests),
        changed=tuple(sorted(_changed(scene, changed, kinds), key=_order)),
        reached=tuple(own.values()),
        tests=tuple(_tests(scene, changed, reached)),
        beside=tuple(_neither(scene, reached)),
        groupings=tuple(groupings(production, configuration, scene.roots, own, inside)),
        via={found.name: found.hop for _, found in reached},
    )


def _tests(
    scene: Scene, changed: Iterable[str], reached: Iterable[tuple[str, Reached]]
) -> Iterator[AffectedTest]:
    """Yield the test files that are themselves changed, then those that are reached."""
    own = {scene.tests[name] for name in changed if name in scene.tests and name not in scene.gone}
    yield from map(AffectedTest, sorted(own))
    for name, found in reached:
        if name in scene.tests:
            yield AffectedTest(scene.tests[name], found)


def _neither(scene: Scene, reached: Iterable[tuple[str, Reached]]) -> Iterator[Reached]:
    known = scene.production.union(scene.tests)
    return (found for name, found in reached if name not in known)


def _rank(found: Reached) -> tuple[bool, int, int, str]:
    """Order what is reached: by imports alone first, the nearest, the most imported."""
    return (found.through != "imports", found.distance, -found.importers, found.name)


def _order(one: Changed) -> tuple[int, str]:
    """Order what changed: what is gone and still imported is what breaks first."""
    return (("gone", "new", "changed", "named").index(one.status), one.name)


def _changed(scene: Scene, changed: Mapping[str, Status], kinds: Sequence[str]) -> Iterator[Changed]:
    for name, status in changed.items():
        left = tuple(_left(scene, name, kinds)) if status == "gone" else ()
        yield Changed(scene.shown(name), scene.graph.modules[name].path, status, left)


def _left(scene: Scene, gone: str, kinds: Sequence[str]) -> Iterator[Step]:
    """Yield the imports that still ask for *gone*, those of modules of the project first."""
    graph = scene.graph
    tails = (graph.names[tail] for tail in graph.edges(kinds).predecessors[graph.index[gone]])
    for tail in sorted(tails, key=lambda name: (name not in scene.production, name)):
        if tail not in scene.gone:
            step = graph.step(tail, gone, kinds)
            yield structs.replace(step, importer=scene.shown(tail), imported=scene.shown(gone))


class _Teller:
    """Puts node numbers into words."""

    def __init__(self, scene: Scene, effects: Effects, reach: Reach) -> None:
        self._scene = scene
        self._effects = effects
        self._reach = reach
        self._through: dict[int, Through] = {}
        self._own = {number for number, name in enumerate(scene.graph.names) if name in scene.production}

    def all_reached(self) -> Iterator[tuple[str, Reached]]:
        """Yield all that is reached and not itself changed, with the names in the graph."""
        names = self._scene.graph.names
        # By distance, so that what follows on the way to the change is known.
        for node in sorted(self._reach.following, key=self._reach.distance.__getitem__):
            yield names[node], self._told(node)

    def _told(self, node: int) -> Reached:
        scene, name = self._scene, self._scene.graph.names[node]
        hop = self._effects.hop(node, self._reach.following[node])
        self._through[node] = self._by(node, hop)
        return Reached(
            name=scene.shown(name),
            path=scene.graph.modules[name].path,
            distance=self._reach.distance[node],
            through=self._through[node],
            importers=self._importers(node),
            hop=structs.replace(hop, importer=scene.shown(hop.importer), imported=scene.shown(hop.imported)),
        )

    def _by(self, node: int, hop: Hop) -> Through:
        if node in self._reach.plain:
            return "imports"
        after = self._through.get(self._reach.following[node])
        return "conftest" if hop.how == "conftest" or after == "conftest" else "packages"

    def _importers(self, node: int) -> int:
        return sum(tail in self._own for tail in self._effects.plain.predecessors[node])
