"""The page in a real browser: silent, self-contained, and usable by mouse, keyboard and address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import text
from shop import EVIL
from support import REPOSITORY

from archlint.pipeline.remediation import spoken

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Browser

pytestmark = pytest.mark.browser
VIEWS = [
    "",
    "map",
    "map/shop.web.views",
    "matrix",
    "matrix/cycle/0",
    "treemap",
    "treemap/shop.web/importers",
    "capabilities",
    "capabilities/process/cli",
    "technology",
    "effort",
    "owners",
    "treemap//heat",
    "cycles",
    "contracts",
    "findings",
    "modules",
    "functions",
    "module/shop.db",
    "module/no.such",
    "package/flask",
    *(f"grade/{number}" for number in range(6)),
    "changes",
    "search/money",
    "no-such-view",
    "%E0%A4%A",
]


def press(browser: Browser, key: str) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)


@pytest.mark.parametrize("name", ["shop", "next", "evil"])
def test_every_view_opens_by_its_address(browser: Browser, pages: dict[str, Path], name: str) -> None:
    browser.open(pages[name])
    for view in VIEWS:
        browser.go(view) if view else None
        assert text(browser, "#main h1"), view


def test_the_first_screen_answers(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"])
    assert text(browser, ".gradecard strong").split("|") == [
        "Complexity",
        "Adaptability",
        "Security",
        "Technology choice",
        "Resource management",
        "Stakeholder alignment",
    ]
    assert "1 of 2 contracts broken" in text(browser, ".answer")
    assert "orders.placing" in text(browser, ".todo")
    assert {"web", "db", "orders"} <= set(text(browser, ".arcmap .label").split("|"))


def test_what_comes_first_is_the_first_of_what_to_do(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"])
    last = text(browser, ".answer").split("|")[-1]
    first = text(browser, ".todo summary").split("|")[0]
    minutes = text(browser, ".todo summary .chip").split("|")[0]
    assert last == f"What comes first?{first.removesuffix(minutes).strip()} ({minutes})"


def test_minutes_are_rounded_as_the_terminal_rounds_them(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"])
    source = (REPOSITORY / "archlint/reporters/html/assets/74-effort.js").read_text(encoding="utf-8")
    function = source[source.index("function duration") :].split("\n}\n")[0] + "}"
    numbers = [*range(1000), 4_000]
    told = browser.run(
        f"(() => {{ const num = String; {function} return {numbers}.map(duration).join('|'); }})()"
    )
    assert told.split("|") == [spoken(minutes) for minutes in numbers]


def test_search_finds_a_module_and_a_function(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"])
    browser.run("document.getElementById('search').focus()")
    browser.call("Input.insertText", text="PLACING")
    assert "shop.orders.placing" in text(browser, "#hits a")
    press(browser, "ArrowDown")
    press(browser, "Enter")
    browser.wait("document.querySelector('#main h1').textContent === 'shop.orders.placing'")
    assert "billing" in text(browser, "#main .columns .card:first-child")
    browser.go("search/money")
    assert "shop.util" in text(browser, "#main li")


def test_a_package_opens_and_closes_by_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"], "map")
    assert "views" not in text(browser, ".label").split("|")
    browser.run("document.querySelector('.maprow[aria-label^=\"web,\"]').focus()")
    press(browser, "ArrowRight")
    assert {"views", "forms"} <= set(text(browser, ".label").split("|"))
    assert browser.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    press(browser, "ArrowLeft")
    assert "views" not in text(browser, ".label").split("|")


def test_a_row_shows_the_imports_behind_an_arc(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"], "map/shop.db")
    assert "shop/db.py:2" in text(browser, ".panel")
    assert "against the order" in text(browser, ".panel")
    assert browser.run("document.querySelectorAll('.gutter.right .arc.out').length") == 1


def test_the_map_counts_what_the_report_counts(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"], "map")
    said = browser.run("JSON.parse(document.getElementById('data').textContent).direction")
    count = "[...document.querySelectorAll('.gutter.%s .arc')].reduce((sum, arc) => sum + arc.tie.count, 0)"
    assert [browser.run(count % side) for side in ("left", "right")] == said


def test_the_matrix_shows_the_planted_cycle(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"], "matrix")
    cells = browser.run(
        "[...document.querySelectorAll('g.cell.cyclic')].map(c => c.getAttribute('aria-label').split(':')[0])"
    )
    assert sorted(cells) == ["billing imports orders", "orders imports billing"]
    browser.run("document.querySelector('g.cell.cyclic').dispatchEvent(new MouseEvent('click'))")
    assert "shop/" in text(browser, ".panel")
    browser.go("matrix/cycle/0")
    assert browser.run("document.querySelectorAll('g.cell').length") == 2


def test_compare_shows_the_planted_change(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["next"], "changes")
    said = text(browser, "#main")
    for word in ("since shop.html", "stock", "shop.db → shop.web.views", "money", "Complexity"):
        assert word in said
    browser.go("map")
    assert browser.run("document.querySelectorAll('.arc.fresh').length") == 1
    browser.go("modules")
    assert "new" in text(browser, "tbody .chip.new")
    browser.open(pages["shop"])
    assert "Changes" not in text(browser, "#tabs")


def test_a_contract_says_why_and_whose_it_is(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"], "contracts")
    said = text(browser, "#main .card")
    for word in ("platform team", "must not reach the web tier", "broken: 1 finding", "It does not say why."):
        assert word in said


def test_tables_sort_and_filter(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["shop"], "functions")
    assert text(browser, "tbody tr:first-child th") == "money"
    browser.run("document.querySelector('thead button').click()")
    assert text(browser, "tbody tr:first-child th") == "invoice"
    assert browser.run("document.querySelector('thead th').getAttribute('aria-sort')") == "ascending"


@pytest.mark.parametrize(
    "view", ["", "module/shop.a", "module/shop.b", "contracts", "map/shop.a", "search/shop"]
)
def test_hostile_text_stays_text(browser: Browser, pages: dict[str, Path], view: str) -> None:
    browser.open(pages["evil"], view)
    assert browser.run("document.title") == "Architecture of shop"
    assert browser.run("document.querySelectorAll('img, b, i:not(.legend i), main svg[onload]').length") == 0
    assert not set("\u202e\x1b") & set(browser.run("document.body.innerText"))


def test_hostile_text_is_shown(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["evil"], "module/shop.a")
    assert EVIL.partition("\u202e")[0] in text(browser, ".heading .said")


def test_what_was_not_analysed_is_named(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["evil"])
    assert "shop/broken.py" in text(browser, "#main .card")


@pytest.mark.parametrize("dark", [False, True])
def test_colours_follow_the_system_and_the_switch(
    browser: Browser, pages: dict[str, Path], *, dark: bool
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    browser.screen(1280, 900, dark=dark)
    browser.open(pages["shop"])
    before = browser.run(ground)
    assert (before == "rgb(16, 22, 28)") == dark
    browser.run("document.getElementById('theme').click()")
    assert browser.run(ground) != before


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_never_scrolls_sideways(browser: Browser, pages: dict[str, Path], view: str) -> None:
    browser.screen(390, 844)
    browser.open(pages["next"], view)
    assert browser.run("document.documentElement.scrollWidth") <= 390
