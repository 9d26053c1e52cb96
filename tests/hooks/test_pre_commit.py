"""Both hooks, run by pre-commit itself from a clone of this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import REPOSITORY, write_tree

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.hook

CONFIG = """\
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.db"]
why = "The database outlives every web framework."
"""
CLEAN = {
    "archlint.toml": CONFIG,
    "shop/__init__.py": "",
    "shop/web.py": "from shop import db\n",
    "shop/db.py": "",
    "notes.txt": "",
}
BREACH = "from shop import web\n"


def git(where: Path, *arguments: str) -> str:
    """Run git as somebody without a configuration of their own."""
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=where, check=True, capture_output=True, text=True, env=_environment()
    )
    return done.stdout


def _environment() -> dict[str, str]:
    """Return the environment without the variables by which a hook's git finds its own repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of this repository at what is checked out, with whatever is not committed yet."""
    clone = tmp_path_factory.mktemp("hooks") / "archlint"
    git(REPOSITORY, "clone", "--quiet", str(REPOSITORY), str(clone))
    for path in git(REPOSITORY, "ls-files", "--others", "--modified", "--exclude-standard", "-z").split("\0"):
        if path and (REPOSITORY / path).is_file():
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / path, clone / path)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "as it stands")
    return clone


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory where pre-commit keeps the environment that it builds, once for all tests."""
    return tmp_path_factory.mktemp("pre-commit")


class Shop:
    """A scratch repository that uses the hooks."""

    def __init__(self, root: Path, hooks: Path, home: Path, hook: str, rest: str = "") -> None:
        self.root, self._home = root, home
        git(root, "init", "--quiet")
        revision = git(hooks, "rev-parse", "HEAD").strip()
        config = f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n{rest}"
        write_tree(root, {".pre-commit-config.yaml": config})

    def commit(self, files: dict[str, str | None]) -> None:
        self.stage(files)
        git(self.root, "commit", "--quiet", "--no-verify", "--message", "change")

    def stage(self, files: dict[str, str | None]) -> None:
        """Write *files*, None for one to delete, and stage them all."""
        write_tree(self.root, {path: text for path, text in files.items() if text is not None})
        for path in (path for path, text in files.items() if text is None):
            (self.root / path).unlink()
        git(self.root, "add", "--all")

    def run(self) -> tuple[int, str]:
        """Let pre-commit run on what is staged, as `git commit` does."""
        return self._pre_commit("run")

    def _pre_commit(self, *arguments: str) -> tuple[int, str]:
        environ = _environment() | {"PRE_COMMIT_HOME": str(self._home)}
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=self.root,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environ,
        )
        return done.returncode, done.stdout


@pytest.fixture(params=["archlint", "archlint-changed"])
def shop(request: pytest.FixtureRequest, tmp_path: Path, hooks: Path, home: Path) -> Shop:
    return Shop(tmp_path, hooks, home, request.param)


def test_a_clean_commit_passes_and_leaves_nothing_behind(shop: Shop) -> None:
    shop.stage(CLEAN)
    code, said = shop.run()
    assert (code, "Passed" in said) == (0, True), said
    shop.commit({})
    assert git(shop.root, "status", "--porcelain", "--untracked-files=all") == ""


def test_a_breach_fails_the_commit_and_says_why(shop: Shop) -> None:
    shop.commit(CLEAN)
    shop.stage({"shop/db.py": BREACH})
    code, said = shop.run()
    assert code == 1
    assert "shop/db.py:1:1: ARC101 layer-breach: shop.db imports shop.web" in said
    assert "files were modified by this hook" not in said


@pytest.fixture
def whole(tmp_path: Path, hooks: Path, home: Path) -> Shop:
    return Shop(tmp_path, hooks, home, "archlint")


@pytest.fixture
def changed(tmp_path: Path, hooks: Path, home: Path) -> Shop:
    return Shop(tmp_path, hooks, home, "archlint-changed")


def test_a_commit_that_only_deletes_a_module_is_checked(whole: Shop) -> None:
    whole.commit(CLEAN)
    whole.stage({"shop/db.py": None})
    code, said = whole.run()
    assert code == 1
    assert "there is no module 'shop.db'" in said


def test_a_commit_that_only_edits_the_configuration_is_checked(shop: Shop) -> None:
    shop.commit({**CLEAN, "archlint.toml": "", "shop/db.py": BREACH})
    shop.stage({"archlint.toml": CONFIG})
    assert shop.run()[0] == 1


def test_an_old_breach_elsewhere_does_not_stop_a_change(changed: Shop) -> None:
    changed.commit({**CLEAN, "shop/db.py": BREACH})
    changed.stage({"shop/web.py": "ANSWER = 42\n", "shop/__init__.py": None})
    code, said = changed.run()
    assert code == 0, said


def test_many_changed_files_are_judged_in_one_graph(changed: Shop) -> None:
    changed.commit(CLEAN)
    modules = {f"shop/web/part{number}.py": "from shop import db\n" for number in range(40)}
    changed.stage({**modules, "shop/web.py": None, "shop/web/__init__.py": "", "shop/db.py": BREACH})
    code, said = changed.run()
    assert code == 1
    assert said.count("ARC101") == 1


def test_a_project_below_the_top_of_the_repository(tmp_path: Path, hooks: Path, home: Path) -> None:
    backend = Shop(tmp_path, hooks, home, "archlint-changed", "    args: [--project, backend]\n")
    backend.commit({f"backend/{path}": text for path, text in CLEAN.items()})
    backend.stage({"backend/shop/db.py": BREACH, "frontend.py": ""})
    code, said = backend.run()
    assert code == 1
    assert "shop/db.py:1:1: ARC101" in said


@pytest.mark.parametrize("hook", ["archlint", "archlint-changed"])
def test_try_repo_runs_the_hook(tmp_path: Path, hooks: Path, home: Path, hook: str) -> None:
    shop = Shop(tmp_path, hooks, home, hook)
    shop.commit({**CLEAN, "shop/db.py": BREACH})
    code, said = shop._pre_commit("try-repo", str(hooks), hook, "--all-files")
    assert code == 1
    assert "ARC101 layer-breach" in said
