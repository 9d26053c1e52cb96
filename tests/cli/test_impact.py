"""``archlint impact`` on a history in which every answer is known."""

from __future__ import annotations

import json
import os

import pytest
from gitworld import new_world

CONFIG = """\
roots = ["shop"]

[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.orders", "shop.db"]
"""
SHOP = {
    "archlint.toml": CONFIG,
    "src/shop/__init__.py": "",
    "src/shop/web.py": "def page():\n    from shop import orders\n",
    "src/shop/orders.py": "import requests\nfrom shop.db import tables\n",
    "src/shop/db/__init__.py": "from shop.db import tables\n",
    "src/shop/db/tables.py": "import json\n",
    "src/shop/types.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.db import tables\n",
    "src/shop/old.py": "",
    "src/shop/late.py": "from shop import old\nimport shop.old\n",
    "tests/conftest.py": "import helpers\n",
    "tests/helpers.py": "",
    "tests/test_web.py": "import shop.web\n",
    "tests/unit/conftest.py": "",
    "tests/unit/test_db.py": "from shop.db.tables import x\n",
    "tests/unit/test_late.py": "import shop.late\n",
    "tests/unit/test_alone.py": "",
    "scripts/load.py": "import shop.db\n",
    "src/shop/page.html": "",
}
ALL_TESTS = [
    "tests/test_web.py",
    "tests/unit/test_alone.py",
    "tests/unit/test_db.py",
    "tests/unit/test_late.py",
]


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Return a repository on branch ``feature``, which has left ``main`` and changed nothing."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = new_world(tmp_path / "work")
    made.commit(SHOP, tag="v1")
    made.git("checkout", "-q", "-b", "feature")
    return made


@pytest.fixture
def ask(archlint, world):
    """Return a function that asks with ``--format json`` and returns the document."""

    def asked(*arguments, cwd=world.root):
        outcome = archlint("impact", *arguments, "--format", "json", cwd=cwd)
        assert outcome.code == 0, outcome.err
        return json.loads(outcome.out)

    return asked


@pytest.fixture
def tests_of(archlint, world):
    """Return a function that asks with ``--tests`` and returns the paths."""

    def asked(*arguments, cwd=world.root):
        outcome = archlint("impact", *arguments, "--tests", cwd=cwd)
        assert outcome.code == 0, outcome.err
        return outcome.lines

    return asked


def names(rows):
    return [row["name"] for row in rows]


def test_the_whole_answer(ask):
    found = ask("shop.db.tables")
    assert found["schema"] == "archlint-impact/1"
    assert found["changed"] == [
        {"name": "shop.db.tables", "path": "src/shop/db/tables.py", "status": "named", "still_imported": []}
    ]
    assert found["summary"] == {
        "changed": 1,
        "other_modules": 7,
        "reached": 3,
        "reached_by_imports": 3,
        "share": 0.4286,
        "tests": 2,
        "test_files": 4,
        "beside": 1,
        "not_followed": 0,
        "outside": 0,
    }
    assert [(row["name"], row["distance"], row["importers"]) for row in found["modules"]] == [
        ("shop.orders", 1, 1),
        ("shop.db", 1, 0),
        ("shop.web", 2, 0),
    ]
    assert found["modules"][2]["chain"] == [
        {
            "importer": "shop.web",
            "imported": "shop.orders",
            "how": "import",
            "path": "src/shop/web.py",
            "line": 2,
        },
        {
            "importer": "shop.orders",
            "imported": "shop.db.tables",
            "how": "import",
            "path": "src/shop/orders.py",
            "line": 2,
        },
    ]
    assert found["groups"] == [
        {
            "by": "layer",
            "contract": "Layers",
            "rows": [
                {"name": "shop.web", "modules": 1, "reached": 1, "changed": 0},
                {"name": "shop.orders", "modules": 1, "reached": 1, "changed": 0},
                {"name": "shop.db", "modules": 2, "reached": 1, "changed": 1},
                {"name": "(in no layer)", "modules": 4, "reached": 0, "changed": 0},
            ],
        }
    ]
    assert [(row["path"], row["distance"]) for row in found["tests"]] == [
        ("tests/unit/test_db.py", 1),
        ("tests/test_web.py", 3),
    ]
    assert names(found["beside"]) == ["scripts/load.py"]


