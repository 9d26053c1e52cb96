"""``archlint graph`` on small trees."""

from __future__ import annotations

import json
import os
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
CONTRACTS = """
[[contracts]]
name = "Down"
type = "layers"
layers = ["shop.web", "shop.orders", "shop.db"]

[[contracts]]
name = "SQL in one place"
type = "forbidden"
source-modules = ["shop.orders"]
forbidden-modules = ["sqlalchemy"]
allow-indirect-imports = true
"""
KEPT = '[[contracts]]\nname = "Up"\ntype = "layers"\nlayers = ["shop.web", "shop.util"]\n'


@pytest.fixture
def shop(project: Callable[..., Path]) -> Path:
    return project(SHOP)


@pytest.fixture
def layered(project: Callable[..., Path]) -> Path:
    return project(SHOP | {"archlint.toml": CONTRACTS})


@pytest.mark.parametrize(
    ("golden", "arguments"),
    [
        (f"graph-{kind}.{suffix}", [*options, "--format", name])
        for kind, options in (
            ("breaches", ["--only-breaches"]),
            ("layers", ["--collapse", "layer"]),
            ("layer-breaches", ["--collapse", "layer", "--only-breaches"]),
        )
        for suffix, name in (("json", "json"), ("dot", "dot"), ("mmd", "mermaid"), ("graphml", "graphml"))
    ],
)
def test_what_contracts_say(
    archlint: Callable[..., Any], layered: Path, golden: str, arguments: list[str]
) -> None:
    done = archlint("graph", *arguments, cwd=layered)
    assert (done.code, done.err) == (0, "")
    same_as_golden(golden, done.out)


def same_as_golden(name: str, text: str) -> None:
    """Compare with a golden file; ARCHLINT_UPDATE_GOLDEN writes it first."""
    if os.environ.get("ARCHLINT_UPDATE_GOLDEN") == "1":
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def breaching(archlint: Callable[..., Any], root: Path, *arguments: str) -> list[tuple[str, str, list[str]]]:
    rows = json.loads(archlint("graph", "--only-breaches", *arguments, cwd=root).out)["imports"]
    return [(row["importer"], row["imported"], row["contracts"]) for row in rows]


def test_the_imports_of_a_chain_break_the_contract(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    files = SHOP | {"archlint.toml": CONTRACTS, "shop/db.py": "import shop.util\n"}
    root = project(files | {"shop/util.py": "import shop.web.views\n"})
    assert breaching(archlint, root, "--no-external") == [
        ("shop.db", "shop.util", ["Down"]),
        ("shop.util", "shop.web.views", ["Down"]),
    ]
    assert breaching(archlint, root, "--focus", "shop.db", "--no-external") == [
        ("shop.db", "shop.util", ["Down"])
    ]


def test_what_is_suppressed_or_does_not_count_breaks_nothing(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    late = "def late():\n    import shop.orders.store  # archlint: ignore[ARC101] -- until spring\n"
    eager = CONTRACTS.replace('type = "layers"', 'type = "layers"\nedges = ["eager"]')
    assert [row[0] for row in breaching(archlint, project(SHOP | {"archlint.toml": CONTRACTS}))] == [
        "shop.db",
        "shop.db",
        "shop.orders.store",
    ]
    silent = project(SHOP | {"archlint.toml": CONTRACTS, "shop/db.py": late})
    assert breaching(archlint, silent, "--no-external") == []
    assert breaching(archlint, project(SHOP | {"archlint.toml": eager}), "--no-external") == []


def test_where_no_contract_is_broken_a_line_says_so(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    done = archlint(
        "graph", "--only-breaches", "--format", "mermaid", cwd=project({**SHOP, "archlint.toml": KEPT})
    )
    assert (done.code, done.out, done.err) == (
        0,
        "flowchart TD\n",
        "archlint: note: no import breaks a contract\n",
    )


def test_the_contracts_of_another_tool_count_where_there_are_no_others(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    ini = "[importlinter]\nroot_package = shop\n[importlinter:contract:1]\nname = Down\ntype = layers\n"
    root = project({**SHOP, ".importlinter": f"{ini}layers =\n    shop.web\n    shop.orders\n    shop.db\n"})
    assert {row[2][0] for row in breaching(archlint, root)} == {"Down"}
    nodes = json.loads(archlint("graph", "--collapse", "layer", "--no-external", cwd=root).out)["packages"]
    assert {node["name"]: node.get("level") for node in nodes} == {
        "(in no layer)": None,
        "shop.web": 1,
        "shop.orders": 2,
        "shop.db": 3,
    }


def test_what_is_named_beside_layer_stays_apart(archlint: Callable[..., Any], layered: Path) -> None:
    packages = json.loads(archlint("graph", "--collapse", "layer,shop.util", cwd=layered).out)["packages"]
    assert {"shop.util", "(in no layer)"} <= {node["name"] for node in packages}


@pytest.mark.parametrize(
    ("contracts", "arguments", "message"),
    [
        ("", ["--only-breaches"], "--only-breaches: no contract is configured"),
        ("", ["--collapse", "layer"], "no contract of the type `layers` is configured"),
        (KEPT, ["--collapse", "layer,2"], "--collapse: give one of `layer` and `2`"),
        (KEPT.replace("shop.", "shoe."), ["--collapse", "layer"], "the contract `Up` names no module"),
        (KEPT.replace("layers =", "layerz ="), ["--collapse", "layer"], "unknown option `layerz`"),
        (KEPT.replace("shop.", "shoe."), ["--only-breaches"], "there is no module 'shoe.web'"),
    ],
)
def test_contracts_that_cannot_be_asked_are_one_line(
    archlint: Callable[..., Any],
    project: Callable[..., Path],
    contracts: str,
    arguments: list[str],
    message: str,
) -> None:
    done = archlint(
        "graph", *arguments, cwd=project({**SHOP, "archlint.toml": f'roots = ["shop"]\n{contracts}'})
    )
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


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
    same_as_golden(golden, done.out)


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
