from __future__ import annotations

import itertools

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import Flag
from archlint.graph import cuts
from archlint.graph.adjacency import Adjacency
from archlint.graph.chains import indirect_chains
from archlint.graph.cuts import edge_costs, minimum_cut
from archlint.graph.flow import far_side
from archlint.graph.masks import reach_masks
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.regions import breaches
from archlint.model import Import, Module

SIZE = 7
edges = st.dictionaries(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda edge: edge[0] != edge[1]),
    st.integers(1, 4),
    max_size=11,
)


def separated(kept, sources, targets):
    return Adjacency(SIZE, kept).reachable(sources).isdisjoint(targets)


@given(edges)
def test_a_minimum_cut_separates_and_none_is_cheaper(weights):
    cut = minimum_cut(Adjacency(SIZE, weights), {0, 1}, {5, 6}, weights.__getitem__)
    assert cut.exact
    assert cut.cost == sum(weights[edge] for edge in cut.edges)
    assert separated(weights.keys() - set(cut.edges), {0, 1}, {5, 6})
    every = itertools.chain.from_iterable(
        itertools.combinations(weights, n) for n in range(len(cut.edges) + 2)
    )
    assert not any(
        separated(weights.keys() - set(some), {0, 1}, {5, 6})
        for some in every
        if sum(weights[edge] for edge in some) < cut.cost
    )


@given(edges)
def test_a_cut_costs_what_networkx_says(weights):
    network = nx.DiGraph()
    network.add_nodes_from(range(SIZE))
    network.add_edges_from((*edge, {"capacity": weight}) for edge, weight in weights.items())
    value, (_, far) = nx.minimum_cut(network, 0, 6)
    assert far_side(weights, 0, 6) == far
    assert minimum_cut(Adjacency(SIZE, weights), {0}, {6}, weights.__getitem__).cost == value


def test_ways_through_blocked_nodes_do_not_count():
    graph = Adjacency(4, [(0, 1), (1, 3), (0, 2), (2, 3)])
    assert minimum_cut(graph, {0}, {3}, lambda _: 1, {1}).cost == 1


def test_a_large_graph_gets_a_sufficient_cut(monkeypatch):
    monkeypatch.setattr(cuts, "CHEAP", 2)
    graph = Adjacency(5, [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)])
    cut = minimum_cut(graph, {0}, {4}, lambda _: 1)
    assert (cut.edges, cut.exact) == (((3, 4),), False)


def test_edge_costs_prefer_type_checking_imports():
    modules = {name: Module(name, f"{name}.py") for name in "abc"}
    rows = [
        Import("a", "b", 1, 1, 1, False, int(Flag.TYPE_CHECKING), ("T",)),
        Import("b", "c", 1, 1, 1, False, 0, ("x", "y")),
    ]
    graph = ModuleGraph(modules, rows)
    cost = edge_costs(graph)
    assert cost((0, 1)) < cost((1, 2))
    assert minimum_cut(graph.edges(), {0}, {2}, cost).edges == ((0, 1),)


@given(edges, st.sets(st.integers(0, SIZE - 1)))
def test_masks_agree_with_reachability(weights, goal):
    graph = Adjacency(SIZE, weights)
    masks = reach_masks(graph, {0: goal})
    assert {node for node in range(SIZE) if masks[node]} == graph.reaching(goal)


@given(edges)
def test_indirect_chains_are_shortest_without_the_direct_edges(weights):
    graph = Adjacency(SIZE, weights)
    found = indirect_chains(graph, {0, 1}, {0: range(5, 7), 1: range(4, 5)})
    for key, targets in {0: range(5, 7), 1: range(4, 5)}.items():
        rest = Adjacency(SIZE, [edge for edge in weights if not (edge[0] < 2 and edge[1] in targets)])
        expected = rest.shortest_path({0, 1}, targets)
        assert (key in found) == (expected is not None)
        if expected:
            assert len(found[key]) == len(expected)
            assert all(pair in weights for pair in itertools.pairwise(found[key]))


@given(edges)
def test_breaches_are_found_by_brute_force_too(weights):
    regions = [range(2), range(2, 4), range(4, 5)]
    refused = [0b110, 0b001, 0b011]
    found = {
        (one.source, one.target, len(one.path) > 2)
        for one in breaches(Adjacency(SIZE, weights), regions, refused)
    }
    expected = set()
    for source, target in itertools.permutations(range(3), 2):
        if not refused[source] >> target & 1:
            continue
        ends = set(regions[source]) | set(regions[target])
        other = {node for region in regions for node in region} - ends
        if any(tail in regions[source] and head in regions[target] for tail, head in weights):
            expected.add((source, target, False))
        rest = [edge for edge in weights if not (edge[0] in regions[source] and edge[1] in regions[target])]
        if Adjacency(SIZE, rest).shortest_path(regions[source], regions[target], other):
            expected.add((source, target, True))
    assert found == expected


@pytest.mark.parametrize("size", [0, 1])
def test_empty_graphs_have_no_way(size):
    assert minimum_cut(Adjacency(size, []), range(size), (), lambda _: 1).edges == ()
