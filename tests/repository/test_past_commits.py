"""The log and the history that it makes, on repositories whose every commit is known."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from past_world import BODY, DAY, FIRST_DAY, Made, edits, made_world

from archlint.context.changes import churn
from archlint.context.history import Commit
from archlint.context.log import history, lines
from archlint.repository import gitlog
from archlint.repository.git import GitError, Limits
from archlint.repository.gitlog import Tip, find_tip, read_lines, read_log

SAME_BODY = BODY.replace("line 3\n", "line three\n")


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def told(root, present=None, *, days=365, max_files=30, below="", most=gitlog.MOST_COMMITS):
    """Return the history of the project in *below*, of the files that are there."""
    where = root / below
    tip = find_tip(str(where))
    files = sorted(str(file.relative_to(where)) for file in where.rglob("*.py"))
    log = read_log(str(where), tip, days, most)
    return history(log, files if present is None else present, tip.commit, days, max_files)


def counts(found):
    return {one.path: (one.commits, one.authors) for one in churn(found)}


RENAMED = [
    Made({"a.py": BODY}, "Ann", 0),
    Made({"a.py": BODY + "one\n"}, "Ben", 1),
    Made(moved={"a.py": "b.py"}, author="Cid", day=2),
    Made({"b.py": BODY + "two\n"}, "Ann", 3),
    Made({"c.py": SAME_BODY + "two\n"}, "Dan", 4, moved={"b.py": "c.py"}),  # moved and changed
    Made({"c.py": "x = 1\n"}, "Eve", 5),
]
STORIES = {
    "a chain of renames": (RENAMED, {"c.py": (6, 5)}),
    "a file moved into a package": (
        [Made({"shop.py": BODY}), Made({"shop/other.py": ""}, day=1, moved={"shop.py": "shop/core.py"})],
        {"shop/core.py": (2, 1), "shop/other.py": (1, 1)},
    ),
    "another file takes the old name": (
        [
            Made({"a.py": BODY}),
            Made(moved={"a.py": "b.py"}, day=1),
            Made({"a.py": "new = 1\n"}, day=2),
            Made({"a.py": "new = 2\n"}, day=3),
        ],
        {"a.py": (2, 1), "b.py": (2, 1)},
    ),
    "there and back": (
        [
            Made({"a.py": BODY}),
            Made(moved={"a.py": "b.py"}, day=1),
            Made(moved={"b.py": "a.py"}, day=2),
        ],
        {"a.py": (3, 1)},
    ),
    "two files swap names": (
        [
            Made({"a.py": BODY, "b.py": "".join(f"other {n}\n" for n in range(40))}),
            Made({"a.py": BODY + "1\n"}, day=1),
            Made(moved={"a.py": "t.py"}, day=2),
            Made(moved={"b.py": "a.py"}, day=3),
            Made(moved={"t.py": "b.py"}, day=4),
        ],
        {"a.py": (2, 1), "b.py": (4, 1)},
    ),
    "a file that is gone": (
        [Made({"a.py": BODY, "b.py": "x = 1\n"}), Made({"a.py": None}, day=1)],
        {"b.py": (1, 1)},
    ),
    "a file that was renamed and is gone": (
        [
            Made({"a.py": BODY, "k.py": ""}),
            Made(moved={"a.py": "b.py"}, day=1),
            Made({"b.py": None}, day=2),
            Made({"a.py": "new\n"}, day=3),
        ],
        {"k.py": (1, 1), "a.py": (1, 1)},
    ),
    "a file that came back": (
        [Made({"a.py": "1\n"}), Made({"a.py": None}, day=1), Made({"a.py": "2\n"}, day=2)],
        {"a.py": (3, 1)},
    ),
    "text made Python, and Python made text": (
        [
            Made({"a.txt": BODY, "b.py": BODY * 2, "k.py": "1\n"}),
            Made(moved={"a.txt": "a.py", "b.py": "b.txt"}, day=1),
        ],
        {"a.py": (1, 1), "k.py": (1, 1)},
    ),
    "a branch that still uses the old name": (
        [
            Made({"a.py": BODY}),
            Made({"z.py": "1\n"}, branch="side", start="main", day=1),
            Made(moved={"a.py": "b.py"}, day=2),
            Made({"a.py": BODY + "side\n"}, "Ben", branch="side", day=3),
            Made({"b.py": BODY + "side\n", "z.py": "1\n", "a.py": None}, merge="side", day=4),
        ],
        {"b.py": (3, 2), "z.py": (1, 1)},
    ),
    "empty files are all alike, and none is another": (
        [Made({"a.py": "", "k.py": "1\n"}), Made({"a.py": None, "b.py": ""}, day=1)],
        {"b.py": (1, 1), "k.py": (1, 1)},
    ),
    "bots": (
        [Made({"a.py": "1\n"}), Made({"a.py": "2\n"}, "tidy[bot]", 1), Made({"a.py": "3\n"}, "Tidy[Bot]", 2)],
        {"a.py": (1, 1)},
    ),
    "two spellings of a name": (
        [Made({"a.py": "1\n"}, "Ann  Lee"), Made({"a.py": "2\n"}, "Ann Lee", 1)],
        {"a.py": (2, 1)},
    ),
    "files that are not Python": (
        [Made({"a.py": "1\n", "a.txt": "1\n"}), Made({"a.txt": "2\n"}, day=1)],
        {"a.py": (1, 1)},
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_every_commit_counts_for_the_file_as_it_is_called_now(tmp_path, story):
    commits, expected = STORIES[story]
    assert counts(told(made_world(tmp_path, commits).root)) == expected


STEPS = st.lists(
    st.tuples(st.sampled_from(("edit", "move", "drop", "add")), st.integers(0, 99), st.sampled_from("ABC")),
    max_size=14,
)


@settings(max_examples=10)
@given(STEPS)
def test_any_straight_history_equals_what_happened(steps):
    """An oracle that keeps count while it acts; a name is never used twice."""
    files = {"f0.py": ["A"], "f1.py": ["A"]}
    commits = [Made({path: f"{path}\n" + BODY for path in files}, "A")]
    for day, (what, which, author) in enumerate(steps, 1):
        path = sorted(files)[which % len(files)]
        fresh = f"n{day}.py"
        if what == "drop" and len(files) > 1:
            del files[path]
            commits.append(Made({path: None}, author, day))
        elif what == "add":
            files[fresh] = [author]
            commits.append(Made({fresh: f"{fresh}\n" * 30}, author, day))
        elif what == "move":
            files[fresh] = [*files.pop(path), author]
            commits.append(Made({}, author, day, moved={path: fresh}))
        else:
            files[path].append(author)
            commits.append(Made({path: f"edit {day}\n" + BODY}, author, day))
    with TemporaryDirectory() as root:
        found = told(made_world(Path(root), commits).root)
    assert counts(found) == {path: (len(hands), len(set(hands))) for path, hands in files.items()}


def test_merges_do_not_count_and_what_they_bring_does(tmp_path):
    commits = [
        Made({"a.py": "1\n"}),
        Made({"b.py": "1\n"}, "Ben", branch="side", start="main", day=1),
        Made({"a.py": "2\n"}, day=2),
        Made({"b.py": "1\n"}, "Merger", merge="side", day=3),
    ]
    found = told(made_world(tmp_path, commits).root)
    assert counts(found) == {"a.py": (2, 1), "b.py": (1, 1)}
    assert found.authors == ("Ann", "Ben")


def test_the_window_ends_at_the_commit_and_holds_its_first_second(tmp_path):
    commits = [Made({"a.py": f"{day}\n"}, day=day) for day in (0, 10, 10 + 1 / DAY, 375, 400)]
    world = made_world(tmp_path, commits)
    assert counts(told(world.root, days=390))["a.py"][0] == 4
    assert counts(told(world.root, days=389))["a.py"][0] == 2
    world.git("checkout", "-q", "--detach", "HEAD~1")
    found = told(world.root)
    assert counts(found)["a.py"][0] == 3
    assert (found.since, found.until) == ("2023-11-24", "2024-11-23")
    assert found.head == world.git("rev-parse", "HEAD").strip()


def test_a_rename_before_the_window_is_over_and_one_in_it_is_followed(tmp_path):
    world = made_world(tmp_path, RENAMED)
    assert counts(told(world.root, days=2)) == {"c.py": (3, 3)}


def test_bulk_commits_are_set_aside_but_their_renames_are_followed(tmp_path):
    files = {f"old/m{number}.py": BODY + f"{number}\n" for number in range(6)}
    moved = {path: path.replace("old/", "new/") for path in files}
    commits = [*(Made({path: text}, day=0) for path, text in files.items()), Made(moved=moved, day=1)]
    commits.append(Made({"new/m0.py": "x\n"}, "Ben", day=2))
    world = made_world(tmp_path, commits)
    found = told(world.root, max_files=5)
    assert counts(found) == {f"new/m{number}.py": (1, 1) for number in range(1, 6)} | {"new/m0.py": (2, 2)}
    assert found.set_aside == 1
    assert told(world.root, max_files=6).set_aside == 0


def test_a_commit_is_its_author_and_its_files_newest_first(tmp_path):
    world = made_world(
        tmp_path, [Made({"b.py": "1\n", "a.py": "1\n"}, "Ben"), Made({"b.py": "2\n"}, "Ann", 1)]
    )
    found = told(world.root)
    assert (found.paths, found.authors) == (("a.py", "b.py"), ("Ann", "Ben"))
    assert found.commits == (Commit(0, (1,)), Commit(1, (0, 1)))


def test_only_what_is_below_the_project_counts(tmp_path):
    commits = [
        Made({"lib/a.py": BODY, "lib/py.py": "", "other/x.py": "1\n"}),
        Made({f"other/x{number}.py": "1\n" for number in range(40)} | {"lib/a.py": BODY + "1\n"}, day=1),
        Made(moved={"lib/a.py": "lib/b.py"}, day=2),
        Made({"other/x.py": "2\n"}, "Ben", day=3),
    ]
    world = made_world(tmp_path, commits)
    world.git("config", "diff.relative", "true")
    found = told(world.root, below="lib")
    assert counts(found) == {"b.py": (3, 1), "py.py": (1, 1)}
    assert found.authors == ("Ann",)


ODD = {
    b"new\nline.py": "new\nline.py",
    b"esc\x1b[31m.py": "esc\x1b[31m.py",
    b"\x01mark.py": "\x01mark.py",
    b'quo"te\\.py': 'quo"te\\.py',
    b"caf\xc3\xa9.py": "café.py",
    b"bytes\xff.py": "bytes\udcff.py",
    b"R100.py": "R100.py",
    b"tab\t.py": "tab\t.py",
    b" blank .py": " blank .py",
    b":(glob)x.py": ":(glob)x.py",
    b"-rf.py": "-rf.py",
}


def test_odd_names_of_files_are_what_they_are(tmp_path):
    world = made_world(
        tmp_path, [Made({path: "1\n"}) for path in ODD] + [Made({path: "2\n"}, day=1) for path in ODD]
    )
    assert counts(told(world.root, list(ODD.values()))) == dict.fromkeys(ODD.values(), (2, 1))


@pytest.mark.parametrize("name", ["\x1b[31mred", "R100", "\x01\x01", "M", "ünï", "a\tb"])
def test_odd_names_of_authors_disturb_nothing(tmp_path, name):
    world = made_world(tmp_path, [Made({"a.py": "1\n"}, name, message="\x01evil\0M\0b.py\0")])
    assert told(world.root).authors == (" ".join(name.split()),)


def test_replaced_and_grafted_commits_are_read_as_they_were_made(tmp_path):
    world = made_world(tmp_path, edits("a.py", 4) + edits("b.py", 2, "Ben", 10))
    before = counts(told(world.root))
    first, last = world.git("rev-parse", "HEAD~3", "HEAD").split()
    world.git("replace", first, last, check=False)
    world.git("replace", "--graft", last)
    (world.root / ".git/info/grafts").write_text(f"{last}\n")
    assert counts(told(world.root)) == before == {"a.py": (4, 1), "b.py": (2, 1)}


def test_neither_settings_nor_attributes_of_the_repository_change_the_log(tmp_path):
    world = made_world(tmp_path, RENAMED)
    before = told(world.root)
    chosen = {
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "diff.orderFile": "nowhere",
        "diff.noprefix": "true",
        "diff.relative": "true",
        "diff.external": "touch planted",
        "log.showRoot": "false",
        "log.follow": "true",
        "log.showSignature": "true",
        "log.mailmap": "false",
        "log.diffMerges": "on",
        "format.pretty": "fuller",
        "core.quotePath": "true",
        "i18n.logOutputEncoding": "UTF-16",
        "color.ui": "always",
        "notes.displayRef": "*",
        "mailmap.blob": "HEAD:c.py",
        "core.pager": "touch planted",
        "diff.evil.textconv": "touch planted; cat",
        "diff.evil.command": "touch planted",
        "core.fsmonitor": "touch planted",
    }
    for key, value in chosen.items():
        world.git("config", key, value)
    (world.root / ".gitattributes").write_text("*.py diff=evil -diff\n")
    assert told(world.root) == before
    assert not (world.root / "planted").exists()


def test_the_projects_mailmap_says_who_is_who_and_nobody_elses(tmp_path, monkeypatch):
    world = made_world(tmp_path, [Made({"a.py": "1\n"}, "Ann"), Made({"a.py": "2\n"}, "annie", 1)])
    (tmp_path.parent / "own").write_text("Ann <annie@example.org>\n")
    (tmp_path.parent / "config").write_text(f"[mailmap]\n\tfile = {tmp_path.parent / 'own'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path.parent / "config"))
    assert told(world.root).authors == ("Ann", "annie")
    (world.root / ".mailmap").write_text("Ann <annie@example.org>\n")
    assert told(world.root).authors == ("Ann",)


def test_a_window_with_too_many_commits_is_cut_to_the_latest(tmp_path):
    world = made_world(tmp_path, edits("a.py", 5))
    found = told(world.root, most=3)
    assert (counts(found), found.latest) == ({"a.py": (3, 1)}, True)
    assert not told(world.root, most=6).latest


def partial(world, root, what):
    """Clone *world* to *root* without contents, and without a way to get them."""
    world.git("config", "uploadpack.allowFilter", "true")
    command = ["git", "clone", "-q", "--no-checkout", f"--filter={what}", f"file://{world.root}", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    return root


def test_a_clone_without_contents_follows_exact_renames_and_fetches_nothing(tmp_path):
    world = made_world(tmp_path / "whole", RENAMED)
    clone = partial(world, tmp_path / "part", "blob:none")
    objects = sorted(clone.rglob("*"))
    found = told(clone, ["c.py"])
    assert found.exact
    assert counts(found) == {"c.py": (2, 2)}  # the move that changed it as well cannot be recognised
    tip = find_tip(str(clone))
    with pytest.raises(GitError):
        list(read_lines(str(clone), tip, read_log(str(clone), tip, 365), 365))
    assert sorted(clone.rglob("*")) == objects


def test_a_clone_without_large_files_still_follows_renames_of_modules(tmp_path):
    large = {"data.bin": "large " * 9_000, "other.bin": "other " * 9_000}
    commits = [Made(large), Made(dict.fromkeys(large) | {"new.bin": "large " * 8_999}, day=1)]
    world = made_world(tmp_path / "whole", [*commits, *RENAMED])
    clone = partial(world, tmp_path / "part", "blob:limit=20k")
    found = told(clone, ["c.py"])
    assert not found.exact
    assert counts(found) == {"c.py": (6, 5)}


def test_a_clone_without_trees_cannot_be_read(tmp_path):
    world = made_world(tmp_path / "whole", RENAMED)
    clone = partial(world, tmp_path / "part", "tree:0")
    with pytest.raises(GitError):
        read_log(str(clone), find_tip(str(clone)), 365)


def test_a_shallow_clone_is_known_as_one(tmp_path):
    world = made_world(tmp_path / "whole", edits("a.py", 5))
    clone = tmp_path / "part"
    command = ["git", "clone", "-q", "--depth=2", f"file://{world.root}", str(clone)]
    subprocess.run(command, check=True, capture_output=True)
    tip = find_tip(str(clone))
    assert tip.shallow
    assert gitlog.shallow_file(str(clone)) == str(clone / ".git/shallow")
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone, check=True, capture_output=True)
    assert not find_tip(str(clone)).shallow


def test_a_repository_without_commits_has_no_tip_and_an_odd_file_is_none(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert find_tip(str(tmp_path)) is None
    (tmp_path / "HEAD^{commit}").write_text("")
    assert find_tip(str(tmp_path)) is None


def test_a_worktree_and_an_odd_directory_are_read_like_any_other(tmp_path):
    commits = [Made({"pro\nject/a.py": "1\n"}), Made({"pro\nject/a.py": "2\n", "b.py": ""}, day=1)]
    world = made_world(tmp_path / "whole", commits)
    world.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    assert counts(told(tmp_path / "tree", below="pro\nject")) == {"a.py": (2, 1)}


def test_lines_are_counted_under_the_present_names_without_bulk_commits(tmp_path):
    commits = [
        Made({"a.py": "1\n2\n3\n"}),
        Made({"a.py": "1\n2\n3\n4\n5\n6\n"}, day=1),
        Made({"b.py": "1\n2\n3\n4\n5\nsix\n"}, day=2, moved={"a.py": "b.py"}),
        Made({f"m{number}.py": "1\n" for number in range(5)} | {"b.py": "1\n"}, day=3),
        Made({"b.py": "1\n2\n", "bin.py": "\0\0\n"}, day=4),
    ]
    root = str(made_world(tmp_path, commits).root)
    tip = find_tip(root)
    log = read_log(root, tip, 365)
    found = lines(log, ["b.py", "bin.py"], read_lines(root, tip, log, 365), max_files=5)
    assert found == {"b.py": (8, 1), "bin.py": (0, 0)}


RESTRAINED = pytest.mark.skipif(
    sys.platform != "linux", reason="prlimit, which restrains a process that runs already, is Linux's alone"
)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        pytest.param(
            Limits(60, 24 << 20, 1 << 30), "Out of memory|out of memory|cannot allocate", marks=RESTRAINED
        ),
        pytest.param(Limits(60, 8 << 30, 1 << 20), "git log failed", marks=RESTRAINED),
        (Limits(0.01, 8 << 30, 1 << 30), "took longer"),
    ],
)
def test_a_past_with_more_files_than_fit_anywhere_is_given_up(tmp_path, monkeypatch, limits, why):
    world = made_world(tmp_path, edits("a.py", 2))
    listed, name = "100644 blob", world.git("hash-object", "-w", "a.py").strip()
    for _ in range(5):
        rows = "".join(f"{listed} {name}\tn{number}.py\n" for number in range(10))
        made = subprocess.run(["git", "mktree"], cwd=tmp_path, input=rows, text=True, check=True, stdout=-1)
        listed, name = "040000 tree", made.stdout.strip()
    bomb = world.git("commit-tree", "-p", "HEAD", "-m", "bomb", name).strip()
    world.git("update-ref", "HEAD", world.git("commit-tree", "-p", bomb, "-m", "x", "HEAD^{tree}").strip())
    monkeypatch.setattr(gitlog, "LIMITS", limits)
    with pytest.raises(GitError, match=why):
        told(world.root)


def test_an_old_or_far_date_is_no_trouble(tmp_path):
    world = made_world(tmp_path, [Made({"a.py": "1\n"}, day=-FIRST_DAY / DAY)])
    assert (told(world.root).until, counts(told(world.root))) == ("1970-01-01", {"a.py": (1, 1)})


def test_without_git_the_reason_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("git") is None
    with pytest.raises(GitError, match="git was not found on PATH"):
        find_tip(str(tmp_path))


def test_what_is_no_commit_is_no_tip(tmp_path):
    world = made_world(tmp_path, edits("a.py", 1))
    assert isinstance(find_tip(str(world.root)), Tip)
    assert find_tip(str(world.root), "0" * 40) is None
