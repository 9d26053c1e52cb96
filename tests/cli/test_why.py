"""``archlint why``: chains of imports, and the way out."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.facts import EDGE_KINDS
from archlint.graph.cuts import minimum_cut
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.ways import Ways, both_ends
from archlint.model import Import, Module

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHOP = {
    "shop/__init__.py": "",
    "shop/web/__init__.py": "",
    "shop/web/views.py": "from shop.orders import place\nfrom shop import util\n",
    "shop/web/admin.py": "def report():\n    from shop import util\n",
    "shop/orders.py": "from shop.db import save, load\n",
    "shop/util.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.db import Row\n",
    "shop/db/__init__.py": "from shop.db.engine import connect\n",
    "shop/db/engine.py": "import sqlalchemy.orm\n",
}


@pytest.fixture
def ask(archlint: Callable[..., Any], project: Callable[..., Path]) -> Callable[..., Any]:
    root = project(SHOP)
    return lambda *arguments: archlint("why", *arguments, cwd=root)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["shop.web", "shop.db"],
            (
                "shop.web reaches, through 1 module, shop.db:\n"
                "  shop.web.views -> shop.orders  (shop/web/views.py:1; takes place)\n"
                "  shop.orders -> shop.db  (shop/orders.py:1; takes save, load)\n"
                "\n"
                "More chains share no import with these; --all lists them, --limit N more of them.\n"
                "Change these 2 imports and no chain is left (the cheapest way out):\n"
                "  shop.util -> shop.db  (shop/util.py:3; type-checking; takes Row)\n"
                "  shop.web.views -> shop.orders  (shop/web/views.py:1; takes place)\n"
            ),
        ),
        (
            ["shop.web", "shop.db", "--kinds", "eager"],
            (
                "shop.web reaches, through 1 module, shop.db (counting eager imports):\n"
                "  shop.web.views -> shop.orders  (shop/web/views.py:1; takes place)\n"
                "  shop.orders -> shop.db  (shop/orders.py:1; takes save, load)\n"
                "\n"
                "Change this one import and no chain is left:\n"
                "  shop.web.views -> shop.orders  (shop/web/views.py:1; takes place)\n"
            ),
        ),
        (
            ["shop.orders", "sqlalchemy.orm"],
            (
                "shop.orders reaches, through 2 modules, sqlalchemy.orm:\n"
                "  shop.orders -> shop.db  (shop/orders.py:1; takes save, load)\n"
                "  shop.db -> shop.db.engine  (shop/db/__init__.py:1; takes connect)\n"
                "  shop.db.engine -> sqlalchemy.orm  (shop/db/engine.py:1)\n"
                "\n"
                "Change this one import and no chain is left:\n"
                "  shop.db.engine -> sqlalchemy.orm  (shop/db/engine.py:1)\n"
            ),
        ),
        (
            ["shop.db.engine", "sqlalchemy"],
            (
                "shop.db.engine imports sqlalchemy:\n"
                "  shop.db.engine -> sqlalchemy  (shop/db/engine.py:1)\n"
                "\n"
                "Change this one import and no chain is left:\n"
                "  shop.db.engine -> sqlalchemy  (shop/db/engine.py:1)\n"
            ),
        ),
        (
            ["shop.db", "shop.db.engine"],
            (
                "the rest of shop.db imports shop.db.engine:\n"
                "  shop.db -> shop.db.engine  (shop/db/__init__.py:1; takes connect)\n"
                "\n"
                "Change this one import and no chain is left:\n"
                "  shop.db -> shop.db.engine  (shop/db/__init__.py:1; takes connect)\n"
            ),
        ),
    ],
)
def test_the_answer(ask: Callable[..., Any], arguments: list[str], expected: str) -> None:
    done = ask(*arguments)
    assert (done.code, done.err) == (0, "")
    assert done.out == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["shop.db", "shop.web"], "shop.db does not reach shop.web.\n"),
        (["shop.db.engine", "shop.db"], "shop.db.engine does not reach the rest of shop.db.\n"),
        (
            ["shop.util", "shop.db", "--kinds", "eager"],
            ("shop.util does not reach shop.db (counting eager imports).\n"),
        ),
        (["shop.db.engine", "typing"], "shop.db.engine does not reach typing.\n"),
    ],
)
def test_no_chain_is_exit_1(ask: Callable[..., Any], arguments: list[str], expected: str) -> None:
    done = ask(*arguments)
    assert (done.code, done.out, done.err) == (1, expected, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["views", "shop.db"], "there is no module `views` in this project; did you mean `shop.web.views`?"),
        (["shop.wbe", "shop.db"], "there is no module `shop.wbe` in this project; did you mean `shop.web`?"),
        (
            ["shop.web", "shop.bd"],
            ("`shop.bd` is no module of this project, and nothing imports it; did you mean `shop.db`?"),
        ),
        (["shop.web", "sqlalchem"], "nothing imports it; did you mean `sqlalchemy`?"),
        (["shop.web", "sqlalchemy.sql"], "nothing imports it; `sqlalchemy` is imported"),
        (["shop.web", "shop.web"], "`shop.web` is given twice"),
        (["shop.web"], "Missing argument 'B'."),
        (["shop.web", "shop.db", "--kinds", "lasy"], "unknown kind `lasy`; did you mean `lazy`?"),
        (["sho\x1bp", "shop.db"], "there is no module `sho\\x1bp`"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(
    ask: Callable[..., Any], arguments: list[str], message: str
) -> None:
    done = ask(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err.splitlines()[0]


def test_all_chains_share_no_import(ask: Callable[..., Any]) -> None:
    answer = json.loads(ask("shop.web", "shop.db", "--all", "--format", "json").out)
    assert [len(chain) for chain in answer["chains"]] == [2, 2]
    assert answer["more"] is False
    assert answer["cut"]["minimum"] is True
    assert [(row["importer"], row["imported"]) for row in answer["cut"]["imports"]] == [
        ("shop.util", "shop.db"),
        ("shop.web.views", "shop.orders"),
    ]
    (step, _) = answer["chains"][0]
    assert step["places"] == [{"path": "shop/web/views.py", "line": 1, "flags": [], "names": ["place"]}]


def test_of_equally_short_chains_one_at_import_time_comes_first(ask: Callable[..., Any]) -> None:
    """shop.web.admin -> shop.util -> shop.db comes first by name, but neither import runs at import time."""
    first, second = json.loads(ask("shop.web", "shop.db", "--all", "--format", "json").out)["chains"]
    assert [step["importer"] for step in first] == ["shop.web.views", "shop.orders"]
    assert [step["importer"] for step in second] == ["shop.web.admin", "shop.util"]


def test_limit_bounds_the_chains(ask: Callable[..., Any]) -> None:
    answer = json.loads(ask("shop.web", "shop.db", "--limit", "1", "--format", "json").out)
    assert (len(answer["chains"]), answer["more"]) == (1, True)


def test_a_file_may_be_named_by_its_path(ask: Callable[..., Any]) -> None:
    assert ask("shop/web/views.py", "shop/db").out == ask("shop.web.views", "shop.db").out


NAMES = ("m", "m.a", "m.a.x", "m.a.y", "m.b", "m.b.x", "m.c", "m.d")
edges_of = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from((*NAMES, "out"))), max_size=20)


@settings(deadline=None)
@given(edges_of, st.sampled_from((("m.a", "m.b"), ("m.a", "m"), ("m", "m.b.x"), ("m.c", "out"))))
def test_chains_are_chains_and_the_cut_leaves_none(
    edges: list[tuple[str, str]], ends: tuple[str, str]
) -> None:
    rows = [
        Import(a, b, line, 1, line, b == "out", 0, targets=(b,))
        for line, (a, b) in enumerate(edges, 1)
        if a != b
    ]
    graph = ModuleGraph(
        {name: Module(name, name + ".py") for name in NAMES},
        [row for row in rows if not row.external],
        [row for row in rows if row.external],
    )
    ways = Ways(graph, EDGE_KINDS, graph.externals if ends[1] == "out" else (), "out")
    near, far = (
        (frozenset(graph.subtree(ends[0])), frozenset({ways.beyond}))
        if ends[1] == "out"
        else both_ends(graph, *ends)
    )
    assert near
    assert far
    assert near.isdisjoint(far)
    chains = list(ways.chains(near, far, 50)) if far < {*range(ways.adjacency.size)} else []
    steps = [edge for chain in chains for edge in chain]
    assert len(steps) == len(set(steps))
    for chain in chains:
        assert chain[0][0] in near
        assert chain[-1][1] in far
        assert all(one[1] == other[0] for one, other in pairwise(chain))
        assert all(ways.imports(edge) for edge in chain)
    if chains:
        cut = set(minimum_cut(ways.adjacency, near, far, ways.cost).edges)
        assert all(cut.intersection(chain) for chain in chains)
        assert len(cut) >= 1
