"""The tests that ``archlint impact`` names are those that execute the changed module, says Python itself."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import write_tree

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ("a", "a.p", "a.p.q", "b", "b.r")
MODULES = ("a.m", "a.p.n", "a.p.q.o", "a.p.q.s", "b.k", "b.r.l", "b.r.t")
TESTS = ("tests/test_one.py", "tests/test_two.py", "tests/deep/test_three.py", "a/p/test_four.py")
# Imports what a test imports, as pytest does with directories of tests on its path, and tells what was executed.
RUN = """\
import sys, runpy, os
path, *folders = sys.argv[1:]
sys.path[:0] = folders
try:
    if path.startswith("a/"):
        __import__(path.removesuffix(".py").replace("/", "."))
    else:
        runpy.run_path(path)
except ImportError:
    print("!")
here = os.getcwd() + os.sep
for module in list(sys.modules.values()):
    file = getattr(module, "__file__", None)
    if file and file.startswith(here):
        print(os.path.relpath(file, here))
"""


def statement(chance: random.Random, importer: str, target: str) -> str:
    """Return one of the ways to import *target*."""
    above, _, last = target.rpartition(".")
    ways = [
        f"import {target}",
        f"import {target} as it",
        f"try:\n    import {target}\nexcept KeyError:\n    pass",
    ]
    if above:
        ways.append(f"from {above} import {last}")
    own = importer.rpartition(".")[0]
    if own and own == above:
        ways.append(f"from . import {last}")
    return chance.choice(ways)


def made(root: Path, seed: int) -> list[str]:
    """Write a project of chance to *root* and return the paths of its modules."""
    chance = random.Random(seed)
    order = [*MODULES]
    chance.shuffle(order)
    files = {f"{name.replace('.', '/')}/__init__.py": "" for name in PACKAGES}
    for place, name in enumerate(order):
        lines = [statement(chance, name, other) for other in order[:place] if chance.random() < 0.25]
        files[f"{name.replace('.', '/')}.py"] = "\n".join(lines) + "\n"
    for name in chance.sample(PACKAGES, 2):
        files[f"{name.replace('.', '/')}/__init__.py"] = f"import {chance.choice(MODULES)}\n"
    modules = sorted(files)
    files["tests/helpers.py"] = statement(chance, "helpers", chance.choice(MODULES)) + "\n"
    for test in TESTS:
        lines = [statement(chance, "test", chance.choice(MODULES))]
        if test.startswith("tests/") and chance.random() < 0.5:
            lines.append("import helpers")
        files[test] = "\n".join(lines) + "\n"
    write_tree(root, {**files, "archlint.toml": 'roots = ["a", "b"]\n'})
    return [*modules, "tests/helpers.py"]


def executed(root: Path, test: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", RUN, test, ".", "tests", "tests/deep"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("seed", range(4))
def test_it_names_whoever_executes_the_change(archlint, tmp_path: Path, seed: int) -> None:
    modules = made(tmp_path, seed)
    ran = {test: executed(tmp_path, test) for test in TESTS}
    for module in modules:
        said = set(archlint("impact", module, "--tests", cwd=tmp_path).lines)
        needed = {test for test, files in ran.items() if module in files}
        assert needed <= said, (module, needed - said)
        # An import that fails keeps what comes after it from being executed.
        unsure = {test for test, files in ran.items() if "!" in files}
        assert said - unsure <= needed, (module, said - needed)
