"""Cuts, removals and placement, each against the plainest way to say the same."""

from __future__ import annotations

import networkx as nx
import pytest
from examples_in_memory import in_memory
from hypothesis import given
from hypothesis import strategies as st

from archlint.graph import gains
from archlint.graph.adjacency import Adjacency
from archlint.graph.cuts import minimum_cut
from archlint.graph.cycles import components
from archlint.graph.flow import far_side
from archlint.graph.placement import misplaced
from archlint.graph.untangling import DETOUR, cheapest_breaks
from archlint.graph.untying import best_untyings

SIZE = 9
EDGES = st.lists(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda edge: edge[0] != edge[1]),
    unique=True,
    max_size=24,
)


def test_capacities_between_merged_ends_add_up():
    # Two sources lead to one node: a cut behind it is cheaper than both imports together.
    weights = {(0, 2): 2, (1, 2): 2, (2, 3): 3}
    cut = minimum_cut(Adjacency(4, weights), {0, 1}, {3}, weights.__getitem__)
    assert (cut.edges, cut.cost, cut.exact) == (((2, 3),), 3, True)
    cut = minimum_cut(Adjacency(4, weights), {0, 1}, {3}, {**weights, (2, 3): 5}.__getitem__)
    assert (cut.edges, cut.cost) == (((0, 2), (1, 2)), 4)


def test_a_sufficient_cut_is_the_cheaper_rim(monkeypatch):
    monkeypatch.setattr("archlint.graph.cuts.CHEAP", 1)
    edges = [(0, 1), (0, 2), (1, 3), (2, 3), (1, 4)]
    for weights, expected in (((1, 1, 5, 5, 1), ((0, 1), (0, 2))), ((5, 5, 1, 1, 1), ((1, 3), (2, 3)))):
        costs = dict(zip(edges, weights, strict=True))
        cut = minimum_cut(Adjacency(5, edges), {0}, {3}, costs.__getitem__)
        assert (cut.edges, cut.cost, cut.exact) == (expected, 2, False)


def test_the_ends_of_a_way_are_no_wall():
    # What is blocked among sources and targets is not.
    graph = Adjacency(3, [(0, 1), (1, 2)])
    assert minimum_cut(graph, {0}, {2}, lambda _: 1, {0, 2}).edges == ((1, 2),)
    assert minimum_cut(graph, {0}, {2}, lambda _: 1, {1}).edges == ()


def test_of_two_cuts_the_nearer_to_the_goal_is_taken():
    assert far_side({(0, 1): 1, (1, 2): 1, (2, 3): 1}, 0, 3) == {3}
    assert far_side({(0, 1): 1, (1, 2): 2, (2, 3): 3}, 0, 3) == {1, 2, 3}
    assert far_side({}, 0, 3) == {3}


