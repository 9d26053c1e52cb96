"""What the name of a file makes it to Python."""

from __future__ import annotations

from typing import Literal

Kind = Literal["source", "stub", "extension"]
BINARY = (".so", ".pyd")
# What Cython compiles, and the templates of it: all there is of a compiled module in a checkout that nobody
# has built.
CYTHON = (".pyx", ".pyx.in", ".pyx.tp")
_TAGS = ("cpython-", "abi3", "cp3", "pypy", "graalpy")


def file_kind(name: str) -> Kind | None:
    """Return what a file of this name is to Python, None if nothing that can be imported."""
    if name.startswith("."):
        return None
    if name.endswith(".py"):
        return "source"
    if name.endswith(".pyi"):
        return "stub"
    return "extension" if name.endswith(BINARY) and _is_tagged(name) else None


def _is_tagged(name: str) -> bool:
    """``x.so`` and ``x.cpython-311-….so`` are modules; ``libx.so.1.so`` and the like are libraries."""
    tag = name.rpartition(".")[0].partition(".")[2]
    return not tag or tag.startswith(_TAGS)


def module_stem(name: str) -> str | None:
    """Return the last component of the module in a file of this name; None if no import can say it.

    As for grimp, ``0001_initial`` is a name: ``importlib`` imports such modules (Django's migrations).
    """
    stem = name.partition(".")[0] if name.endswith((*BINARY, *CYTHON)) else name.rpartition(".")[0]
    return stem if stem and "." not in stem else None
