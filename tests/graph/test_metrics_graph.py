"""Reexports, cheapest breaks, placement, class coupling and the laws of coupling numbers, against brute force."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from examples_in_memory import in_memory
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.facts import EDGE_KINDS, IMPORT_TIME
from archlint.graph.adjacency import Adjacency
from archlint.graph.classes import Classes
from archlint.graph.closure import measure_reach
from archlint.graph.coupling import module_coupling
from archlint.graph.cycles import components
from archlint.graph.gains import best_removals
from archlint.graph.implicit import ImportTime, hidden_circles
from archlint.graph.martin import package_metrics
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.placement import misplaced
from archlint.graph.reexports import definers
from archlint.graph.untangling import cheapest_breaks
from archlint.model import Import, Module

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.rule import Project

sizes = st.integers(1, 9)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(sizes)
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * size)) if pairs else []
    return size, edges


@given(graphs())
def test_afferent_and_efferent_coupling_have_one_sum(graph: tuple[int, list[tuple[int, int]]]) -> None:
    found = module_coupling(Adjacency(*graph))
    assert sum(one.afferent for one in found) == sum(one.efferent for one in found) == len(graph[1])


@given(graphs(), st.integers(0, 8), st.integers(0, 8))
def test_an_import_more_never_lowers_the_propagation_cost(
    graph: tuple[int, list[tuple[int, int]]], tail: int, head: int
) -> None:
    size, edges = graph
    before = measure_reach(Adjacency(size, edges)).propagation_cost
    assert measure_reach(Adjacency(size, [*edges, (tail % size, head % size)])).propagation_cost >= before


@given(graphs())
def test_the_best_removal_is_the_best(graph: tuple[int, list[tuple[int, int]]]) -> None:
    size, edges = graph
    before = measure_reach(Adjacency(size, edges)).propagation_cost
    gains = {
        edge: before - measure_reach(Adjacency(size, [one for one in edges if one != edge])).propagation_cost
        for edge in edges
    }
    found = best_removals(Adjacency(size, edges))
    assert all(one.gain == pytest.approx(gains[one.edge]) for one in found)
    if len(edges) <= 16 and gains and max(gains.values()) > 0:
        assert found[0].gain == pytest.approx(max(gains.values()))


def named(size: int, edges: list[tuple[int, int]], names: list[str]) -> ModuleGraph:
    modules = {name: Module(name, f"{name}.py") for name in names[:size]}
    rows = [
        Import(names[a], names[b], 1, 1, 1, external=False, flags=0, names=("x",), targets=(f"{names[b]}.x",))
        for a, b in edges
    ]
    return ModuleGraph(modules, rows)


@settings(max_examples=60)
@given(graphs(), st.permutations(range(9)))
def test_other_names_change_no_number(graph: tuple[int, list[tuple[int, int]]], order: list[int]) -> None:
    size, edges = graph
    names = [f"m{number}" for number in range(9)]
    other = [f"m{number}" for number in order]
    made = [named(size, edges, names), named(size, edges, other)]
    reaches = [measure_reach(one.edges()) for one in made]
    assert reaches[0] == reaches[1]
    couplings = [dict(zip(one.names, module_coupling(one.edges()), strict=True)) for one in made]
    assert [couplings[0][name] for name in names[:size]] == [couplings[1][name] for name in other[:size]]
    totals = []
    for one in made:
        parts = components(one.edges())
        breaks = [cheapest_breaks(one, one.edges(), EDGE_KINDS, part, lambda _: None) for part in parts]
        totals.append(sum(each.cost for found in breaks for each in found))
    # Exact for small components, hence the same whatever the names.
    assert totals[0] == totals[1]


@settings(max_examples=60)
@given(graphs())
def test_breaks_and_their_detours_leave_no_circle(graph: tuple[int, list[tuple[int, int]]]) -> None:
    # Every import takes a name that its target may pass on: detours wherever one is possible.
    made = named(*graph, [f"m{number}" for number in range(9)])
    edges = made.edges()
    rest = nx.DiGraph(edges.edges())
    for part in components(edges):
        for each in cheapest_breaks(made, edges, EDGE_KINDS, part, lambda _: None):
            rest.remove_edge(*each.edge)
            rest.add_edges_from((each.edge[0], made.index[name]) for name in each.instead)
    assert nx.is_directed_acyclic_graph(rest)


FACADE = {
    "shop/__init__.py": "from shop.a import A\nfrom shop.b import B\nfrom shop.c import *\nversion = 1\n",
    "shop/a.py": "class A: ...\n",
    "shop/b.py": "from shop import A\nclass B: ...\n",
    "shop/c.py": "__all__ = ['C']\nclass C: ...\n",
}


def reexported(importer: str) -> tuple[str, ...]:
    project = in_memory({**FACADE, "x.py": importer})
    facts = project.facts
    return definers(project.graph, project.graph.details("x", "shop"), lambda name: facts[name].exports)


@pytest.mark.parametrize(
    ("importer", "homes"),
    [
        ("from shop import A\n", ("shop.a",)),
        ("from shop import A, B\n", ("shop.a", "shop.b")),
        ("from shop import version\n", ()),
        ("from shop import A, version\n", ()),
        ("from shop import *\n", ()),
        ("import shop\n", ()),
        ("from shop import A\nimport shop\n", ()),
        ("from shop import C\n", ()),  # by a star: it could be shadowed
        ("def f():\n    from shop import A\n", ("shop.a",)),
    ],
)
def test_a_name_that_is_only_passed_on_has_a_home(importer: str, homes: tuple[str, ...]) -> None:
    assert reexported(importer) == homes


def breaks(files: Mapping[str, str]) -> list[tuple[str, str, int, tuple[str, ...]]]:
    project = in_memory(files)
    edges = project.graph.edges(IMPORT_TIME)
    names = project.graph.names
    return [
        (names[each.edge[0]], names[each.edge[1]], each.cost, each.instead)
        for part in components(edges)
        for each in cheapest_breaks(
            project.graph, edges, IMPORT_TIME, part, lambda name: project.facts[name].exports
        )
    ]


def test_a_facade_is_passed_by() -> None:
    assert breaks(FACADE) == [("shop.b", "shop", 1, ("shop.a",))]


def test_a_detour_that_closes_a_circle_is_none() -> None:
    files = {
        "shop/__init__.py": "from shop.a import A\n",
        "shop/a.py": "from shop.b import B\nclass A: ...\n",
        "shop/b.py": "from shop import A\nclass B: ...\n",
    }
    # To take A from shop.a would leave shop.a and shop.b in a circle.
    assert [instead for *_, instead in breaks(files)] == [()]


def test_packages_run_before_their_modules() -> None:
    project = in_memory(
        {
            "a/__init__.py": "",
            "a/b/__init__.py": "import c.d\n",
            "a/b/m.py": "import a.b.n\n",
            "a/b/n.py": "",
            "c/__init__.py": "",
            "c/d.py": "import a.b.m\n",
            "c/e.py": "def late():\n    import a.b.m\n",
        }
    )
    loads = ImportTime(project.graph)
    names = project.graph.names
    assert {(names[a], names[b]) for a, b in loads.causes} == {
        ("a.b", "c"), ("c.d", "a"), ("c.d", "a.b"),
    }  # fmt: skip
    ((component, cycle),) = hidden_circles(loads)
    assert [names[node] for node in component] == ["a.b", "c.d"]
    assert [names[node] for node in cycle] == ["a.b", "c.d"]
    assert all(loads.step(*edge).path for edge in pairwise(cycle))


@given(graphs())
def test_a_circle_of_statements_alone_is_not_hidden(graph: tuple[int, list[tuple[int, int]]]) -> None:
    # Without packages, nothing is executed besides what is imported.
    assert list(hidden_circles(ImportTime(named(*graph, [f"m{number}" for number in range(9)])))) == []


PLACES = {
    "shop/utils/__init__.py": "",
    "shop/utils/tax.py": "",
    "shop/utils/near.py": "",
    "shop/bill/__init__.py": "",
    "shop/bill/deep/__init__.py": "",
    "shop/bill/deep/a.py": "import shop.utils.tax, shop.utils.near\n",
    "shop/bill/deep/b.py": "import shop.utils.tax, shop.utils.near\n",
    "shop/bill/c.py": "",
}


def found_places(more: Mapping[str, str]) -> list[tuple[str, str]]:
    graph = in_memory({**PLACES, **more}).graph
    return [(one.module, one.package) for one in misplaced(graph, graph.edges(), 2, 0.8)]


def test_a_module_beside_the_package_stays_there() -> None:
    more = {
        "shop/tax.py": "",
        "shop/bill/deep/a.py": "import shop.tax\n",
        "shop/bill/deep/b.py": "import shop.tax\n",
    }
    assert found_places(more) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [("shop.utils.near", "shop.bill.deep"), ("shop.utils.tax", "shop.bill.deep")]),
        (
            {"shop/utils/x.py": "import shop.utils.near\n", "shop/utils/y.py": "import shop.utils.near\n"},
            [("shop.utils.tax", "shop.bill.deep")],
        ),
        (
            {f"shop/bill/p{n}/{file}": "import shop.utils.tax, shop.utils.near\n" * (file[0] != "_")
             for n in range(4) for file in ("__init__.py", "m.py")},
            [],
        ),
        ({"shop/bill/c.py": "import shop.utils.tax\n"},
         [("shop.utils.near", "shop.bill.deep"), ("shop.utils.tax", "shop.bill")]),
    ],
    ids=["lonely", "at home", "foundation", "wider"],
)  # fmt: skip
def test_a_module_belongs_where_its_partners_are(more: Mapping[str, str], expected: object) -> None:
    assert found_places(more) == expected


CLASSES = {
    "shop/__init__.py": "from shop.b import B as Facade\n",
    "shop/a.py": (
        "import shop.c\nimport shop.c as see\nfrom . import b, Facade\nfrom .b import B, helper\nimport os\n"
        "class Local: ...\n"
        "class A(b.Base, Local):\n"
        "    x: shop.c.C\n"
        "    def f(self, y: B) -> Facade:\n        return helper(see.D(), os.path, self, A)\n"
        "class Other: ...\n"
    ),
    "shop/b.py": "class Base: ...\nclass B: ...\ndef helper(x): ...\n",
    "shop/c.py": "class C: ...\nclass D: ...\n",
}


def uses(project: Project, module: str) -> dict[str, set[str]]:
    classes = Classes(project.modules, project.details)
    shapes = project.details[module].shapes
    assert shapes is not None
    return {shape.name: set(classes.used_by(module, shape)) for shape in shapes.classes}


def test_a_class_is_coupled_to_the_classes_that_it_names() -> None:
    expected = {"shop.b.Base", "shop.b.B", "shop.c.C", "shop.c.D", "shop.a.Local"}
    assert uses(in_memory(CLASSES), "shop.a") == {"A": expected, "Local": set(), "Other": set()}


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "from b import X\nclass A(X): ...\n", "b.py": "from a import X\n"},
        {"a.py": "from .... import X\nclass A(X): ...\n"},
        {"a.py": "import a.missing as m\nclass A(m.X): ...\n"},
    ],
    ids=["round in circles", "beyond the root", "missing"],
)
def test_names_that_lead_nowhere_are_no_classes(files: Mapping[str, str]) -> None:
    assert uses(in_memory(files), "a") == {"A": set()}


def test_packages_have_martins_numbers() -> None:
    project = in_memory(
        {
            "p/__init__.py": "",
            "p/x.py": "import q.y, r\nclass A: ...\nclass _P: ...\n",
            "p/sub/__init__.py": "import p.x\n",
            "q/__init__.py": "from abc import ABC, abstractmethod\nclass C(ABC):\n    class In: ...\n",
            "q/y.py": "class D:\n    @abc.abstractmethod\n    def f(self): ...\nclass E: ...\nclass F(typing.Protocol[T]): ...\n",
            "r.py": "import q\n",
        }
    )  # fmt: skip
    found = package_metrics(project.graph, project.graph.edges(), project.details)
    table = {
        name: (
            one.coupling.afferent,
            one.coupling.efferent,
            one.classes,
            one.abstract,
            round(one.distance, 2),
        )
        for name, one in found.items()
    }
    assert table == {
        "p": (1, 2, 1, 0, 0.33),
        "p.sub": (0, 1, 0, 0, 0.0),
        "q": (2, 0, 4, 3, 0.25),
        "r": (1, 1, 0, 0, 0.5),
    }
