"""``archlint diff`` and ``check --diff`` on a history in which every answer is known."""

from __future__ import annotations

import json
import os

import pytest
from gitworld import new_world

CONFIG = """\
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.orders", "shop.db"]
why = "Storage must not reach the web."

[rules.complex-function]
max-cyclomatic = 10
"""
BRANCHY = "def f(x):\n" + "".join(f"    if x == {number}:\n        return {number}\n" for number in range(12))
FIRST = {
    "archlint.toml": CONFIG,
    "shop/__init__.py": "",
    "shop/web.py": "import shop.orders\n",
    "shop/orders.py": "import shop.db\nimport shop.tools.text\n",
    "shop/db.py": "",
    "shop/old.py": "from shop import web\n",
    "shop/price.py": BRANCHY,
    "shop/tools/__init__.py": "",
    "shop/tools/text.py": "import json\n",
}
SECOND = {
    "shop/old.py": None,
    "shop/price.py": "",
    "shop/new.py": "import requests\n",
    "shop/tools/text.py": "import json\n\nimport shop.web\n",
}
CLOSING = {"importer": "shop.tools.text", "imported": "shop.web", "path": "shop/tools/text.py", "line": 3}


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Return a repository on branch ``feature``, one commit ahead of ``main``."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = new_world(tmp_path / "work")
    made.commit(FIRST, tag="v1")
    made.git("checkout", "-q", "-b", "feature")
    made.commit(SECOND, tag="v2")
    return made


def differed(archlint, world, words, *more):
    outcome = archlint("diff", words, "--format", "json", *more, cwd=world.root)
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def test_the_whole_difference(archlint, world):
    found = differed(archlint, world, "v1..v2")
    assert found["modules"] == {"added": ["shop.new"], "removed": ["shop.old"]}
    assert found["externals"] == {
        "added": [{"importer": "shop.new", "imported": "requests", "path": "shop/new.py", "line": 1}],
        "removed": [],
    }
    pairs = {(row["importer"], row["imported"]): row for row in found["packages"]}
    assert set(pairs) == {("shop", "shop"), ("shop.tools", "shop")}
    assert pairs["shop.tools", "shop"]["opened"]
    assert pairs["shop.tools", "shop"]["added"] == [CLOSING]
    assert [row["imported"] for row in pairs["shop", "shop"]["removed"]] == ["shop.web"]
    (cycle,) = found["cycles"]
    assert (cycle["state"], cycle["modules"]) == ("new", ["shop.orders", "shop.tools.text", "shop.web"])
    assert cycle["closing"] == [CLOSING]
    assert found["contracts"] == [{"name": "Layers", "state": "broke", "before": 0, "after": 1}]
    assert [(row["code"], row["closing"]) for row in found["new"]] == [
        ("ARC101", [CLOSING]),
        ("ARC201", [CLOSING]),
    ]
    assert [row["code"] for row in found["fixed"]] == ["ARC301"]
    assert found["summary"] == {"new": 2, "fixed": 1, "unchanged": 0, "weakened": 0}
    moved = {row["name"]: (row["before"], row["after"]) for row in found["metrics"]}
    assert moved["modules"] == (8, 8)
    assert moved["modules in import cycles"] == (0, 3)


def test_the_other_way_round(archlint, world):
    found = differed(archlint, world, "v2..v1")
    assert found["modules"] == {"added": ["shop.old"], "removed": ["shop.new"]}
    assert found["contracts"][0]["state"] == "healed"
    assert [cycle["state"] for cycle in found["cycles"]] == ["gone"]
    assert [row["code"] for row in found["new"]] == ["ARC301"]


@pytest.mark.parametrize("words", ["v2..v2", "HEAD", "feature.."])
def test_a_state_does_not_differ_from_itself(archlint, world, words):
    outcome = archlint("diff", words, cwd=world.root)
    assert (outcome.code, "Nothing in the architecture changed" in outcome.out) == (0, True)


@pytest.mark.parametrize("words", ["", " ", "..", "...", "..HEAD", "...feature"])
def test_a_base_that_is_empty_is_no_base(archlint, world, words):
    """A variable of the CI that is not set would compare a commit with itself, and pass."""
    outcome = archlint("diff", words, cwd=world.root)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("archlint: error: BASE is empty; ")


def test_what_is_not_committed_counts(archlint, world):
    world.write({"shop/db.py": "import shop.web\n"})
    found = differed(archlint, world, "HEAD")
    assert {row["module"] for row in found["new"]} == {"shop.db"}
    assert differed(archlint, world, "v1..v2")["summary"]["new"] == 2


