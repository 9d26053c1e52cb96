"""The options of the contract type modules, and what both it and interface share with tach."""

from __future__ import annotations

import pytest
from contract_worlds import KINDS, configured, judged, world

from archlint.contracts.modules import Modules
from archlint.facts import Flag
from archlint.rule import Terms

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
