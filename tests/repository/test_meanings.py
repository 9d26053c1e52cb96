"""Which module a name means, in which directory."""

from __future__ import annotations

import pytest

from archlint.repository.discovery import discover

MEANINGS = {
    "one of each name": (
        {"aa/main.py": "import utils", "aa/utils.py": "", "b.py": ""},
        {("", "utils"): "", ("aa", "utils"): "utils"},
    ),
    "scripts that call one thing alike": (
        {"aa/main.py": "import utils", "aa/utils.py": "", "bb/run.py": "import utils", "bb/utils.py": ""},
        {("", "utils"): "", ("aa", "utils"): "utils", ("bb", "utils"): "bb.utils"},
    ),
    "a folder that others import from": (
        {"common/db.py": "", "common/log.py": "", "jobs/run.py": "import db, log"},
        {},
    ),
    "a source directory by its name": ({"src/db.py": "", "src/web.py": "from db import x"}, {}),
    "services": (
        {
            "a/pyproject.toml": '[project]\nname = "a"',
            "a/src/app/__init__.py": "",
            "b/pyproject.toml": '[project]\nname = "b"',
            "b/src/app/__init__.py": "",
        },
        {("", "app"): "app", ("a", "app"): "app", ("b", "app"): "b.src.app"},
    ),
}


@pytest.mark.parametrize(("files", "expected"), MEANINGS.values(), ids=MEANINGS)
def test_what_a_name_means(tree, files, expected):
    found = {(directory, name): module for directory, name, module in discover(tree(files)).meanings}
    assert {key: found.get(key) for key in expected} == expected
    assert expected or not found


def test_an_import_means_the_module_beside_it(archlint, project):
    root = project(
        {
            "aa/main.py": "import utils",
            "aa/utils.py": "",
            "bb/run.py": "import utils",
            "bb/utils.py": "import run",
        }
    )
    outcome = archlint("check", cwd=root)
    assert "bb.utils -> run -> bb.utils" in outcome.out
    assert archlint("check", cwd=root) == outcome
