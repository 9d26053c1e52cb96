"""Where the configurations of import-linter and tach lie."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from archlint.repository.globs import excluder
from archlint.repository.paths import join
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DOMAIN_FILE = "tach.domain.toml"
_LARGEST = 1 << 20
_INI = re.compile(rb"^\[importlinter\]", re.MULTILINE)
_DEEPEST = 60
_MANIFESTS = ("pyproject.toml", "setup.py", "requirements.txt")


def _table(name: bytes) -> re.Pattern[bytes]:
    return re.compile(
        rb'^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*["\']?' + name + rb'["\']?[ \t]*[.\]]', re.MULTILINE
    )


# In import-linter's and tach's own order of precedence; the first file that has it counts.
_SIGNS: dict[str, tuple[tuple[str, re.Pattern[bytes] | None], ...]] = {
    "import-linter": (
        ("setup.cfg", _INI),
        (".importlinter", _INI),
        ("pyproject.toml", _table(b"importlinter")),
    ),
    "tach": (("tach.toml", None), ("pyproject.toml", _table(b"tach"))),
}


def foreign_in(directory: str) -> dict[str, str]:
    """Return the configuration file of each other tool that has one in *directory*, by the tool's name.

    A search for the bytes decides; whoever reads the file parses it and says what is wrong with it.
    """
    found: dict[str, str] = {}
    for tool, candidates in _SIGNS.items():
        for name, sign in candidates:
            path = os.path.join(directory, name)
            if os.path.isfile(path) and (sign is None or _holds(path, sign)):
                found[tool] = path
                break
    return found


def _holds(path: str, sign: re.Pattern[bytes]) -> bool:
    try:
        return sign.search(read(path, _LARGEST)) is not None
    except Unreadable:
        return False


def domain_files(root: str, sources: Sequence[str], exclude: Sequence[str]) -> list[tuple[str, str]]:
    """Return the tach.domain.toml files below *root*, each with the dotted name of its directory.

    Paths are relative to *root*; *sources* are the source roots, of which the innermost spells the name.
    Files in none of them, or in what *exclude* matches, are left out.
    """
    is_source = excluder([source for source in sources if source.strip("./")])
    everywhere = any(not source.strip("./") for source in sources)
    found: list[tuple[str, str]] = []
    for path, source in _directories(root, excluder(exclude), is_source, everywhere=everywhere):
        if source is not None and os.path.isfile(os.path.join(root, path, DOMAIN_FILE)):
            inner = path[len(source) :].strip("/") if source else path
            found.append((join(path, DOMAIN_FILE), inner.replace("/", ".")))
    return sorted(found)


def packages_of(root: str, sources: Sequence[str]) -> dict[str, str]:
    """Return for each source root, a directory or a glob below *root*, the distribution that it is of.

    As tach sees it: the nearest directory at or above the source root that has a pyproject.toml, setup.py
    or requirements.txt. Paths are relative to *root*, "" being the root.
    """
    is_source = excluder([source for source in sources if source.strip("./")])
    found = [
        path for path, source in _directories(root, _nothing, is_source, everywhere=False) if source == path
    ]
    if any(not source.strip("./") for source in sources):
        found.append("")
    return {path: _distribution(root, path) for path in found}


def _nothing(_path: str) -> bool:
    return False


def _distribution(root: str, path: str) -> str:
    while path and not any(os.path.isfile(os.path.join(root, path, name)) for name in _MANIFESTS):
        path = path.rpartition("/")[0]
    return path


def _directories(
    root: str, leave_out: Callable[[str], bool], is_source: Callable[[str], bool], *, everywhere: bool
) -> Iterator[tuple[str, str | None]]:
    """Yield directories below *root* with the source root that each lies in, None for those in none."""
    pending: list[tuple[str, str | None]] = [("", "" if everywhere else None)]
    while pending:
        path, source = pending.pop()
        if path and is_source(path):
            source = path
        yield path, source
        if path.count("/") < _DEEPEST:
            pending.extend((below, source) for below in _below(root, path) if not leave_out(below))


def _below(root: str, path: str) -> list[str]:
    try:
        with os.scandir(os.path.join(root, path)) as entries:
            return [join(path, entry.name) for entry in entries if _may_hold(entry)]
    except OSError:
        return []


def _may_hold(entry: os.DirEntry[str]) -> bool:
    return (
        not entry.name.startswith(".")
        and entry.name not in ("node_modules", "__pycache__")
        and entry.is_dir(follow_symlinks=False)
        and not os.path.isfile(os.path.join(entry.path, "pyvenv.cfg"))
    )
