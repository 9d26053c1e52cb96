"""What is wrong with a contract, by its options alone or on a project, and how that is said."""

from __future__ import annotations

from dataclasses import fields

import msgspec
import pytest
from contract_worlds import KINDS, configured, messages, world

from archlint.contracts.layers import Layers

INSTEAD = "so name a package above it that is not"
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
    *(
        (
            "private-modules",
            {"packages-with-private-modules": [name]},
            f"packages-with-private-modules: '{name}' is private or lies in what is private",
        )
        for name in ("_p", "p._a", "p._a.x", "p.*._a", "p.__a", "p._")
    ),
    (
        "private-modules",
        {"packages-with-private-modules": ["p.a*"]},
        "packages-with-private-modules: 'p.a*': a wildcard stands for a whole component",
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
    (
        "private-modules",
        {"packages-with-private-modules": ["p.z", "p.bet"]},
        [
            "packages-with-private-modules: there is no module 'p.z'",
            "packages-with-private-modules: there is no module 'p.bet' (did you mean 'p.beta'?)",
        ],
    ),
    ("private-modules", {"packages-with-private-modules": ["p.alpha.__main__"]}, []),
    *(
        (
            "private-modules",
            {"packages-with-private-modules": [wildcard], "unmatched-modules": "ignore"},
            [f"packages-with-private-modules: '{wildcard}' matches 'p._hidden', which is private, {INSTEAD}"],
        )
        for wildcard in ("p.*", "p.**")
    ),
    ("acyclic-siblings", {"ancestors": ["p.z"]}, ["ancestors: there is no module 'p.z'"]),
    ("interface", {"modules": ["p.z"], "public": ["p.beta"]}, ["modules: 'p.z' is no module"]),
    ("modules", {"modules": [{"path": "p.beta"}, {"path": "p.beta"}]}, ["modules: 'p.beta' is listed twice"]),
    ("modules", {"modules": [{"path": "p.z"}], "unmatched-modules": "ignore"}, []),
]


@pytest.mark.parametrize(("kind", "options", "expected"), PROBLEMS)
def test_problems_with_the_project(kind, options, expected):
    project = world([], modules=["p.alpha.x", "p.alpha.__main__", "p.beta", "p._hidden.x"])
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
        (
            "private-modules",
            {"packages-with-private-modules": ["p.no.*"]},
            "packages-with-private-modules: 'p.no.*' matches no module",
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
