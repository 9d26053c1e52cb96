"""What of a project lies on the disk and is not analysed: modules beside the code, names in its strings."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def local_names(root: str, directories: Iterable[str], names: Collection[str]) -> frozenset[str]:
    """Return those of the top-level *names* that a file or package in one of *directories* has."""
    found = set()
    for directory in directories:
        try:
            listed = frozenset(os.listdir(os.path.join(root, directory)))
        except OSError:
            continue
        found |= {name for name in names if f"{name}.py" in listed}
        found |= {name for name in names if name in listed and _is_package(root, directory, name)}
    return frozenset(found)


def _is_package(root: str, directory: str, name: str) -> bool:
    return os.path.isfile(os.path.join(root, directory, name, "__init__.py"))


def mentioned(root: str, paths: Iterable[str], names: Collection[str], largest: int) -> frozenset[str]:
    """Return those of the dotted *names* that begin a string, or stand behind a ``+``, in the files.

    So are applications, middleware, back ends and database drivers named in settings.
    """
    wanted = {name.encode(): name for name in names}
    longest = sorted(wanted, key=len, reverse=True)
    pattern = re.compile(rb"[\"'+](" + b"|".join(map(re.escape, longest)) + rb")[\"'.:]")
    found: set[str] = set()
    for path in paths:
        try:
            text = read(os.path.join(root, path), largest)
        except Unreadable:
            continue
        found |= {wanted[each] for each in pattern.findall(text)}
        if len(found) == len(wanted):
            break
    return frozenset(found)
