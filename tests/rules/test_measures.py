"""What the complexity and coupling rules spare, what their options change, and what they cost."""

from __future__ import annotations

import msgspec
import pytest
from examples_in_memory import in_memory

import archlint
from archlint.config.load import load
from archlint.config.registry import builtin
from archlint.context.technologies import TECHNOLOGIES
from archlint.rules.complexity.complexity_over_budget import ComplexityOverBudget
from archlint.rules.complexity.large_module import LargeModule
from archlint.rules.complexity.low_maintainability import LowMaintainability
from archlint.rules.complexity.too_many_parameters import TooManyParameters
from archlint.rules.coupling.import_cycle import ImportCycle
from archlint.rules.coupling.import_time_cycle import ImportTimeCycle
from archlint.rules.coupling.mixed_concerns import MixedConcerns
from archlint.rules.coupling.propagation_over_budget import PropagationOverBudget

BRANCHY = "def f(x):\n    return 1 if x else 2\n"


def messages(rule, files):
    return [finding.message for finding in rule.check(in_memory(files))]


@pytest.mark.parametrize(
    ("budgets", "budget"),
    [
        ({}, None),
        ({"shop": 1}, "1 for shop"),
        ({"shop.*.price": 1, "shop": 5}, "1 for shop.*.price"),
        ({"shop.domain": 2, "shop": 1}, None),
        ({"**.price": 1}, "1 for **.price"),
        ({"shop.domai": 1}, None),
        ({"shop/domain/*.py": 1, "shop": 5}, "1 for shop/domain/*.py"),
        ({"shop/*": 1}, "1 for shop/*"),
    ],
)
def test_the_longest_pattern_has_the_budget(budgets, budget):
    found = messages(ComplexityOverBudget(budgets), {"shop/domain/price.py": BRANCHY})
    assert found == ([] if budget is None else [f"f has a cyclomatic complexity of 2 (budget {budget})"])


@pytest.mark.parametrize(
    ("budgets", "fault"),
    [({"shop.do*": 3}, "a wildcard stands for a whole component"), ({"shop": 0}, "must be at least 1")],
)
def test_a_budget_that_cannot_be_meant_is_refused(budgets, fault):
    with pytest.raises(ValueError, match=fault):
        ComplexityOverBudget(budgets)


def test_budgets_are_configured_in_toml_terms():
    made = load(None, [("here", {"rules": {"complexity-over-budget": {"budgets": {"shop": 3}}}})], builtin())
    (rule,) = [rule for rule in made.rules if rule.code == "ARC309"]
    assert (rule.budgets, rule.measured_from()) == ({"shop": 3}, 4)


def test_generated_files_and_tests_are_spared():
    files = {"shop/a.py": f"# @generated\n{BRANCHY}", "shop/tests/test_b.py": BRANCHY, "shop/c.py": BRANCHY}
    assert len(messages(ComplexityOverBudget({"shop": 1}), files)) == 1
    assert len(messages(ComplexityOverBudget({"shop": 1}, include_tests=True), files)) == 2
    assert len(messages(ComplexityOverBudget({"shop": 1}, include_generated=True), files)) == 2


def test_overloads_are_no_functions_to_call():
    source = "import typing as t\n@t.overload\ndef f(a, b, c): ...\ndef f(a, *b, c=1, d=2): ...\n"
    assert messages(TooManyParameters(2), {"a.py": source}) == []
    assert messages(TooManyParameters(2, keyword_only=True), {"a.py": source}) == [
        "f has 3 parameters (limit 2)"
    ]


def test_a_table_is_no_large_module():
    assert messages(LargeModule(2), {"a.py": "X = [\n1,\n2,\n3,\n]\nclass A:\n    y = 1\n"}) == []


def test_what_was_not_measured_is_no_finding():
    project = in_memory({"a.py": BRANCHY})
    facts = {"a": msgspec.structs.replace(project.facts["a"], maintainability=None)}
    assert (
        list(LowMaintainability(100).check(archlint.rule.Project(project.modules, project.graph, facts)))
        == []
    )


MIXED = "import flask\nimport sqlalchemy.orm\n"