def test_a_lone_base_stands_for_where_the_branch_left_it(archlint, world):
    world.git("checkout", "-q", "main")
    world.commit({"shop/price.py": "", "shop/main_only.py": ""})
    world.git("checkout", "-q", "feature")
    found = differed(archlint, world, "main")
    assert found["modules"]["removed"] == ["shop.old"]
    assert [row["code"] for row in found["fixed"]] == ["ARC301"]
    assert differed(archlint, world, "main...feature")["modules"] == found["modules"]
    assert differed(archlint, world, "main..feature")["modules"]["removed"] == ["shop.main_only", "shop.old"]


def test_a_moved_line_is_no_difference(archlint, world):
    world.commit({"shop/tools/text.py": "import json\nimport shop.web\n\n"})
    assert "Nothing in the architecture changed" in archlint("diff", "v2", cwd=world.root).out


def test_a_cycle_that_grew_is_worse_and_one_that_shrank_is_not_new(archlint, world):
    world.commit({"shop/db.py": "import shop.web\n"}, tag="v3")
    grown = differed(archlint, world, "v2..v3")
    (cycle,) = grown["cycles"]
    assert (cycle["state"], cycle["joined"]) == ("grown", ["shop.db"])
    assert grown["fixed"] == []
    shrunk = differed(archlint, world, "v3..v2")
    assert [(each["state"], each["left"]) for each in shrunk["cycles"]] == [("shrunk", ["shop.db"])]
    assert shrunk["new"] == []


def test_the_reports_for_people(archlint, world):
    text = archlint("diff", "v1..v2", cwd=world.root).out
    assert "    closed by shop.tools.text -> shop.web  (shop/tools/text.py:3)\n" in text
    assert "Layers: broke (1 finding)" in text
    page = archlint("diff", "v1..v2", "--format", "markdown", cwd=world.root).out
    assert page.startswith("## Architecture\n\n`v1")
    assert "why: Storage must not reach the web." in page
    assert "closed by `shop.tools.text` → `shop.web` (`shop/tools/text.py:3`)" in page


def test_again_is_the_same_and_reads_no_tree(archlint, world):
    first = archlint("diff", "v1", cwd=world.root)
    assert archlint("diff", "v1", cwd=world.root) == first
    world.git("tag", "-f", "v1", "HEAD")
    assert archlint("diff", "v1", cwd=world.root) != first
    assert (
        archlint("diff", "v1", "--no-cache", cwd=world.root).out == archlint("diff", "v1", cwd=world.root).out
    )


def test_nothing_is_checked_out_and_no_hook_or_filter_runs(archlint, world, tmp_path):
    ran = tmp_path / "ran"
    world.commit({".gitattributes": "*.py filter=evil diff=evil\n"})
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor"):
        world.git("config", key, f"touch {ran}; cat")
    hook = world.root / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
    hook.chmod(0o755)
    world.git("status")
    assert ran.exists(), "git itself does run what the repository names"
    ran.unlink()
    assert differed(archlint, world, "v1..HEAD")["summary"]["new"] == 2
    assert not ran.exists()


def test_paths_of_a_tree_stay_in_their_place(archlint, world, tmp_path):
    """Links out of the tree are left out; links within it are the files that they lead to."""
    (world.root / "shop/link.py").symlink_to("tools/text.py")
    (world.root / "shop/out.py").symlink_to(tmp_path / "secret.py")
    (world.root / "shop/loop.py").symlink_to("loop.py")
    (tmp_path / "secret.py").write_text("import secret_stuff\n")
    world.commit(tag="v3")
    found = differed(archlint, world, "v2..v3")
    assert found["modules"]["added"] == ["shop.link"]
    assert found["externals"]["added"] == []


def test_a_project_below_the_top_of_the_repository(archlint, tmp_path):
    world = new_world(tmp_path / "mono")
    world.commit({f"back end/{path}": text for path, text in FIRST.items()}, tag="v1")
    world.commit({"back end/shop/db.py": "import shop.web\n"}, tag="v2")
    outcome = archlint("diff", "v1..v2", "--format", "json", cwd=world.root / "back end")
    assert json.loads(outcome.out)["contracts"][0]["state"] == "broke"


def test_a_base_without_the_project(archlint, tmp_path):
    world = new_world(tmp_path / "young")
    world.commit({"README": "soon\n"}, tag="v0")
    world.commit(FIRST, tag="v1")
    found = differed(archlint, world, "v0..v1")
    assert len(found["modules"]["added"]) == 8
    assert found["judged_by"].startswith("v0")


# --- the gate --------------------------------------------------------------------------------


