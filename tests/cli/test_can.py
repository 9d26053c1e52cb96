"""``archlint can``: may A import B, and who says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = """\
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.orders | shop.billing", "shop.db"]
why = "Storage must not know the web."
owner = "platform"

[[contracts]]
name = "Network in one place"
type = "forbidden"
source-modules = ["shop.db", "shop.orders"]
forbidden-modules = ["requests", "boto3.s3"]
ignore-imports = ["shop.db.backup -> requests"]

[[contracts]]
name = "Advice"
type = "forbidden"
source-modules = ["shop.web"]
forbidden-modules = ["shop.db"]
allow-indirect-imports = true
severity = "info"
"""
SHOP = {
    "archlint.toml": CONFIG,
    "shop/__init__.py": "",
    "shop/web.py": "import shop.orders\nimport requests\n",
    "shop/orders.py": "import shop.db\nimport shop.util\n",
    "shop/billing.py": "from shop.db import rows\n",
    "shop/db/__init__.py": "",
    "shop/db/backup.py": "import requests\n",
    "shop/util.py": "",
}


@pytest.fixture
def ask(archlint: Callable[..., Any], project: Callable[..., Path]) -> Callable[..., Any]:
    root = project(SHOP)
    return lambda *arguments: archlint("can", *arguments, cwd=root)


@pytest.mark.parametrize(
    ("arguments", "code", "first"),
    [
        (["shop.web", "shop.util"], 0, "yes: shop.web may import shop.util"),
        (["shop.billing", "shop.db"], 0, "yes: shop.billing may import shop.db"),
        (["shop.db", "shop.web"], 1, "no: shop.db may not import shop.web"),
        (["shop.orders", "shop.billing"], 1, "no: shop.orders may not import shop.billing"),
        (["shop.util", "shop.web"], 1, "no: shop.util may not import shop.web"),
        (["shop.db", "requests"], 1, "no: shop.db may not import requests"),
        (["shop.db", "boto3.s3.transfer"], 1, "no: shop.db may not import boto3.s3.transfer"),
        (["shop.db", "boto3.ec2"], 0, "yes: shop.db may import boto3.ec2"),
        (["shop.db.backup", "requests"], 0, "yes: shop.db.backup may import requests"),
        (["shop.billing", "shop.db.rows"], 0, "yes: shop.billing may import shop.db.rows"),
        (["shop.db.new", "shop.web"], 1, "no: shop.db.new may not import shop.web"),
        (["shop.web", "shop.db.new"], 0, "yes: shop.web may import shop.db.new"),
        (["shop/util.py", "shop.web"], 1, "no: shop.util may not import shop.web"),
    ],
)
def test_the_verdict(ask: Callable[..., Any], arguments: list[str], code: int, first: str) -> None:
    done = ask(*arguments)
    assert (done.code, done.lines[0]) == (code, first)


def test_a_no_names_contract_place_chain_and_why(ask: Callable[..., Any]) -> None:
    assert ask("shop.util", "shop.web").lines == [
        "no: shop.util may not import shop.web",
        "  forbidden by Layers (archlint.toml:1)",
        "    ARC101 layer-breach: shop.orders reaches shop.web through 1 module, but shop.orders is below shop.web",
        "      shop.orders -> shop.util  (shop/orders.py:2)",
        "      shop.util -> shop.web  (this import)",
        "    why: Storage must not know the web.",
        "    owner: platform",
        "  forbidden by Network in one place (archlint.toml:8)",
        "    ARC102 forbidden-import: shop.orders reaches requests through 2 modules, which is forbidden",
        "      shop.orders -> shop.util  (shop/orders.py:2)",
        "      shop.util -> shop.web  (this import)",
        "      shop.web -> requests  (shop/web.py:2)",
        "  would close an import cycle; the way back is",
        "      shop.web -> shop.orders  (shop/web.py:1)",
        "      shop.orders -> shop.util  (shop/orders.py:2)",
    ]


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["shop.billing", "shop.db"],
            [
                "  It does already, at shop/billing.py:1.",
                "  permitted by Layers (archlint.toml:1), layers, which speaks of `shop.billing` and `shop.db`",
                "  No import cycle is closed.",
            ],
        ),
        (
            ["shop.web", "shop.util"],
            ["  None of 3 contracts speaks of both.", "  No import cycle is closed."],
        ),
        (
            ["shop.db.backup", "requests"],
            [
                "  It does already, at shop/db/backup.py:1.",
                "  ignored by Network in one place (archlint.toml:8): `shop.db.backup -> requests` is in its ignore-imports",
                "  No import cycle is closed.",
            ],
        ),
        (
            ["shop.web", "shop.db"],
            [
                "  disliked, without failing, by Advice (archlint.toml:15)",
                "    ARC102 forbidden-import: shop.web imports shop.db, which is forbidden to shop.web",
                "    help: Ask a module that may import shop.db for what shop.web needs, or pass it in.",
                "  permitted by Layers (archlint.toml:1), layers, which speaks of `shop.web` and `shop.db`",
                "  No import cycle is closed.",
            ],
        ),
    ],
)
def test_a_yes_names_what_permits_it(ask: Callable[..., Any], arguments: list[str], lines: list[str]) -> None:
    assert ask(*arguments).lines[1:] == lines


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (
            ["shop.db.new", "shop.util"],
            "there is no module `shop.db.new` yet; answered as if it were in `shop.db`",
        ),
        (["shop.utl", "shop.db"], "answered as if it were in `shop`; did you mean `shop.util`?"),
        (["shop.util", "boto3"], "nothing imports `boto3` yet; taken for an external package"),
        (["shop.util", "reqests"], "taken for an external package; did you mean `requests`?"),
    ],
)
def test_what_had_to_be_supposed_is_a_note(ask: Callable[..., Any], arguments: list[str], note: str) -> None:
    done = ask(*arguments)
    assert note in done.err
    assert done.err.startswith("archlint: note: ")
    assert ask(*arguments, "-q").err == ""


@pytest.mark.parametrize(
    ("kind", "code", "line"),
    [
        ("eager", 1, "  would close an import cycle; the way back is"),
        (
            "deferred",
            0,
            "  would close a cycle that `check` does not report as it is configured; the way back is",
        ),
    ],
)
def test_only_a_cycle_that_check_reports_forbids(
    archlint: Callable[..., Any], project: Callable[..., Path], kind: str, code: int, line: str
) -> None:
    root = project({"shop/__init__.py": "", "shop/a.py": "import shop.b\n", "shop/b.py": ""})
    done = archlint("can", "shop.b", "shop.a", "--kind", kind, cwd=root)
    assert (done.code, done.lines[1:3]) == (code, [line, "      shop.a -> shop.b  (shop/a.py:1)"])
    ignored = archlint("can", "shop.b", "shop.a", "--config", 'ignore = ["ARC201"]', cwd=root)
    assert ignored.code == 0


def test_packages_that_would_depend_on_each_other_are_told(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/a/__init__.py": "",
        "shop/a/x.py": "",
        "shop/b.py": "import shop.a.x\n",
    }
    done = archlint("can", "shop.a", "shop.b", cwd=project(files))
    assert done.code == 0
    assert done.lines[1:3] == [
        "  the two packages depend on each other then; the way back is",
        "      shop.b -> shop.a.x  (shop/b.py:1)",
    ]


def test_imports_below_two_packages_are_told(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/a/__init__.py": "",
        "shop/a/x.py": "import shop.b\n",
        "shop/b.py": "import shop.a.y\n",
        "shop/a/y.py": "",
    }
    root = project(files)
    done = archlint("can", "shop.a", "shop.b", cwd=root)
    assert done.lines[1:5] == [
        "  1 import between the two packages is there already: the first is",
        "      shop.a.x -> shop.b  (shop/a/x.py:1)",
        "  the two packages depend on each other already; the way back is",
        "      shop.b -> shop.a.y  (shop/b.py:1)",
    ]
    answer = json.loads(archlint("can", "shop.a", "shop.b", "--format", "json", cwd=root).out)
    assert [(step["importer"], step["line"]) for step in answer["inner"]] == [("shop.a.x", 1)]


IMPORT_LINTER = """\
[importlinter]
root_package = shop
[importlinter:contract:l]
name = L
type = layers
layers =
    shop.web
    shop.db
