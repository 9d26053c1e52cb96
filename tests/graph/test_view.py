"""Pictures of a graph: what stays of it under a lens."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.errors import ArchlintError
from archlint.facts import Flag
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.view import Lens, look, narrowed
from archlint.model import Import, Module

EDGES = (
    ("shop.web.views", "shop.orders.api", 0),
    ("shop.orders.api", "shop.orders.store", 0),
    ("shop.orders.store", "shop.db", 0),
    ("shop.db", "shop.orders.store", Flag.DEFERRED),
    ("shop.orders.store", "shop.db", Flag.TYPE_CHECKING),
    ("shop.db", "sqlalchemy", 0),
    ("shop.web.views", "flask", 0),
)
PACKAGES = ("shop", "shop.web", "shop.orders")


def graph_of(edges: tuple[tuple[str, str, int], ...], packages: tuple[str, ...] = PACKAGES) -> ModuleGraph:
    root = packages[0]
    names = {name for edge in edges for name in edge[:2] if name.partition(".")[0] == root} | set(packages)
    modules = {
        name: Module(name, name.replace(".", "/") + ".py", package=name in packages) for name in sorted(names)
    }
    rows = [
        Import(
            importer,
            imported,
            number,
            1,
            number,
            imported not in modules,
            int(flags),
            path=modules[importer].path,
        )
        for number, (importer, imported, flags) in enumerate(edges, 1)
    ]
    return ModuleGraph(
        modules, [row for row in rows if not row.external], [row for row in rows if row.external]
    )


GRAPH = graph_of(EDGES)


def edges_of(lens: Lens) -> list[str]:
    return [f"{edge.importer} -> {edge.imported} {edge.weight}" for edge in look(GRAPH, lens).edges]


@pytest.mark.parametrize(
    ("lens", "expected"),
    [
        (
            Lens(external=False),
            [
                "shop.db -> shop.orders.store 1",
                "shop.orders.api -> shop.orders.store 1",
                "shop.orders.store -> shop.db 2",
                "shop.web.views -> shop.orders.api 1",
            ],
        ),
        (
            Lens(kinds=("eager",)),
            [
                "shop.db -> sqlalchemy 1",
                "shop.orders.api -> shop.orders.store 1",
                "shop.orders.store -> shop.db 1",
                "shop.web.views -> flask 1",
                "shop.web.views -> shop.orders.api 1",
            ],
        ),
        (
            Lens(collapse=("2",)),
            [
                "shop.db -> shop.orders 1",
                "shop.db -> sqlalchemy 1",
                "shop.orders -> shop.db 2",
                "shop.web -> flask 1",
                "shop.web -> shop.orders 1",
            ],
        ),
        (Lens(collapse=("1",)), ["shop -> flask 1", "shop -> sqlalchemy 1"]),
        (
            Lens(collapse=("package",), external=False),
            ["shop -> shop.orders 1", "shop.orders -> shop 2", "shop.web -> shop.orders 1"],
        ),
        (
            Lens(collapse=("shop.orders",), external=False),
            ["shop.db -> shop.orders 1", "shop.orders -> shop.db 2", "shop.web.views -> shop.orders 1"],
        ),
        (
            Lens(collapse=("shop.*",), external=False),
            ["shop.db -> shop.orders 1", "shop.orders -> shop.db 2", "shop.web -> shop.orders 1"],
        ),
        (Lens(only_cycles=True), ["shop.db -> shop.orders.store 1", "shop.orders.store -> shop.db 2"]),
        (Lens(only_cycles=True, kinds=("eager",)), []),
        (
            Lens(only_cycles=True, collapse=("package",)),
            ["shop -> shop.orders 1", "shop.orders -> shop 2"],
        ),
        (
            Lens(focus=("shop.orders.api",)),
            ["shop.orders.api -> shop.orders.store 1", "shop.web.views -> shop.orders.api 1"],
        ),
        (Lens(focus=("shop.orders.api",), depth=0), []),
        (
            Lens(focus=("shop.orders.api",), depth=2, external=False),
            [
                "shop.orders.api -> shop.orders.store 1",
                "shop.orders.store -> shop.db 2",
                "shop.web.views -> shop.orders.api 1",
            ],
        ),
        (
            Lens(focus=("shop.orders",), depth=0),
            ["shop.orders.api -> shop.orders.store 1"],
        ),
        (Lens(focus=("flask",)), ["shop.web.views -> flask 1"]),
        (Lens(focus=("shop/web/views.py",), external=False), ["shop.web.views -> shop.orders.api 1"]),
    ],
)
def test_a_lens_keeps_these_imports(lens: Lens, expected: list[str]) -> None:
    assert edges_of(lens) == expected


def test_a_collapsed_package_counts_its_modules() -> None:
    nodes = {node.name: node for node in look(GRAPH, Lens(collapse=("2",))).nodes}
    assert (nodes["shop.orders"].modules, nodes["shop.orders"].package) == (3, True)
    assert nodes["flask"].external
    assert [name for name, node in nodes.items() if node.cyclic] == ["shop.db", "shop.orders"]


def test_the_strongest_import_decides_how_an_edge_looks() -> None:
    strength = {(edge.importer, edge.imported): edge.strength for edge in look(GRAPH, Lens()).edges}
    assert strength["shop.orders.store", "shop.db"] == "import-time"
    assert strength["shop.db", "shop.orders.store"] == "deferred"


def test_a_narrowed_graph_holds_what_the_view_shows() -> None:
    narrow = narrowed(GRAPH, look(GRAPH, Lens(focus=("shop.db",))))
    assert narrow.names == ("shop.db", "shop.orders.store")
    assert [row.imported for row in narrow.externals] == ["sqlalchemy"]
    assert len(narrow.imports) == 3


def test_a_narrowed_graph_keeps_unresolved_imports_unless_they_are_unwanted() -> None:
    lost = [
        Import("shop.db", "shop.gone", 9, 1, 9, False, 0),
        Import("shop.web.views", "shop.gone", 9, 1, 9, False, 0),
    ]
    graph = ModuleGraph(
        {name: GRAPH.modules[name] for name in GRAPH.names}, GRAPH.imports, GRAPH.externals, lost
    )
    view = look(graph, Lens(focus=("shop.db",)))
    assert [row.importer for row in narrowed(graph, view).unresolved] == ["shop.db"]
    assert narrowed(graph, view, unresolved=False).unresolved == ()


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        (("shop.web", "1"), {"shop"}),
        (("shop.web", "package"), {"shop", "shop.web", "shop.orders"}),
        (("shop.orders", "3"), {"shop", "shop.db", "shop.orders", "shop.web", "shop.web.views"}),
        (("shop.o*", "3"), None),
        (("shop.**",), {"shop", "shop.db", "shop.orders", "shop.web"}),
    ],
)
def test_what_collapses_into_what(collapse: tuple[str, ...], expected: set[str] | None) -> None:
    if expected is None:
        with pytest.raises(ArchlintError, match="--collapse takes a depth"):
            look(GRAPH, Lens(collapse=collapse))
        return
    assert {node.name for node in look(GRAPH, Lens(collapse=collapse, external=False)).nodes} == expected


@pytest.mark.parametrize(
    ("lens", "message"),
    [
        (
            Lens(focus=("views",)),
            "--focus: there is no module or imported package `views`; did you mean `shop.web.views`?",
        ),
        (Lens(focus=("shop.odrers",)), "did you mean `shop.orders`?"),
        (Lens(collapse=("shop.odrers",)), "did you mean `shop.orders`?"),
        (Lens(collapse=("0",)), "a depth is 1 or more, not 0"),
        (Lens(collapse=("-2",)), "a depth is 1 or more, not -2"),
        (Lens(collapse=("1", "package")), "give one of `1` and `package`"),
        (Lens(collapse=("nothing.*",)), "there is no module `nothing.*`"),
    ],
)
def test_a_wrong_word_is_one_line(lens: Lens, message: str) -> None:
    with pytest.raises(ArchlintError) as caught:
        look(GRAPH, lens)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


parts = st.sampled_from(["a", "b", "c"])
dotted = st.lists(parts, min_size=0, max_size=3).map(lambda tail: ".".join(["top", *tail]))
random_edges = st.lists(st.tuples(dotted, dotted, st.sampled_from([0, 1, 2, 4])), max_size=25).map(tuple)


@settings(deadline=None)
@given(random_edges, st.integers(1, 4))
def test_collapsing_loses_only_imports_inside_a_package(
    edges: tuple[tuple[str, str, int], ...], depth: int
) -> None:
    graph = graph_of(edges, ("top",))
    view = look(graph, Lens(collapse=(str(depth),)))

    def home(name: str) -> str:
        return ".".join(name.split(".")[:depth])

    crossing = Counter((home(a), home(b)) for a, b, _ in edges if home(a) != home(b))
    assert {(edge.importer, edge.imported): edge.weight for edge in view.edges} == crossing
    assert sum(node.modules for node in view.nodes) == len(graph.names)


@settings(deadline=None)
@given(random_edges)
def test_a_wide_enough_focus_shows_what_leads_to_it_and_from_it(
    edges: tuple[tuple[str, str, int], ...],
) -> None:
    graph = graph_of(edges, ("top", "top.a.b"))
    view = look(graph, Lens(focus=("top.a.b",), depth=99))
    centre = set(graph.subtree("top.a.b"))
    adjacency = graph.edges()
    expected = adjacency.reachable(centre) | adjacency.reaching(centre)
    assert {node.name for node in view.nodes} == {graph.names[number] for number in expected}
