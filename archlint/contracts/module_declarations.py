"""What declared dependencies say by themselves: unused ones, circles, and those on hidden modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.contracts.globs import glob_matches, is_glob
from archlint.contracts.module_rules import ModuleRule, paths_of
from archlint.contracts.placing import on_module
from archlint.contracts.territory import ROOT, Territory
from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import components, shortest_cycle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archlint.model import Finding
    from archlint.rule import Code, Project, Terms

Pairs = frozenset[tuple[str, str]]


def hidden_declarations(
    project: Project, terms: Terms, code: Code, territory: Territory[ModuleRule]
) -> Iterator[Finding]:
    """Yield a finding for each dependency declared on a module that is not visible to the declaring one."""
    for source, rule in sorted(territory.paths.items()):
        for target in paths_of(rule.depends_on):
            other = territory.paths.get(target)
            if other is None or other.visibility is None:
                continue
            if any(glob_matches(glob, source, dots=True) for glob in other.visibility):
                continue
            message = f"{source} declares that it depends on {target}, which is not visible to it"
            remedy = f"Drop {target} from the depends-on of {source}, or add {source} to its visibility."
            yield _on(project, terms, code, source, message, (source, target), remedy)


def unused_declarations(
    project: Project,
    terms: Terms,
    code: Code,
    territory: Territory[ModuleRule],
    used: Collection[tuple[str, str]],
) -> Iterator[Finding]:
    """Yield a finding for each declared dependency that stands for none of the *used* pairs."""
    plain = (path for path, rule in sorted(territory.paths.items()) if not any(map(is_glob, rule.written)))
    for source in plain:
        targets = [target for tail, target in used if tail == source]
        declarations = paths_of(territory.paths[source].depends_on)
        for declared in (path for path in declarations if not _finds(path, targets)):
            message = f"{source} declares that it depends on {declared}, but needs no such import"
            remedy = f"Drop {declared} from the depends-on of {source}."
            yield _on(project, terms, code, source, message, (source, declared), remedy)


def _finds(glob: str, names: list[str]) -> bool:
    return any(glob_matches(glob, name) for name in names)


def circles(
    project: Project,
    terms: Terms,
    code: Code,
    territory: Territory[ModuleRule],
    real: Collection[tuple[str, str]] | None,
) -> Iterator[Finding]:
    """Yield a finding for each knot of modules that depend on each other.

    *real* are the dependencies that count, None stands for the declared ones.
    """
    paths = sorted(territory.paths)
    number = {path: place for place, path in enumerate(paths)}
    pairs = _declared(territory) if real is None else real
    graph = Adjacency(len(paths), ((number[tail], number[head]) for tail, head in pairs))
    for knot in components(graph):
        inside = set(knot)
        circle = [paths[place] for place in shortest_cycle(graph, knot)]
        names = sorted(
            f"{paths[tail]} -> {paths[head]}"
            for tail, head in graph.edges()
            if tail in inside and head in inside
        )
        message = f"modules depend on each other in a circle: {' -> '.join([*circle, circle[0]])}"
        remedy = f"Make one of them independent of the next, such as {circle[0]} of {circle[1]}."
        yield _on(project, terms, code, circle[0], message, names, remedy)


def _declared(territory: Territory[ModuleRule]) -> Pairs:
    """Return the declared dependencies among configured modules; globs are not followed, as in tach."""
    return frozenset(
        (source, target)
        for source, rule in territory.paths.items()
        for target in paths_of(rule.depends_on)
        if target in territory.paths
    )


def _on(
    project: Project,
    terms: Terms,
    code: Code,
    path: str,
    message: str,
    identity: tuple[str, ...] | list[str],
    remedy: str,
) -> Finding:
    module = project.graph.names[0] if path == ROOT else path
    return on_module(project, terms, code, module, message, identity=identity, remedy=remedy)
