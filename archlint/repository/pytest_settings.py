"""Which files pytest collects, by the project's own settings."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.repository.globs import matches_name
from archlint.repository.manifests import ini_sections, toml_table
from archlint.repository.paths import lies_in
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFTEST = "conftest.py"
_LARGEST = 1 << 20
_CHOICE = re.compile(r"\[[^\]]*\]")
# The first that has a section of pytest's decides, in this order (docs.pytest.org, "rootdir").
_INI = (("pytest.ini", "pytest"), (".pytest.ini", "pytest"))
_INI_LATER = (("tox.ini", "pytest"), ("setup.cfg", "tool:pytest"))


class Collection(Struct, frozen=True):
    """The patterns of test files, and the directories or files that are searched (none: everywhere)."""

    files: tuple[str, ...] = ("test_*.py", "*_test.py")
    paths: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Tell whether pytest, run without arguments, takes the file at relative *path* for tests."""
        name = path.rpartition("/")[2]
        if name == CONFTEST or not name.endswith(".py"):
            return False
        if self.paths and not any(lies_in(path, above) for above in self.paths):
            return False
        return any(_is_match(path, name, pattern) for pattern in self.files)


def pytest_collection(root: str) -> Collection:
    """Return what the settings in directory *root* say; one that cannot be read counts as absent."""
    for table in (_of_ini(root, _INI), _of_pyproject(root), _of_ini(root, _INI_LATER)):
        if table is not None:
            return _made(table)
    return Collection()


def _is_match(path: str, name: str, pattern: str) -> bool:
    pattern = _CHOICE.sub("?", pattern)
    return matches_name(path if "/" in pattern else name, pattern)


def _made(table: Mapping[str, Any]) -> Collection:
    files, paths = _words(table.get("python_files")), _words(table.get("testpaths"))
    # A pattern may stand for directories; where that is so, everything counts.
    plain = tuple(path.removeprefix("./").rstrip("/") for path in paths)
    is_plain = not any("*" in path or "?" in path or "[" in path or path in ("", ".") for path in plain)
    return Collection(files or Collection().files, plain if is_plain else ())


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return ()
    try:
        return tuple(shlex.split(value))
    except ValueError:
        return tuple(value.split())


def _of_ini(root: str, names: tuple[tuple[str, str], ...]) -> Mapping[str, Any] | None:
    for name, section in names:
        text = _text(root, name)
        if text is not None and (found := ini_sections(text).get(section)) is not None:
            return found
    return None


def _of_pyproject(root: str) -> Mapping[str, Any] | None:
    text = _text(root, "pyproject.toml")
    if text is None or b"pytest" not in text:
        return None
    tools = toml_table(text).get("tool")
    table = tools.get("pytest") if isinstance(tools, dict) else None
    if not isinstance(table, dict):
        return None
    inner = table.get("ini_options")
    return inner if isinstance(inner, dict) else table


def _text(root: str, name: str) -> bytes | None:
    try:
        return read(os.path.join(root, name), _LARGEST)
    except Unreadable:
        return None