@pytest.mark.parametrize(
    ("words", "reached"),
    [
        (["shop.db"], ["shop.orders", "shop.web"]),  # A package stands for all below it.
        (["shop.db.*"], ["shop.orders", "shop.db", "shop.web"]),
        (["shop.orders", "shop.late"], ["shop.web"]),
        (["src/shop/db/tables.py"], ["shop.orders", "shop.db", "shop.web"]),
        (["src/shop/db"], ["shop.orders", "shop.web"]),
        # The package alone: whoever imports from it runs it, and what is in it comes after it.
        (["src/shop/db/__init__.py"], ["shop.orders", "shop.db.tables", "shop.web"]),
        (["src/shop/db/__init__.py", "--imports-only"], []),
        (["requests"], ["shop.orders", "shop.web"]),
        (["shop.db.tables", "--kinds", "eager"], ["shop.orders", "shop.db"]),
        (["shop.db.tables", "--kinds", "eager,type-checking"], ["shop.orders", "shop.db", "shop.types"]),
        (["scripts/load.py"], []),
    ],
)
def test_what_the_words_mean(ask, words, reached):
    assert sorted(names(ask(*words)["modules"])) == sorted(reached)


def test_paths_are_those_of_the_working_directory(ask, tests_of, world):
    below = world.root / "src" / "shop"
    assert names(ask("db/tables.py", cwd=below)["modules"]) == ["shop.orders", "shop.db", "shop.web"]
    assert tests_of("orders.py", cwd=below) == ["../../tests/test_web.py"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"src/shop/db/tables.py": "x = 1\n"}, ["tests/unit/test_db.py", "tests/test_web.py"]),
        ({"tests/unit/test_alone.py": "x = 1\n"}, ["tests/unit/test_alone.py"]),
        ({"tests/unit/test_new.py": "x = 1\n"}, ["tests/unit/test_new.py"]),
        ({"tests/unit/test_alone.py": None}, []),
        # A conftest.py stands above the tests below it, and so does what it imports.
        ({"tests/unit/conftest.py": "x = 1\n"}, ALL_TESTS[1:]),
        ({"tests/unit/conftest.py": None}, ALL_TESTS[1:]),
        ({"tests/helpers.py": "x = 1\n"}, ALL_TESTS),
        ({"tests/helpers.py": None}, ALL_TESTS),
        ({"src/shop/page.html": "x"}, []),
        ({"src/shop/old.py": None}, ["tests/unit/test_late.py"]),
        ({"src/shop/old.py": None, "src/shop/old/__init__.py": ""}, ["tests/unit/test_late.py"]),
        ({"src/shop/types.py": "x = 1\n"}, []),
        ({"src/shop/web.pyi": "x: int\n"}, []),
        # Whoever runs the tests of shop.db runs this first.
        (
            {"src/shop/__init__.py": "x = 1\n"},
            ["tests/test_web.py", "tests/unit/test_db.py", "tests/unit/test_late.py"],
        ),
    ],
)
def test_the_tests_of_a_change(tests_of, world, changes, expected):
    world.write(changes)
    assert sorted(tests_of("--since", "main")) == sorted(expected)


@pytest.mark.parametrize("how", ["commit", "add"])
def test_it_does_not_matter_how_far_a_change_has_come(ask, world, how):
    changes = {"src/shop/new.py": "", "src/shop/old.py": None, "src/shop/web.py": "x = 1\n"}
    world.write(changes)
    before = ask("--since", "main")
    if how == "commit":
        world.commit()
    else:
        world.git("add", "-A")
    assert ask("--since", "main") == before
    assert [(row["name"], row["status"]) for row in before["changed"]] == [
        ("shop.old", "gone"),
        ("shop.new", "new"),
        ("shop.web", "changed"),
    ]


