"""The small parts of the graph's algorithms, each against the plainest way to say the same."""

from __future__ import annotations

from itertools import pairwise, product

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.errors import ArchlintError
from archlint.facts import Flag
from archlint.graph.adjacency import Adjacency
from archlint.graph.closing import Closing, bits
from archlint.graph.closure import Reach
from archlint.graph.cost import removal_cost
from archlint.graph.coupling import Coupling, grouped, outside_coupling, pair_coupling
from archlint.graph.focus import in_focus
from archlint.graph.implicit import ImportTime
from archlint.graph.lookup import external_imports, find_module, hint, known_module, nearest_package
from archlint.graph.masks import reach_masks, union
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.regions import breaches
from archlint.graph.siblings import sibling_edges
from archlint.model import Import, Module

NAMES = ("p", "p.a", "p.a.x", "p.a.y", "p.b", "p.b.x", "p.c", "q", "q.a")
PACKAGES = {"p", "p.a", "p.b", "q"}
MODULES = {name: Module(name, f"{name.replace('.', '/')}.py", package=name in PACKAGES) for name in NAMES}
SIZE = len(NAMES)
EDGES = st.lists(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda edge: edge[0] != edge[1]),
    unique=True,
    max_size=24,
)


def graph_of(edges, flags=0):
    rows = [
        Import(NAMES[tail], NAMES[head], line, 1, line, external=False, flags=flags)
        for line, (tail, head) in enumerate(sorted(edges), 1)
    ]
    return ModuleGraph(MODULES, rows)


def inside(name, package):
    return name == package or name.startswith(f"{package}.")


@pytest.mark.parametrize(
    ("flags", "names", "expected"),
    [
        (Flag.TYPE_CHECKING, ("a", "b"), 1),
        (Flag.TYPE_CHECKING | Flag.DEFERRED, ("*",), 1),
        (0, ("*",), 10),
        (Flag.DEFERRED, (), 4),
        (Flag.DEFERRED, ("a", "b", "c"), 6),
        (Flag.LAZY, ("a", "b"), 5),
        (0, (), 6),
        (0, ("a",), 6),
        (0, ("a", "b", "c"), 10),
        (Flag.CONDITIONAL, ("a", "b"), 8),
    ],
)
def test_what_it_costs_to_remove_an_import(flags, names, expected):
    row = Import("a", "b", 1, 1, 1, external=False, flags=int(flags), names=names)
    assert removal_cost([row]) == expected
    assert removal_cost([row, row]) == 2 * expected
    assert removal_cost([]) == 0


def test_shares_of_a_graph():
    reach = Reach(size=8, ccd=20, largest=4, cyclic=6, levels=3)
    assert (reach.propagation_cost, reach.core_size, reach.cyclicality) == (20 / 64, 0.5, 0.75)
    assert reach.nccd == 20 / (1 + 2 + 2 + 3 + 3 + 3 + 3 + 4)
    assert Reach(size=1, ccd=1, largest=1, cyclic=0, levels=1).core_size == 0


@given(EDGES)
def test_groups_count_the_edges_between_them(edges):
    graph = graph_of(edges)
    homes = {name: None if name == "p" else name[0] + name[2:3] for name in NAMES}
    expected = {}
    for tail, head in edges:
        pair = (homes[NAMES[tail]], homes[NAMES[head]])
        if None not in pair and pair[0] != pair[1]:
            expected[pair] = expected.get(pair, 0) + 1
    found = grouped(graph, graph.edges(), homes.__getitem__)
    assert found == expected
    coupling = pair_coupling(found, {home for home in homes.values() if home})
    for name, one in coupling.items():
        assert one.afferent == sum(pair[1] == name for pair in expected)
        assert one.efferent == sum(pair[0] == name for pair in expected)


@given(EDGES, st.integers(0, 3), st.integers(0, 3))
def test_coupling_outside_a_package_is_over_both_limits(edges, over_afferent, over_efferent):
    expected = []
    for node, name in enumerate(NAMES):
        into = sum(head == node and not inside(NAMES[tail], name) for tail, head in edges)
        out = sum(tail == node and not inside(NAMES[head], name) for tail, head in edges)
        if into > over_afferent and out > over_efferent:
            expected.append((name, Coupling(into, out)))
    graph = graph_of(edges)
    assert list(outside_coupling(graph, graph.edges(), over_afferent, over_efferent)) == expected


