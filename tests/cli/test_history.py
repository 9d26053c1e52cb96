"""Rules about effort, and the report's section, on repositories with a past."""

from __future__ import annotations

import json
import os
import subprocess
from functools import partial
from itertools import chain

import pytest
from past_world import SHOP, Made, made_world

from archlint.repository import gitlog, snapshot
from archlint.usecases import logs
from archlint.usecases.replay import find as find_replay

BRANCHY = "def f(x):\n" + "".join(f"    if x == {number}:\n        return {number}\n" for number in range(60))
ARGUMENTS = ("check", "--select", "ARC6", "--format", "json")
FOUND = {
    ("ARC601", "shop.billing is hot: 70 commits in 365 days x complexity 61 = 4,270 (limit 4,000)"),
    (
        "ARC602",
        "shop.html and shop.pdf changed together in 6 commits (of 6 and 7, degree 92%), and no import ties them",
    ),
    ("ARC603", "1 of 3 authors made all 70 commits to shop.billing in 365 days"),
}


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    # Files as young as these would be read again, and nothing be replayed.
    monkeypatch.setattr(snapshot, "RACY_NS", 0)
    monkeypatch.setattr(snapshot, "TICK_NS", 0)


@pytest.fixture
def world(tmp_path):
    return made_world(tmp_path / "work", SHOP)


def shallow(world, root):
    command = ["git", "clone", "-q", "--depth=2", f"file://{world.root}", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    return root


def checked(archlint, root, *more):
    outcome = archlint(*ARGUMENTS, *more, cwd=root)
    assert outcome.code == 0, outcome.err
    return {(one["code"], one["message"]) for one in json.loads(outcome.out)["findings"]}, outcome.err


def remembered(archlint, root):
    """Run a check, and see that the next run with the same words would be answered from the record."""
    for _ in range(2):  # The first makes the cache's directory, which changes the project's.
        checked(archlint, root)
    assert find_replay(ARGUMENTS, str(root), os.environ) is not None


def test_the_three_rules_say_what_the_history_says_and_fail_nothing(archlint, world):
    assert checked(archlint, world.root) == (FOUND, "")


def test_nobody_is_named_unless_asked_for(archlint, world):
    option = "rules.knowledge-island={name-authors = true}"
    found, _ = checked(archlint, world.root, "--config", option)
    assert ("ARC603", "Ann made all 70 commits to shop.billing in 365 days") in found


def test_a_window_and_bulk_commits_are_set_in_the_configuration(archlint, world):
    assert {code for code, _ in checked(archlint, world.root, "--config", "history-days=10")[0]} == {"ARC602"}
    assert {code for code, _ in checked(archlint, world.root, "--config", "history-max-files=1")[0]} == {
        "ARC601"
    }


@pytest.mark.parametrize("key", ["history-days", "history-max-files"])
def test_a_number_that_cannot_be_meant_is_refused(archlint, world, key):
    outcome = archlint(*ARGUMENTS, "--config", f"{key}=0", cwd=world.root)
    assert outcome.code == 2
    assert f"`{key}` must be more than 0" in outcome.err


def test_a_shallow_clone_is_not_measured_and_says_so(archlint, world, tmp_path):
    clone = shallow(world, tmp_path / "part")
    note = "archlint: note: history not measured: this is a shallow clone; `git fetch --unshallow` brings the rest\n"
    assert checked(archlint, clone) == (set(), note)
    assert "WHERE THE WORK GOES  not measured: this is a shallow clone" in archlint("report", cwd=clone).out


def test_what_was_printed_for_a_shallow_clone_does_not_outlive_it(archlint, world, tmp_path):
    clone = shallow(world, tmp_path / "part")
    remembered(archlint, clone)
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone, check=True, capture_output=True)
    assert find_replay(ARGUMENTS, str(clone), os.environ) is None
    assert checked(archlint, clone)[0] == FOUND


def test_without_a_repository_a_commit_or_git_there_is_a_line_and_no_finding(archlint, project, monkeypatch):
    root = project({"shop/__init__.py": ""})
    said = "archlint: note: history not measured: {}\n"
    assert checked(archlint, root) == (set(), said.format("this is in no git repository"))
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    assert checked(archlint, root) == (set(), said.format("there is no commit yet"))
    monkeypatch.setenv("PATH", str(root))
    assert checked(archlint, root, "--config", "respect-gitignore=false") == (
        set(),
        said.format("git does not answer (git was not found on PATH)"),
    )


