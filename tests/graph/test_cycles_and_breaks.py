"""Components, shortest cycles and feedback edges, against networkx and brute force."""

from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.graph.adjacency import Adjacency
from archlint.graph.breaking import EXACT, _greedy_order, _improved, _moved, _thinned, feedback_edges, leads
from archlint.graph.cycles import all_components, components, shortest_cycle


@st.composite
def graphs(draw, most=9):
    size = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * size)) if pairs else []
    return size, edges


@st.composite
def weighted(draw, most=6):
    size, edges = draw(graphs(most))
    return size, {edge: draw(st.integers(1, 9)) for edge in edges}


@given(graphs())
def test_components_are_those_of_networkx(graph):
    size, edges = graph
    reference = nx.DiGraph()
    reference.add_nodes_from(range(size))
    reference.add_edges_from(edges)
    expected = sorted(sorted(part) for part in nx.strongly_connected_components(reference))
    assert sorted(sorted(part) for part in all_components(Adjacency(size, edges))) == expected
    assert components(Adjacency(size, edges)) == [part for part in expected if len(part) > 1]


@given(graphs())
def test_components_come_imported_first(graph):
    size, edges = graph
    found = all_components(Adjacency(size, edges))
    place = {node: number for number, part in enumerate(found) for node in part}
    assert all(place[head] <= place[tail] for tail, head in edges)


@given(graphs())
def test_the_witness_is_a_shortest_cycle(graph):
    size, edges = graph
    adjacency = Adjacency(size, edges)
    reference = nx.DiGraph(edges)
    for part in components(adjacency):
        cycle = shortest_cycle(adjacency, part)
        assert cycle[0] == min(cycle)
        assert all(reference.has_edge(a, b) for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True))
        assert len(cycle) == min(map(len, nx.simple_cycles(reference.subgraph(part))))


@given(weighted(most=12))
def test_removing_feedback_edges_leaves_no_cycle_and_none_is_needless(graph):
    _, weights = graph
    removed = feedback_edges(weights)
    rest = nx.DiGraph(edge for edge in weights if edge not in removed)
    assert nx.is_directed_acyclic_graph(rest)
    for edge in removed:
        again = rest.copy()
        again.add_edge(*edge)
        assert not nx.is_directed_acyclic_graph(again)


@settings(max_examples=60)
@given(weighted())
def test_small_feedback_sets_are_the_cheapest(graph):
    size, weights = graph
    if not weights:
        assert feedback_edges(weights) == []
        return
    best = min(
        sum(weight for (tail, head), weight in weights.items() if order.index(tail) > order.index(head))
        for order in permutations(range(size))
    )
    assert sum(weights[edge] for edge in feedback_edges(weights)) == best


def cost(order, weights):
    """Return the weight of the edges that run backwards in *order*."""
    return sum(weight for (tail, head), weight in weights.items() if order.index(tail) > order.index(head))


@given(weighted(), st.randoms(use_true_random=False))
def test_a_node_moves_to_the_first_cheapest_place_or_stays(graph, chance):
    size, weights = graph
    order = chance.sample(range(size), size)
    near = {node: {a + b - node for a, b in weights if node in (a, b)} for node in order}
    for node in range(size):
        rest = [other for other in order if other != node]
        places = [[*rest[:place], node, *rest[place:]] for place in range(size)]
        best = min(places, key=lambda each: cost(each, weights))
        expected = order if cost(order, weights) == cost(best, weights) else best
        assert _moved(order, node, near[node], weights) == expected


@given(weighted(), st.randoms(use_true_random=False))
def test_no_move_of_a_single_node_makes_an_improved_order_cheaper(graph, chance):
    size, weights = graph
    order = _improved(chance.sample(range(size), size), weights)
    for node in range(size):
        rest = [other for other in order if other != node]
        places = ([*rest[:place], node, *rest[place:]] for place in range(size))
        assert cost(order, weights) <= min(cost(each, weights) for each in places)


@given(weighted())
def test_thinning_puts_back_all_that_closes_no_cycle_the_dearest_first(graph):
    _, weights = graph
    rest = nx.DiGraph()
    expected = set()
    for edge in sorted(weights, key=lambda each: (-weights[each], each)):
        rest.add_edge(*edge)
        if not nx.is_directed_acyclic_graph(rest):
            rest.remove_edge(*edge)
            expected.add(edge)
    assert set(_thinned(list(weights), weights)) == expected
    assert _thinned([], weights) == []


