"""Every option of every contract type, one small case each."""

from __future__ import annotations

from dataclasses import fields

import msgspec
import pytest
from contract_worlds import configured, from_files, messages, world

from archlint.contracts import CONTRACT_TYPES
from archlint.contracts.acyclic_siblings import _listed as listed
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.layers import Layers
from archlint.contracts.modules import Modules
from archlint.facts import Flag
from archlint.rule import Terms

KINDS = {kind.type: kind for kind in CONTRACT_TYPES}


def judged(kind, options, edges, **more):
    """Return the findings' ends: importer and imported, source and target, or the module."""
    contract = configured(KINDS[kind], options)
    project = world(edges, **more)
    assert list(contract.problems(project)) == []
    found = sorted(contract.check(project, Terms("test")), key=lambda finding: finding.sort_key)
    return [f"{one.code} {' > '.join(one.identity[2:])}" for one in found]


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


MODULES = [
    ({}, [{}], ["p.a -> p.b"], []),
    ({}, [{"depends-on": []}], ["p.a -> p.b"], ["ARC108 p.a > p.b"]),
    ({}, [{"depends-on": ["p.b"]}], ["p.a.x -> p.b.y"], []),
    ({}, [{"depends-on": ["p.*"]}], ["p.a -> p.b"], []),
    ({}, [{"depends-on": [{"path": "p.b", "deprecated": True}]}], ["p.a -> p.b"], ["ARC109 p.a > p.b"]),
    ({}, [{"cannot-depend-on": ["p.b"]}], ["p.a -> p.b"], ["ARC108 p.a > p.b"]),
    ({}, [{"depends-on": []}, {"utility": True}], ["p.a -> p.b"], []),
    ({}, [{"depends-on": [], "unchecked": True}], ["p.a -> p.b"], []),
    ({"layers": ["ui", "db"]}, [{"layer": "db"}, {"layer": "ui"}], ["p.a -> p.b"], ["ARC101 p.a > p.b"]),
    ({"layers": ["ui", "db"]}, [{"layer": "ui", "depends-on": []}, {"layer": "db"}], ["p.a -> p.b"], []),
    (
        {"layers": ["ui", "db"], "layers-explicit-depends-on": True},
        [{"layer": "ui", "depends-on": []}, {"layer": "db"}],
        ["p.a -> p.b"],
        ["ARC108 p.a > p.b"],
    ),
    (
        {"layers": ["ui", {"name": "mid", "closed": True}, "db"]},
        [{"layer": "ui"}, {"layer": "db"}],
        ["p.a -> p.b"],
        ["ARC110 p.a > p.b"],
    ),
    ({"layers": ["ui", "db"]}, [{"layer": "db"}, {}], ["p.a -> p.b", "p.b -> p.a"], []),
    ({"layers": ["ui", "db"]}, [{"layer": "ui"}, {"layer": "ui"}], ["p.a -> p.b", "p.b -> p.a"], []),
    ({}, [{}, {"visibility": []}], ["p.a -> p.b"], ["ARC108 p.a > p.b"]),
    ({}, [{}, {"visibility": ["p.a"]}], ["p.a -> p.b"], []),
    ({"judge": "tach"}, [{}, {"visibility": []}], ["p.a -> p.b"], []),
    ({"judge": "tach"}, [{"depends-on": ["p.b"]}, {"visibility": []}], [], ["ARC108 p.a > p.b"]),
    ({"judge": "tach"}, [{"depends-on": ["p.?*", "p.b"]}, {"visibility": []}], [], ["ARC108 p.a > p.b"]),
    ({"judge": "tach"}, [{"depends-on": ["p.b"]}, {"visibility": ["*"]}], [], []),
    ({"exact": True}, [{"depends-on": ["p.b"]}], [], ["ARC108 p.a > p.b"]),
    ({"exact": True}, [{"depends-on": ["p.b"]}], ["p.a -> p.b"], []),
    ({"exact": True}, [{"depends-on": ["p.b*"]}], ["p.a -> p.b"], []),
    ({"exact": True, "judge": "tach"}, [{"depends-on": ["p.b"]}], ["p.a -> p.b"], []),
    (
        {"exact": True, "judge": "tach"},
        [{"depends-on": ["p.b"]}, {"utility": True}],
        ["p.a -> p.b"],
        ["ARC108 p.a > p.b"],
    ),
    (
        {"forbid-circular-dependencies": True},
        [{}],
        ["p.a -> p.b", "p.b -> p.a"],
        ["ARC108 p.a -> p.b > p.b -> p.a"],
    ),
    ({"forbid-circular-dependencies": True, "judge": "tach"}, [{}], ["p.a -> p.b", "p.b -> p.a"], []),
    ({"root-module": "ignore"}, [{"depends-on": []}], ["p.a -> p.u", "p.u -> p.a"], []),
    ({"root-module": "ignore"}, [{"depends-on": []}], ["p -> p.b", "p.a -> p.b"], ["ARC108 p.a > p.b"]),
    ({"root-module": "allow"}, [{"depends-on": []}], ["p.a -> p.u"], ["ARC108 p.a > p.u"]),
    ({"root-module": "allow"}, [{"depends-on": ["<root>"]}], ["p.a -> p.u"], []),
]


