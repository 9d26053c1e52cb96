"""Pages of the small shop, made once, and a browser where there is one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from browser import Browser, installed
from shop import EVIL_TREE, NEXT, SHOP
from support import write_tree

from archlint.usecases.report import Screen, report
from archlint.usecases.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def make(root: Path, compare: Path | None = None, **more: object) -> str:
    """Return the page of the project at *root*."""
    request = Request(cwd=str(root), no_cache=True, environ={}, **more)  # type: ignore[arg-type]
    return report(request, ["html"], Screen(), compare=os.fspath(compare) if compare else None).reports[0]


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