@given(EDGES)
def test_sibling_edges_join_two_children(edges):
    graph = graph_of(edges)
    children = ("p.a", "p.b", "p.c")
    expected = {}
    for tail, head in sorted(edges):
        ends = [next((n for n, child in enumerate(children) if inside(NAMES[node], child)), None)
                for node in (tail, head)]  # fmt: skip
        if None not in ends and ends[0] != ends[1]:
            expected.setdefault(tuple(ends), []).append((tail, head))
    assert sibling_edges(graph, graph.edges(), children) == expected
    assert sibling_edges(graph, graph.edges(), ()) == {}


@given(EDGES)
def test_packages_above_what_is_imported_are_executed(edges):
    graph = graph_of(edges)
    expected = {}
    for tail, head in sorted(edges):
        for above in (NAMES[head].rpartition(".")[0], NAMES[head].partition(".")[0]):
            edge = (tail, graph.index.get(above))
            if above and above != NAMES[head] and not inside(NAMES[tail], above) and edge not in edges:
                expected.setdefault(edge, NAMES[head])
    loads = ImportTime(graph)
    assert {edge: row.imported for edge, row in loads.causes.items()} == expected
    assert set(loads.edges.edges()) == {*edges, *expected}
    for tail, head in (*edges, *expected):
        row = loads.causes.get((tail, head)) or graph.details(NAMES[tail], NAMES[head])[0]
        step = loads.step(tail, head)
        assert (step.importer, step.imported, step.line) == (NAMES[tail], NAMES[head], row.line)
    late = ImportTime(graph_of(edges, int(Flag.DEFERRED)))
    assert (late.causes, list(late.edges.edges())) == ({}, [])


@given(EDGES, st.sets(st.sampled_from(NAMES), min_size=1, max_size=2), st.integers(0, 3))
def test_a_focus_holds_the_ways_of_that_length(edges, words, depth):
    graph = graph_of(edges)
    pairs = [(NAMES[tail], NAMES[head]) for tail, head in edges]
    centre = {name for name in NAMES if any(inside(name, word) for word in words)}
    network = nx.DiGraph(pairs)
    network.add_nodes_from(NAMES)
    expected = {pair for pair in pairs if centre.issuperset(pair)}
    for one, length in product(centre, range(depth)):
        ahead = nx.single_source_shortest_path_length(network, one, length)
        behind = nx.single_source_shortest_path_length(network.reverse(), one, length)
        expected |= {pair for pair in pairs if pair[0] in ahead} | {
            pair for pair in pairs if pair[1] in behind
        }
    nodes, kept = in_focus(graph, pairs, words, depth)
    assert kept == expected
    assert nodes == centre.union(*expected)


def test_a_focus_on_an_external_package_or_on_nothing():
    graph = graph_of([(0, 1)])
    assert in_focus(graph, [("p", "django"), ("p.a", "p")], ["django"], 1) == (
        {"django", "p"},
        {("p", "django")},
    )
    with pytest.raises(ArchlintError, match="no module or imported package `djanga`; did you mean `django`"):
        in_focus(graph, [("p", "django")], ["djanga"], 1)


def test_a_module_is_found_by_its_name_or_its_file():
    modules = {
        "p": Module("p", "p/__init__.py", package=True),
        "p.a": Module("p.a", "p/a.py"),
        "p.s": Module("p.s", None, stub="p/s.pyi"),
    }
    graph = ModuleGraph(modules, [])
    for word in ("p.a", "p/a.py", "./p/a.py", "p\\a.py"):
        assert find_module(graph, word) == "p.a"
    for word in ("p", "p/", "p/__init__.py", "./p"):
        assert known_module(graph, word) == "p"
    assert known_module(graph, "p/s.pyi") == "p.s"
    assert known_module(graph, "a") is None
    assert known_module(graph, "p/b.py") is None
    with pytest.raises(ArchlintError, match=r"there is no module `a` in this project; did you mean `p\.a`"):
        find_module(graph, "a")
    assert nearest_package(graph, "p.a.x.y") == "p.a"
    assert nearest_package(graph, "p.a") == "p"
    assert nearest_package(graph, "q.a") is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("views", "; did you mean `p.views`?"),
        ("p.viwes", "; did you mean `p.views`?"),
        ("p.web.views", "; did you mean `p.web.view`?"),
        ("z", ""),
        ("p.views.and.more", ""),
    ],
)
def test_the_nearest_name_is_proposed(word, expected):
    assert hint(word, ["a.b.views", "p.web.view", "p.views", "q.views"]) == expected


