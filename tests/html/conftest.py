"""Pages of the small shop, made once, and a browser where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import Browser, installed
from making import make
from shop import EVIL_TREE, NEXT, SHOP
from support import write_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the files of the pages `shop`, `next` (compared with `shop`) and `evil`."""
    top = tmp_path_factory.mktemp("pages")
    found = {name: top / f"{name}.html" for name in ("shop", "next", "evil")}
    root = write_tree(top / "project", SHOP)
    found["shop"].write_text(make(root), encoding="utf-8")
    found["next"].write_text(make(write_tree(root, NEXT), found["shop"]), encoding="utf-8")
    found["evil"].write_text(make(write_tree(top / "evil", EVIL_TREE)), encoding="utf-8")
    return found


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a running browser; skip where none is installed."""
    program = installed()
    if program is None:
        pytest.skip("no Chromium here: install the package chromium to run these")
    browser = Browser(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """Return the browser at desktop size; the test fails where the page logs an error or asks for anything."""
    chromium.errors.clear()
    chromium.requests.clear()
    chromium.screen(1280, 900)
    yield chromium
    chromium.run("localStorage.clear()")
    assert chromium.errors == []
    assert [url for url in chromium.requests if not url.startswith(("file:", "about:", "data:,"))] == []
    assert {url.rpartition(".")[2] for url in chromium.requests if url.startswith("file:")} <= {"html"}
