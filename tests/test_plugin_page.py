"""The plugin on the page about writing a rule: installed as it stands there, and run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from documents import blocks_of
from support import REPOSITORY, write_tree

if TYPE_CHECKING:
    from pathlib import Path

PAGE = REPOSITORY / "docs" / "writing-a-rule.md"
SHOP = {"shop/__init__.py": "", "shop/a.py": "", "shop/b/__init__.py": '"""B."""\n', "shop/b/c.py": ""}


def files() -> dict[str, str]:
    """Return the files that the page holds: each is named in the line before its block."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    found = {}
    for block in blocks_of(PAGE):
        named = re.match(r"`(\w+\.\w+)`", lines[block.line - 3]) or re.match(
            r"`(\w+\.\w+)`", lines[block.line - 4]
        )
        if named and block.language in ("toml", "python"):
            found[named[1]] = block.text
    return found


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of the package."""
    return write_tree(tmp_path_factory.mktemp("plugin") / "house-rules", files())


@pytest.fixture(scope="module")
def site(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the package installed: what an installer does, without the network it may need."""
    declared = tomllib.loads((package / "pyproject.toml").read_text())
    name, version = declared["project"]["name"].replace("-", "_"), declared["project"]["version"]
    points = declared["project"]["entry-points"]["archlint.rules"]
    modules = declared["tool"]["setuptools"]["py-modules"]
    info = f"{name}-{version}.dist-info"
    return write_tree(
        tmp_path_factory.mktemp("site"),
        {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/entry_points.txt": "[archlint.rules]\n"
            + "".join(f"{key} = {value}\n" for key, value in points.items()),
            **{f"{module}.py": (package / f"{module}.py").read_text() for module in modules},
        },
    )


def run(site: Path, root: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    environ = {**os.environ, "PYTHONPATH": os.fspath(site), **variables}
    done = subprocess.run(
        [sys.executable, "-m", "archlint", *arguments],
        cwd=root,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def check_what_the_page_says(site: Path, root: Path) -> None:
    write_tree(root, SHOP)
    select = ("--config", 'extend-select=["HOUSE001"]', "--no-cache")
    code, said = run(site, root, "check", "--allow-plugin", "house", *select)
    assert code == 1, said
    assert "shop/__init__.py:1:1: HOUSE001 undocumented-package: shop does not say what it is for" in said
    assert run(site, root, "check", *select, ARCHLINT_ALLOW_PLUGINS="house")[0] == 1
    assert run(site, root, "check", *select)[0] == 2
    code, said = run(site, root, "explain", "undocumented-package", "--allow-plugin", "house")
    assert (code, "Invoices" in said) == (0, True), said
    (root / "archlint.toml").write_text(PAGE.read_text().partition("```text\n")[2].partition("```")[0])
    assert run(site, root, "check", "--allow-plugin", "house", "--no-cache")[0] == 1
    (root / "archlint.toml").write_text(
        'extend-select = ["HOUSE001"]\n[rules.undocumented-package]\nmin-modules = 9\n'
    )
    assert run(site, root, "check", "--allow-plugin", "house", "--no-cache")[0] == 0


def test_the_page_holds_a_whole_package() -> None:
    assert sorted(files()) == ["house_rules.py", "pyproject.toml", "test_house_rules.py"]


def test_the_plugin_runs(site: Path, tmp_path: Path) -> None:
    check_what_the_page_says(site, tmp_path)


def test_the_tests_of_the_plugin_pass(site: Path, package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_house_rules.py"],
        cwd=package,
        env={**os.environ, "PYTHONPATH": os.fspath(site)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


@pytest.mark.realcode
def test_an_installer_builds_the_plugin(package: Path, tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--target", tmp_path / "site", package], check=True)
    check_what_the_page_says(tmp_path / "site", tmp_path / "project")