def test_the_gate_fails_on_what_the_branch_adds_alone(archlint, world):
    assert archlint("check", cwd=world.root).code == 1
    outcome = archlint("check", "--diff", "main", cwd=world.root)
    assert outcome.code == 1
    assert outcome.lines[-1].endswith(": 2 new, 1 fixed, 0 unchanged.")
    world.commit({"shop/later.py": ""}, tag="v3")
    later = archlint("check", "--diff", "v2", cwd=world.root)
    assert (later.code, len(later.lines)) == (0, 2)
    assert archlint("check", "--diff", "v2", cwd=world.root) == later


def test_the_gate_in_json(archlint, world):
    document = json.loads(archlint("check", "--diff", "main", "--format", "json", cwd=world.root).out)
    assert {name: document["diff"][name] for name in ("new", "fixed", "unchanged", "weakened")} == {
        "new": 2,
        "fixed": 1,
        "unchanged": 0,
        "weakened": [],
    }
    assert document["contracts"][0]["kept"] is False
    assert len(document["findings"]) == 2


def test_the_paths_filter_what_the_gate_shows(archlint, world):
    assert archlint("check", "--diff", "main", "shop/price.py", cwd=world.root).code == 0
    assert archlint("check", "--diff", "main", "shop/tools", cwd=world.root).code == 1


LOOSENED = CONFIG.replace('"shop.web", "shop.orders", ', '"shop.web", ').replace(
    "max-cyclomatic = 10", "max-cyclomatic = 40"
)
SWITCHED_OFF = 'ignore = ["import-cycle"]\nexclude = ["shop/tools"]\nfail-on = "error"\n'
IGNORING = CONFIG.replace(
    "why =", 'ignore-imports = ["shop.tools.text -> shop.web"]\nseverity = "info"\nedges = ["eager"]\nwhy ='
)
KNOWN = '[[known]]\nrule = "ARC201"\nsubject = ["shop.a -> shop.b", "shop.b -> shop.a"]\n'


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param({"archlint.toml": ""}, ["contract `Layers` was removed", "complex-function: `max-cyclomatic` is 15, was 10"], id="removed"),
        pytest.param({"archlint.toml": LOOSENED}, ["`layers` no longer holds `shop.orders`", "`max-cyclomatic` is 40, was 10"], id="loosened"),
        pytest.param({"archlint.toml": IGNORING}, ["`ignore-imports` takes in `shop.tools.text -> shop.web`", "`severity` is info, was error", "`edges` leaves out `conditional`"], id="terms"),
        pytest.param({"archlint.toml": SWITCHED_OFF + CONFIG}, ["`exclude` takes in `shop/tools`", "`fail-on` is error, was warning", "rules that no longer run: ARC201"], id="settings"),
        pytest.param({"archlint.toml": 'roots = ["shop.tools"]\n' + CONFIG.replace("10", "9")}, ["`roots` is only `shop.tools`"], id="roots"),
        pytest.param({"archlint.toml": '[per-file-ignores]\n"shop/*" = ["ARC3"]\n' + CONFIG}, ["`per-file-ignores` lets `ARC3` pass in `shop/*`"], id="per file"),
        pytest.param({"archlint-ledger.toml": KNOWN}, ["archlint-ledger.toml:1: a ledger entry was added: ARC201"], id="ledger"),
        pytest.param({"shop/tools/text.py": "import json\n\nimport shop.web  # archlint: ignore[import-cycle] -- so be it\n"}, ["shop/tools/text.py:3: a suppression of import-cycle here: so be it"], id="comment"),
        pytest.param({"archlint.toml": CONFIG.replace("max-cyclomatic = 10", "max-cyclomatic = 9")}, [], id="stricter"),
    ],
)  # fmt: skip
def test_a_gate_that_the_branch_loosens_is_told(archlint, world, files, told):
    world.commit(files)
    outcome = archlint("check", "--diff", "v2", cwd=world.root)
    assert outcome.code == 0
    weakened = [line for line in outcome.lines if line.startswith("Weakened: ")]
    assert len(weakened) == len(told), outcome.out
    for text in told:
        assert any(text in line for line in weakened), text
    refused = archlint("check", "--diff", "v2", "--refuse-weakening", cwd=world.root)
    assert refused.code == (1 if told else 0)


def test_the_configuration_of_the_base_decides_unless_asked_otherwise(archlint, world):
    world.commit({"archlint.toml": 'ignore = ["import-cycle"]\n'})
    arguments = ("check", "--diff", "main")
    assert archlint(*arguments, cwd=world.root).code == 1
    assert archlint(*arguments, "--diff-config", "head", cwd=world.root).code == 0


def test_the_ledger_of_the_branch_does_not_count_for_the_base(archlint, world):
    archlint("baseline", cwd=world.root)
    world.commit()
    arguments = ("check", "--diff", "main")
    assert archlint(*arguments, cwd=world.root).code == 1
    assert archlint(*arguments, "--diff-config", "head", cwd=world.root).code == 0