@pytest.mark.parametrize(("options", "entries", "edges", "expected"), MODULES)
def test_modules(options, entries, edges, expected):
    paths = ("p.a", "p.b")
    tables = [{"path": path, **entry} for path, entry in zip(paths, [*entries, {}], strict=False)]
    assert judged("modules", {"modules": tables, **options}, edges, modules=["p.a", "p.b"]) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"depends-on-external": []}, ["ARC108 p.a > flask"]),
        ({"depends-on-external": ["flask"]}, []),
        ({"cannot-depend-on-external": ["flask.views"]}, ["ARC108 p.a > flask"]),
        ({"cannot-depend-on-external": ["flask.cli"]}, []),
    ],
)
def test_external_dependencies_of_modules(entry, expected):
    outside = ["p.a -> flask.views", "p.a -> os.path"]
    assert judged("modules", {"modules": [{"path": "p.a", **entry}]}, [], externals=outside) == expected


def test_local_imports_of_modules_have_their_own_severity():
    local = {("p.a", "p.b"): int(Flag.DEFERRED)}
    project = world(["p.a -> p.b"], flags=local)
    for word, expected in {"error": ["error"], "warn": ["warning"], "off": []}.items():
        options = {"modules": [{"path": "p.a", "depends-on": []}, {"path": "p.b"}], "local-imports": word}
        contract = configured(Modules, options)
        assert [one.severity for one in contract.check(project, Terms("test"))] == expected


def test_an_interface_leaves_local_imports_out_where_it_is_told_to():
    project = world(["p.a -> p.b.x"], flags={("p.a", "p.b.x"): int(Flag.DEFERRED)}, modules=["p.b.api"])
    options = {"modules": ["p.*"], "public": ["p.*.api"]}
    for word, expected in {"error": ["error"], "warn": ["warning"], "off": []}.items():
        contract = configured(KINDS["interface"], options | {"local-imports": word})
        assert [one.severity for one in contract.check(project, Terms("test"))] == expected


@pytest.mark.parametrize(
    ("options", "terms", "expected"),
    [({}, "error", "warning"), ({}, "info", "info"), ({"judge": "tach"}, "error", "info")],
)
def test_a_deprecated_dependency_warns_at_most(options, terms, expected):
    tables = [{"path": "p.a", "depends-on": [{"path": "p.b", "deprecated": True}]}, {"path": "p.b"}]
    contract = configured(Modules, {"modules": tables, **options})
    [finding] = contract.check(world(["p.a -> p.b"]), Terms("test", severity=terms))
    assert finding.severity == expected


@pytest.mark.parametrize("word", ["<root>", "."])
def test_what_belongs_to_no_path_may_have_a_rule_of_its_own(word):
    tables = [{"path": word, "depends-on": ["p.b"]}, {"path": "p.a"}, {"path": "p.b"}]
    options = {"modules": tables, "root-module": "allow"}
    assert judged("modules", options, ["p.u -> p.a", "p.u -> p.b"]) == ["ARC108 p.u > p.a"]