def test_flow_that_took_the_wrong_way_is_sent_back():
    # The first way found, 0 1 3 5, shuts both others; only undoing 1 -> 3 lets two units through.
    weights = dict.fromkeys([(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (3, 5), (4, 5)], 1)
    assert far_side(weights, 0, 5) == {5}
    cut = minimum_cut(Adjacency(6, weights), {0}, {5}, weights.__getitem__)
    assert (cut.edges, cut.cost) == (((3, 5), (4, 5)), 2)


def propagation(edges):
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(range(SIZE))
    return sum(len(nx.descendants(graph, node)) + 1 for node in graph) / SIZE**2


@given(EDGES)
def test_the_best_removals_gain_what_they_say(edges):
    found = gains.best_removals(Adjacency(SIZE, edges), 4)
    exact = {edge: propagation(edges) - propagation([e for e in edges if e != edge]) for edge in edges}
    worth = sorted((-gain, edge) for edge, gain in exact.items() if gain > 0)
    assert len(found) == min(4, len(worth))
    for one in found:
        assert one.gain == pytest.approx(exact[one.edge])
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    if found:
        assert found[0].gain == pytest.approx(-worth[0][0])


@given(EDGES)
def test_a_promise_is_never_less_than_what_is_kept(edges):
    graph = Adjacency(SIZE, edges)
    for edge in edges:
        gain = (propagation(edges) - propagation([e for e in edges if e != edge])) * SIZE**2
        assert gains._pairs(
            graph, edge, len(graph.reaching([edge[0]])), len(graph.reachable([edge[0]]))
        ) >= round(gain)


PLACED = {
    "s/__init__.py": "",
    "s/u/__init__.py": "",
    "s/u/m.py": "import s.b.z\n",
    "s/b/__init__.py": "",
    "s/b/x.py": "import s.u.m\n",
    "s/b/y.py": "import s.u.m\n",
    "s/b/z.py": "",
}


@pytest.mark.parametrize(
    ("more", "least", "share", "expected"),
    [
        ({}, 3, 1.0, [("s.u.m", "s.b", 3, 2, 3)]),
        ({}, 4, 0.5, []),
        ({"s/u/n.py": "import s.u.m\n"}, 3, 0.75, [("s.u.m", "s.b", 3, 2, 4)]),
        ({"s/u/n.py": "import s.u.m\n"}, 3, 0.8, []),
        ({"s/u/n.py": "import s.u.m\n", "s/u/o.py": "import s.u.m\n"}, 2, 0.1, []),
        ({"s/u/m.py": "import s\nimport s.b.z\n"}, 3, 0.75, [("s.u.m", "s.b", 3, 2, 4)]),
        ({"s/b/y.py": ""}, 2, 0.8, []),
        ({"s/b/y.py": "", "s/b/x.py": ""}, 1, 0.8, []),
        ({"s/u/m.py": "", "s/u/m/__init__.py": ""}, 2, 0.5, []),
    ],
    ids=[
        "all",
        "too few",
        "most",
        "not most",
        "at home",
        "one above",
        "one importer",
        "no importer",
        "a package",
    ],
)
def test_a_module_is_misplaced_by_its_partners(more, least, share, expected):
    files = {**PLACED, **more}
    if "s/u/m/__init__.py" in files:
        del files["s/u/m.py"]
    graph = in_memory(files).graph
    found = misplaced(graph, graph.edges(), least, share)
    assert [(one.module, one.package, one.partners, one.importers, one.total) for one in found] == expected


def breaks(files):
    graph = in_memory(files).graph
    edges = graph.edges(("eager",))
    [component] = components(edges)
    found = cheapest_breaks(graph, edges, ("eager",), component, lambda _module: None)
    return [(graph.names[each.edge[0]], graph.names[each.edge[1]], each.cost, each.instead) for each in found]


def test_a_facade_is_passed_by_where_no_home_leads_back():
    files = {
        "s/f.py": "from s.a import X\nfrom s.b import Y\nimport s.c\n",
        "s/c.py": "from s.f import X, Y\n",
        "s/a.py": "X = 1\n",
        "s/b.py": "Y = 1\n",
    }
    assert breaks(files) == [("s.c", "s.f", DETOUR, ("s.a", "s.b"))]
    # Where both homes lead back, the detour would close two circles: it is none.
    back = {"s/a.py": "import s.c\nX = 1\n", "s/b.py": "import s.c\nY = 1\n"}
    assert all(not instead for *_, instead in breaks({**files, **back}))
    one = {"s/b.py": "import s.c\nY = 1\n"}
    assert all(not instead for *_, instead in breaks({**files, **one}))


def cyclic(edges):
    """Return how many nodes lie on a cycle."""
    parts = nx.strongly_connected_components(nx.DiGraph(edges))
    return sum(len(part) for part in parts if len(part) > 1)


@given(EDGES)
def test_the_best_untyings_free_what_they_say(edges):
    gains = {edge: cyclic(edges) - cyclic([one for one in edges if one != edge]) for edge in edges}
    expected = sorted((-gain / SIZE, edge) for edge, gain in gains.items() if gain)
    found = best_untyings(Adjacency(SIZE, edges), 99)
    assert [(-one.gain, one.edge) for one in found] == expected
    assert best_untyings(Adjacency(SIZE, edges), 2) == found[:2]


@pytest.mark.parametrize(("packages", "expected"), [(2, ["s.b"]), (3, ["s.b"]), (4, [])])
def test_what_is_used_all_over_a_package_is_its_foundation(packages, expected):
    files = {"s/__init__.py": "", "s/u/__init__.py": "", "s/u/m.py": "", "s/b/__init__.py": ""}
    for number in range(packages):
        files |= {f"s/b/p{number}/__init__.py": "", f"s/b/p{number}/x.py": "import s.u.m\n"}
    graph = in_memory(files).graph
    assert [one.package for one in misplaced(graph, graph.edges(), 2, 0.8)] == expected
