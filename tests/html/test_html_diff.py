"""The page of ``archlint diff``: what is new and gone, in the page's data and in a browser."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import text
from gitworld import new_world
from making import data_of
from shop import EVIL, SHOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser import Browser

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "diff-page.json"
CHANGE = {
    "archlint.toml": SHOP["archlint.toml"].partition('[[contracts]]\nname = "Nothing else"')[0],
    "shop/cli.py": None,
    "shop/web/forms.py": "import requests\nfrom shop.web import views\n",
    "shop/billing.py": "import shop.web.views\n\n\ndef invoice(order):\n    return order\n",
    "shop/util.py": "import shop.stock\n\n\ndef money(x):\n    return x\n",
    "shop/stock.py": f"'''{EVIL}'''\nimport shop.web\n",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository in which the working tree differs from the commit ``v1``."""
    made = new_world(tmp_path_factory.mktemp("world") / "shop")
    made.commit(SHOP, tag="v1")
    made.write(CHANGE)
    return made.root


@pytest.fixture
def page(archlint: Callable[..., Any], world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the page of the difference."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    done = archlint("diff", "v1", "--format", "html", "-o", tmp_path / "diff.html", "--no-cache", cwd=world)
    assert (done.code, done.out) == (0, "")
    return tmp_path / "diff.html"


def test_the_data_of_a_difference(page: Path) -> None:
    data = data_of(page)
    names, changes = data["modules"]["name"], data["changes"]
    for key in ("modules_new", "imports_new"):
        changes[key] = json.loads(json.dumps(changes[key]), parse_int=lambda number: names[int(number)])
    changed = json.dumps(
        changes | {"functions_moved": len(changes["functions_moved"])}, indent=1, sort_keys=True
    )
    # The commits' names depend on git's version alone; they are no part of what is compared.
    for name in {changes["difference"]["base"], changes["against"]}:
        changed = changed.replace(name, "v1 (COMMIT)")
    if os.environ.get("ARCHLINT_UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(changed + "\n", encoding="utf-8")
    assert changed + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_the_page_says_what_diff_says(archlint: Callable[..., Any], world: Path, page: Path) -> None:
    told = json.loads(archlint("diff", "v1", "--format", "json", "--no-cache", cwd=world).out)
    changes = data_of(page)["changes"]
    found = changes["difference"]
    for ours, theirs in (("added", "new"), ("fixed", "fixed")):
        assert [one["message"] for one in found[ours]] == [one["message"] for one in told[theirs]]
    for key in ("contracts", "weakened"):
        assert len(found[key]) == len(told[key])
    assert found["contracts"] == told["contracts"]
    names = data_of(page)["modules"]["name"]
    added = {(step["importer"], step["imported"]) for pair in told["packages"] for step in pair["added"]}
    assert {(names[one], names[other]) for one, other in changes["imports_new"]} >= added
    assert [names[one] for one in changes["modules_new"]] == told["modules"]["added"]
    assert changes["modules_gone"] == told["modules"]["removed"]
    assert [row[0] for row in changes["system"]] == [one["name"] for one in told["metrics"]]


def test_the_same_bytes_every_time(
    archlint: Callable[..., Any], world: Path, page: Path, tmp_path: Path
) -> None:
    for number in range(2):  # The second time, every file is remembered.
        other = tmp_path / f"{number}.html"
        assert archlint("diff", "v1", "--format", f"html={other}", cwd=world).code == 0
        assert other.read_bytes() == page.read_bytes()


@pytest.mark.browser
def test_a_browser_shows_the_change_first(browser: Browser, page: Path) -> None:
    browser.open(page)
    said = text(browser, "#main")
    for word in (
        "What the change does",
        "New findings",
        "Closed by",
        "became weaker",
        "requests",
        "shop.cli",
        "Gone modules",
    ):
        assert word in said, word
    assert text(browser, "#tabs a").startswith("Changes|Overview|")
    assert browser.run("document.querySelectorAll('.arcmap .arc.fresh').length") > 0
    assert text(browser, ".maprow.ghost .label") == "cli"
    assert browser.run("document.querySelectorAll('img, b').length") == 0


@pytest.mark.browser
def test_the_map_shows_what_is_gone(browser: Browser, page: Path) -> None:
    browser.open(page, "map")
    assert browser.run("document.querySelectorAll('.arc.gone').length") > 0
    everything = browser.run("document.querySelectorAll('.arc').length")
    browser.run("document.querySelector('.toggle input').click()")
    shown = "[...document.querySelectorAll('.arc')].filter(arc => getComputedStyle(arc).display !== 'none').length"
    assert 0 < browser.run(shown) < everything
    browser.run("document.querySelector('.maprow.ghost').click()")
    assert "shop.cli" in text(browser, ".panel")
    browser.go("matrix")
    assert browser.run("document.querySelectorAll('g.cell.gone').length") > 0
    browser.go("overview")
    assert text(browser, ".gradecard strong").startswith("Complexity")


@pytest.mark.browser
@pytest.mark.parametrize("view", ["", "map", "matrix", "overview"])
def test_a_phone_never_scrolls_sideways(browser: Browser, page: Path, view: str) -> None:
    browser.screen(390, 844)
    browser.open(page, view)
    assert browser.run("document.documentElement.scrollWidth") <= 390
