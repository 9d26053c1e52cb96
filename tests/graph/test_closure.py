"""Reach, cycles and levels against brute force, and the laws that they obey."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.graph import closure
from archlint.graph.adjacency import Adjacency
from archlint.graph.closure import Closure, measure_reach
from archlint.graph.ordering import arrange

SIZE = 8
EDGES = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=30)


def brute(edges: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Return CCD, largest component, nodes in cycles, levels, as networkx finds them."""
    graph = nx.DiGraph(edge for edge in edges if edge[0] != edge[1])
    graph.add_nodes_from(range(SIZE))
    ccd = sum(len(nx.descendants(graph, node)) + 1 for node in graph)
    parts = [len(part) for part in nx.strongly_connected_components(graph)]
    levels = nx.dag_longest_path_length(nx.condensation(graph)) + 1
    return ccd, max(parts), sum(part for part in parts if part > 1), levels


@given(EDGES)
def test_reach_equals_brute_force(edges: list[tuple[int, int]]) -> None:
    reach = measure_reach(Adjacency(SIZE, edges))
    assert (reach.ccd, reach.largest, reach.cyclic, reach.levels) == brute(edges)
    assert reach.propagation_cost == reach.ccd / SIZE**2


@given(EDGES, st.data())
def test_the_cost_without_some_edges_equals_that_of_the_rest(edges: list[tuple[int, int]], data) -> None:
    graph = Adjacency(SIZE, edges)
    gone = data.draw(st.sets(st.sampled_from(sorted(graph.edges())))) if edges and graph.edge_count else set()
    rest = Adjacency(SIZE, [edge for edge in graph.edges() if edge not in gone])
    assert Closure(graph).cost_without(gone) == measure_reach(rest).propagation_cost


@given(EDGES)
def test_a_small_window_changes_nothing(edges: list[tuple[int, int]]) -> None:
    graph = Adjacency(SIZE, edges)
    whole = measure_reach(graph)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closure, "CHUNK", 3)
        assert measure_reach(graph) == whole


@given(EDGES, st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)))
def test_an_edge_more_never_lowers_the_cost(edges: list[tuple[int, int]], more: tuple[int, int]) -> None:
    before, after = (measure_reach(Adjacency(SIZE, rows)) for rows in (edges, [*edges, more]))
    assert after.propagation_cost >= before.propagation_cost


@given(EDGES, st.permutations(range(SIZE)))
def test_other_numbers_give_the_same_measures(edges: list[tuple[int, int]], names: list[int]) -> None:
    renamed = [(names[tail], names[head]) for tail, head in edges]
    assert measure_reach(Adjacency(SIZE, edges)) == measure_reach(Adjacency(SIZE, renamed))


def test_the_measures_of_no_graph_are_zero() -> None:
    reach = measure_reach(Adjacency(0, ()))
    assert (reach.propagation_cost, reach.core_size, reach.cyclicality, reach.nccd, reach.levels) == (
        0,
        0,
        0,
        0,
        0,
    )


def test_a_balanced_binary_tree_has_nccd_one() -> None:
    tree = Adjacency(7, [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)])
    assert measure_reach(tree).nccd == 1.0


WEIGHTS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 5),
    max_size=15,
)


@given(WEIGHTS)
def test_an_arrangement_runs_down_but_for_what_it_says(weights: dict[tuple[str, str], int]) -> None:
    found = arrange("abcdef", weights)
    down = [pair for pair in weights if pair not in found.upward]
    assert all(found.levels[tail] > found.levels[head] for tail, head in down)
    graph = nx.DiGraph(down)
    graph.add_nodes_from("abcdef")
    for name, level in found.levels.items():
        assert level == 1 + max((found.levels[head] for head in graph.successors(name)), default=0)


@given(WEIGHTS)
def test_without_a_cycle_nothing_runs_upwards(weights: dict[tuple[str, str], int]) -> None:
    acyclic = {pair: weight for pair, weight in weights.items() if pair[0] > pair[1]}
    assert arrange("abcdef", acyclic).upward == ()


def test_two_light_imports_go_before_a_heavy_one() -> None:
    found = arrange("xypq", {("x", "y"): 3, ("y", "p"): 1, ("p", "x"): 2, ("y", "q"): 2, ("q", "x"): 1})
    assert found.upward == (("q", "x"), ("y", "p"))
    # Of two as light, the one that leaves a __main__ on top.
    pair = {("a.__main__", "b"): 1, ("b", "a.__main__"): 1}
    assert arrange(["a.__main__", "b"], pair).upward == (("b", "a.__main__"),)
    assert arrange(["b", "z.__main__"], {("z.__main__", "b"): 1, ("b", "z.__main__"): 1}).levels == {
        "b": 1,
        "z.__main__": 2,
    }


def test_the_lighter_direction_is_the_one_against_the_order() -> None:
    found = arrange(["core", "web"], {("web", "core"): 5, ("core", "web"): 1})
    assert found.upward == (("core", "web"),)
    assert found.levels == {"core": 1, "web": 2}
