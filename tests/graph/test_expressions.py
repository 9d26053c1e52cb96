from __future__ import annotations

import grimp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.graph.expressions import (
    expand,
    expand_all,
    expression_fault,
    matches,
    matching_imports,
    prefixes,
    split_import,
)
from archlint.graph.modulegraph import ModuleGraph
from archlint.model import Import, Module

parts = st.lists(st.sampled_from(("a", "b", "*", "**")), min_size=1, max_size=5).map(".".join)
names = st.lists(st.sampled_from(("a", "b", "c")), min_size=1, max_size=5).map(".".join)


@given(parts, names)
def test_matches_and_faults_are_those_of_grimp(expression, name):
    graph = grimp.ImportGraph()
    graph.add_module(name)
    try:
        found = graph.find_matching_modules(expression)
    except grimp.exceptions.InvalidModuleExpression:
        assert expression_fault(expression)
    else:
        assert expression_fault(expression) is None
        assert matches(expression, name) == (name in found)


@pytest.mark.parametrize(
    "expression", ["", "a.", ".a", "a..b", "a.b*", "a b", "a.***", "*.**", "**.**", "a.**.*", "a/b", "a|b"]
)
def test_malformed_expressions_are_named(expression):
    assert f"'{expression}'" in expression_fault(expression)


@pytest.mark.parametrize("name", ["p.migrations.0001_initial", "p.__pip-runner__", "p.2021-09-16_x"])
def test_a_module_may_be_called_after_any_file(name):
    assert expression_fault(name) is None
    assert expression_fault(name, external=True) == f"'{name}' is not a dotted module name"


GRAPH = ModuleGraph(
    {name: Module(name, None) for name in ("p", "p.a", "p.a.x", "p.ab", "p.b", "p.b.x")},
    [Import("p.a.x", "p.b", 1, 1, 1, False, 0), Import("p.a.x", "p.b.x", 2, 1, 2, False, 0)],
    [Import("p.b", "django", 1, 1, 1, True, 0, (), ("django.db.models",))],
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("p.a", ["p.a"]),
        ("p.z", []),
        ("p.*", ["p.a", "p.ab", "p.b"]),
        ("p.**", ["p.a", "p.a.x", "p.ab", "p.b", "p.b.x"]),
        ("p.a.*", ["p.a.x"]),
        ("**.x", ["p.a.x", "p.b.x"]),
        ("p.*.x", ["p.a.x", "p.b.x"]),
        ("*", ["p"]),
        ("z.*", []),
    ],
)
def test_expand(expression, expected):
    assert list(expand(GRAPH, expression)) == expected


def test_expand_all_gives_each_module_once():
    assert expand_all(GRAPH, ["p.b", "p.*", "p.a"]) == ("p.a", "p.ab", "p.b")


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        ("p.a.x -> p.b", [1]),
        ("p.a.x->p.b.x", [2]),
        ("p.a.** -> p.**", [1, 2]),
        ("p.b -> p.a", []),
        ("p.b -> django", [1]),
        ("p.b -> django.db", [1]),
        ("** -> django.*", [1]),
        ("p.b -> django.http", []),
    ],
)
def test_matching_imports(expression, lines):
    assert [row.line for row in matching_imports(GRAPH, expression)] == lines


@pytest.mark.parametrize("expression", ["p.a", "p.a -> ", "p.a* -> p", "-> p"])
def test_malformed_import_expressions_are_refused(expression):
    with pytest.raises(ValueError):
        split_import(expression)


def test_prefixes():
    assert prefixes("a.b.c") == ["a", "a.b", "a.b.c"]
