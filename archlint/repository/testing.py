"""What pytest would collect, by its default file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archlint.repository.walk import Tree

TEST_FOLDERS = frozenset({"test", "tests"})
# Above this share of test files, a tree without a telling name is one of tests (celery's ``t/``). Code
# with a test beside each file stays below it.
_MOSTLY = 0.6
# What ``manage.py startapp`` puts beside ``tests.py``.
_OF_AN_APP = frozenset({"admin.py", "apps.py", "models.py"})
# How users of unittest end the names of their files: proof in a folder of tests, and nowhere else.
_IN_TESTS = "tests.py"


def is_test_file(name: str) -> bool:
    """Tell whether pytest takes the file of this name for tests or their configuration."""
    if not name.endswith(".py"):
        return False
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"


def is_tests_of_app(name: str, beside: Collection[str]) -> bool:
    """Tell whether the file of this name holds the tests of a Django app, as the files beside it say."""
    return name == "tests.py" and not _OF_AN_APP.isdisjoint(beside)


def has_tests(tree: Tree, path: str) -> bool:
    """Tell whether there is a test file at or below *path*: without one, its name alone proves nothing."""
    return any(
        is_test_file(name) or name.endswith(_IN_TESTS) for folder in tree.below(path) for name in folder.files
    )


def is_mostly_tests(tree: Tree, path: str) -> bool:
    """Tell whether most of the Python files at or below *path* are tests.

    Folders of tests in it prove nothing as long as there is other code: a library that brings along more
    tests than code is none.
    """
    below = list(tree.below(path))
    beside = [each for each in below if TEST_FOLDERS.isdisjoint(each.path.removeprefix(path).split("/"))]
    tests, total = _counted(name for folder in beside for name in folder.files)
    if not total:
        tests, total = _counted(name for folder in below for name in folder.files)
    return tests > total * _MOSTLY


def _counted(names: Iterable[str]) -> tuple[int, int]:
    tests = total = 0
    for name in names:
        if name.endswith(".py") and name != "__init__.py":
            total += 1
            tests += is_test_file(name)
    return tests, total
