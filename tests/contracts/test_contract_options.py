"""Every option of every contract type, one small case each."""

from __future__ import annotations

import pytest
from contract_worlds import KINDS, configured, from_files, judged, messages, world

from archlint.contracts.acyclic_siblings import _listed as listed
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.layers import Layers
from archlint.contracts.modules import Modules
from archlint.facts import Flag
from archlint.rule import Terms

LAYERED = [
    # options, edges, expected
    ({"layers": ["p.a", "p.b"]}, ["p.a -> p.b"], []),
    ({"layers": ["p.a", "p.b"]}, ["p.b -> p.a"], ["ARC101 p.b > p.a"]),
    ({"layers": ["p.a", "p.b"]}, ["p.b.x -> p.a.y"], ["ARC101 p.b.x > p.a.y"]),
    ({"layers": ["p.a", "p.b"]}, ["p.b.x -> p.u", "p.u -> p.a.y"], ["ARC101 p.b > p.a"]),
    (
        {"layers": ["p.a", "p.m", "p.b"]},
        ["p.b -> p.m", "p.m -> p.a"],
        ["ARC101 p.b > p.m", "ARC101 p.m > p.a"],
    ),
    ({"layers": ["p.a | p.b"]}, ["p.a -> p.b", "p.b -> p.a"], ["ARC101 p.a > p.b", "ARC101 p.b > p.a"]),
    ({"layers": ["p.a : p.b"]}, ["p.a -> p.b", "p.b -> p.a"], []),
    ({"layers": ["p.a : p.b", "p.c"]}, ["p.c -> p.b", "p.a -> p.c"], ["ARC101 p.c > p.b"]),
    ({"layers": ["p.a", "(p.z)", "p.b"]}, ["p.b -> p.a"], ["ARC101 p.b > p.a"]),
    ({"layers": ["p.a", {"name": "p.z", "optional": True}, "p.b"]}, ["p.a -> p.b"], []),
    (
        {"layers": ["p.a", "p.m", "p.b"], "closed": ["p.m"]},
        ["p.a -> p.b", "p.m -> p.b"],
        ["ARC110 p.a > p.b"],
    ),
    ({"layers": ["p.a", "p.m", "p.b"], "closed": True}, ["p.a -> p.m", "p.a -> p.b"], ["ARC110 p.a > p.b"]),
    (
        {"layers": ["p.a", "p.m", "p.b"], "closed": ["p.m"]},
        ["p.a -> p.u", "p.u -> p.b", "p.m -> p.u"],
        ["ARC110 p.a > p.b"],
    ),
    ({"layers": ["p.a", "p.*"]}, ["p.b -> p.c", "p.a -> p.b"], ["ARC101 p.b > p.c"]),
    (
        {"layers": ["p.*.x", "p.a.*"]},
        ["p.a.x -> p.a.y", "p.a.z -> p.a.x"],
        ["ARC101 p.a.z > p.a.x"],
    ),
    (
        {"layers": ["x", "y"], "containers": ["p.*"]},
        ["p.a.y -> p.a.x", "p.b.y -> p.a.x"],
        ["ARC101 p.a.y > p.a.x"],
    ),
    ({"layers": ["a"], "containers": ["p"], "exhaustive": True}, ["p.a -> p.b"], ["ARC107 p.b"]),
    (
        {"layers": ["a"], "containers": ["p"], "exhaustive": True, "exhaustive-ignores": ["b"]},
        ["p.a -> p.b"],
        [],
    ),
]


@pytest.mark.parametrize(("options", "edges", "expected"), LAYERED)
def test_layers(options, edges, expected):
    every = ["p.a.x", "p.a.y", "p.b.x", "p.b.y"] if options.get("containers") == ["p.*"] else []
    assert judged("layers", options, edges, modules=every) == expected


