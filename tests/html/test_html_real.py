"""The pages of real packages, the largest included: they open at once, and stay usable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import text
from making import make
from real_wheels import chosen, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from browser import Browser

pytestmark = [pytest.mark.realcode, pytest.mark.browser]
SOON = 2.0
VIEWS = (
    "",
    "map",
    "matrix",
    "treemap",
    "cycles",
    "capabilities",
    "technology",
    "effort",
    "modules",
    "functions",
)


@pytest.fixture(scope="module", params=chosen())
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return the name of a package and its page."""
    page = tmp_path_factory.mktemp("real") / f"{request.param}.html"
    page.write_text(make(unpacked(request.param)), encoding="utf-8")
    return request.param, page


def test_the_page_opens_at_once(browser: Browser, real: tuple[str, Path]) -> None:
    took = []
    for _ in range(3):  # Whatever else the machine does, once it has the time.
        browser.open(real[1])
        took.append(browser.run("performance.now()") / 1000)
    assert min(took) < SOON
    assert real[0] in text(browser, "h1")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_view_is_usable(browser: Browser, real: tuple[str, Path], width: int) -> None:
    """A view is short enough to be drawn, and no wider than the window."""
    browser.screen(width, 844, dark=width < 700)
    browser.open(real[1])
    for view in VIEWS:
        if view:
            browser.go(view)
        assert text(browser, "#main h1"), view
        assert browser.run("document.documentElement.scrollWidth") <= width, view
        assert browser.run("document.querySelectorAll('*').length") < 30_000, view


def test_a_search_and_an_opened_package_answer(browser: Browser, real: tuple[str, Path]) -> None:
    browser.open(real[1], "search/__init__")
    assert browser.run("document.querySelectorAll('#main li').length") > 0
    browser.go("map")
    before = browser.run("document.querySelectorAll('.maprow').length")
    browser.run("[...document.querySelectorAll('.maprow[aria-expanded=\"false\"] .opener')].at(-1).click()")
    assert browser.run("document.querySelectorAll('.maprow').length") > before
