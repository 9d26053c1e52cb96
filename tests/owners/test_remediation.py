"""How long findings take, and what the report makes of it: sums, actions, single imports, owners."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from owned_world import SHOP
from support import REPOSITORY

from archlint.config.registry import builtin
from archlint.graph.adjacency import Adjacency
from archlint.graph.cycles import components
from archlint.graph.untying import best_untyings
from archlint.model import Finding, Step
from archlint.pipeline.remediation import FORMULAS, estimated, minutes_of, spoken
from archlint.reporters import terminal
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.complexity.complexity_over_budget import ComplexityOverBudget

STEP = Step("a", "b", "a.py", 1)
ROW = re.compile(
    r"^\| (ARC\d{3}) `([a-z-]+)` \| (\d+) \| ?(?:(\d+) per (.+?))? ?\| ?(.*?) ?\|$", re.MULTILINE
)
PAGE = REPOSITORY / "docs" / "remediation.md"


def finding(code="ARC301", **more):
    return Finding(code=code, rule="r", message="m", module="a", path="a.py", **more)


@pytest.mark.parametrize(
    ("found", "rule", "minutes"),
    [
        (finding(value=20.0), ComplexFunction(), 15),
        (finding(value=20.0), ComplexFunction(max_cyclomatic=5), 25),
        (finding(value=3.0), ComplexFunction(), 10),
        (finding("ARC309", value=12.0), ComplexityOverBudget(budgets={"a": 8, "b": 10}), 12),
        (finding("ARC101", chain=(STEP,)), None, 30),
        (finding("ARC101", chain=(STEP, STEP, STEP)), None, 40),
        (finding("ARC201", related=(("remove to break the cycle", STEP),) * 2), None, 60),
        (finding("ARC201", related=(("import from c instead", STEP),)), None, 5),
        (finding("ARC310", value=3.0), None, 60),
        (finding("XYZ001"), None, 30),
    ],
)
def test_what_a_finding_takes(found, rule, minutes):
    assert minutes_of(found, {rule.code: rule} if rule else {}) == minutes


def test_findings_carry_their_minutes():
    assert [one.minutes for one in estimated([finding(value=16.0)], [ComplexFunction()])] == [11]


@given(st.sampled_from(sorted(FORMULAS)), st.floats(0, 1e6), st.floats(0, 1e6))
def test_worse_never_takes_less(code, one, other):
    low, high = sorted((one, other))
    assert 0 <= minutes_of(finding(code, value=low), {}) <= minutes_of(finding(code, value=high), {})


def test_every_rule_has_a_formula():
    assert set(builtin().names) - set(FORMULAS) == set()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (2, "5 min"), (12, "10 min"), (13, "15 min"), (20, "20 min"), (38, "45 min"), (59, "1 h"), (60, "1 h"), (117, "2 h"), (200, "3 h 30 min"), (280, "5 h"), (959, "16 h"), (960, "2 days"), (48_000, "100 days")],
)  # fmt: skip
def test_minutes_as_people_say_them(minutes, said):
    assert spoken(minutes) == said


def test_the_page_has_every_formula():
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    said = {code: (int(fixed), int(per or 0), unit, rule) for code, _, fixed, per, unit, rule in rows}
    assert said == {code: (one.minutes, one.per, one.unit, one.rule) for code, one in FORMULAS.items()}
    assert {code: name for code, name, *_ in rows} == {code: builtin().names[code] for code, *_ in rows}


# --- single imports --------------------------------------------------------------------------


@st.composite
def graphs(draw):
    size = draw(st.integers(2, 7))
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    return size, draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14))


@given(graphs())
def test_untying_is_what_trying_every_edge_finds(graph):
    size, edges = graph

    def cyclic(left):
        return sum(map(len, components(Adjacency(size, left))))

    freed = {one: cyclic(edges) - cyclic([edge for edge in edges if edge != one]) for one in edges}
    expected = sorted(((-number, edge) for edge, number in freed.items() if number), key=lambda row: row)
    found = best_untyings(Adjacency(size, edges), most=100)
    assert [(round(-one.gain * size), one.edge) for one in found] == expected


# --- the report ------------------------------------------------------------------------------


BRANCHES = "".join(f"    if a == {n}: return {n}\n" for n in range(20))
TANGLED = {
    **SHOP,
    "shop/billing/rows.py": "from shop.web import view\ndef f(a: view): ...\n",
    "shop/web.py": f"from shop.billing.rows import f\n\n\ndef view(a=f):\n{BRANCHES}",
}


def reported(archlint, root):
    return json.loads(archlint("report", "--format", "json", cwd=root).out)


def test_actions_have_minutes_effects_and_values(archlint, project):
    actions = reported(archlint, project(TANGLED))["actions"]
    assert sorted((row["kind"], row["minutes"], row["effect"]) for row in actions) == [
        ("cycle", 5, "no cycle is left on load"),
        ("function", 16, "by its decisions alone, about 2 functions of at most 15 each"),
    ]
    returns = [row["value"] / row["minutes"] for row in actions]
    assert returns == sorted(returns, reverse=True)


def _many_actions(project):
    functions = {f"shop/f{n}.py": f"def f{n}(a):\n{BRANCHES}" for n in range(4)}
    cycles = {}
    for n in range(5):
        cycles |= {
            f"shop/a{n}.py": f"import shop.b{n}\nx = shop.b{n}.y\n",
            f"shop/b{n}.py": f"import shop.a{n}\n",
        }
    return project({"shop/__init__.py": "", **functions, **cycles})


@pytest.mark.parametrize(
    ("screens", "at_length", "shown", "last"),
    [
        (80, 5, 8, "   --format markdown tells all of them at length"),
        (62, 4, 8, "   --format markdown tells all of them at length"),
        (56, 1, 8, "   --format markdown tells all of them at length"),
        (53, 1, 6, "   and 2 more: --format markdown tells all of them at length"),
        (10, 1, 3, "   and 5 more: --format markdown tells all of them at length"),
    ],
)
def test_actions_fit_the_room_that_is_left(archlint, project, monkeypatch, screens, at_length, shown, last):
    monkeypatch.setattr(terminal, "SCREENS", screens)
    lines = archlint("report", cwd=_many_actions(project)).lines
    section = lines[next(n for n, line in enumerate(lines) if line.startswith("WHAT TO DO FIRST")) :]
    numbered = [line for line in section if re.match(r" ?\d\. ", line)]
    assert (sum(line[0] != " " for line in numbered), len(numbered), section[-1]) == (at_length, shown, last)
    assert len(lines) <= screens or shown == 3


def test_more_than_five_actions_are_one_line_each_on_a_terminal(archlint, project):
    root = _many_actions(project)
    out = archlint("report", cwd=root).out
    assert " 8. Break the cycle a3 -> b3 -> a3  shop/a3.py:1  (30 min)\n" in out
    assert max(map(len, out.splitlines())) <= 80
    assert len(reported(archlint, root)["actions"]) == 8


def test_the_report_sums_minutes_by_rule_and_package(archlint, project):
    debt = reported(archlint, project(TANGLED))["remediation"]
    assert debt["minutes"] == sum(row["minutes"] for row in debt["by_rule"]) == 46
    assert debt["by_rule"] == [{"code": "ARC201", "minutes": 30}, {"code": "ARC301", "minutes": 16}]
    assert sum(row["minutes"] for row in debt["by_package"]) == debt["minutes"]


def test_the_report_names_the_single_imports_that_matter(archlint, project):
    root = project(TANGLED)
    rows = reported(archlint, root)["single_imports"]
    assert {row["metric"] for row in rows} >= {"propagation_cost", "cyclicality"}
    assert all(0 <= row["then"] < row["now"] for row in rows)
    assert " would leave the cycles." in archlint("report", cwd=root).out


def test_the_report_counts_what_crosses_teams(archlint, project):
    root = project(SHOP)
    owners = reported(archlint, root)["owners"]
    assert (owners["path"], owners["modules"], owners["unowned"]) == ("CODEOWNERS", 7, 2)
    assert (owners["imports"], owners["crossing"]) == (4, 3)
    assert owners["crossings"] == [
        {"importer": "@shop/web", "imported": "@shop/billing", "imports": 2},
        {"importer": "@ann", "imported": "@shop/web", "imports": 1},
    ]
    assert owners["imported_most"][0]["owners"] == ["@shop/billing"]
    assert {row["name"]: row["modules"] for row in owners["owners"]} == {
        "@shop/billing": 3,
        "@shop/web": 1,
        "@ann": 1,
        "@shop/core": 1,
        None: 2,
    }


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        ("terminal", "OWNERS  4 owners, 28.6% of modules unowned, 3 of 4 imports cross teams\n"),
        ("terminal", "  crossing  @shop/web -> @shop/billing 2, @ann -> @shop/web 1\n"),
        ("markdown", "| `@shop/web` | `@shop/billing` | 2 |\n"),
    ],
)
def test_the_report_shows_owners(archlint, project, format_, said):
    assert said in archlint("report", "--format", format_, cwd=project(SHOP)).out


@pytest.mark.parametrize("format_", ["terminal", "markdown", "json"])
def test_without_owners_the_report_says_nothing_of_them(archlint, project, format_):
    files = {path: text for path, text in SHOP.items() if path != "CODEOWNERS"}
    out = archlint("report", "--format", format_, cwd=project(files)).out
    assert "Owners" not in out
    assert "OWNERS" not in out
    assert '"owners"' not in out