FORBIDDEN = [
    ({}, ["p.a -> p.b"], [], ["ARC102 p.a > p.b"]),
    ({}, ["p.a.x -> p.b.y"], [], ["ARC102 p.a.x > p.b.y"]),
    ({}, ["p.a -> p.u", "p.u -> p.b"], [], ["ARC102 p.a > p.b"]),
    ({"allow-indirect-imports": True}, ["p.a -> p.u", "p.u -> p.b"], [], []),
    ({"as-packages": False}, ["p.a.x -> p.b"], [], []),
    ({"as-packages": False}, ["p.a -> p.a.x", "p.a.x -> p.b"], [], ["ARC102 p.a > p.b"]),
    ({"forbidden-modules": ["p.*"]}, ["p.a -> p.a.x", "p.a -> p.b"], [], ["ARC102 p.a > p.b"]),
    (
        {"forbidden-modules": ["p.*"], "as-packages": False},
        ["p.a -> p.u", "p.u -> p.a"],
        [],
        ["ARC102 p.a > p.u"],
    ),
    ({"forbidden-modules": ["django"]}, [], ["p.a -> django.db"], ["ARC102 p.a > django"]),
    (
        {"forbidden-modules": ["django.db"]},
        [],
        ["p.a -> django.http", "p.a -> django.db.models"],
        ["ARC102 p.a > django.db"],
    ),
    ({"forbidden-modules": ["django"]}, ["p.a.x -> p.u"], ["p.u -> django"], ["ARC102 p.a > django"]),
    ({"forbidden-modules": ["absent"]}, [], ["p.a -> django"], []),
    ({"forbidden-modules": ["django.*"]}, [], ["p.a -> django.db.models"], ["ARC102 p.a > django.db"]),
]


@pytest.mark.parametrize(("options", "edges", "externals", "expected"), FORBIDDEN)
def test_forbidden(options, edges, externals, expected):
    options = {"source-modules": ["p.a"], "forbidden-modules": ["p.b"]} | options
    assert judged("forbidden", options, edges, externals=externals, modules=["p.a", "p.b"]) == expected