def test_an_entry_that_lets_more_pass_is_told(archlint, world):
    def entry(**more):
        extra = "".join(f"{key} = {value}\n" for key, value in more.items())
        return f'[[known]]\nrule = "ARC301"\nsubject = ["shop.price:f"]\n{extra}'

    world.commit({"archlint-ledger.toml": entry(value=13, until="2030-01-01")}, tag="v3")
    for later, told in (
        (entry(value=14, until="2030-01-01"), "grow to 14, was 13"),
        (entry(until="2030-01-01"), "grow, was 13"),
        (entry(value=13), "until further notice, was 2030-01-01"),
        (entry(value=12, until="2029-01-01"), None),
        (entry(value=13, until="2030-01-01") * 2, "a ledger entry was added"),
    ):
        world.write({"archlint-ledger.toml": later})
        out = archlint("check", "--diff", "v3", cwd=world.root).out
        assert (told in out) if told else ("Weakened" not in out), out


def test_a_module_that_the_branch_renamed(archlint, world):
    world.commit(
        {
            "shop/storage.py": "",
            "shop/db.py": None,
            "shop/orders.py": "import shop.storage\n",
            "archlint.toml": CONFIG.replace("shop.db", "shop.storage"),
        }
    )
    outcome = archlint("check", "--diff", "main", cwd=world.root)
    assert outcome.code == 2
    assert "there is no module 'shop.db'" in outcome.err
    assert "--diff-config head takes the newer one" in outcome.err
    assert archlint("check", "--diff", "main", "--diff-config", "head", cwd=world.root).code == 0


# --- what can be wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["nope", "-x", "--output=pwned", "a b", "v1\nv2", "v1..nope", "@{9}", "v1:shop"]
)
def test_a_name_that_is_no_commit_is_one_line(archlint, world, name):
    for arguments in (("diff", "--", name), ("check", f"--diff={name}")):
        outcome = archlint(*arguments, cwd=world.root)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
        assert " names no commit; " in outcome.err
    assert not (world.root / "pwned").exists()


def test_a_project_in_no_repository(archlint, project):
    outcome = archlint("diff", "main", cwd=project(FIRST))
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "is in no git repository" in outcome.err


def test_a_repository_without_a_commit(archlint, tmp_path):
    world = new_world(tmp_path / "empty")
    world.write(FIRST)
    outcome = archlint("diff", "HEAD", cwd=world.root)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_a_shallow_clone(archlint, world, tmp_path):
    world.git("clone", "-q", "--depth=1", world.root.as_uri(), str(tmp_path / "shallow"))
    outcome = archlint("diff", "HEAD~1", cwd=tmp_path / "shallow")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "in this shallow clone; fetch it" in outcome.err
    assert archlint("diff", "HEAD", cwd=tmp_path / "shallow").code == 0


def test_a_base_whose_parting_was_cut_off(archlint, world, tmp_path):
    clone = tmp_path / "shallow"
    world.git("clone", "-q", "--depth=1", "--no-single-branch", world.root.as_uri(), str(clone))
    outcome = archlint("diff", "origin/main", cwd=clone)
    assert outcome.code == 0
    assert "this shallow clone ends before it" in outcome.err


def test_a_detached_worktree(archlint, world, tmp_path):
    world.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"), "v2")
    outcome = archlint("check", "--diff", "main", cwd=tmp_path / "tree")
    assert outcome.code == 1
    assert "2 new, 1 fixed" in outcome.out


def test_a_configuration_of_the_base_with_an_error(archlint, world):
    world.commit({"archlint.toml": "rootz = 1\n"}, tag="bad")
    world.commit({"archlint.toml": CONFIG})
    outcome = archlint("diff", "bad", cwd=world.root)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert outcome.err.startswith("archlint: error: in bad (")
    assert "archlint.toml:1: unknown option `rootz`" in outcome.err


def test_a_tach_configuration_in_both_states(archlint, tmp_path):
    world = new_world(tmp_path / "tach")
    config = 'source_roots = ["."]\n\n[[modules]]\npath = "shop.web"\ndepends_on = ["shop.db"]\n\n[[modules]]\npath = "shop.db"\ndepends_on = []\n'
    world.commit(
        {"tach.toml": config, "shop/__init__.py": "", "shop/web.py": "import shop.db\n", "shop/db.py": ""},
        tag="v1",
    )
    world.commit({"shop/db.py": "import shop.web\n"})
    outcome = archlint("check", "--diff", "v1", cwd=world.root)
    assert (outcome.code, "shop.db imports shop.web" in outcome.out) == (1, True)
