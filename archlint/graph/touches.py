"""Which full dotted names each module uses: what a name read in a file stands for, wherever it came from.

A name is followed through aliases, ``from`` imports and other modules of the project that pass it on, by
import or by assignment at their top (``from shop.compat import environ``, where that says ``environ =
os.environ``). What is decided only when the program runs cannot be seen: a name held in a variable of a
function, ``getattr`` with a computed name, an attribute of a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.facts import BUILT_IN, Flag, Use
from archlint.graph.resolution import base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archlint.facts import ImportStatement, ModuleFacts
    from archlint.graph.modulegraph import ModuleGraph

HOPS = 20
BUILTINS = "builtins."


class Binding(Struct, frozen=True):
    """What an import gives a name to: the full dotted *target*, in the function or class *scope*."""

    target: str
    scope: str
    line: int
    column: int


class Touch(Struct, frozen=True):
    """A use in *module* of what has the full dotted *names*: as first resolved, and further on."""

    module: str
    names: tuple[str, ...]
    line: int
    column: int


class Touches:
    """The uses of one project. *graph* decides which imports are there: a suppressed one binds nothing."""

    def __init__(self, graph: ModuleGraph, details: Mapping[str, ModuleFacts]) -> None:
        self._graph = graph
        self._details = details
        self._tops = frozenset(name.partition(".")[0] for name in graph.names)
        self._bound: dict[str, dict[str, list[Binding]]] = {}
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, module: str, wanted: Callable[[str], bool]) -> Iterator[Touch]:
        """Yield the uses in *module*, by place, of what has a top-level name that is *wanted*.

        Annotations use nothing. A ``from`` import whose name the file does not read uses it where it stands.
        """
        found = list(self._supposed(module, wanted))
        facts = self._details.get(module)
        if facts is not None:
            found += self._said(module, facts, wanted)
        yield from sorted(found, key=lambda touch: (touch.line, touch.column, touch.names))

    def _said(self, module: str, facts: ModuleFacts, wanted: Callable[[str], bool]) -> Iterator[Touch]:
        """Yield what the file's facts tell."""
        bound = {
            name: found
            for name, found in self.bindings(module).items()
            if any(self._concerns(one.target, wanted) for one in found)
        }
        free = wanted("builtins") or "*" in bound
        if bound or free:
            reader = _Reader(facts, bound)
            yield from self._uses(module, reader, free=free)
            yield from self._idle(module, reader)

    def _concerns(self, target: str, wanted: Callable[[str], bool]) -> bool:
        top = target.partition(".")[0]
        return wanted(top) or top in self._tops

    def _supposed(self, module: str, wanted: Callable[[str], bool]) -> Iterator[Touch]:
        """Yield what the graph alone tells: an import that the facts do not have stands for a use."""
        facts = self._details.get(module)
        known = {(each.line, each.column) for each in facts.imports} if facts else set()
        for row in (*self._graph.rows_of(module), *self._graph.external_rows_of(module)):
            if (row.line, row.column) not in known and not row.flags & Flag.TYPE_CHECKING:
                yield from (
                    Touch(module, self.names(target), row.line, row.column)
                    for target in row.targets
                    if self._concerns(target, wanted)
                )

    def _uses(self, module: str, reader: _Reader, *, free: bool) -> Iterator[Touch]:
        for use in reader.facts.uses:
            if use.annotation or (use.free and not free):
                continue
            names = self._free(use, reader) if use.free else reader.targets(use)
            for name in names:
                found = self.names(name)
                if found:
                    yield Touch(module, found, use.line, use.column)

    def _free(self, use: Use, reader: _Reader) -> Iterator[str]:
        """Yield what a name that nothing in the file binds may be."""
        if use.chain.partition(".")[0] in BUILT_IN:
            yield BUILTINS + use.chain
        for star in reader.bound.get("*", ()):
            yield f"{star.target}.{use.chain}"

    def _idle(self, module: str, reader: _Reader) -> Iterator[Touch]:
        """Yield imports of names that the file itself does not read."""
        for name, found in reader.bound.items():
            for one in found:
                if name != "*" and not reader.reads(name):
                    yield Touch(module, self.names(one.target), one.line, one.column)

    def bindings(self, module: str) -> dict[str, list[Binding]]:
        """Return what each name that *module* imports at run time may stand for; ``*`` for star imports."""
        if module not in self._bound:
            self._bound[module] = self._bindings(module)
        return self._bound[module]

    def _bindings(self, module: str) -> dict[str, list[Binding]]:
        facts = self._details.get(module)
        found: dict[str, list[Binding]] = {}
        rows: dict[tuple[int, int], list[str]] = {}
        for row in (*self._graph.rows_of(module), *self._graph.external_rows_of(module)):
            rows.setdefault((row.line, row.column), []).extend(row.targets)
        for statement in facts.imports if facts else ():
            there = rows.get((statement.line, statement.column))
            base = base_of(self._graph.modules[module], statement)
            if there and base is not None and not statement.flags & Flag.TYPE_CHECKING:
                for name, one in _bound(base, statement, there):
                    found.setdefault(name, []).append(one)
        return found

    def owns(self, name: str) -> bool:
        """Tell whether the dotted *name* is a module of the project, or lies in one."""
        return name.partition(".")[0] in self._tops and bool(self._split(name)[0])

    def names(self, name: str) -> tuple[str, ...]:
        """Return *name* and the names that it leads to through modules of the project, nearest first."""
        module, rest = self._split(name)
        if not module or not rest:
            return (name,)
        attribute, _, more = rest.partition(".")
        key = f"{module}:{attribute}"
        if key not in self._known:
            self._known[key] = self._followed(module, attribute)
        return tuple(f"{one}.{more}" if more else one for one in self._known[key])

    def _followed(self, module: str, attribute: str) -> tuple[str, ...]:
        found = [f"{module}.{attribute}"]
        for name in found:
            if len(found) > HOPS:
                break
            found += (each for each in self._next(name) if each not in found)
        return tuple(found)

    def _next(self, name: str) -> Iterator[str]:
        """Yield what the module that *name* is in imports under that name."""
        module, rest = self._split(name)
        attribute, _, more = rest.partition(".")
        if module and attribute:
            yield from (f"{target}.{more}" if more else target for target in self._sources(module, attribute))

    def _sources(self, module: str, attribute: str) -> list[str]:
        """Return the full names that *attribute* of *module* may have been imported by, or stand for."""
        known = self.bindings(module)
        here = [one.target for one in known.get(attribute, ()) if not one.scope]
        here += self._assigned(module, attribute)
        if here or "*" not in known or self._defines(module, attribute):
            return here
        return [f"{star.target}.{attribute}" for star in known["*"]]

    def _assigned(self, module: str, attribute: str) -> Iterator[str]:
        """Yield what *module* assigns to *attribute* at its top, as the imports there have it."""
        facts = self._details.get(module)
        if facts is None:
            return
        for one in facts.assigned:
            if one.name == attribute and one.chain != attribute:
                use = Use(one.chain, one.line, 1, free=one.free)
                reader = _Reader(facts, self.bindings(module))
                yield from self._free(use, reader) if use.free else reader.targets(use)

    def _defines(self, module: str, attribute: str) -> bool:
        facts = self._details.get(module)
        return facts is not None and any(one.name == attribute for one in facts.definitions)

    def _split(self, name: str) -> tuple[str, str]:
        """Split *name* into the longest module of the project and the rest; no module for other names."""
        index, module, rest = self._graph.index, name, ""
        while module not in index:
            module, _, last = module.rpartition(".")
            if not module:
                return "", name
            rest = f"{last}.{rest}" if rest else last
        return module, rest


