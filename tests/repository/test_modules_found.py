"""Which modules are found below a root, and what is left out on the way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archlint.errors import ArchlintError, NothingToAnalyse
from archlint.repository.discovery import discover

if TYPE_CHECKING:
    from archlint.model import Module


def modules_of(root: str, **options: object) -> dict[str, Module]:
    return {module.name: module for module in discover(root, **options).modules}


def test_names_paths_and_kinds(tree):
    found = modules_of(
        tree(
            "shop/__init__.py shop/__init__.pyi shop/db.py shop/db.pyi shop/only.pyi shop/fast.pyi "
            "shop/fast.cpython-311-x86_64-linux-gnu.so shop/plain.so shop/slow.py shop/slow.abi3.so "
            "shop/ns/x.py shop/data/readme.txt shop/libz.so.1 shop/libq-3.2.so shop/build/__init__.py"
        )
    )
    assert {name: (m.path, m.package, m.kind, m.stub) for name, m in found.items()} == {
        "shop": ("shop/__init__.py", True, "source", "shop/__init__.pyi"),
        "shop.build": ("shop/build/__init__.py", True, "source", None),
        "shop.db": ("shop/db.py", False, "source", "shop/db.pyi"),
        "shop.fast": ("shop/fast.cpython-311-x86_64-linux-gnu.so", False, "extension", "shop/fast.pyi"),
        "shop.ns": (None, True, "namespace", None),
        "shop.ns.x": ("shop/ns/x.py", False, "source", None),
        "shop.only": ("shop/only.pyi", False, "stub", None),
        "shop.plain": ("shop/plain.so", False, "extension", None),
        "shop.slow": ("shop/slow.py", False, "source", None),
    }


def test_cython_is_a_compiled_module_before_it_is_built(tree):
    root = tree(
        "shop/__init__.py shop/svm.pyx shop/tree.pyx.tp shop/algos.pyx.in shop/svm.pxd shop/both.py shop/both.pyx "
        "shop/built.pyx shop/built.abi3.so tools/x.pyx"
    )
    found = modules_of(root)
    assert {name: (m.path, m.kind) for name, m in found.items()} == {
        "shop": ("shop/__init__.py", "source"),
        "shop.algos": ("shop/algos.pyx.in", "extension"),
        "shop.both": ("shop/both.py", "source"),
        "shop.built": ("shop/built.abi3.so", "extension"),
        "shop.svm": ("shop/svm.pyx", "extension"),
        "shop.tree": ("shop/tree.pyx.tp", "extension"),
    }


def test_the_package_wins_over_the_module_and_it_is_said(tree):
    layout = discover(tree("shop/__init__.py shop/db.py shop/db/__init__.py"))
    assert [module.path for module in layout.modules] == ["shop/__init__.py", "shop/db/__init__.py"]
    assert layout.notes == ("shop/db.py not analysed: Python prefers the package of the same name",)


def test_names_that_no_import_can_say_are_counted_once(tree):
    layout = discover(
        tree("shop/__init__.py shop/a.b.py shop/c-d/x.py shop/migrations/0001_initial.py shop/.#x.py")
    )
    assert [module.name for module in layout.modules] == [
        "shop",
        "shop.migrations",
        "shop.migrations.0001_initial",
    ]
    assert layout.notes == ("shop/a.b.py and 1 more not analysed: no import can name it",)


def test_a_file_beside_several_roots_is_counted_once(tree):
    root = tree(
        {
            "a.py": "",
            "b.py": "",
            "c.py": "",
            "x y 1.0.py": "",
            "d/k.py": "import l",
            "d/l.py": "",
            "d/v2.0.py": "",
        }
    )
    assert discover(root).notes == ("d/v2.0.py and 1 more not analysed: no import can name it",)


TESTS = {
    "by file name": ("django/a_test.py django/test_b.py django/conftest.py", "a_test conftest test_b"),
    "by directory": ("django/tests/test_a.py django/tests/helpers.py", "tests tests.helpers tests.test_a"),
    "below it": (
        "django/tests/unit/test_a.py django/tests/h.py",
        "tests tests.h tests.unit tests.unit.test_a",
    ),
    "by the folder's name, called otherwise": (
        "django/tests/base_tests.py django/tests/h.py",
        "tests tests.base_tests tests.h",
    ),
    "of an app": ("django/shop/models.py django/shop/tests.py", "shop.tests"),
    "not of an app": ("django/shop/tests.py django/shop/filters.py", ""),
    "production by the name of test": ("django/test/client.py django/test/utils.py django/latest.py", ""),
}


def test_a_library_with_more_tests_than_code_is_none(tree):
    tests = " ".join(f"pandas/tests/io/test_{number}.py" for number in range(40))
    found = modules_of(tree(f"pandas/__init__.py pandas/core.py pandas/io.py {tests}"))
    assert [name for name, module in found.items() if not module.test] == [
        "pandas",
        "pandas.core",
        "pandas.io",
    ]


@pytest.mark.parametrize(("drawing", "expected"), TESTS.values(), ids=TESTS)
def test_tests_are_what_pytest_collects(tree, drawing, expected):
    found = modules_of(tree("django/__init__.py django/a.py django/b.py django/c.py django/d.py " + drawing))
    assert " ".join(m.name.removeprefix("django.") for m in found.values() if m.test) == expected


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (["shop/vendored"], "shop shop.a shop.a.migrations shop.a.migrations.x"),
        (["**/migrations"], "shop shop.a shop.vendored shop.vendored.y"),
        (["shop/*/migrations", "./shop/vendored/"], "shop shop.a"),
        (["shop/**/m*", "shop/**/y.py"], "shop shop.a"),
    ],
)
def test_exclude(tree, exclude, left):
    root = tree("shop/__init__.py shop/a/__init__.py shop/a/migrations/x.py shop/vendored/y.py")
    assert " ".join(modules_of(root, exclude=exclude)) == left


def test_gitignored_files_are_left_out(tree):
    root = Path(
        tree(
            {
                "shop/__init__.py": "",
                "shop/gen.py": "",
                "out/x/__init__.py": "",
                ".gitignore": "gen.py\nout/\n",
            }
        )
    )
    subprocess.run(["git", "init", "-q", root], check=True)
    layout = discover(str(root))
    assert [module.name for module in layout.modules] == ["shop"]
    assert ".gitignore" in layout.ignore_files
    assert set(modules_of(str(root), respect_gitignore=False)) == {"shop", "shop.gen", "out", "out.x"}
    assert set(modules_of(str(root / "out"))) == {"x"}, "an ignored root is wanted all the same"


def test_links(tree, tmp_path):
    root = Path(tree("shop/__init__.py shop/a.py"))
    outside = tmp_path / "secret.py"
    outside.write_text("")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "e.py").write_text("")
    (root / "shop" / "stolen.py").symlink_to(outside)
    (root / "shop" / "dangling.py").symlink_to(root / "gone.py")
    (root / "shop" / "same.py").symlink_to(root / "shop" / "a.py")
    (root / "shop" / "loop").symlink_to(root / "shop", target_is_directory=True)
    (root / "shop" / "out").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (root / "shop" / "cache").symlink_to(root / ".hidden", target_is_directory=True)
    (root / ".hidden").mkdir()
    (root / ".hidden" / "h.py").write_text("")
    assert set(modules_of(str(root))) == {
        "shop",
        "shop.a",
        "shop.same",
        "shop.dangling",
        "shop.cache",
        "shop.cache.h",
    }


def test_a_name_that_is_not_utf8_survives(tree):
    root = tree("shop/__init__.py")
    Path(root, "shop", "c\udcff.py").touch()
    assert modules_of(root)["shop.c\udcff"].path == "shop/c\udcff.py"


def test_a_directory_that_cannot_be_listed_is_a_failure(tree, monkeypatch):
    root = tree("shop/__init__.py shop/locked/x.py")
    real = os.scandir

    def scandir(path):
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ((path, failure),) = discover(root).failures
    assert (path, failure.code, failure.reason) == (
        "shop/locked",
        "ARC902",
        "directory not listed: permission denied",
    )


def test_the_order_of_the_listing_changes_nothing(tree, monkeypatch):
    root = tree("b/__init__.py a/__init__.py a/z.py a/y/__init__.py m.py setup.py tests/test_a.py x-y/c.py")
    expected = discover(root)
    real = os.scandir

    class Backwards:
        def __init__(self, path):
            with real(path) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(os, "scandir", Backwards)
    assert discover(root) == expected


def test_only_one_package_of_an_installation_is_walked(tree):
    layout = discover(tree("requests/__init__.py other/__init__.py"), only=["requests"])
    assert layout.roots == ("requests",)
    assert layout.directories == ("", "requests")


@pytest.mark.parametrize("pattern", ["", "/shop", "../x", "./"])
def test_an_exclude_outside_the_project_is_refused(tree, pattern):
    with pytest.raises(ArchlintError, match="inside the project"):
        discover(tree("shop/__init__.py"), exclude=[pattern])


def test_a_bottomless_directory_ends_the_search_and_not_the_run(tree):
    root = tree("d/" * 150 + "x.py")
    with pytest.raises(NothingToAnalyse, match="nested too deeply"):
        discover(root)
    assert "x" in modules_of(tree("x.py"))