"""


def test_another_tools_contracts_are_asked(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    files = {**SHOP, ".importlinter": IMPORT_LINTER}
    del files["archlint.toml"]
    root = project(files)
    done = archlint("can", "shop.db", "shop.web", cwd=root)
    assert (done.code, done.lines[1]) == (1, "  forbidden by L (.importlinter:3)")
    why = archlint("why", "shop.web", "shop.db", cwd=root)
    assert (why.code, why.err) == (0, "")


def test_without_contracts_nothing_forbids(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project({"shop/__init__.py": "", "shop/a.py": "", "shop/b.py": ""})
    assert archlint("can", "shop.a", "shop.b", cwd=root).lines == [
        "yes: shop.a may import shop.b",
        "  No contract is configured, so none forbids it.",
        "  No import cycle is closed.",
    ]


def test_an_import_that_is_there_and_forbidden_is_a_no(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project({**SHOP, "shop/db/__init__.py": "\nimport shop.web\n"})
    done = archlint("can", "shop.db", "shop.web", cwd=root)
    assert done.code == 1
    assert done.lines[1] == "  It does already, at shop/db/__init__.py:2."
    assert "  closes an import cycle; the way back is" in done.lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["shp.web", "shop.db"], "there is no module `shp.web` in this project; did you mean `shop.web`?"),
        (["shop.web", "shop.web"], "`shop.web` is given twice"),
        (["shop.web", "not a name"], "there is no module `not a name`"),
        (["shop.web", "shop.db", "--kind", "egaer"], "Invalid value for '--kind'"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(
    ask: Callable[..., Any], arguments: list[str], message: str
) -> None:
    done = ask(*arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err.splitlines()[0]


def test_a_contract_that_cannot_be_judged_is_exit_2(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    config = CONFIG + '\n[[contracts]]\nname = "Gone"\ntype = "layers"\nlayers = ["shop.gone"]\n'
    done = archlint("can", "shop.web", "shop.util", cwd=project({**SHOP, "archlint.toml": config}))
    assert done.code == 2
    assert done.lines[0] == "yes: shop.web may import shop.util"
    assert "there is no module 'shop.gone'" in done.err


def test_the_json_answer(ask: Callable[..., Any]) -> None:
    answer = json.loads(ask("shop.util", "shop.web", "--format", "json").out)
    assert (answer["allowed"], answer["exists"]) == (False, None)
    assert [(row["code"], row["source"]) for row in answer["forbidden_by"]] == [
        ("ARC101", "archlint.toml:1"),
        ("ARC102", "archlint.toml:8"),
    ]
    assert [step["line"] for step in answer["forbidden_by"][0]["chain"]] == [2, None]
    assert answer["cycle"]["reported"] is True
    allowed = json.loads(ask("shop.billing", "shop.db", "--format", "json").out)
    assert (allowed["allowed"], allowed["exists"]) == (True, {"path": "shop/billing.py", "line": 1})
    assert allowed["permitted_by"] == [
        {
            "contract": "Layers",
            "type": "layers",
            "source": "archlint.toml:1",
            "words": ["shop.billing", "shop.db"],
            "ignored": None,
        }
    ]
