"""Reading a file, asking git, finding the project: what may go wrong there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from archlint.errors import ArchlintError
from archlint.repository.git import GitError, ignored_paths, run_git
from archlint.repository.paths import shown
from archlint.repository.project import find_project
from archlint.repository.sources import Unreadable, read

TABLE = "[tool.archlint]\n"


def test_read(tmp_path):
    file = tmp_path / "x.py"
    file.write_bytes(b"x\r\n\xff")
    assert read(str(file), 4) == b"x\r\n\xff"
    with pytest.raises(Unreadable, match="larger than the limit"):
        read(str(file), 3)


@pytest.mark.parametrize("make", [lambda p: None, os.mkdir, os.mkfifo, lambda p: Path(p).symlink_to(p)])
def test_what_is_no_regular_file_is_unreadable(tmp_path, make):
    path = str(tmp_path / "x.py")
    make(path)
    with pytest.raises(Unreadable):
        read(path, 100)


def test_a_device_and_a_nul_are_unreadable():
    for path in ("/dev/zero", "a\0b"):
        with pytest.raises(Unreadable):
            read(path, 100)


def test_a_file_that_grows_is_bounded():
    with pytest.raises(Unreadable, match="larger than"):
        read("/proc/self/maps", 10)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path / "repo"], check=True)
    return tmp_path / "repo"


def test_git_runs_no_program_of_the_repository(repository):
    canary = repository / "canary"
    script = repository / "evil"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    subprocess.run(["git", "-C", repository, "config", "core.fsmonitor", script], check=True)
    assert ignored_paths(str(repository)) == frozenset()
    assert not canary.exists()


def test_git_is_never_taken_from_the_working_directory(repository, monkeypatch):
    (repository / "git").write_text("#!/bin/sh\nexit 0\n")
    (repository / "git").chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", "." + os.pathsep)
    with pytest.raises(GitError, match="not found"):
        run_git(str(repository), ["status"])


def test_git_within_a_hook_looks_at_the_directory_given(repository, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nonexistent/index")
    (repository / ".gitignore").write_text("*.log\nout/\n")
    (repository / "a.log").touch()
    (repository / "out").mkdir()
    (repository / "out" / "x").touch()
    assert ignored_paths(str(repository)) == {"a.log", "out"}
    assert ignored_paths(str(repository / "out")) is None


def test_git_says_why_it_failed(tmp_path):
    with pytest.raises(GitError, match="not a git repository"):
        ignored_paths(str(tmp_path))
    with pytest.raises(GitError, match="longer than"):
        run_git(str(tmp_path), ["help", "-a"], timeout=0.000001)


PLACES = {
    "configuration nearest": (
        "repo/.git/x repo/archlint.toml repo/a/pyproject.toml:own repo/a/b/x.py",
        "repo/a/b",
        "repo/a",
        "pyproject.toml",
    ),
    "own file first": (
        "repo/archlint.toml repo/.archlint.toml repo/pyproject.toml:own",
        "repo",
        "repo",
        "archlint.toml",
    ),
    "hidden file before pyproject": (
        "repo/.archlint.toml repo/pyproject.toml:own",
        "repo",
        "repo",
        ".archlint.toml",
    ),
    "never past the repository": ("archlint.toml repo/.git/x repo/a/x.py", "repo/a", "repo", None),
    "a worktree's file": ("repo/.git repo/a/x.py", "repo/a", "repo", None),
    "a foreign pyproject": ("repo/.git/x repo/a/pyproject.toml repo/a/x.py", "repo/a", "repo", None),
    "the directory itself": ("dir/a/x.py", "dir/a", "dir/a", None),
    "out of the package": ("dir/a/__init__.py dir/a/b/__init__.py", "dir/a/b", "dir", None),
}


@pytest.mark.parametrize(("drawing", "cwd", "root", "config"), PLACES.values(), ids=PLACES)
def test_the_project_is_found_upward(tmp_path, drawing, cwd, root, config):
    for path in drawing.split():
        name, _, mark = path.partition(":")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TABLE if mark else "[tool.archlinter]\n# [tool.archlint]\n")
    place = find_project([], cwd=str(tmp_path / cwd))
    assert place.root == str(tmp_path / root)
    assert place.config == (str(tmp_path / root / config) if config else None)
    assert place.only == (("a",) if "__init__" in drawing else ())


def test_paths_are_relative_to_the_project(tmp_path, tree):
    root = tree("archlint.toml shop/a.py shop/b/c.py")
    assert find_project(["shop/b", "shop/a.py"], cwd=root).within == ("shop/a.py", "shop/b")
    assert find_project([".", "shop"], cwd=root).within == ()
    assert find_project(["../a.py"], cwd=root + "/shop/b").root == root
    fixed = find_project(["shop/b/c.py"], cwd=root, project="shop")
    assert (fixed.root, fixed.config, fixed.within) == (root + "/shop", None, ("b/c.py",))


@pytest.mark.parametrize(
    ("paths", "project", "message"),
    [
        (["gone.py"], None, "gone.py: no such file"),
        (["a\x1b[31m"], None, r"a\\x1b\[31m: no such file"),
        (["other"], "shop", "lies outside the project"),
        ([], "gone", "--project gone: no such directory"),
    ],
)
def test_wrong_paths_are_one_clear_line(tree, paths, project, message):
    with pytest.raises(ArchlintError, match=message) as caught:
        find_project(paths, cwd=tree("shop/a.py other/b.py"), project=project)
    assert "\n" not in str(caught.value)


def test_shown_leaves_nothing_that_a_terminal_obeys():
    assert shown("é\x1b\n\udcff\u202e\U000e0001") == "é\\x1b\\x0a\\xff\\u202e\\U000e0001"