def test_nobody_who_asks_for_no_history_is_told_about_it(archlint, project, monkeypatch):
    monkeypatch.setattr(logs, "find_tip", None)
    root = project({"shop/__init__.py": ""})
    assert archlint("check", cwd=root).err == ""
    assert archlint("report", cwd=root).err == ""


def test_a_new_commit_is_noticed_though_no_file_changed(archlint, world):
    remembered(archlint, world.root)
    world.git("commit", "-q", "--allow-empty", "-m", "more")
    assert find_replay(ARGUMENTS, str(world.root), os.environ) is None


def test_git_is_not_asked_for_the_log_again(archlint, world, monkeypatch):
    before = archlint("report", "--format", "json", cwd=world.root).out
    monkeypatch.setattr(logs, "read_log", None)
    assert archlint("report", "--format", "json", cwd=world.root).out == before
    assert checked(archlint, world.root)[0] == FOUND
    # Another window is another log, which nobody can read now.
    assert archlint("report", "--config", "history-days=9", cwd=world.root).code == 2


def test_a_mailmap_is_noticed(archlint, world):
    remembered(archlint, world.root)
    (world.root / ".mailmap").write_text("Ann <ben@example.org>\nAnn <cid@example.org>\n")
    assert find_replay(ARGUMENTS, str(world.root), os.environ) is None
    assert {code for code, _ in checked(archlint, world.root)[0]} == {"ARC601", "ARC602"}


def test_each_side_of_a_difference_has_the_history_of_its_day(archlint, world):
    world.git("checkout", "-q", "-b", "feature")
    (world.root / "shop/mail.py").write_text("x = 1\n")
    world.git("commit", "-q", "-a", "-m", "more")
    assert checked(archlint, world.root, "--diff", "main") == (set(), "")
    assert {code for code, _ in checked(archlint, world.root, "--diff", "main~77")[0]} == {
        "ARC601",
        "ARC602",
        "ARC603",
    }


def test_tests_generated_and_vendored_files_are_left_in_peace(archlint, tmp_path):
    header = "# Code generated by protoc. DO NOT EDIT.\n"
    names = ("shop/tests/test_core.py", "shop/_vendor/lib.py", "shop/core_pb2.py")
    commits = [
        Made({"shop/__init__.py": "", "shop/tests/__init__.py": "", "shop/_vendor/__init__.py": ""}, "Ben"),
        Made({"shop/__init__.py": "1\n"}, "Cid"),
        *(Made({name: f"{header * ('pb2' in name)}# {n}\n{BRANCHY}" for name in names}) for n in range(80)),
    ]
    world = made_world(tmp_path / "work", commits)
    assert checked(archlint, world.root) == (set(), "")
    found, _ = checked(archlint, world.root, "--config", "rules.hotspot={include-tests = true}")
    assert {message.split()[0] for _, message in found} == {"shop.tests.test_core"}
    touched = {one["path"]: one["commits"] for one in reported(archlint, world.root)["modules"]}
    assert [touched[name] for name in names] == [80, 0, 0]


EVIL = "\x1b[31m|`x @all"


def test_authors_and_messages_are_in_no_report(archlint, tmp_path):
    commits = [Made(one.files, f"Quentin {EVIL}", one.day, message=f"Mallory {EVIL}") for one in SHOP]
    world = made_world(tmp_path / "work", commits)
    formats = ("terminal", "html", "markdown", "json")
    reports = [archlint("report", "--format", name, cwd=world.root).out for name in formats]
    checks = [
        archlint("check", "--select", "ARC6", "--format", name, cwd=world.root).out
        for name in ("full", "sarif")
    ]
    for text in chain(reports, checks):
        assert "Quentin" not in text
        assert "Mallory" not in text
        assert "\x1b" not in text


def test_a_named_author_forges_nothing(archlint, tmp_path):
    commits = [Made(one.files, EVIL if one.author == "Ann" else one.author, one.day) for one in SHOP]
    world = made_world(tmp_path / "work", commits)
    outcome = archlint(
        "check",
        "--select",
        "ARC603",
        "--config",
        "rules.knowledge-island={name-authors = true}",
        cwd=world.root,
    )
    assert "\\x1b[31m" in outcome.out
    assert "\x1b" not in outcome.out