def test_a_declaration_is_used_by_the_module_that_makes_it():
    tables = [{"path": "p.a", "depends-on": ["p.c"]}, {"path": "p.b", "depends-on": ["p.c"]}, {"path": "p.c"}]
    options = {"modules": tables, "exact": True}
    assert judged("modules", options, ["p.b -> p.c"], modules=["p.a"]) == ["ARC108 p.a > p.c"]


def test_external_imports_are_judged_once_and_past_an_unchecked_module():
    tables = [
        {"path": "p.a", "depends-on-external": [], "unchecked": True},
        {"path": "p.b", "depends-on-external": []},
    ]
    outside = ["p.a -> flask", "p.b -> flask", "p.b -> flask", "p.b -> django"]
    assert judged("modules", {"modules": tables}, [], externals=outside) == [
        "ARC108 p.b > flask",
        "ARC108 p.b > django",
    ]


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


FAULTS = [
    ("layers", {"layers": []}, "layers: names no module"),
    ("layers", {"layers": ["a | b : c"]}, "layers: 'a | b : c' mixes '|' (independent) with ':'"),
    ("layers", {"layers": ["a", "b", "a"]}, "layers: 'a' is listed twice"),
    ("layers", {"layers": ["a", "b | a"]}, "layers: 'a' is listed twice"),
    ("layers", {"layers": ["a b"]}, "layers: 'a b' is not a dotted module name"),
    ("layers", {"layers": ["a"], "exhaustive": True}, "exhaustive: needs containers"),
    ("layers", {"layers": ["a"], "closed": ["b"]}, "closed: 'b' is none of the layers"),
    ("forbidden", {"source-modules": [], "forbidden-modules": ["a"]}, "source-modules: names no module"),
    ("forbidden", {"source-modules": ["a*"], "forbidden-modules": ["a"]}, "source-modules: 'a*'"),
    ("independence", {"modules": []}, "modules: names no module"),
    ("acyclic-siblings", {"ancestors": ["a"], "depth": -1}, "depth: -1 is below 0"),
    (
        "acyclic-siblings",
        {"ancestors": ["a"], "skip-descendants": ["a"]},
        "skip-descendants: 'a' is an ancestor too",
    ),
    ("interface", {}, "says nothing"),
    ("confined-package", {"packages": ["a.0001_x"]}, "packages: 'a.0001_x' is not a dotted module name"),
    ("confined-api", {"apis": ["a.0001_x"]}, "apis: 'a.0001_x' is not a dotted module name"),
    ("interface", {"public": ["a"]}, "modules: names no package"),
    ("interface", {"modules": ["a"], "interfaces": [{"expose": ["(a"]}]}, "interfaces: expose: '^(?:(a)$'"),
    ("modules", {"modules": []}, "modules: names no module"),
    ("modules", {"modules": [{}]}, "an entry has neither path nor paths"),
    ("modules", {"modules": [{"path": "a", "layer": "x"}]}, "there is no layer 'x'"),
    ("modules", {"modules": [{"path": "a[", "layer": None}]}, "'a[' is no glob"),
    ("modules", {"modules": [{"path": "<root>"}], "root-module": "forbid"}, "is the root module"),
]


@pytest.mark.parametrize(("kind", "options", "fault"), FAULTS)
def test_faults_that_need_no_project_are_refused(kind, options, fault):
    with pytest.raises(msgspec.ValidationError) as caught:
        configured(KINDS[kind], options)
    assert fault in str(caught.value)


def test_a_module_may_be_called_after_any_file():
    modules = ["p.0001_first", "p.__run-me__"]
    project = world(["p.0001_first -> p.__run-me__"])
    contract = configured(KINDS["independence"], {"modules": modules})
    assert list(contract.problems(project)) == []
    assert len(messages(contract, project)) == 1


