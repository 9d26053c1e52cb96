"""What pytest would collect, by its default file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.repository.walk import Tree

TEST_FOLDERS = frozenset({"test", "tests"})
# Above this share of test files, a tree without a telling name is one of tests (celery's ``t/``). Code
# with a test beside each file stays below it.
_MOSTLY = 0.6


def is_test_file(name: str) -> bool:
    """Tell whether pytest takes the file of this name for tests or their configuration."""
    if not name.endswith(".py"):
        return False
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"


def has_tests(tree: Tree, path: str) -> bool:
    """Tell whether there is a test file at or below *path*: without one, its name alone proves nothing."""
    return any(is_test_file(name) for folder in tree.below(path) for name in folder.files)


def is_mostly_tests(tree: Tree, path: str) -> bool:
    """Tell whether most of the Python files at or below *path* are tests."""
    tests, total = _counted(name for folder in tree.below(path) for name in folder.files)
    return tests > total * _MOSTLY


def _counted(names: Iterable[str]) -> tuple[int, int]:
    tests = total = 0
    for name in names:
        if name.endswith(".py") and name != "__init__.py":
            total += 1
            tests += is_test_file(name)
    return tests, total