OTHERS = [
    ("independence", {"modules": ["p.a", "p.b"]}, ["p.a -> p.u", "p.u -> p.b"], ["ARC103 p.a > p.b"]),
    (
        "independence",
        {"modules": ["p.a", "p.b", "p.u"]},
        ["p.a -> p.u", "p.u -> p.b"],
        ["ARC103 p.a > p.u", "ARC103 p.u > p.b"],
    ),
    ("independence", {"modules": ["p.*"]}, ["p.a.x -> p.b"], ["ARC103 p.a.x > p.b"]),
    (
        "protected",
        {"protected-modules": ["p.b"], "allowed-importers": ["p.u"]},
        ["p.u.x -> p.b", "p.a -> p.b"],
        ["ARC104 p.a > p.b"],
    ),
    (
        "protected",
        {"protected-modules": ["p.b"], "as-packages": False},
        ["p.a -> p.b.x", "p.b.x -> p.b"],
        ["ARC104 p.b.x > p.b"],
    ),
    (
        "protected",
        {"protected-modules": ["p.a", "p.b"]},
        ["p.a -> p.b", "p.b.x -> p.b"],
        ["ARC104 p.a > p.b"],
    ),
    (
        "private-modules",
        {},
        ["p.b -> p.a._x", "p.b -> p.a._x.y"],
        ["ARC106 p.b > p.a._x", "ARC106 p.b > p.a._x.y"],
    ),
    ("private-modules", {}, ["p -> p.a._x"], ["ARC106 p > p.a._x"]),
    ("private-modules", {}, ["p.a -> p.a._x", "p.a.b.c -> p.a._x", "p.a._x.y -> p.a._x"], []),
    ("private-modules", {}, ["p.ab -> p.a._x"], ["ARC106 p.ab > p.a._x"]),
    ("private-modules", {}, ["p.b.c -> p._x", "q -> _r", "q -> _r.s"], []),
    ("private-modules", {}, ["q -> p._x", "q -> _r._s"], ["ARC106 q > p._x", "ARC106 q > _r._s"]),
    (
        "private-modules",
        {},
        ["p.b -> p.a.__main__", "p.b -> p.a.__x", "p.b -> p.a._"],
        ["ARC106 p.b > p.a.__x", "ARC106 p.b > p.a._"],
    ),
    ("private-modules", {}, ["p.a.b -> p.a._x._y", "p.a._x.z -> p.a._x._y"], ["ARC106 p.a.b > p.a._x._y"]),
    (
        "private-modules",
        {"packages-with-private-modules": ["p.a"]},
        ["p.c -> p.a.b._x", "p.a -> p.c._x"],
        ["ARC106 p.c > p.a.b._x"],
    ),
    (
        "private-modules",
        {"packages-with-private-modules": ["p.*", "p.a"]},
        ["p.c -> p.a._x", "p.a -> p.c._x", "q.a -> q.b._x"],
        ["ARC106 p.a > p.c._x", "ARC106 p.c > p.a._x"],
    ),
    (
        "private-modules",
        {"packages-with-private-modules": ["p.no.*"], "unmatched-modules": "ignore"},
        ["p.b -> p.a._x"],
        [],
    ),
    (
        "acyclic-siblings",
        {"ancestors": ["p"]},
        ["p.a.x -> p.b", "p.b -> p.a.y"],
        ["ARC105 p.a -> p.b > p.b -> p.a"],
    ),
    ("acyclic-siblings", {"ancestors": ["p"], "depth": 0}, ["p.a.x -> p.a.y", "p.a.y -> p.a.x"], []),
    (
        "acyclic-siblings",
        {"ancestors": ["p"], "skip-descendants": ["p.a"]},
        ["p.a.x -> p.a.y", "p.a.y -> p.a.x"],
        [],
    ),
    (
        "interface",
        {"modules": ["p.*"], "public": ["p.*.api"]},
        ["p.a -> p.b.x", "p.a -> p.b.api", "p.a -> p.b"],
        ["ARC106 p.a > p.b.x"],
    ),
    (
        "interface",
        {"modules": ["p.*"], "interfaces": [{"expose": ["x.*"], "from": ["p.b"]}]},
        ["p.a -> p.b.x", "p.a -> p.b.y"],
        ["ARC106 p.a > p.b.y"],
    ),
    (
        "interface",
        {
            "modules": ["p.*"],
            "interfaces": [{"expose": ["x"]}, {"expose": ["y"], "visibility": ["p.a"], "exclusive": True}],
        },
        ["p.a -> p.b.x", "p.c -> p.b.x", "p.a -> p.b.y"],
        ["ARC106 p.a > p.b.x"],
    ),
    (
        "interface",
        {"modules": ["p.*"], "interfaces": [{"expose": [], "visibility": []}]},
        ["p.a -> p.b.x"],
        [],
    ),
    ("interface", {"underscore": True}, ["p.a -> p.b._x", "p.b.y -> p.b._x"], ["ARC106 p.a > p.b._x"]),
    (
        "interface",
        {"modules": ["p.*"], "public": ["p.*.api"]},
        ["p.a -> p.b.x", "p.a -> p.b.x", "p.a -> p.b.api"],
        ["ARC106 p.a > p.b.x"],
    ),
]


@pytest.mark.parametrize(("kind", "options", "edges", "expected"), OTHERS)
def test_other_types(kind, options, edges, expected):
    assert judged(kind, options, edges, modules=["p.b.api"] if "public" in options else []) == expected


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        ("p.c -> p.a._x._y", "p.c imports p.a._x._y, but _x is private to p.a"),
        ("p.a -> p.a._x._y", "p.a imports p.a._x._y, but _y is private to p.a._x"),
    ],
)
def test_of_several_private_modules_the_outermost_in_the_way_is_named(edge, message):
    [finding] = KINDS["private-modules"]().check(world([edge]), Terms("test"))
    part, owner = message.split()[4], message.split()[-1]
    assert finding.message == message
    assert f"from a public module of {owner}, which can pass it on" in finding.help
    assert f"take the underscore off {part} if" in finding.help


def test_private_modules_counts_only_its_edges():
    project = world(["p.b -> p.a._x"], flags={("p.b", "p.a._x"): int(Flag.TYPE_CHECKING)})
    assert messages(KINDS["private-modules"](), project, Terms("test", edges=("eager", "deferred"))) == []


def test_a_contract_counts_only_its_edges():
    hints = {("p.b", "p.a"): int(Flag.TYPE_CHECKING)}
    project = world(["p.b -> p.a"], flags=hints)
    contract = Layers(("p.a", "p.b"))
    assert len(messages(contract, project)) == 1
    assert messages(contract, project, Terms("test", edges=("eager", "deferred"))) == []