def test_nothing_has_changed(archlint, world):
    outcome = archlint("impact", "--since", "main", cwd=world.root)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.lines[0].endswith(": no Python file changed")
    outcome = archlint("impact", "--since", "main", "--tests", cwd=world.root)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "archlint: note: no import leads from a test file to this\n"


def test_a_tree_that_was_merely_touched_has_not_changed(tests_of, world):
    for path in SHOP:
        os.utime(world.root / path, (1, 1))
    (world.root / "src/shop/orders.py").write_bytes(SHOP["src/shop/orders.py"].replace("\n", "\r\n").encode())
    assert tests_of("--since", "main") == []


def test_since_is_where_the_branch_left(ask, world):
    world.commit({"src/shop/orders.py": "x = 2\n"})
    world.git("checkout", "-q", "main")
    world.commit({"src/shop/web.py": "x = 3\n"})
    world.git("checkout", "-q", "feature")
    assert names(ask("--since", "main")["changed"]) == ["shop.orders"]


def test_who_asks_for_what_is_gone(ask, archlint, world):
    world.git("mv", "src/shop/old.py", "src/shop/older.py")
    found = ask("--since", "main")
    assert [(row["name"], row["status"]) for row in found["changed"]] == [
        ("shop.old", "gone"),
        ("shop.older", "new"),
    ]
    asking = [
        (step["importer"], step["path"], step["line"]) for step in found["changed"][0]["still_imported"]
    ]
    assert asking == [("shop.late", "src/shop/late.py", 1)]
    assert names(found["modules"]) == ["shop.late"]
    text = archlint("impact", "--since", "main", cwd=world.root).out
    assert "gone     shop.old, still imported by shop.late (src/shop/late.py:1)\n" in text


def test_what_is_not_followed_is_said(ask, archlint, world):
    world.commit(
        {
            "src/shop/page.html": "x",
            "pyproject.toml": "",
            "src/shop/web.pyi": "",
            "build/x.py": "",
            ".hidden/y.py": "",
        }
    )
    assert ask("--since", "main", "--exclude", "build")["not_followed"] == [
        {"path": ".hidden/y.py", "why": "left out"},
        {"path": "build/x.py", "why": "left out"},
        {"path": "pyproject.toml", "why": "not Python"},
        {"path": "src/shop/page.html", "why": "not Python"},
        {"path": "src/shop/web.pyi", "why": "type stub"},
    ]
    assert names(ask("--since", "main", "--kinds", "type-checking")["changed"]) == ["shop.web"]
    outcome = archlint("impact", "--since", "main", "--tests", cwd=world.root)
    assert "5 changed files not followed (.hidden/y.py, build/x.py, pyproject.toml, ...)" in outcome.err


def test_a_project_below_the_top_of_its_repository(ask, world):
    world.commit({"lib/archlint.toml": 'roots = ["util"]\n', "lib/util/__init__.py": "", "lib/util/a.py": ""})
    world.git("tag", "v2")
    world.write({"lib/util/a.py": "import os\n", "src/shop/web.py": "", "lib/test_a.py": "import util.a\n"})
    found = ask("--since", "v2", cwd=world.root / "lib")
    assert [row["path"] for row in found["changed"]] == ["test_a.py", "util/a.py"]
    assert found["summary"]["outside"] == 1


