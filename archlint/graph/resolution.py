"""From what files say to which modules they import.

The rules are grimp's (its ``import_scanning``): the full name, where that is a module of the
roots; else the name less one trailing component; else it is external. Two differences, on
purpose: a relative import that climbs out of its root is a failure of that statement instead of
a crash, and a name below a root that leads to no module is unresolved instead of an edge to the
root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.model import BeyondRoot, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.facts import ImportStatement
    from archlint.model import Module


class Resolved(Struct, frozen=True):
    """One module's imports: of modules of the roots, of external packages, of nothing known."""

    internal: tuple[Import, ...] = ()
    external: tuple[Import, ...] = ()
    unresolved: tuple[Import, ...] = ()
    beyond_root: tuple[BeyondRoot, ...] = ()


class Resolver:
    """Resolves import statements against a fixed set of modules.

    *meanings* say for names that do not mean the same everywhere what an absolute import of them means: a
    directory, the name, and the module that files below the directory mean by it (empty: an external one).
    """

    def __init__(self, modules: Mapping[str, Module], meanings: Iterable[tuple[str, str, str]] = ()) -> None:
        self._modules = modules
        self._meanings: dict[str, list[tuple[str, str]]] = {}
        for directory, name, module in sorted(meanings, key=lambda each: -len(each[0])):
            self._meanings.setdefault(name, []).append((directory, module))
        self._ancestors = _proper_ancestors(modules)
        self._tops = frozenset(name for name in modules if "." not in name)

    def resolve(
        self,
        module: Module,
        statements: Iterable[ImportStatement],
        *,
        path: str | None = None,
        extra_flags: int = 0,
    ) -> Resolved:
        """Return the imports of *module* in the order of its *statements*.

        ``extra_flags`` are added to every statement (a stub's imports are type-checking ones);
        ``path`` replaces the module's own (a stub's).
        """
        internal: list[Import] = []
        external: list[Import] = []
        unresolved: list[Import] = []
        beyond: list[BeyondRoot] = []
        buckets = (internal, external, unresolved)
        place = path or module.path
        for statement in statements:
            base = base_of(module, statement)
            if base is None:
                beyond.append(_beyond_root(module, statement, place))
                continue
            flags = statement.flags | extra_flags
            for (kind, imported), found in self._targets(base, statement, place).items():
                buckets[kind].append(
                    Import(
                        module.name,
                        imported,
                        statement.line,
                        statement.column,
                        statement.end_line,
                        kind == _EXTERNAL,
                        flags,
                        tuple(name for name, _ in found if name),
                        tuple(target for _, target in found),
                        place,
                    )
                )
        return Resolved(tuple(internal), tuple(external), tuple(unresolved), tuple(beyond))

    def _targets(
        self, base: str, statement: ImportStatement, place: str | None
    ) -> dict[tuple[int, str], list[tuple[str, str]]]:
        """Group the statement's names by the module that each leads to."""
        targets: dict[tuple[int, str], list[tuple[str, str]]] = {}
        for item in statement.names:
            full = f"{base}.{item.name}" if base else item.name
            if self._meanings and not statement.level:
                kind, imported, full = self._meant(full, place or "")
            else:
                kind, imported = self.locate(full)
            taken = item.name if statement.is_from and imported != full else ""
            targets.setdefault((kind, imported), []).append((taken, full))
        return targets

    def _meant(self, name: str, place: str) -> tuple[int, str, str]:
        """Locate what *name* means in the file at *place*; return also the full name of that."""
        for start in (*reversed(tuple(_above(name))), name):
            target = next((to for where, to in self._meanings.get(start, ()) if _lies_in(place, where)), None)
            if target is None:
                continue
            if not target:
                return _EXTERNAL, name.partition(".")[0], name
            full = target + name[len(start) :]
            kind, imported = self.locate(full)
            module = self._modules.get(target)
            # A part of a namespace that is not here may be elsewhere.
            if kind == _INTERNAL or (module is not None and module.kind != "namespace"):
                return kind, imported, full
        return (*self.locate(name), name)

    def locate(self, name: str) -> tuple[int, str]:
        """Return the kind (internal, external, unresolved) of a full *name* and its module."""
        modules = self._modules
        if name in modules:
            return _INTERNAL, name
        parent, _, _ = name.rpartition(".")
        if parent in modules:
            return _INTERNAL, parent
        top, _, _ = name.partition(".")
        if top in self._tops or name in self._ancestors:
            return _UNRESOLVED, name
        if top in self._ancestors:
            return self._beside(name)
        return _EXTERNAL, top

    def _beside(self, name: str) -> tuple[int, str]:
        """Squash a name of a shared namespace to the shallowest name that clashes with no root."""
        parts = name.split(".")
        for depth in range(1, len(parts) + 1):
            candidate = ".".join(parts[:depth])
            if candidate in self._modules:
                return _UNRESOLVED, name
            if candidate not in self._ancestors:
                return _EXTERNAL, candidate
        return _UNRESOLVED, name


_INTERNAL, _EXTERNAL, _UNRESOLVED = range(3)


def _proper_ancestors(modules: Mapping[str, Module]) -> frozenset[str]:
    """Return the dotted names above the roots that are no modules themselves (``ns`` of ``ns.foo``)."""
    return frozenset(ancestor for name in modules for ancestor in _above(name) if ancestor not in modules)


def _lies_in(path: str, directory: str) -> bool:
    return not directory or path.startswith(directory + "/")


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _beyond_root(module: Module, statement: ImportStatement, path: str | None) -> BeyondRoot:
    return BeyondRoot(module.name, statement.line, statement.column, statement.level, statement.module, path)


def base_of(module: Module, statement: ImportStatement) -> str | None:
    """Return what the statement's names hang from, or None where it climbs out of the root."""
    if not statement.level:
        return statement.module
    parts = module.name.split(".")
    strip = statement.level - 1 if module.package else statement.level
    if strip >= len(parts):
        return None
    base = ".".join(parts[: len(parts) - strip])
    return f"{base}.{statement.module}" if statement.module else base
