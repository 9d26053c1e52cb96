"""The neutral words that every build tool's layout is put into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Claim:
    """ "There is a package or module *name* at *path*", where a module's path lacks its suffix.

    Paths are relative to the project that claims.
    """

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Search:
    """ "Take the packages that lie in *where*", by patterns on their dotted names."""

    where: str
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """All that is claimed and searched; nothing declared is an empty one.

    ``defaults`` are claims by a tool's convention, taken only where they hold and nothing is said
    outright: alternatives, of which the first that exists counts.
    """

    claims: tuple[Claim, ...] = ()
    searches: tuple[Search, ...] = ()
    defaults: tuple[Claim, ...] = ()


def strings(value: Any) -> tuple[str, ...]:
    """Return the strings of a list or a lone string; nothing else counts."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(item for item in value if isinstance(item, str))


def tidy(path: str) -> str | None:
    """Return a manifest's path without ``./`` and trailing slashes; None if it leaves the project."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return None if ".." in parts or path.startswith("/") else "/".join(parts)


def importable(distribution: str) -> str:
    """Return the import name that build tools derive from a distribution's name."""
    return distribution.strip().replace("-", "_").replace(" ", "_")


def claim(name: str, base: str) -> Claim | None:
    """Claim dotted *name* below directory *base*, None if either is no use."""
    directory = tidy(base)
    if directory is None or not name or not all(part.isidentifier() for part in name.split(".")):
        return None
    inner = name.replace(".", "/")
    return Claim(name, f"{directory}/{inner}" if directory else inner)
