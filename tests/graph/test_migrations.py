"""Migrations of a database: which modules are some, and that nobody is asked to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import write_tree

from archlint import analyse
from archlint.model import Module

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shop.orders.migrations.0001_initial", True),
        ("shop.migrations.0042_add_price", True),
        ("shop.migrations", False),
        ("shop.migrations.utils", False),
        ("shop.migrations.0001", False),
        ("shop.models.0001_initial", False),
        ("alembic.versions.3f2a91c0d4e5_add_users", True),
        ("shop.migrations.versions.2016-05-27_15-03_1226819ee0e3_fix", True),
        ("shop.api.versions.v1", False),
        ("shop.migrations.versions.helpers", False),
        ("migrations", False),
    ],
)
def test_what_is_a_migration(name: str, expected: bool) -> None:
    assert Module(name, "x.py").migration is expected


def test_they_are_left_out_by_complexity_and_seen_by_contracts(tmp_path: Path) -> None:
    branches = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(20))
    text = f"import subprocess\n\n\ndef forward(x):\n{branches}    subprocess.run(x)\n"
    files = {
        "shop/__init__.py": "",
        "shop/migrations/__init__.py": "",
        "shop/migrations/0001_initial.py": text,
        "shop/work.py": text,
    }
    contract = {"name": "c", "type": "confined-api", "apis": ["subprocess"], "allowed": ["shop.work"]}
    found = analyse(write_tree(tmp_path, files), contracts=[contract]).findings
    assert [(one.code, one.module) for one in found] == [
        ("ARC401", "shop.migrations.0001_initial"),
        ("ARC301", "shop.work"),
    ]
