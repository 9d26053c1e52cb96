"""``check --only-touching``: the paths of a change filter what is shown, never what is read."""

from __future__ import annotations

import pytest

CONFIG = """\
[[contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.db"]
"""
FILES = {
    "archlint.toml": CONFIG,
    "shop/__init__.py": "",
    "shop/web.py": "import shop.db\n",
    "shop/db.py": "from shop import tools\n",
    "shop/tools.py": "from shop import web\n",
    "docs/conf.py": "",
}


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        pytest.param([], 1, id="no path: everything is shown"),
        pytest.param(["shop/db.py"], 1, id="where the chain begins"),
        pytest.param(["shop/tools.py"], 1, id="in the middle of the chain"),
        pytest.param(["shop/__init__.py", "docs/conf.py"], 0, id="beside it"),
        pytest.param(["archlint.toml"], 1, id="the configuration: it touches everything"),
        pytest.param(["shop"], 1, id="a directory"),
        pytest.param(["shop/gone.py"], 0, id="a file that is gone"),
        pytest.param(["shop/gone.py", "shop/db.py"], 1, id="a file that is gone, and the chain"),
        pytest.param(["../elsewhere.py"], 0, id="outside the project"),
        pytest.param(["../elsewhere.py", "shop/db.py"], 1, id="outside, and the chain"),
    ],
)
def test_findings_are_those_that_touch_the_paths(archlint, project, paths, code):
    root = project(FILES)
    first = archlint("check", "--only-touching", *paths, cwd=root)
    assert (first.code, "ARC101" in first.out, first.err) == (code, bool(code), "")
    assert archlint("check", "--only-touching", *paths, cwd=root) == first


def test_the_paths_do_not_decide_which_project_is_read(archlint, project):
    root = project({**FILES, "docs/archlint.toml": "", "docs/a.py": "import docs.b\n"})
    shown = archlint("check", "--only-touching", "docs/a.py", "--format", "json", cwd=root)
    assert '"name": "Layers"' in shown.out


def test_a_project_below_the_working_directory(archlint, project):
    root = project({f"backend/{path}": text for path, text in FILES.items()})
    arguments = ("check", "--only-touching", "--project", "backend")
    assert archlint(*arguments, "backend/shop/db.py", cwd=root).code == 1
    assert archlint(*arguments, "frontend/db.py", cwd=root).code == 0


def test_without_the_option_a_path_that_is_gone_is_an_error(archlint, project):
    outcome = archlint("check", "shop/gone.py", cwd=project(FILES))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "archlint: error: shop/gone.py: no such file or directory; check the PATHS given\n"