def test_why_owner_and_severity_travel_with_the_finding():
    terms = Terms("test", severity="info", why="because", owner="us")
    [finding] = Layers(("p.a", "p.b")).check(world(["p.b -> p.a"]), terms)
    assert (finding.severity, finding.why, finding.owner, finding.contract) == (
        "info",
        "because",
        "us",
        "test",
    )


def test_a_direct_import_and_a_chain_beside_it_are_both_found():
    project = world(["p.b.x -> p.a", "p.b.y -> p.u", "p.u -> p.a"])
    assert messages(Layers(("p.a", "p.b")), project) == [
        "p.b.x imports p.a, but p.b is below p.a",
        "p.b reaches p.a through 1 module, but p.b is below p.a",
    ]


def test_one_chain_serves_sources_inside_each_other():
    project = world(["p.a.x -> p.u", "p.u -> p.b"])
    assert len(messages(Forbidden(("p.a", "p.a.*"), ("p.b",)), project)) == 1


def test_help_names_the_cheapest_import_of_a_chain():
    hints = {("p.u", "p.a"): int(Flag.TYPE_CHECKING)}
    [finding] = Layers(("p.a", "p.b")).check(world(["p.b -> p.u", "p.u -> p.a"], flags=hints), Terms("test"))
    assert "p.u -> p.a (p/u.py:2)" in finding.help


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "x0"),
        (2, "x0 and x1"),
        (3, "x0, x1 and x2"),
        (4, "x0, x1, x2 and x3"),
        (6, "x0, x1, x2, x3 and 2 more"),
    ],
)
def test_names_are_listed_in_words(count, words):
    assert listed([f"x{number}" for number in range(count)]) == words


def test_help_names_the_legal_route():
    files = {
        "shop/__init__.py": "",
        "shop/cart/__init__.py": "",
        "shop/cart/api.py": "from shop.cart.store import Row\n",
        "shop/cart/store.py": "",
        "shop/web.py": "from shop.cart.store import Row\n",
    }
    options = {"modules": ["shop.*"], "public": ["shop.*.api"]}
    [finding] = configured(KINDS["interface"], options).check(from_files(files), Terms("test"))
    assert finding.help == "Import Row from shop.cart.api, which passes it on (shop/cart/api.py:1)."


def test_difference_a_plain_path_overrides_a_glob_in_any_order_unless_tach_judges():
    options = {"modules": [{"path": "p.beta", "utility": True}, {"path": "p.*"}]}
    project = world([], modules=["p.alpha", "p.beta"])
    ours = configured(Modules, options)
    assert list(ours.problems(project)) == []
    assert ours.territory(project.graph).paths["p.beta"].utility
    theirs = configured(Modules, options | {"judge": "tach"})
    assert list(theirs.problems(project)) == ["modules: 'p.beta' is listed twice"]


def test_difference_an_exposed_alternative_matches_whole_names_unless_tach_judges():
    project = world(["p.a -> p.b.xylophone", "p.a -> p.b.y"])
    options = {"modules": ["p.*"], "interfaces": [{"expose": ["x|y"], "from": ["p.b"]}]}
    assert len(messages(configured(KINDS["interface"], options), project)) == 1
    assert messages(configured(KINDS["interface"], options | {"judge": "tach"}), project) == []


def test_difference_visibility_and_circles_are_judged_on_imports_unless_tach_judges():
    project = world(["p.a -> p.b", "p.b -> p.a"])
    entries = [{"path": "p.a", "visibility": []}, {"path": "p.b"}]
    options = {"modules": entries, "forbid-circular-dependencies": True}
    assert len(messages(configured(Modules, options), project)) == 2
    assert messages(configured(Modules, options | {"judge": "tach"}), project) == []


def test_difference_external_subpackages_may_be_forbidden():
    project = world([], externals=["p.a -> django.db.models", "p.b -> django.http"], modules=["p.b"])
    assert len(messages(Forbidden(("p.*",), ("django.db",)), project)) == 1
