"""What docs/impact.md shows of a branch is what ``archlint impact --since`` says there."""

from __future__ import annotations

import os
import re
import shlex
import shutil

import pytest
from documents import Block, blocks_of
from gitworld import new_world
from support import REPOSITORY

PAGE = REPOSITORY / "docs" / "impact.md"
SESSIONS = [block for block in blocks_of(PAGE) if block.language == "text" and block.text.startswith("$ ")]
COMMIT = re.compile(r"(?<=main )\([0-9a-f]{10}\)")
TESTS = {
    "tests/test_checkout.py": "from shop.web.views import checkout\n",
    "tests/test_invoices.py": "from shop.billing.invoices import invoice\n",
    "tests/test_money.py": "from shop.web.money import euros\n",
    "tests/test_shop.py": "import shop\n",
}


@pytest.fixture
def branch(tmp_path, monkeypatch):
    """Return the branch that the page speaks of: a module renamed, but not for all who import it."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    shutil.copytree(REPOSITORY / "examples" / "shop", tmp_path / "shop", ignore=shutil.ignore_patterns(".*"))
    world = new_world(tmp_path / "shop")
    world.commit({**TESTS, "README.md": ""})
    tables, cart = ((world.root / path).read_text() for path in ("shop/db/tables.py", "shop/orders/cart.py"))
    for number in range(9):
        more = {"shop/orders/cart.py": f"{cart}# {number}\n"} if number < 7 else {}
        world.commit({"shop/db/tables.py": f"{tables}# {number}\n", **more})
    world.git("checkout", "-q", "-b", "feature")
    world.git("mv", "shop/web/money.py", "shop/web/currency.py")
    world.commit({"shop/db/tables.py": tables.replace("money", "currency")})
    world.write({"README.md": "Say something about currencies.\n"})
    return world


@pytest.mark.parametrize("block", SESSIONS, ids=str)
def test_a_session_prints_what_the_page_says(archlint, branch, block: Block):
    for command, printed in block.session():
        program, *arguments = shlex.split(command)
        assert program == "archlint"
        outcome = archlint(*arguments, cwd=branch.root)
        assert outcome.code == 0, outcome.err
        assert COMMIT.sub("", outcome.out + outcome.err) == COMMIT.sub("", printed)


def test_there_are_sessions():
    assert len(SESSIONS) == 2