def test_tests_of_two_projects_with_the_same_names(tests_of, world):
    both = {
        "archlint.toml": "",
        **{f"{one}/tests/{name}": "" for one in "ab" for name in ("__init__.py", "conftest.py")},
        **{f"{one}/tests/help.py": "" for one in "ab"},
        **{f"{one}/tests/test_{one}.py": "from tests.help import x\n" for one in "ab"},
        **{f"{one}/tests/sub-dir/test_odd.py": "from help import x\n" for one in "ab"},
        "a/tests/test_near.py": "from .help import x\n",
    }
    world.commit(both)
    # No directory that pytest puts on its path holds the `help` of a/tests/sub-dir, but a nearby one might.
    assert sorted(tests_of("a/tests/help.py")) == [
        "a/tests/sub-dir/test_odd.py",
        "a/tests/test_a.py",
        "a/tests/test_near.py",
    ]
    assert sorted(tests_of("b/tests/conftest.py")) == ["b/tests/sub-dir/test_odd.py", "b/tests/test_b.py"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"pytest.ini": "[pytest]\npython_files = check_*.py tests.py\n"},
            ["src/shop/tests.py", "tests/check_it.py"],
        ),
        (
            {"pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests/unit"]\n'},
            ["tests/unit/test_db.py"],
        ),
        ({"setup.cfg": "[tool:pytest]\ntestpaths = ./tests/unit/\n"}, ["tests/unit/test_db.py"]),
        ({"tox.ini": "[pytest]\npython_files = check_[a-z]*.py\n"}, ["tests/check_it.py"]),
        ({"pyproject.toml": "[tool.pytest.ini_options\n"}, ["tests/test_web.py", "tests/unit/test_db.py"]),
    ],
)
def test_what_pytest_collects_is_what_its_settings_say(tests_of, world, files, expected):
    world.commit(
        {**files, "src/shop/tests.py": "import shop.db.tables\n", "tests/check_it.py": "import shop.web\n"}
    )
    assert sorted(tests_of("shop.db.tables")) == expected