def test_external_imports_are_those_of_the_name_and_below():
    rows = [
        Import("p.a", "django", 1, 1, 1, external=True, flags=0, targets=("django.db",)),
        Import("p.a", "django", 2, 1, 2, external=True, flags=0, targets=("django.http",)),
        Import("p.b", "flask", 1, 1, 1, external=True, flags=0, targets=("flask",)),
    ]
    graph = ModuleGraph(MODULES, [], rows)
    assert [row.line for row in external_imports(graph, "django")] == [1, 2]
    assert [row.line for row in external_imports(graph, "django.db")] == [1]
    assert external_imports(graph, "dj") == []


@given(EDGES)
def test_masks_and_their_union_agree_with_reachability(edges):
    graph = Adjacency(SIZE, edges)
    goals = {0: [1, 2], 3: [4], 5: []}
    masks = reach_masks(graph, goals)
    for node in range(SIZE):
        reached = graph.reachable([node])
        assert masks[node] == sum(1 << bit for bit, nodes in goals.items() if reached.intersection(nodes))
    assert union(masks, [0, 7]) == masks[0] | masks[7]
    assert union(masks, []) == 0


@given(EDGES, st.integers(0, 15), st.integers(0, 15))
def test_an_edge_closes_what_a_search_says(edges, first, second):
    sources, targets, refused = [{0, 1}, {5}], [{3}, {4, 6}], [first & 3, second & 3]
    graph = Adjacency(SIZE, edges)
    for direct in (False, True):
        closing = Closing(graph, sources, targets, refused, direct=direct)
        for tail, head in product(range(SIZE), repeat=2):
            before = {tail} if direct else graph.reaching([tail])
            after = {head} if direct else graph.reachable([head])
            expected = any(
                refused[one] >> other & 1 and sources[one] & before and targets[other] & after
                for one, other in product(range(2), repeat=2)
            )
            assert closing.closes(tail, head) == expected


@given(EDGES)
def test_an_edge_closes_no_way_through_a_wall(edges):
    sources, targets = [{0, 1}], [{3, 4}]
    walls = {0, 1, 3, 4}
    graph = Adjacency(SIZE, edges)
    closing = Closing(graph, sources, targets, [1], walled=True)
    for tail, head in product(range(SIZE), repeat=2):
        free = [edge for edge in edges if edge[1] not in walls]
        before = Adjacency(SIZE, free).reaching([tail]) if tail not in walls else {tail}
        rest = [edge for edge in edges if edge[0] not in walls]
        after = Adjacency(SIZE, rest).reachable([head]) if head not in walls else {head}
        assert closing.closes(tail, head) == bool(sources[0] & before and targets[0] & after)


@given(st.integers(0, 1 << 20))
def test_bits_are_those_of_the_mask(mask):
    assert list(bits(mask)) == [bit for bit in range(21) if mask >> bit & 1]


@given(EDGES)
def test_chains_through_free_nodes_are_shortest_and_begin_in_their_region(edges):
    graph = Adjacency(SIZE, edges)
    regions = [range(2), range(2, 4), range(4, 5)]
    held = {node for region in regions for node in region}
    for one in breaches(graph, regions, [0b110, 0b001, 0b011]):
        assert one.path[0] in regions[one.source]
        assert one.path[-1] in regions[one.target]
        assert all(pair in edges for pair in pairwise(one.path))
        assert held.isdisjoint(one.path[1:-1])
        if len(one.path) > 2:
            rest = [(a, b) for a, b in edges if not (a in held and b in held)]
            blocked = held - set(regions[one.source]) - set(regions[one.target])
            shortest = Adjacency(SIZE, rest).shortest_path(regions[one.source], regions[one.target], blocked)
            assert len(one.path) == len(shortest)
    assert breaches(graph, regions, [0, 0, 0]) == []


def test_each_refused_region_has_its_own_chain():
    # 0..1, 2..3 and 4 are regions; 5 and 6 are free.
    regions, refused = [range(2), range(2, 4), range(4, 5)], [0b110, 0b001, 0b011]
    edges = [(0, 5), (5, 2), (5, 6), (6, 4), (3, 6), (6, 1), (4, 5), (6, 5), (2, 0)]
    found = {(one.source, one.target): one.path for one in breaches(Adjacency(7, edges), regions, refused)}
    assert found == {
        (0, 1): (0, 5, 2),
        (0, 2): (0, 5, 6, 4),
        (1, 0): (3, 6, 1),
        (2, 0): (4, 5, 6, 1),
        (2, 1): (4, 5, 2),
    }
    assert (1, 0, (2, 0)) in {
        (one.source, one.target, one.path) for one in breaches(Adjacency(7, edges), regions, refused)
    }