def test_all_faults_are_told_at_once():
    with pytest.raises(ValueError) as caught:
        Layers(("a", "a", "b |c : d"))
    assert str(caught.value).count(";") == 1


PROBLEMS = [
    (
        "layers",
        {"layers": ["p.alpha", "p.betta"]},
        ["layers: there is no module 'p.betta' (did you mean 'p.beta'?)"],
    ),
    ("layers", {"layers": ["p.alpha", "p.alpha.x"]}, ["layers: 'p.alpha.x' lies inside the layer 'p.alpha'"]),
    ("layers", {"layers": ["x"], "containers": ["q"]}, ["containers: there is no module 'q'"]),
    (
        "layers",
        {"layers": ["x"], "containers": ["p.beta"]},
        ["layers: there is no module 'p.beta.x' (did you mean 'p.beta'?)"],
    ),
    ("layers", {"layers": ["p.z.*"]}, ["layers: 'p.z.*' matches no module"]),
    ("layers", {"layers": ["p.z.*"], "unmatched-modules": "ignore"}, []),
    (
        "forbidden",
        {"source-modules": ["p.z", "p.y"], "forbidden-modules": ["p.x", "django"]},
        [
            f"{option}: there is no module '{name}'"
            for option, name in (
                ("source-modules", "p.z"),
                ("source-modules", "p.y"),
                ("forbidden-modules", "p.x"),
            )
        ],
    ),
    (
        "independence",
        {"modules": ["p.alpha", "p.alpha.x"]},
        ["modules: 'p.alpha.x' lies inside 'p.alpha', so the two cannot be independent"],
    ),
    ("protected", {"protected-modules": ["p.z"]}, ["protected-modules: there is no module 'p.z'"]),
    ("protected", {"protected-modules": ["absent"]}, []),
    ("acyclic-siblings", {"ancestors": ["p.z"]}, ["ancestors: there is no module 'p.z'"]),
    ("interface", {"modules": ["p.z"], "public": ["p.beta"]}, ["modules: 'p.z' is no module"]),
    ("modules", {"modules": [{"path": "p.beta"}, {"path": "p.beta"}]}, ["modules: 'p.beta' is listed twice"]),
    ("modules", {"modules": [{"path": "p.z"}], "unmatched-modules": "ignore"}, []),
]


@pytest.mark.parametrize(("kind", "options", "expected"), PROBLEMS)
def test_problems_with_the_project(kind, options, expected):
    project = world([], modules=["p.alpha.x", "p.beta"])
    assert list(configured(KINDS[kind], options).problems(project)) == expected


@pytest.mark.parametrize(
    ("kind", "options", "absent"),
    [
        ("independence", {"modules": ["p.alpha", "p.beta", "p.no.*"]}, "modules: 'p.no.*' matches no module"),
        (
            "protected",
            {"protected-modules": ["p.beta"], "allowed-importers": ["p.no.*"]},
            "allowed-importers: 'p.no.*' matches no module",
        ),
        (
            "forbidden",
            {"source-modules": ["p.no.*"], "forbidden-modules": ["p.beta"]},
            "source-modules: 'p.no.*' matches no module",
        ),
        ("interface", {"modules": ["p.*"], "public": ["p.*.api"]}, "public: 'p.*.api' matches no module"),
        (
            "modules",
            {"modules": [{"path": "p.no*"}, {"path": "p.beta"}]},
            "modules: 'p.no*' matches no module",
        ),
        ("confined-api", {"apis": ["eval"], "allowed": ["p.no.*"]}, "allowed: 'p.no.*' matches no module"),
    ],
)
def test_a_wildcard_may_match_nothing_where_that_is_said(kind, options, absent):
    project = world([], modules=["p.alpha.x", "p.beta"])
    assert list(configured(KINDS[kind], options).problems(project)) == [absent]
    if "unmatched_modules" in {field.name for field in fields(KINDS[kind])}:
        assert (
            list(configured(KINDS[kind], {**options, "unmatched-modules": "ignore"}).problems(project)) == []
        )


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
