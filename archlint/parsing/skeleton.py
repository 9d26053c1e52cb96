"""What both readers fill: scopes, imports in their circumstances, definitions, names read.

A reader says what it found and where; what that means is decided once, in ``facts``.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from archlint.facts import Definition

# The kinds of block around a statement, as bits; all other blocks (with, for, class …) add none.
FUNCTION_BODY = 1
TYPE_CHECKING_BODY = 2
BRANCH = 4

ScopeKind = Literal["module", "class", "function", "expression"]


class Clause(NamedTuple):
    """What one import statement says: LibCST's reading of its text."""

    is_from: bool
    lazy: bool
    level: int
    module: str
    names: tuple[tuple[str, str | None], ...]


class Span(NamedTuple):
    """Lines and columns from 1, columns in characters; the end column is the one after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


class Placed(NamedTuple):
    """An import statement's place: span, blocks around it, scope, and the position of each name."""

    span: Span
    kinds: int
    scope: Scope
    places: tuple[tuple[int, int], ...]


class Scope:
    """A module, class, function, or a comprehension or lambda, with the names that it binds."""

    __slots__ = (
        "bound",
        "column",
        "decisions",
        "end_line",
        "imported",
        "kind",
        "line",
        "name",
        "node",
        "outer",
        "owner",
        "parent",
        "qualified",
        "reads",
    )

    def __init__(self, kind: ScopeKind, name: str = "", parent: Scope | None = None) -> None:
        self.kind = kind
        self.name = name
        self.parent = parent
        prefix = parent.qualified if parent else ""
        self.qualified: str = prefix if not name else f"{prefix}.{name}" if prefix else name
        # Decisions and definitions inside a lambda or comprehension belong to what is around it.
        self.owner: Scope = parent.owner if parent and kind == "expression" else self
        self.bound: set[str] = set()
        self.imported: set[str] = set()
        self.outer: set[str] = set()
        self.reads: list[tuple[str, Any, bool, Any]] = []
        self.decisions = 0
        self.line = self.column = self.end_line = 0
        self.node: Any = None


class Skeleton:
    """Everything that a reader found in one file."""

    __slots__ = ("assigned", "definitions", "doc", "exports", "functions", "imports", "root", "scopes")

    def __init__(self) -> None:
        self.root = Scope("module")
        self.scopes: list[Scope] = [self.root]
        self.imports: list[Placed] = []
        self.definitions: list[Definition] = []
        self.functions: list[Scope] = []
        # Names assigned at the top of the module, each with a reader's node of a dotted name.
        self.assigned: list[tuple[str, Any]] = []
        self.exports: tuple[str, ...] | None = None
        self.doc = ""

    def assign_all(self, names: tuple[str, ...] | None, *, added: bool) -> None:
        """Enter an assignment to ``__all__``: of *names*, None for anything but literal ones."""
        if not added:
            self.exports = names
        elif self.exports is not None:
            self.exports = None if names is None else self.exports + names

    def open(self, kind: ScopeKind, name: str, parent: Scope) -> Scope:
        """Return a new scope inside *parent*."""
        scope = Scope(kind, name, parent)
        self.scopes.append(scope)
        return scope

    def define(
        self,
        kind: Literal["class", "function"],
        name: str,
        around: Scope,
        span: Span,
        *,
        bases: tuple[str, ...],
        decorators: tuple[str, ...],
    ) -> Scope:
        """Record a class or function inside *around*. Returns its scope."""
        scope = self.open(kind, name, around)
        around.bound.add(name)
        scope.line, scope.column, scope.end_line, _ = span
        exact = kind if kind == "class" else _FUNCTION_KINDS[around.kind]
        self.definitions.append(
            Definition(exact, scope.qualified, scope.line, scope.column, scope.end_line, bases, decorators)
        )
        if kind == "function":
            self.functions.append(scope)
        return scope


_FUNCTION_KINDS: dict[ScopeKind, Literal["function", "method", "closure"]] = {
    "module": "function",
    "class": "method",
    "function": "closure",
    "expression": "closure",
}


def first_line(docstring: str) -> str:
    """Return the first line of a docstring that says something, at most 120 characters."""
    return docstring.strip().partition("\n")[0].strip()[:120]
