"""History, technologies and owners on the page, and the two grades that come from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser import text
from making import data_of, make
from past_world import Made, made_world
from support import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Browser

BRANCHES = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(55))
BILLING = f"import httpx\nimport requests\n\n\ndef bill(x):\n{BRANCHES}"
PROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["requests"]\n'
FIRST = {"pyproject.toml": PROJECT, "CODEOWNERS": "/shop/ @web\n/shop/billing.py @money\n"}


def commits() -> list[Made]:
    """Return 23 commits: billing by Ann, mail with notes by Ben, the rest by Cyd."""
    web = Made({**FIRST, "shop/__init__.py": "", "shop/web.py": "import shop.billing\n"}, "Cyd", 0)
    more = [Made({"shop/web.py": f"import shop.billing\nx = {n}\n"}, "Cyd", 30 + n) for n in range(4)]
    billing = [Made({"shop/billing.py": f"x = {n}\n{BILLING}"}, "Ann", 1 + n) for n in range(12)]
    both = [
        Made({f"shop/{one}.py": f"x = {n}\n" for one in ("mail", "notes")}, "Ben", 14 + n) for n in range(6)
    ]
    return [web, *billing, *both, *more]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("surroundings")
    world = made_world(top / "shop", commits())
    (top / "page.html").write_text(make(world.root), encoding="utf-8")
    return top / "page.html"


@pytest.fixture(scope="module")
def grades(page: Path) -> dict[str, Any]:
    return {one["challenge"]: one for one in data_of(page)["grades"]}


def test_developer_time_is_graded_from_the_history(grades: dict[str, Any]) -> None:
    found = grades["Resource management"]
    hard, hidden, known = found["criteria"]
    # 12 of 30 changes were of billing: two fifths of them, and half would cost all.
    assert hard["earned"] == pytest.approx(50 * (1 - 12 / 30 / 0.5))
    assert [(one["path"], one["line"]) for one in hard["items"]] == [("shop/billing.py", 6)]
    assert (hidden["earned"], known["earned"]) == (20, 20)
    assert hidden["items"][0]["text"] == "shop.mail and shop.notes: together in 6 of 6 and 6 commits"
    assert known["items"][0]["text"] == "shop.billing: 12 of 12 commits by one author"
    assert found["levers"][0]["text"].startswith("Make simpler what changes: shop.billing")


def test_technology_is_graded_from_the_radar(grades: dict[str, Any]) -> None:
    declared, single = grades["Technology choice"]["criteria"]
    assert (declared["earned"], single["earned"]) == (50, 30)
    assert declared["items"][0]["text"] == "`httpx` is not declared; 1 module"
    assert single["items"][0]["text"] == "`requests` and `httpx` serve one purpose; 1 module"
    assert declared["items"][0]["view"] == ["package", "httpx"]


def test_each_package_that_is_on_no_list_costs(tmp_path: Path) -> None:
    lists = "[rules.technology-out-of-place]\nadopt = [{package = 'requests'}]\n[rules.technology-on-hold]\n"
    files = {"archlint.toml": f"{lists}hold = [{{package = 'httpx'}}]\n", "shop/__init__.py": ""}
    root = write_tree(tmp_path, files | {"shop/a.py": BILLING, "shop/b.py": "import attrs\n"})
    (tmp_path / "page.html").write_text(make(root), encoding="utf-8")
    found = {one["challenge"]: one for one in data_of(tmp_path / "page.html")["grades"]}
    agreed = found["Technology choice"]["criteria"][-1]
    assert [(one["text"], one["path"], one["line"]) for one in agreed["items"]] == [
        ("`attrs` is on no list; 1 module", "shop/b.py", 1),
        ("`httpx` is on hold; 1 module", "shop/a.py", 1),
    ]
    assert agreed["earned"] == pytest.approx(agreed["points"] / 3, abs=0.01)


def test_authors_are_counts(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    assert not [name for name in ("Ann", "Ben", "Cyd", "example.org") if name in written]


def test_few_commits_are_no_grade(tmp_path: Path) -> None:
    world = made_world(tmp_path / "shop", commits()[:19])
    (tmp_path / "page.html").write_text(make(world.root), encoding="utf-8")
    found = {one["challenge"]: one for one in data_of(tmp_path / "page.html")["grades"]}
    assert found["Resource management"]["letter"] is None
    assert "19 commits to modules" in found["Resource management"]["missing"]


@pytest.mark.browser
def test_the_effort_page_leads_to_modules(browser: Browser, page: Path) -> None:
    browser.open(page, "effort")
    said = text(browser, "#main")
    for word in ("23 commits by 3 authors", "billing", "mail and notes", "100.0% of 12 commits"):
        assert word in said, word
    browser.go("treemap//heat")
    assert "commits times complexity" in text(browser, ".legend")
    assert browser.run("document.querySelectorAll('.treemap .s3, .treemap .s2, .treemap .s4').length") > 0
    browser.go("modules")
    assert "Commits" in text(browser, "thead")


@pytest.mark.browser
def test_technology_and_owners_show_what_was_found(browser: Browser, page: Path) -> None:
    browser.open(page, "technology")
    assert text(browser, "tbody .chip.bad") == "no"
    browser.run("document.querySelector('.heatmap .heat').click()")
    assert "shop/billing.py:2" in text(browser, ".panel")
    browser.go("owners")
    assert {"@web", "@money"} <= set(text(browser, "tbody th").split("|"))
    assert "@web → @money" in text(browser, "#main li")
    browser.go("grade/3")
    browser.run("document.querySelector('a[href=\"#/package/httpx\"]').click()")
    browser.wait("document.querySelector('#main h1').textContent === 'httpx'")


@pytest.mark.browser
@pytest.mark.parametrize("view", ["", "effort", "owners", "technology", "capabilities", "grade/4"])
def test_a_phone_never_scrolls_sideways(browser: Browser, page: Path, view: str) -> None:
    browser.screen(390, 844)
    browser.open(page, view)
    assert browser.run("document.documentElement.scrollWidth") <= 390
