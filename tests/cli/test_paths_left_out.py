"""PATHS of which nothing is analysed: it is said, and fails where nobody left them out on purpose."""

from __future__ import annotations

import pytest

FILES = {
    "pyproject.toml": '[build-system]\nbuild-backend = "x"\n[project]\nname = "shop"\n[tool.archlint]\nexclude = ["shop/old.py"]\n',
    "shop/__init__.py": "",
    "shop/db.py": "",
    "shop/old.py": "",
    "tests/test_db.py": "",
    "scripts/deploy.py": "",
    "docs/conf.py": "",
    "docs/index.md": "",
    "README.md": "",
}
TAKEN = "`roots` or `source-roots` takes them in"


@pytest.mark.parametrize(
    ("paths", "code", "said"),
    [
        ("shop", 0, ""),
        (".", 0, ""),
        ("shop/db.py", 0, ""),
        ("scripts", 2, "error: scripts: nothing in it is analysed, since it is in none of the roots"),
        ("scripts/deploy.py", 2, "error: scripts/deploy.py: nothing in it is analysed, since it"),
        ("docs", 2, "error: docs: nothing in it is analysed, since it"),
        ("scripts shop", 0, "note: scripts: nothing in it is analysed, since it"),
        ("scripts tests", 2, "error: tests: nothing in it is analysed, since these are tests"),
        ("tests", 0, "note: tests: nothing in it is analysed, since these are tests"),
        ("tests/test_db.py", 0, "note: tests/test_db.py: nothing in it is analysed, since these are tests"),
        ("shop/old.py", 0, "note: shop/old.py: nothing in it is analysed, since it is excluded"),
        ("README.md", 0, "note: README.md: nothing in it is analysed, since it is excluded"),
        ("docs/index.md", 0, "note: docs/index.md: nothing in it is analysed, since it is excluded"),
    ],
)
def test_paths_of_which_nothing_is_analysed(archlint, project, paths, code, said):
    root = project(FILES)
    outcome = archlint("check", *paths.split(), cwd=root)
    assert (outcome.code, bool(outcome.err)) == (code, bool(said))
    assert said in outcome.err
    assert archlint("check", *paths.split(), cwd=root) == outcome


def test_a_change_may_touch_what_is_not_analysed(archlint, project):
    outcome = archlint("check", "--only-touching", "scripts/deploy.py", cwd=project(FILES))
    assert (outcome.code, outcome.err) == (0, "")


def test_of_a_directory_only_some_is_analysed(archlint, project):
    root = project(
        {f"libs/a/{path}": text for path, text in FILES.items() if path.endswith(".py")}
        | {
            "libs/a/pyproject.toml": '[build-system]\nbuild-backend = "x"\n[project]\nname = "shop"\n',
            "pyproject.toml": "[tool.archlint]",
        }
    )
    outcome = archlint("check", "libs/a", cwd=root)
    assert outcome.code == 0
    assert outcome.err == (
        "archlint: note: libs/a: 2 of its Python files not analysed; `archlint config` lists them\n"
    )


def test_config_lists_what_is_left_out(archlint, project):
    shown = archlint("config", cwd=project(FILES)).out
    assert (
        "Left out       docs (1, aside)\n               scripts (1, aside)\n               tests (1, tests)\n"
    ) in shown


def test_scripts_left_out_beside_scripts_are_told(archlint, project):
    outcome = archlint(
        "check", cwd=project({"a.py": "", "tools/x.py": "", "tools/y.py": "", "docs/conf.py": ""})
    )
    assert (outcome.code, outcome.err) == (
        0,
        f"archlint: note: 2 Python files that no analysed one imports left out: tools (2); {TAKEN}\n",
    )
    named = archlint("check", "--roots", "a", cwd=project({"a.py": "", "tools/x.py": ""}))
    assert named.err == ""


def test_notebooks_are_counted_in_the_head_of_the_report(archlint, project):
    root = project({"a.py": "", "x.ipynb": "{}", "nb/y.ipynb": "{}", ".ipynb_checkpoints/z.ipynb": "{}"})
    assert "0 imports among them, 2 notebooks not read" in " ".join(archlint("report", cwd=root).out.split())


def test_a_module_beside_a_directory_of_its_name_is_told(archlint, project):
    outcome = archlint("check", cwd=project({"a.py": "", "game.py": "", "game/b.py": ""}))
    assert outcome.err == (
        f"archlint: note: 1 Python file that no analysed one imports left out: game.py; {TAKEN}\n"
    )
