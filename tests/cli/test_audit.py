"""``archlint audit``: what the contracts miss, and which of them say nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHOP = {
    "shop/__init__.py": "",
    "shop/web.py": "import shop.orders\n",
    "shop/orders.py": "import shop.db\nimport requests\n",
    "shop/db.py": "",
    "shop/tools.py": "import shop.db\n",
}
LAYERS = """\
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.orders", "shop.db"]
"""
WHOLE = LAYERS.replace('"shop.orders",', '"shop.orders : shop.tools",')
PAIR = """
[[contracts]]
name = "Pair"
type = "forbidden"
source-modules = ["shop.db"]
forbidden-modules = ["shop.web"]
"""
IDLE = """
[[contracts]]
name = "Idle"
type = "forbidden"
source-modules = ["shop.db"]
forbidden-modules = ["shop.orders"]
ignore-imports = ["shop.db -> shop.tools"]
unmatched-ignore = "none"
"""
EMPTY = """
[[contracts]]
name = "Empty"
type = "independence"
modules = ["shop.web"]
"""
IGNORED = """
[[contracts]]
name = "Ignored"
type = "forbidden"
source-modules = ["shop.db"]
forbidden-modules = ["shop.web"]
ignore-imports = ["shop.** -> shop.**"]
"""


@pytest.fixture
def audit(archlint: Callable[..., Any], project: Callable[..., Path]) -> Callable[..., Any]:
    def run(config: str, *arguments: str, files: dict[str, str] | None = None) -> Any:
        return archlint("audit", *arguments, cwd=project({**SHOP, **(files or {}), "archlint.toml": config}))

    return run


def document(audit: Callable[..., Any], config: str) -> dict[str, Any]:
    return json.loads(audit(config, "--format", "json").out)


def test_contracts_that_cover_everything_are_good(audit: Callable[..., Any]) -> None:
    done = audit(WHOLE)
    assert done.code == 0
    assert done.lines == [
        "Contracts",
        "  Layers (layers, archlint.toml:1)",
        "    catches 5 imports of those tried, 5 of them alone",
        "",
        "Modules: every one of 5 is seen by a contract.",
        "",
        "Imports injected: 5 of 5 caught, 100 % (12 pairs, of 5 units: 3 in use today, 4 allowed by a contract)",
    ]


def test_the_own_file_of_a_container_is_seen(audit: Callable[..., Any]) -> None:
    config = LAYERS.replace('"shop.', '"').replace("type =", 'containers = ["shop"]\ntype =')
    files = {"shop/__init__.py": "import shop.web\n", "shop/tools.py": ""}
    done = audit(config.replace('"db"', '"db | tools"'), files=files)
    assert (done.code, done.lines[4]) == (0, "Modules: every one of 5 is seen by a contract.")


def test_what_is_in_no_contract_is_listed(audit: Callable[..., Any]) -> None:
    found = document(audit, LAYERS)
    assert found["unseen"] == [{"name": "shop.tools", "path": "shop/tools.py", "modules": 1}]
    assert [(gap["importer"], gap["imported"], gap["imports_back"]) for gap in found["uncaught"]] == [
        ("shop.db", "shop.tools", 1),
        ("shop.orders", "shop.tools", 0),
        ("shop.tools", "shop.orders", 0),
        ("shop.tools", "shop.web", 0),
        ("shop.web", "shop.tools", 0),
    ]
    assert (found["summary"]["injected"], found["summary"]["caught"]) == (8, 3)


def test_against_the_grain_comes_first(audit: Callable[..., Any]) -> None:
    done = audit(LAYERS, "--limit", "1")
    assert done.code == 1
    assert done.lines[-3:] == [
        "No contract would catch, the most important first:",
        "  shop.db -> shop.tools  (1 import the other way today)",
        "  ... and 4 more (--limit N, or --format json)",
    ]


@pytest.mark.parametrize(
    ("config", "number", "key", "value"),
    [
        (WHOLE + PAIR, 1, "implied_by", ["Layers"]),
        (WHOLE + PAIR, 0, "implied_by", []),
        (WHOLE + PAIR.replace("shop.web", "requests"), 1, "implied_by", []),
        (WHOLE + PAIR + 'severity = "info"\n', 1, "implied_by", ["Layers"]),
        (WHOLE + 'severity = "info"\n' + PAIR, 1, "implied_by", []),
        (WHOLE + 'edges = ["eager"]\n' + PAIR, 1, "implied_by", []),
        (WHOLE + IDLE, 1, "idle_ignores", ["no import matches `shop.db -> shop.tools`"]),
        (WHOLE + EMPTY, 1, "can_fail", False),
        (WHOLE + IGNORED, 1, "can_fail", False),
        (WHOLE + PAIR, 1, "can_fail", True),
    ],
)
def test_a_contract_that_says_nothing(
    audit: Callable[..., Any], config: str, number: int, key: str, value: Any
) -> None:
    assert document(audit, config)["contracts"][number][key] == value


def test_several_contracts_may_imply_one(audit: Callable[..., Any]) -> None:
    direct = PAIR + "allow-indirect-imports = true\n"
    halves = direct + direct.replace("Pair", "Half").replace('["shop.db"]', '["shop.tools"]')
    whole = direct.replace("Pair", "Both").replace('["shop.db"]', '["shop.db", "shop.tools"]')
    assert document(audit, halves + whole)["contracts"][2]["implied_by"] == ["Pair", "Half"]


def test_external_packages_are_tried_too(audit: Callable[..., Any]) -> None:
    wall = PAIR.replace("shop.web", "requests")
    gaps = document(audit, WHOLE + wall)["uncaught"]
    assert [(gap["importer"], gap["imported"]) for gap in gaps if gap["external"]] == [
        ("shop", "requests"),
        ("shop.tools", "requests"),
        ("shop.web", "requests"),
    ]


def test_a_bad_contract_is_an_error_and_the_others_are_audited(audit: Callable[..., Any]) -> None:
    done = audit(LAYERS.replace("shop.web", "shop.wep") + PAIR)
    assert done.code == 2
    assert done.err == (
        "archlint: error: archlint.toml:1: contract `Layers`: layers: there is no module 'shop.wep' "
        "(did you mean 'shop.web'?)\n"
    )
    assert "  Pair (forbidden, archlint.toml:6)" in done.lines


def test_without_contracts_there_is_nothing_to_audit(audit: Callable[..., Any]) -> None:
    done = audit("")
    assert (done.code, done.out) == (2, "")
    assert (
        done.err
        == "archlint: error: no contract is configured; `archlint init` proposes some from the code\n"
    )


def test_another_tools_contracts_are_audited(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    text = (
        "[importlinter]\nroot_package = shop\n[importlinter:contract:l]\nname = L\ntype = layers\n"
        "layers =\n    shop.web\n    shop.orders\n    shop.db\n"
    )
    done = archlint("audit", cwd=project({**SHOP, ".importlinter": text}))
    assert done.code == 1
    assert done.lines[1].startswith("  L (layers, .importlinter:")


def test_names_forge_no_lines(archlint: Callable[..., Any], project: Callable[..., Path]) -> None:
    config = LAYERS.replace('"Layers"', '"a\\n\\u001b[31mb"')
    done = archlint("audit", cwd=project({**SHOP, "archlint.toml": config}))
    assert "\x1b" not in done.out
    assert done.lines[1].startswith("  a\\x0a\\x1b[31mb (layers")


API = """
[[contracts]]
name = "Power"
type = "confined-api"
capabilities = ["process"]
allowed = ["shop.db"]
"""


def test_a_contract_on_uses_is_not_said_to_catch_nothing(audit: Callable[..., Any]) -> None:
    lines = audit(LAYERS + API).lines
    at = lines.index("  Power (confined-api, archlint.toml:6)")
    assert lines[at + 1] == "    judges uses of APIs, which this does not try"
    found = document(audit, LAYERS + API)["contracts"]
    assert [one["judges"] for one in found] == ["imports", "uses of APIs"]


def test_a_script_does_not_fill_the_list(audit: Callable[..., Any]) -> None:
    files = {"run.py": "import shop.web\n", **{f"shop/p{n}.py": "import shop.db\n" for n in range(9)}}
    done = audit('roots = ["shop", "run"]\n' + LAYERS, files=files)
    pairs = [line.split("  (")[0].strip().split(" -> ") for line in done.lines if " -> " in line]
    assert len(pairs) == 20
    assert not any("run" in pair for pair in pairs)
    assert all(sum(name in pair for pair in pairs) <= 5 for name in ("shop.web", "shop.db", "shop.tools"))
    everything = document(audit, 'roots = ["shop", "run"]\n' + LAYERS)["uncaught"]
    named = ["run" in (gap["importer"], gap["imported"]) for gap in everything]
    assert named == sorted(named)