APART = """
[[contracts]]
name = "Output formats are independent"
type = "independence"
modules = ["shop.html", "shop.pdf"]
"""


def reported(archlint, root, *more):
    outcome = archlint("report", "--format", "json", *more, cwd=root)
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def test_the_report_says_it_in_json(archlint, world):
    (world.root / "archlint.toml").write_text(APART)
    found = reported(archlint, world.root)
    effort = found["effort"]
    head = world.git("rev-parse", "HEAD").strip()
    assert effort["window"] == {"days": 365, "since": "2023-02-02", "until": "2024-02-02", "commit": head}
    assert (effort["commits"], effort["authors"], effort["set_aside"], effort["missing"]) == (78, 3, 0, None)
    core = {
        "module": "shop.billing",
        "path": "shop/billing.py",
        "commits": 70,
        "authors": 1,
        "main_author_share": 1.0,
        "cyclomatic": 61,
        "heat": 4270,
        "lines_added": 191,
        "lines_deleted": 69,
    }
    assert effort["hotspots"] == effort["islands"] == [core]
    assert [one["module"] for one in effort["files"]] == [
        *("shop.billing", "shop.pdf", "shop.html", "shop", "shop.mail")
    ]
    assert effort["coupled"] == [
        {
            "module": "shop.html",
            "other": "shop.pdf",
            "together": 6,
            "commits": 6,
            "other_commits": 7,
            "degree": 0.9231,
            "tied": False,
            "contract": "Output formats are independent",
        }
    ]
    columns = {one["name"]: (one["commits"], one["authors"], one["lines_added"]) for one in found["modules"]}
    assert columns["shop.pdf"] == (7, 2, 7)
    assert columns["shop.mail"] == (1, 1, 1)


def test_the_report_says_it_in_words(archlint, world):
    (world.root / "archlint.toml").write_text(APART)
    text = archlint("report", cwd=world.root).out
    assert text[text.index("WHERE") :].partition("\n\n")[0].splitlines() == [
        "WHERE THE WORK GOES  78 commits by 3 authors in the 365 days to 2024-02-02",
        "   70 commits x complexity 61     billing  1 author",
        "  together    {html,pdf}  6 of 6 and 7 commits, against `Output formats are i...",
        "  mostly one  billing (70)",
    ]
    page = archlint("report", "--format", "markdown", cwd=world.root).out
    assert "| `shop.billing` | 70 | 61 | 1 author |" in page
    assert "6 of 6 and 7 commits, against \\`Output formats are independent\\`" in page


def test_a_report_says_what_its_numbers_leave_out(archlint, world, monkeypatch):
    monkeypatch.setattr(logs, "read_log", partial(gitlog.read_log, most=20))
    said = "there are more commits in these days: only the latest count"
    assert said in archlint("report", cwd=world.root).out
    assert reported(archlint, world.root)["effort"]["latest_only"] is True
    assert "history: there are too many commits in the window" in checked(archlint, world.root)[1]


def test_a_clone_without_contents_says_what_it_cannot_follow(archlint, world, tmp_path):
    clone = tmp_path / "part"
    world.git("config", "uploadpack.allowFilter", "true")
    command = ["git", "clone", "-q", "--filter=blob:none", f"file://{world.root}", str(clone)]
    subprocess.run(command, check=True, capture_output=True)
    found = reported(archlint, clone)["effort"]
    assert (found["commits"], found["exact_renames_only"]) == (78, False)  # nothing was renamed
    assert found["files"][0]["lines_added"] is None


def test_a_report_without_a_history_says_why(archlint, project):
    root = project({"shop/__init__.py": "", "shop/a.py": ""})
    found = reported(archlint, root)
    assert found["effort"]["missing"] == "this is in no git repository"
    assert found["modules"][1]["commits"] is None
    text = archlint("report", "--format", "markdown", cwd=root).out
    assert "## Where the work goes\n\nNot measured: this is in no git repository." in text


def test_a_history_without_commits_to_modules_is_no_fault(archlint, tmp_path):
    world = made_world(tmp_path / "work", [Made({"notes.txt": ""})])
    (world.root / "shop.py").write_text("")
    text = archlint("report", cwd=world.root).out
    assert "WHERE THE WORK GOES  no commit to a module in the 365 days to 2023-11-14" in text