@given(graphs())
def test_what_leads_where_is_what_networkx_says(graph):
    size, edges = graph
    reference = nx.DiGraph(edges)
    reference.add_nodes_from(range(size))
    heads = {tail: set(reference.successors(tail)) for tail in range(size) if reference.out_degree(tail)}
    for start in range(size):
        for goal in range(size):
            assert bool(leads(heads, start, goal)) == nx.has_path(reference, start, goal)


@given(weighted(most=9))
def test_the_greedy_order_leaves_no_edge_of_an_acyclic_graph_behind(graph):
    size, weights = graph
    order = _greedy_order(list(range(size)), weights)
    assert sorted(order) == list(range(size))
    if nx.is_directed_acyclic_graph(nx.DiGraph(list(weights))):
        assert cost(order, weights) == 0


def test_the_greedy_order_takes_the_largest_surplus_first():
    # In a ring nobody is source or sink; what gives most and takes least goes left, the first of equals.
    assert _greedy_order([0, 1, 2], {(0, 1): 1, (1, 2): 1, (2, 0): 1}) == [0, 1, 2]
    assert _greedy_order([0, 1, 2], {(0, 1): 1, (1, 2): 5, (2, 0): 1}) == [1, 2, 0]
    assert _greedy_order([0, 1, 2, 3], {(0, 1): 1, (1, 2): 2, (2, 0): 9, (2, 3): 1}) == [2, 0, 1, 3]


def test_a_large_component_is_broken_well():
    # A ring of 30 with one cheap edge: that edge alone is enough.
    ring = {(node, (node + 1) % 30): 5 for node in range(30)} | {(17, 18): 1}
    assert len(ring) > EXACT
    assert feedback_edges(ring) == [(17, 18)]


def test_a_complete_graph_is_answered_at_once():
    size = 60
    adjacency = Adjacency(size, [(a, b) for a in range(size) for b in range(size)])
    assert components(adjacency) == [list(range(size))]
    assert shortest_cycle(adjacency, list(range(size))) == [0, 1]
    weights = dict.fromkeys(adjacency.edges(), 1)
    assert len(feedback_edges(weights)) == size * (size - 1) // 2


@given(graphs(), st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
def test_shortest_path_against_networkx(graph, starts, goals):
    size, edges = graph
    starts = {node for node in starts if node < size}
    goals = {node for node in goals if node < size} - starts
    path = Adjacency(size, edges).shortest_path(starts, goals)
    reference = nx.DiGraph(edges)
    reference.add_nodes_from(range(size))
    lengths = [
        nx.shortest_path_length(reference, a, b)
        for a in starts
        for b in goals
        if nx.has_path(reference, a, b)
    ]
    if not lengths:
        assert path is None
    else:
        assert path[0] in starts
        assert path[-1] in goals
        assert len(path) - 1 == min(lengths)
        assert all(reference.has_edge(a, b) for a, b in pairwise(path))


@given(graphs(), st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
def test_shortest_paths_to_every_target_against_networkx(graph, starts, goals, blocked):
    size, edges = graph
    starts, goals, blocked = ({node for node in nodes if node < size} for nodes in (starts, goals, blocked))
    goals -= starts
    blocked -= starts
    reference = nx.DiGraph(edges)
    reference.add_nodes_from(range(size))
    # Whatever a start can leave it may; nothing leads through another start or a blocked node.
    reference.remove_nodes_from(blocked)
    reference.remove_edges_from([(a, b) for a, b in reference.edges if b in starts])
    lengths = nx.multi_source_dijkstra_path_length(reference, starts) if starts else {}
    found = list(Adjacency(size, edges).shortest_paths(starts, goals, blocked))
    assert {path[-1]: len(path) - 1 for path in found} == {
        node: length for node, length in lengths.items() if node in goals
    }
    assert [len(path) for path in found] == sorted(len(path) for path in found)
    assert all(path[0] in starts for path in found)
    assert all(reference.has_edge(a, b) for path in found for a, b in pairwise(path))


@pytest.mark.parametrize("blocked", [{1}, {1, 2}])
def test_blocked_nodes_are_not_crossed(blocked):
    adjacency = Adjacency(4, [(0, 1), (1, 3), (0, 2), (2, 3)])
    path = adjacency.shortest_path([0], {3}, blocked)
    assert path == ([0, 2, 3] if blocked == {1} else None)
    assert adjacency.reachable([1], {1}) == set()
    assert adjacency.reachable([0], blocked) == {0, 2, 3} - blocked - ({3} if len(blocked) > 1 else set())
