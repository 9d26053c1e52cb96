"""What manifests declare: the packages that a project says it needs, as values."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Kind = Literal["runtime", "optional", "development"]


class Requirement(Struct, frozen=True):
    """One declared distribution.

    ``name`` is as PEP 503 compares it, ``written`` as it stands at ``line`` of the file ``path``. ``group``
    is the extra, group or file that lists it, empty for what is always installed. ``locked`` is true where a
    tool wrote the line, with all that follows from other lines. ``extras`` are those asked for with it.
    """

    name: str
    written: str
    kind: Kind
    group: str
    path: str
    line: int
    locked: bool = False
    extras: tuple[str, ...] = ()


class Declared(Struct, frozen=True):
    """What the manifests of one directory declare.

    ``name`` is the distribution that is built there, empty where none is. ``files`` are the manifests with a
    list of requirements. ``unknown`` says in a few words why the list cannot be known whole, empty where it
    can. ``modules`` are the names that distributions install, ``own`` further names of the project's own
    and ``excused`` distributions or names by the code of deptry's that they are excused from, as a table of
    deptry's in pyproject.toml says.
    """

    directory: str
    name: str
    requirements: tuple[Requirement, ...]
    files: tuple[str, ...]
    unknown: str = ""
    modules: dict[str, tuple[str, ...]] = {}
    own: tuple[str, ...] = ()
    excused: dict[str, tuple[str, ...]] = {}

    def covers(self, path: str) -> bool:
        """Tell whether the file at *path* lies in the directory."""
        return not self.directory or path.startswith(f"{self.directory}/")


class Manifest(Struct, frozen=True):
    """All manifests of a project that declare packages, the deepest directory first.

    ``local`` are top-level names that are not analysed, and yet lie in the project. ``mentioned`` are
    installable names that nothing imports and that stand in a string of the code: Django's INSTALLED_APPS
    and the like.
    """

    directories: tuple[Declared, ...]
    local: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()

    def over(self, path: str) -> Declared | None:
        """Return the manifest nearest above the file at *path*; None where there is none."""
        return next((each for each in self.directories if each.covers(path)), None)
