"""Where the cache of a worktree is, and whom a `.git` file may send where."""

import subprocess

import pytest

from archlint.repository.cachehome import cache_home, main_worktree, nearest_cache


@pytest.fixture
def worktrees(tmp_path):
    def git(*words, cwd):
        identity = ["-c", "user.name=a", "-c", "user.email=a@b.invalid"]
        subprocess.run(["git", *identity, *words], cwd=cwd, check=True, capture_output=True)

    main = tmp_path / "main"
    main.mkdir()
    git("init", "-q", cwd=main)
    git("commit", "-q", "--allow-empty", "-m", "start", cwd=main)
    git("worktree", "add", "-q", "../linked", cwd=main)
    return main, tmp_path / "linked"


def test_a_worktree_shares_the_main_ones_cache(worktrees):
    main, linked = worktrees
    assert main_worktree(str(linked)) == str(main)
    assert main_worktree(str(main)) is None
    assert cache_home(str(linked)) == cache_home(str(main)) == str(main / ".archlint_cache")
    (main / ".archlint_cache").mkdir()
    (linked / "deep").mkdir()
    assert nearest_cache(str(linked / "deep")) == str(main / ".archlint_cache")


@pytest.mark.parametrize(
    "content",
    [
        "gitdir: {victim}/.git/worktrees/linked\n",
        "gitdir: ../../../../../..{victim}/.git\n",
        "gitdir: \n",
        "nonsense",
        "",
        "gitdir: " + "x" * 10_000,
    ],
)
def test_a_forged_git_file_leads_nowhere(worktrees, tmp_path, content):
    main, _ = worktrees
    forged = tmp_path / "forged"
    forged.mkdir()
    (forged / ".git").write_text(content.format(victim=main))
    assert main_worktree(str(forged)) is None
    assert cache_home(str(forged)) == str(forged / ".archlint_cache")


def test_no_cache_anywhere(tmp_path):
    assert nearest_cache(str(tmp_path)) is None
