"""The way out of a broken contract, in ``check --format full`` and in its JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {
    "shop/__init__.py": "",
    "shop/web.py": "",
    "shop/orders.py": "import shop.hub\n",
    "shop/db.py": "import shop.hub\n",
    "shop/hub.py": "from shop.typing import A, B, C\nfrom shop.more import x\n",
    "shop/typing.py": "import shop.web\n",
    "shop/more.py": "import requests\nimport shop.web\n",
}
LAYERS = 'layers = ["shop.web", "shop.orders | shop.db"]\n'
FORBIDDEN = 'source-modules = ["shop.orders", "shop.db"]\nforbidden-modules = ["shop.web", "requests"]\n'
ACYCLIC = 'ancestors = ["shop"]\n'


def config(kind: str, options: str) -> str:
    return f'[[contracts]]\nname = "It"\ntype = "{kind}"\n{options}'


@pytest.fixture
def check(archlint: Callable[..., Any], project: Callable[..., Path]) -> Callable[..., Any]:
    def run(kind: str, options: str, files: dict[str, str], *arguments: str) -> Any:
        root = project({**FILES, **files, "archlint.toml": config(kind, options)})
        return archlint("check", "--no-cache", "--contract", "It", *arguments, cwd=root)

    return run


def test_full_says_which_imports_end_all_chains(check: Callable[..., Any]) -> None:
    lines = check("layers", LAYERS, {}, "--format", "full").lines
    at = next(number for number, line in enumerate(lines) if line.startswith("Way out"))
    assert lines[at : at + 3] == [
        "Way out of It: change these 2 imports and all 2 chains disappear",
        "    shop.more -> shop.web  (shop/more.py:2)",
        "    shop.typing -> shop.web  (shop/typing.py:1)",
    ]


def test_the_cheapest_kind_comes_first(check: Callable[..., Any]) -> None:
    late = {"shop/typing.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.web\n"}
    lines = check("layers", LAYERS, late, "--format", "full").lines
    at = next(number for number, line in enumerate(lines) if line.startswith("Way out"))
    assert lines[at + 1] == "    shop.typing -> shop.web  (shop/typing.py:3)"


@pytest.mark.parametrize(
    ("kind", "options", "least"),
    [
        ("layers", LAYERS, True),
        ("independence", 'modules = ["shop.db", "shop.hub", "shop.web"]\n', False),
        ("forbidden", FORBIDDEN, False),
        ("acyclic-siblings", ACYCLIC, False),
        ("private-modules", "", True),
        ("protected", 'protected-modules = ["shop.web"]\n', True),
    ],
)
def test_without_these_imports_the_contract_is_kept(
    check: Callable[..., Any], kind: str, options: str, least: bool
) -> None:
    breach = {
        "acyclic-siblings": {"shop/web.py": "import shop.orders\n"},
        "private-modules": {
            "shop/db/__init__.py": "",
            "shop/db/_x.py": "",
            "shop/web.py": "import shop.db._x\n",
        },
    }.get(kind, {})
    [contract] = json.loads(check(kind, options, breach, "--format", "json").out)["contracts"]
    assert contract["way_out"]
    assert contract["way_out_is_least"] is least
    ignored = ", ".join(f'"{step["importer"]} -> {step["imported"]}"' for step in contract["way_out"])
    done = check(kind, f"{options}ignore-imports = [{ignored}]\n", breach, "--format", "json")
    assert (done.code, json.loads(done.out)["contracts"][0]["kept"]) == (0, True)


def test_a_kept_contract_has_none(check: Callable[..., Any]) -> None:
    [contract] = json.loads(
        check("layers", 'layers = ["shop.db", "shop.web"]\n', {}, "--format", "json").out
    )["contracts"]
    assert (contract["kept"], contract["way_out"]) == (True, [])


def test_findings_that_are_single_imports_say_it_themselves(check: Callable[..., Any]) -> None:
    out = check("layers", 'layers = ["shop.web", "shop.typing"]\n', {}, "--format", "full").out
    assert "Way out" not in out