@pytest.mark.parametrize(
    ("rule", "files", "expected"),
    [
        (MixedConcerns(), {"shop/a.py": MIXED}, ["persistence (sqlalchemy, line 2) and web (flask, line 1)"]),
        (MixedConcerns(), {"shop/wsgi.py": MIXED, "shop/__main__.py": MIXED}, []),
        (MixedConcerns(apart=(("web", "crypto"),)), {"shop/a.py": MIXED}, []),
        (MixedConcerns(), {"shop/a.py": "import flask\nfrom kombu.utils import x\n"}, []),
        (
            MixedConcerns(),
            {"shop/a.py": "import flask\nfrom kombu import utils, Queue\n"},
            ["messaging (kombu, line 2) and web (flask, line 1)"],
        ),
        (
            MixedConcerns(technologies={"persistence": ("ourdb.client",)}),
            {"shop/a.py": "import flask, ourdb\n", "shop/b.py": "import flask\ndef f():\n    import ourdb.client.x\n"},
            ["persistence (ourdb.client, line 3) and web (flask, line 1)"],
        ),
        (
            MixedConcerns(apart=(("web", "billing"),), technologies={"billing": ("stripe",), "web": ("stripe.web",)}),
            {"shop/a.py": "import flask, stripe.web\n", "shop/b.py": "import flask, stripe\n"},
            ["billing (stripe, line 1) and web (flask, line 1)"],
        ),
        (
            MixedConcerns(),
            {"shop/a.py": MIXED + "import shop.b.x, shop.c.x, shop.d, shop.e\n"}
            | {f"shop/{name}.py": "" for name in ("b/__init__", "b/x", "c/__init__", "c/x", "d", "e")},
            [],
        ),
        (
            MixedConcerns(),
            {"shop/a.py": MIXED + "import subprocess\n"},
            [
                "persistence (sqlalchemy, line 2) and process (subprocess, line 3)",
                "persistence (sqlalchemy, line 2) and web (flask, line 1)",
                "process (subprocess, line 3) and web (flask, line 1)",
            ],
        ),
    ],
    ids=["mixed", "entries", "not apart", "general", "both", "own", "own concern", "root", "three"],
)  # fmt: skip
def test_concerns_that_are_kept_apart(rule, files, expected):
    assert [found.partition(" deals with ")[2] for found in messages(rule, files)] == expected


def test_an_unknown_concern_is_refused():
    with pytest.raises(ValueError, match="unknown concern `webb`"):
        MixedConcerns(apart=(("webb", "persistence"),))


def test_the_catalogue_lists_each_package_once():
    names = [name for row in TECHNOLOGIES for name in row.names.split()]
    assert len(names) == len(set(names))
    assert all(part.isidentifier() for name in names for part in name.split("."))


FACADE = {
    "shop/__init__.py": "from shop.a import A\nfrom shop.b import B\n",
    "shop/a.py": "class A: ...\n",
    "shop/b.py": "from shop import A\nclass B: ...\n",
}


def test_a_cycle_through_a_facade_says_where_to_import_from():
    (found,) = ImportCycle().check(in_memory(FACADE))
    assert found.message.endswith("the cheapest break is 1 import: shop.b -> shop")
    assert [role for role, _ in found.related] == ["import from shop.a instead"]


def test_an_import_time_cycle_names_the_import_that_runs_the_package():
    files = {
        "a/__init__.py": "import b.x\n",
        "a/y.py": "",
        "b/__init__.py": "",
        "b/x.py": "import os\nimport a.y\n",
    }
    (found,) = ImportTimeCycle().check(in_memory(files))
    assert found.identity == ("ARC209", "a -> b.x", "b.x -> a")
    assert [(role, step.path, step.line) for role, step in found.related] == [
        ("executes a first", "b/x.py", 2)
    ]
    assert [finding.code for finding in ImportCycle().check(in_memory(files))] == []


def test_small_roots_have_no_budget():
    files = {"shop/__init__.py": "import shop.a\n", "shop/a.py": "import shop\n"}
    assert messages(PropagationOverBudget(), files) == []
    (found,) = PropagationOverBudget(min_modules=2).check(in_memory(files))
    assert found.value == 100
    assert [(role, step.line) for role, step in found.related] == [("without it 75.0 %", 1)] * 2


def test_shapes_are_measured_for_those_who_ask_and_remembered(project):
    root = project({"shop/__init__.py": "", "shop/a.py": "def f(a):\n    if a:\n        if a: pass\n"})
    strict = {"rules": {"hard-to-follow-function": {"max-cognitive": 2}}}
    default = archlint.analyse(root)
    assert default.project.details == {} or not default.project.details["shop.a"].shaped
    for _ in range(2):
        asked = archlint.analyse(root, extend_select=["ARC302"], **strict)
        assert [finding.message for finding in asked.findings] == [
            "f has a cognitive complexity of 3 (limit 2)"
        ]
        assert archlint.analyse(root, **strict).findings == ()
    assert asked.project.facts["shop.a"].shaped