def test_names_that_would_mislead_a_shell_or_pytest(archlint, world):
    odd = ["test_a b.py", "test_a\nb.py", "test_\x1b[1m.py", "test_a::b.py", "test_[x].py"]
    world.write(dict.fromkeys([*odd, "-test_x_test.py"], "import shop.web\n"))
    outcome = archlint("impact", "shop.web", "--tests", cwd=world.root)
    assert outcome.lines == ["./-test_x_test.py", "tests/test_web.py"]
    assert (
        "5 test files left out for the name (test_\\x1b[1m.py, test_[x].py, test_a\\x0ab.py, ...)"
        in outcome.err
    )
    outcome = archlint("impact", "shop.web", "--tests", "-0", cwd=world.root)
    assert outcome.out.split("\0") == [
        "./-test_x_test.py",
        "test_a\nb.py",
        "test_a b.py",
        "tests/test_web.py",
        "",
    ]
    shown = archlint("impact", "shop.web", cwd=world.root).out
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a\nb\x1b[1m"], "there is no module `a\\x0ab\\x1b[1m` in this project"),
        (["a*\nb"], "'a*\\x0ab': a wildcard stands for a whole component"),
        (["a\n/b.py"], "there is no file a\\x0a/b.py in this project"),
        (["shop.dbb"], "there is no module `shop.dbb` in this project; did you mean `shop.db`?"),
        (["tables"], "there is no module `tables` in this project; did you mean `shop.db.tables`?"),
        (["tables.py"], "there is no file tables.py in this project; did you mean `src/shop/db/tables.py`?"),
        (["src/shop/page.html"], "src/shop/page.html is no Python file of this project that archlint sees"),
        (["shop.*.none"], "no module of this project matches `shop.*.none`"),
        (["shop.x*"], "'shop.x*': a wildcard stands for a whole component"),
        (
            ["--since", "nowhere"],
            "`nowhere` names no commit; `git branch --all` and `git tag` list what there is",
        ),
        (["--since", "-x"], "`-x` names no commit"),
        (["--since", "a\nb"], "`a\\x0ab` names no commit"),
        (["--since", ""], "`` names no commit"),
        ([], "name modules, or give --since REF; one of the two"),
        (["shop.db", "--since", "main"], "name modules, or give --since REF; one of the two"),
        (["shop.db", "--tests", "--format", "json"], "--tests prints paths alone"),
        (["shop.db", "-0"], "-0 goes with --tests"),
        (["shop.db", "--kinds", "eagre"], "did you mean"),
    ],
)
def test_one_clear_line_for_what_cannot_be(archlint, world, arguments, said):
    outcome = archlint("impact", *arguments, cwd=world.root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert outcome.err.count("error:") == 1


def test_what_cannot_be_parsed_is_said(archlint, world):
    world.write({"tests/test_web.py": "import shop.web\ndef f(:\n"})
    outcome = archlint("impact", "shop.web", "--tests", cwd=world.root)
    assert (outcome.code, outcome.out) == (0, "")
    assert (
        "imports are not known of 1 file that could not be read or parsed: tests/test_web.py" in outcome.err
    )


def test_no_repository(archlint, project):
    outcome = archlint("impact", "--since", "main", cwd=project({"shop/__init__.py": ""}))
    assert outcome.code == 2
    assert "is in no git repository" in outcome.err


def test_a_shallow_clone(archlint, world, tmp_path):
    world.commit({"src/shop/web.py": "x = 1\n"})
    world.commit({"src/shop/web.py": "x = 2\n"})
    clone = tmp_path / "clone"
    world.git("clone", "-q", "--depth", "1", world.root.as_uri(), str(clone))
    outcome = archlint("impact", "--since", "main", cwd=clone)
    assert outcome.code == 2
    assert "`main` names no commit in this shallow clone; fetch it" in outcome.err
    (clone / "src/shop/web.py").write_text("")
    outcome = archlint("impact", "--since", "HEAD", cwd=clone)
    assert outcome.code == 0
    assert "note: what usually changes along is not known: this is a shallow clone" in outcome.err


def test_what_usually_changes_along(ask, archlint, world):
    for number in range(6):
        along = {"src/shop/web.py": f"import shop.orders  # {number}\n", "tests/test_web.py": f"# {number}\n"}
        world.commit({"src/shop/orders.py": f"x = {number}\n", **(along if number else {})})
    world.write({"src/shop/orders.py": "", "tests/test_web.py": "import os\n"})
    partner = {
        "path": "src/shop/orders.py",
        "other": "src/shop/web.py",
        "together": 6,
        "commits": 7,
        "reached": True,
    }
    assert partner in ask("--since", "HEAD")["partners"]
    assert "tests/test_web.py" not in {row["other"] for row in ask("--since", "HEAD")["partners"]}
    text = archlint("impact", "shop.orders", cwd=world.root).out
    assert "Usually changes along\n" in text
    assert (
        "tests/test_web.py: in 6 of 7 commits that changed src/shop/orders.py; no import leads from it"
        in text
    )


def test_a_whole_package_is_gone(ask, tmp_path, monkeypatch):
    world = new_world(tmp_path / "other")
    files = {"lib/__init__.py": "", "lib/x.py": ""}
    world.commit(
        {"shop/__init__.py": "", "shop/a.py": "import lib.x\n", "shop/b.py": "import shop.a\n", **files}
    )
    world.write(dict.fromkeys(files))
    found = ask("--since", "main", cwd=world.root)
    assert [(row["name"], len(row["still_imported"])) for row in found["changed"]] == [
        ("lib/__init__.py", 1),
        ("lib/x.py", 1),
    ]
    assert names(found["modules"]) == ["shop.a", "shop.b"]


def test_no_program_that_the_repository_names_is_run(tests_of, world, tmp_path):
    world.commit({".gitattributes": ""})
    mark = tmp_path / "mark"
    for key in ("filter.x.clean", "filter.x.process", "core.fsmonitor", "diff.external", "diff.x.textconv"):
        world.git("config", key, f"touch {mark}; false")
    world.git("config", "filter.x.required", "true")
    world.write({".gitattributes": "* filter=x diff=x\n", "src/shop/web.py": "y = 1\n"})
    os.utime(world.root / "src/shop/orders.py")
    assert tests_of("--since", "main") == ["tests/test_web.py"]
    assert not mark.exists()
    world.git("add", "src/shop/web.py", check=False)
    assert mark.exists()  # So git would have run it.


@pytest.mark.parametrize("format_", ["terminal", "markdown", "json"])
def test_a_run_says_the_same_again(archlint, world, format_):
    world.write({"src/shop/web.py": "", "src/shop/old.py": None})
    cold = archlint("impact", "--since", "main", "--format", format_, "--chains", cwd=world.root)
    warm = archlint("impact", "--since", "main", "--format", format_, "--chains", cwd=world.root)
    bare = archlint(
        "impact", "--since", "main", "--format", format_, "--chains", "--no-cache", cwd=world.root
    )
    assert cold.code == 0
    assert cold == warm == bare
    assert str(world.root) not in cold.out
