"""Manifests and code together, on a disk: which manifest decides, and what makes a remembered run run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import write_tree

from archlint import analyse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import Outcome

FLASK = '[project]\nname = "shop"\ndependencies = ["flask"]\n'
USES = {"shop/__init__.py": "", "shop/web.py": "import flask\nimport yaml\n"}
BOTH = ("ARC503", "ARC504")


def found(root: Path) -> list[str]:
    analysis = analyse(root, select=list(BOTH))
    assert analysis.errors == ()
    return [f"{each.path}:{each.line} {each.message}" for each in analysis.findings]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({**USES, "pyproject.toml": FLASK}, ["shop/web.py:2 shop.web imports yaml, which pyproject.toml does not declare"]),
        (USES, []),
        # The nearest manifest decides, for each project by itself.
        ({"a/pyproject.toml": FLASK, "a/one/__init__.py": "import flask\n",
          "b/requirements.txt": "pyyaml\n", "b/two/__init__.py": "import yaml, flask\n"},
         ["b/two/__init__.py:1 two imports flask, which b/requirements.txt does not declare"]),
        # What lies beside the code is nobody's distribution.
        ({"pyproject.toml": FLASK, "shop/__init__.py": "import flask, settings\n", "settings.py": ""}, []),
        ({"pyproject.toml": FLASK, "shop/__init__.py": "", "shop/a.py": "import flask, toolz\n",
          "shop/_vendor/__init__.py": "", "shop/_vendor/toolz.py": ""}, []),
        # A folder without an __init__ inside a package does not make that package a place where imports begin.
        ({"pyproject.toml": FLASK, "shop/__init__.py": "", "shop/plugins/p.py": "",
          "shop/flask.py": "from flask import Flask\nimport yaml\n"},
         ["shop/flask.py:2 shop.flask imports yaml, which pyproject.toml does not declare"]),
        # A string names it.
        ({"pyproject.toml": FLASK.replace("flask", "django-filter"), "shop/__init__.py": "APPS = ['django_filters']\n"}, []),
        ({"pyproject.toml": FLASK.replace("flask", "django-filter"), "shop/__init__.py": "APPS = ['django_filtersets']\n"},
         ["pyproject.toml:3 pyproject.toml declares django-filter, which nothing imports"]),
        # What cannot be known is not judged.
        ({**USES, "setup.py": "from setuptools import setup\nsetup(install_requires=read(), tests_require=['x'])\n"}, []),
    ],
)  # fmt: skip
def test_what_is_declared_where(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert found(write_tree(tmp_path, files)) == expected


def test_an_unknown_list_is_said(tmp_path: Path) -> None:
    text = "from setuptools import setup\nsetup(install_requires=read(), tests_require=['x'])\n"
    write_tree(tmp_path, {**USES, "setup.py": text})
    notes = analyse(tmp_path, select=["ARC503"]).notes
    assert [note for note in notes if "setup.py computes" in note]


def test_a_change_of_the_manifest_is_noticed_by_a_remembered_run(
    tmp_path: Path, archlint: Callable[..., Outcome]
) -> None:
    write_tree(tmp_path, {**USES, "pyproject.toml": FLASK})
    check = ("check", "--select", "ARC503")
    assert "imports yaml" in archlint(*check, cwd=tmp_path).out
    assert "imports yaml" in archlint(*check, cwd=tmp_path).out
    (tmp_path / "pyproject.toml").write_text(FLASK.replace('"flask"', '"flask", "pyyaml"'))
    assert "imports yaml" not in archlint(*check, cwd=tmp_path).out


MANY = {f"shop/m{number}.py": "" for number in range(12)} | {"shop/__init__.py": ""}


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ({"shop/m1.py": "import os\nK = os.environ['K']\n"}, ["Only shop.m1 may read the environment"]),
        ({"shop/m1.py": "import subprocess\nsubprocess.run('x')\n", "shop/m2.py": "import subprocess\nsubprocess.run('x')\n"},
         ["Only shop.m1 and shop.m2 may start programs"]),
        ({f"shop/m{number}.py": "import socket\ns = socket.socket()\n" for number in range(3)}, []),
        ({f"shop/net/{name}.py": "import socket\ns = socket.socket()\n" for name in ("a", "b", "c")} | {"shop/net/__init__.py": ""},
         ["Only shop.net may speak to the network"]),
        ({"shop/test_a.py": "import socket\ns = socket.socket()\n"}, []),
    ],
)  # fmt: skip
def test_init_keeps_what_few_modules_can_do_to_those(
    tmp_path: Path, archlint: Callable[..., Outcome], files: dict[str, str], names: list[str]
) -> None:
    layered = {"shop/api/__init__.py": "import shop.low\n", "shop/low/__init__.py": ""}
    write_tree(tmp_path, {**MANY, **layered, **files})
    made = archlint("init", cwd=tmp_path)
    assert made.code == 0, made.err
    text = (tmp_path / "archlint.toml").read_text()
    assert [
        line.partition('"')[2].rstrip('"') for line in text.splitlines() if line.startswith('name = "Only')
    ] == names
    assert archlint("check", cwd=tmp_path).code == 0
    assert archlint("audit", cwd=tmp_path).code == 0
