"""DOT, Mermaid and GraphML: whatever a name holds, the text stays what it is."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.graph.view import Edge, Node, View
from archlint.model import Import
from archlint.reporters.dot import dot
from archlint.reporters.graphml import graphml
from archlint.reporters.json_graph import json_packages
from archlint.reporters.mermaid import MOST_EDGES, fits, mermaid

EVIL = (
    'a"];evil->"b',
    "back\\",
    "line\nfeed",
    "\x1b[31mred",
    "null\0",
    "<script>alert(1)</script>",
    "end",
    "50% & more",
    "a|b|c",
    "#quot;",
    "\u202ereversed",
    "\udcff",
    "\u2028",
    "\ufffe",
    "::error::x",
    "`**bold**`",
    "ünïcode",
)
STRING = r'"(?:[^"\\\n]|\\\\|\\")*"'
ATTRIBUTES = rf"(?: \[\w+=(?:\w+|{STRING})(?:, \w+=(?:\w+|{STRING}))*\])?"
DOT_LINE = re.compile(rf"  {STRING}(?: -> {STRING})?{ATTRIBUTES};")
MERMAID_LINES = (
    re.compile(r'  n\d+(?:\["[\w.#;]*"\]|\(\["[\w.#;]*"\]\))'),
    re.compile(r"  n\d+ (?:-->|-\.->)(?:\|\d+\|)? n\d+"),
    re.compile(r"  (?:linkStyle [\d,]+ stroke:#c00|classDef \w+ [\w:#,]+|class [n\d,]+ \w+)"),
)


def chain_of(names: list[str], flags: int = 0) -> View:
    nodes = tuple(
        Node(name, external=number % 3 == 2, cyclic=number == 0) for number, name in enumerate(names)
    )
    edges = tuple(
        Edge(one, other, (Import(one, other, 1, 1, 1, False, flags),), cyclic=one == names[0])
        for one, other in pairwise(names)
    )
    return View(nodes, edges)


def check_dot(view: View) -> None:
    lines = dot(view, weights=True).split("\n")
    assert lines[0] == "digraph architecture {"
    assert lines[-2:] == ["}", ""]
    for line in lines[3:-2]:
        assert DOT_LINE.fullmatch(line), line


def check_mermaid(view: View) -> None:
    lines = mermaid(view, weights=True).split("\n")
    assert (lines[0], lines[-1]) == ("flowchart TD", "")
    for line in lines[1:-1]:
        assert any(pattern.fullmatch(line) for pattern in MERMAID_LINES), line


def check_graphml(view: View) -> None:
    text = graphml(view).encode()
    assert ET.fromstring(text).tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    read = nx.read_graphml(BytesIO(text))
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(view.nodes), len(view.edges))


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("check", [check_dot, check_mermaid, check_graphml])
def test_no_name_breaks_out(check: object, name: str) -> None:
    check(chain_of([name, "plain", name + "x"]))  # type: ignore[operator]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True))
def test_any_names_make_a_well_formed_graph(names: list[str]) -> None:
    view = chain_of(names)
    check_dot(view)
    check_mermaid(view)
    check_graphml(view)
    json.loads(json_packages(view))


def test_names_that_look_alike_once_escaped_stay_apart_in_graphml() -> None:
    read = nx.read_graphml(BytesIO(graphml(chain_of(["a\x1bb", "a\\x1bb"])).encode()))
    assert sorted(read.nodes) == ["a\\x1bb", "a\\x1bb~2"]


def test_graphml_keeps_what_is_known_of_nodes_and_edges() -> None:
    read = nx.read_graphml(BytesIO(graphml(chain_of(["a", "b", "c"], flags=2)).encode()))
    assert read.nodes["a"] == {"name": "a", "modules": 1, "package": False, "external": False, "cyclic": True}
    assert read.nodes["c"]["external"] is True
    assert read.edges["a", "b"] == {"weight": 1, "kinds": "deferred", "in_cycle": True}


@pytest.mark.parametrize(
    ("flags", "style"), [(0, None), (4, None), (1, "dotted"), (2, "dashed"), (8, "dashed"), (3, "dotted")]
)
def test_imports_that_do_not_run_at_import_time_look_different(flags: int, style: str | None) -> None:
    view = chain_of(["a", "b"], flags)
    assert ("style=" + str(style) in dot(view)) == (style is not None)
    assert ("-.->" in mermaid(view)) == (style is not None)


@pytest.mark.parametrize(
    ("edges", "length", "expected"), [(500, 50_000, True), (501, 10, False), (1, 50_001, False)]
)
def test_mermaid_has_two_limits(edges: int, length: int, expected: bool) -> None:
    assert MOST_EDGES == 500
    view = chain_of([f"m{number}" for number in range(edges + 1)])
    assert fits("x" * length, view) is expected
