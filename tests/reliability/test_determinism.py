"""The same tree gives the same bytes, whatever the machine, the order or the memory of earlier runs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hostile import LAYERS, shop, surroundings
from support import write_tree

if TYPE_CHECKING:
    from pathlib import Path

# One process runs all commands; a shuffled directory listing stands for another file system.
DRIVER = """
import os, random, sys
from archlint.__main__ import main
seed, out, *common = sys.argv[1:]
if seed:
    real, chance = os.scandir, random.Random(int(seed))
    class Shuffled:
        def __init__(self, path):
            with real(path) as entries:
                self.entries = list(entries)
            chance.shuffle(self.entries)
        def __enter__(self):
            return iter(self.entries)
        def __exit__(self, *_):
            pass
    os.scandir = Shuffled
commands = {
    "check": ["--format", f"json={out}/check.json", "--format", f"full={out}/check.txt", "--format", f"concise={out}/c"],
    "graph": ["--format", f"json={out}/graph.json", "--format", f"dot={out}/graph.dot"],
    "report": ["--format", f"json={out}/report.json", "--format", f"markdown={out}/r.md", "--format", f"terminal={out}/r"],
}
for command, formats in commands.items():
    sys.argv = ["archlint", command, *formats, *common]
    code = main()
    with open(f"{out}/{command}.code", "w") as file:
        file.write(str(code))
"""
ODD = {
    "shop/broken.py": "def f(:\n",
    "shop/big.py": "def f(a):\n" + "    if a: pass\n" * 20,
    "shop/used.py": "import json, requests, shop.m001\nfrom shop import *\nfrom .. import up\n",
    "shop/sub/__init__.py": "from shop import sub\nfrom shop.sub.b import c\n",
    "shop/sub/b.py": "from shop.sub import a  # archlint: ignore[ARC201]\nimport shop.nothing.there\n",
    "shop/sub/a.py": "import shop.sub.b\nimport shop.m000\n",
    "tools/__init__.py": "import shop.sub\n",
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["requests"]\n',
}
# Name: (variables, arguments, directory to run in, seed of the listing, how many runs before)
WAYS: dict[str, tuple[dict[str, str], tuple[str, ...], str, str, int]] = {
    "hash seed 0": ({"PYTHONHASHSEED": "0"}, ("--no-cache",), "", "", 0),
    "hash seed 1": ({"PYTHONHASHSEED": "1"}, ("--no-cache",), "", "", 0),
    "hash seed random": ({"PYTHONHASHSEED": "random"}, ("--no-cache", "-j", "8"), "", "", 0),
    "one job": ({}, ("--no-cache", "-j", "1"), "", "", 0),
    "below": ({}, ("--no-cache",), "shop/sub", "", 0),
    "from outside": ({}, ("--no-cache", "--project", "{root}"), "..", "", 0),
    "shuffled": ({}, ("--no-cache",), "", "1", 0),
    "shuffled again": ({"PYTHONHASHSEED": "7"}, ("--no-cache", "-j", "2"), "", "2", 0),
    "time and language": (
        {"TZ": "Asia/Kathmandu", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
        (),
        "",
        "",
        0,
    ),
    "warm": ({}, (), "", "", 1),
    "replayed": ({}, (), "", "3", 2),
    "optimised": ({"PYTHONOPTIMIZE": "2"}, ("--no-cache",), "", "", 0),
}


def tree_at(root: Path) -> Path:
    return write_tree(root, {**shop(), **ODD, "archlint.toml": LAYERS})


def digests(root: Path, scratch: Path, way: str) -> dict[str, str]:
    """Return the digest of every output of *way*."""
    variables, arguments, below, seed, before = WAYS[way]
    out = scratch / "out"
    out.mkdir(parents=True)
    command = [sys.executable, "-P", "-c", DRIVER, seed, str(out)]
    command += [each.replace("{root}", str(root)) for each in arguments]
    env = surroundings(scratch / "home", **variables)
    for _ in range(before + 1):
        subprocess.run(command, cwd=root / below, env=env, check=True, timeout=120, capture_output=True)
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    scratch = tmp_path_factory.mktemp("expected")
    return digests(tree_at(scratch / "checkout" / "shop-main"), scratch, "hash seed 0")


@pytest.mark.parametrize("way", WAYS)
def test_the_bytes_are_the_same(expected: dict[str, str], tmp_path: Path, way: str) -> None:
    """Every run has a checkout of its own, at another path."""
    assert len(expected) == 11
    assert digests(tree_at(tmp_path / "elsewhere" / "shop-main"), tmp_path, way) == expected
