"""How far a change reaches: against networkx, and against what Python would execute."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import EDGE_KINDS, Flag
from archlint.graph.effects import Effects
from archlint.graph.modulegraph import ModuleGraph, kinds_mask
from archlint.model import Import, Module

RUNNING = ("eager", "conditional", "deferred", "lazy")
NAMES = ("a", "a.b", "a.b.c", "a.b.d", "a.e", "f", "f.g", "h")
ENTRIES = ("f.g", "h")
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([0, 1, 2, 4, 6, 8])),
    max_size=14,
)
CHANGED = st.sets(st.sampled_from(NAMES), min_size=1, max_size=3)


def graph_of(rows: list[tuple[str, str, int]]) -> ModuleGraph:
    packages = {name.rpartition(".")[0] for name in NAMES}
    modules = {name: Module(name, name.replace(".", "/") + ".py", package=name in packages) for name in NAMES}
    imports = sorted(
        (
            Import(tail, head, line, 1, line, False, flags, path="x.py")
            for line, (tail, head, flags) in enumerate(rows, 1)
        ),
        key=lambda row: (row.importer, row.line),
    )
    return ModuleGraph(modules, imports)


def counted(rows: list[tuple[str, str, int]], kinds: tuple[str, ...]) -> nx.DiGraph:
    refused = ~kinds_mask(kinds)
    graph = nx.DiGraph((tail, head) for tail, head, flags in rows if tail != head and not flags & refused)
    graph.add_nodes_from(NAMES)
    return graph


def named(graph: ModuleGraph, nodes: object) -> set[str]:
    return {graph.names[node] for node in nodes}  # type: ignore[attr-defined]


@given(ROWS, CHANGED, st.sets(st.sampled_from(EDGE_KINDS)))
def test_import_statements_reach_what_networkx_says(
    rows: list[tuple[str, str, int]], changed: set[str], kinds: set[str]
) -> None:
    graph = graph_of(rows)
    peer = counted(rows, tuple(kinds))
    reach = Effects(graph, tuple(kinds), parents=False).reach(changed)
    ancestors = set().union(*(nx.ancestors(peer, name) for name in changed)) | changed
    assert named(graph, reach.distance) == named(graph, reach.plain) == ancestors
    for node, distance in reach.distance.items():
        ways = (
            nx.shortest_path_length(peer, graph.names[node], name)
            for name in changed
            if nx.has_path(peer, graph.names[node], name)
        )
        assert distance == min(ways)


def executed(rows: list[tuple[str, str, int]]) -> nx.DiGraph:
    """Return who has whom executed: by its imports, and the packages around each module before itself."""
    peer = counted(rows, RUNNING)
    peer.add_edges_from((name, name.rpartition(".")[0]) for name in NAMES if "." in name)
    return peer


@given(ROWS, CHANGED)
def test_what_a_program_starts_with_is_reached_when_it_executes_the_change(
    rows: list[tuple[str, str, int]], changed: set[str]
) -> None:
    graph = graph_of(rows)
    found = named(graph, Effects(graph, RUNNING, entries=ENTRIES).reach(changed).distance)
    peer = executed(rows)
    touched = changed.union(*(nx.ancestors(peer, name) for name in changed))
    assert found.intersection(ENTRIES) == touched.intersection(ENTRIES)
    assert found <= touched


@given(ROWS, CHANGED)
def test_more_edges_never_reach_less_and_every_way_ends_in_the_change(
    rows: list[tuple[str, str, int]], changed: set[str]
) -> None:
    graph = graph_of(rows)
    plain = Effects(graph, RUNNING, parents=False).reach(changed)
    effects = Effects(graph, RUNNING, entries=ENTRIES, loads=[("h", "a.e")])
    reach = effects.reach(changed)
    assert plain.distance.items() <= reach.distance.items()
    assert reach.plain == plain.plain
    for start in reach.following:
        way = [start]
        while way[-1] in reach.following:
            way.append(reach.following[way[-1]])
        assert graph.names[way[-1]] in changed
        assert len(way) == reach.distance[start] + 1
        hops = [effects.hop(tail, head) for tail, head in pairwise(way)]
        assert [hop.how == "import" for hop in hops] == [
            bool(graph.details(hop.importer, hop.imported, RUNNING)) for hop in hops
        ]


@pytest.mark.parametrize(
    ("rows", "changed", "expected"),
    [
        # Whoever imports a submodule runs the package first, at that import.
        (
            [("h", "a.b.c", 0)],
            "a",
            {"h": "package", "a.b": "below", "a.b.c": "below", "a.b.d": "below", "a.e": "below"},
        ),
        # What the package imports is run too; inside the package nobody asks for it anew.
        ([("h", "a.b.c", 2), ("a", "f", 0)], "f", {"a": "import", "h": "package", "f.g": "below"}),
        ([("a.e", "a.b.c", 0), ("a", "f", 0)], "f", {"a": "import", "f.g": "below"}),
        # An import for type checkers runs nothing.
        ([("h", "a.b.c", int(Flag.TYPE_CHECKING)), ("a", "f", 0)], "f", {"a": "import", "f.g": "below"}),
        # pytest loads a conftest.py, here a.e, before a test file.
        ([("a.e", "f", 0)], "f", {"a.e": "import", "h": "conftest", "f.g": "below"}),
    ],
)
def test_what_makes_a_hop(rows: list[tuple[str, str, int]], changed: str, expected: dict[str, str]) -> None:
    graph = graph_of(rows)
    effects = Effects(graph, RUNNING, entries=["h"], loads=[("h", "a.e")])
    reach = effects.reach([changed])
    hops = {graph.names[node]: effects.hop(node, head).how for node, head in reach.following.items()}
    assert hops == expected


def test_a_hop_is_at_the_import_that_runs() -> None:
    graph = graph_of([("h", "f", int(Flag.TYPE_CHECKING)), ("h", "f", int(Flag.DEFERRED))])
    effects = Effects(graph, EDGE_KINDS)
    assert effects.hop(graph.index["h"], graph.index["f"]).line == 2
