"""``archlint graph`` on small trees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
SHOP = {
    "shop/__init__.py": "",
    "shop/web/__init__.py": "from shop.web import views\n",
    "shop/web/views.py": "import flask\nfrom shop.orders import place, list_orders\nfrom shop import util\n",
    "shop/orders/__init__.py": "from shop.orders.store import save\n",
    "shop/orders/store.py": "import json\nfrom shop import db\nimport sqlalchemy.orm\n",
    "shop/db.py": (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from shop.orders import Order\n"
        "def late():\n    import shop.orders.store\n"
    ),
    "shop/util.py": "",
}


@pytest.fixture
def shop(project: Callable[..., Path]) -> Path:
    return project(SHOP)


@pytest.mark.parametrize(
    ("golden", "arguments"),
    [
        ("graph.json", []),
        ("graph.dot", ["--format", "dot"]),
        ("graph.mmd", ["--format", "mermaid", "--external"]),
        ("graph.graphml", ["--format", "graphml"]),
        ("graph-packages.json", ["--collapse", "2"]),
        ("graph-packages.dot", ["--format", "dot", "--collapse", "package"]),
        ("graph-cycles.mmd", ["--format", "mermaid", "--only-cycles"]),
    ],
)
def test_the_formats(archlint: Callable[..., Any], shop: Path, golden: str, arguments: list[str]) -> None:
    done = archlint("graph", *arguments, cwd=shop)
    assert (done.code, done.err) == (0, "")
    assert done.out == (GOLDEN / golden).read_text(encoding="utf-8")


def test_a_focused_json_graph_keeps_its_schema(archlint: Callable[..., Any], shop: Path) -> None:
    whole = json.loads(archlint("graph", cwd=shop).out)
    part = json.loads(archlint("graph", "--focus", "shop.db", "--no-external", cwd=shop).out)
    assert part["schema"] == "archlint-graph/1"
    assert [module["name"] for module in part["modules"]] == ["shop.db", "shop.orders", "shop.orders.store"]
    assert all(row in whole["imports"] for row in part["imports"])
    assert len(part["imports"]) == 3


def test_several_formats_are_written_at_once(archlint: Callable[..., Any], shop: Path) -> None:
    done = archlint("graph", "--format", "dot=out/graph.dot", "--format", "mermaid", "--no-cache", cwd=shop)
    assert done.out.startswith("flowchart TD\n")
    assert (shop / "out/graph.dot").read_text().startswith("digraph")


def test_mermaid_is_collapsed_until_its_client_draws_it(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    files = {"big/__init__.py": ""}
    for number in range(24):
        imports = "".join(f"import big.p{other}.m\n" for other in range(24) if other != number)
        files[f"big/p{number}/__init__.py"] = ""
        files[f"big/p{number}/m.py"] = imports
    root = project(files)
    done = archlint("graph", "--format", "mermaid", cwd=root)
    assert done.err == (
        "archlint: note: Mermaid draws at most 500 edges and 50,000 characters: "
        "collapsed to 1 node (--collapse 1); --focus shows a part in detail\n"
    )
    assert done.out == 'flowchart TD\n  n0["big#32;#40;49#41;"]\n'
    assert archlint("graph", "--format", "mermaid", "-q", cwd=root).err == ""


def test_mermaid_draws_the_heaviest_edges_where_nothing_can_be_collapsed(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    names = [f"top{number:02}" for number in range(30)]
    files = {f"{name}.py": "".join(f"import {other}\n" for other in names if other != name) for name in names}
    files["top07.py"] += "import top08\n"
    done = archlint("graph", "--format", "mermaid", "--roots", ",".join(names), cwd=project(files))
    assert "only the 500 heaviest edges are drawn" in done.err
    edges = [line for line in done.out.splitlines() if "-->" in line]
    assert len(edges) == 500
    assert "  n7 -->|2| n8" in edges


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--focus", "shop.dbb"],
            "--focus: there is no module or imported package `shop.dbb`; did you mean `shop.db`?",
        ),
        (["--collapse", "shop.wbe"], "did you mean `shop.web`?"),
        (["--depth", "2"], "--depth goes with --focus"),
        (["--kinds", "egaer"], "--kinds: unknown kind `egaer`; did you mean `eager`?"),
        (["--format", "dott"], "unknown format `dott`; did you mean `dot`?"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(
    archlint: Callable[..., Any], shop: Path, arguments: list[str], message: str
) -> None:
    done = archlint("graph", *arguments, cwd=shop)
    assert (done.code, done.out) == (2, "")
    assert message in done.err.splitlines()[0]


def test_the_same_bytes_from_any_directory(archlint: Callable[..., Any], shop: Path) -> None:
    below = archlint("graph", "--format", "graphml", "--project", "..", cwd=shop / "shop")
    assert below.out == archlint("graph", "--format", "graphml", "--project", ".", "--no-cache", cwd=shop).out