class _Reader:
    """One file: its facts, what its imports bind, and which of those names it reads."""

    def __init__(self, facts: ModuleFacts, bound: dict[str, list[Binding]]) -> None:
        self.facts = facts
        self.bound = bound
        self.read = {use.chain.partition(".")[0] for use in facts.uses if not use.free}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        if any(one.scope for found in bound.values() for one in found):
            for each in facts.definitions:
                self._spans.setdefault(each.name, []).append((each.line, each.end_line))

    def reads(self, name: str) -> bool:
        """Tell whether the file reads *name*; ``a.b.`` stands for the module of ``import a.b``."""
        if not name.endswith("."):
            return name in self.read
        return any(f"{use.chain}.".startswith(name) for use in self.facts.uses)

    def targets(self, use: Use) -> Iterator[str]:
        """Yield what *use* may stand for: by the imports of the innermost scope around it that has any."""
        head, _, rest = use.chain.partition(".")
        known = self.bound.get(head, [])
        for target in (
            sorted(self._nearest(known, use.line)) if len(known) > 1 else [one.target for one in known]
        ):
            yield f"{target}.{rest}" if rest else target

    def _nearest(self, known: list[Binding], line: int) -> set[str]:
        near = [one for one in known if not one.scope or self._is_in(line, one.scope)]
        if not near:  # A function may import what it declares global.
            return {one.target for one in known}
        depth = max(_depth(one.scope) for one in near)
        return {one.target for one in near if _depth(one.scope) == depth}

    def _is_in(self, line: int, scope: str) -> bool:
        return any(first <= line <= last for first, last in self._spans.get(scope, ()))


def _depth(scope: str) -> int:
    return scope.count(".") + 1 if scope else 0


def _bound(base: str, statement: ImportStatement, there: list[str]) -> Iterator[tuple[str, Binding]]:
    """Yield each name that *statement* binds of the full names *there*; ``*`` with what it is taken from.

    An import that a comment or an ignore takes away leaves the others of its statement where they are.
    """
    place = (statement.scope, statement.line, statement.column)
    full = [f"{base}.{item.name}" if base else item.name for item in statement.names]
    for item, name in zip(statement.names, full, strict=True):
        before = _before(name, there, full)
        if before is None:
            continue
        if item.name == "*":
            yield "*", Binding(before + base, *place)
        elif statement.is_from or item.alias:
            yield item.alias or item.name, Binding(before + name, *place)
        else:
            top = name.partition(".")[0]
            yield top, Binding(before + top, *place)
            if top != name:
                # No name has this key: where nothing below the submodule is read, the import uses it.
                yield f"{name}.", Binding(before + name, *place)


def _before(name: str, there: list[str], written: list[str]) -> str | None:
    """Return what stands before *name* in the full name that is meant by it; None where it is not *there*.

    Where several modules share a name, it may mean one that is called by its path.
    """
    if name in there:
        return ""
    meant = (each for each in there if each not in written and each.endswith(f".{name}"))
    return next((each.removesuffix(name) for each in meant), None)
