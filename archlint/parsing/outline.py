"""The outline reader: one pass over the C parser's tree finds all that facts need.

Import statements are only located here; LibCST reads their text (``clauses``).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Literal

from archlint.parsing.expressions import ExpressionReader, all_arguments
from archlint.parsing.skeleton import (
    BRANCH,
    FUNCTION_BODY,
    TYPE_CHECKING_BODY,
    Placed,
    Scope,
    Skeleton,
    Span,
    first_line,
)
from archlint.parsing.worklist import Pending

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.parsing.decode import Source


class Columns:
    """Turns the C parser's offsets (bytes, from 0) into columns (characters, from 1)."""

    __slots__ = ("_lines", "ascii")

    def __init__(self, source: Source, lines: list[str]) -> None:
        self.ascii = source.ascii
        self._lines = lines

    def at(self, line: int, offset: int) -> int:
        """Return the column of the byte *offset* in *line*."""
        if self.ascii:
            return offset + 1
        return len(self._lines[line - 1].encode()[:offset].decode(errors="replace")) + 1

    def span(self, node: Any) -> Span:
        """Return the span of a node."""
        return Span(
            node.lineno,
            self.at(node.lineno, node.col_offset),
            node.end_lineno,
            self.at(node.end_lineno, node.end_col_offset),
        )


class OutlineReader:
    """Fills a skeleton from a tree. Deep trees are no matter: nothing here recurses."""

    __slots__ = ("blocks", "columns", "expressions", "kinds", "located", "plain", "scope", "skeleton")

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.skeleton = Skeleton()
        self.expressions = ExpressionReader(self.skeleton)
        self.blocks: list[tuple[list[Any], int, Scope]] = []
        self.scope = self.skeleton.root
        self.kinds = 0
        self.plain: list[Any] = []
        self.located: list[Any] = []

    def read(self, tree: ast.Module) -> Skeleton:
        """Return what *tree* holds; the located import nodes are in ``located``, in the same order."""
        self.blocks.append((tree.body, 0, self.skeleton.root))
        while self.blocks:
            body, self.kinds, self.scope = self.blocks.pop()
            self.plain = []
            self._statements(body)
            if self.at_top:
                self._assigned()
            self.expressions.read(Pending(self.plain, self.scope))
            self.expressions.run()
        _top_level(tree.body, self.skeleton)
        return self.skeleton

    def _statements(self, body: list[Any]) -> None:
        plain = self.plain.append
        for statement in body:
            handler = _COMPOUND.get(type(statement))
            if handler is None:
                plain(statement)
            else:
                handler(self, statement)

    @property
    def at_top(self) -> bool:
        """Whether the present block binds names of the module when it runs."""
        return self.scope is self.skeleton.root and not self.kinds & TYPE_CHECKING_BODY

    def _assigned(self) -> None:
        for node in self.plain:
            if type(node) is ast.Assign:
                self.assign(node.targets, node.value)

    def assign(self, targets: list[Any], value: Any) -> None:
        """Note the assignment of a dotted name to names."""
        base = value
        while type(base) is ast.Attribute:
            base = base.value
        if type(base) is ast.Name:
            names = (target.id for target in targets if type(target) is ast.Name)
            self.skeleton.assigned += ((name, value) for name in names)

    def enter(self, body: list[Any], kinds: int = 0) -> None:
        """Leave a block of the present scope for later."""
        if body:
            self.blocks.append((body, self.kinds | kinds, self.scope))

    def aside(self, nodes: list[Any], scope: Scope, *, annotation: bool = False) -> None:
        """Leave expressions for later whose decisions radon does not count."""
        if nodes:
            self.expressions.pending.append(Pending(nodes, scope, annotation=annotation, counted=False))

    def define(self, node: Any, kind: Literal["class", "function"]) -> Scope:
        """Record a class or function and return its scope, its decorators read in the present one."""
        bases = _names(getattr(node, "bases", ()))
        decorators = _names(node.decorator_list)
        scope = self.skeleton.define(
            kind, node.name, self.scope, self.columns.span(node), bases=bases, decorators=decorators
        )
        scope.node = node
        self.aside(list(node.decorator_list), self.scope)
        self.aside(list(getattr(node, "type_params", ())), scope)
        self.blocks.append((node.body, self.kinds | (FUNCTION_BODY if kind == "function" else 0), scope))
        return scope


def dotted(node: Any) -> str | None:
    """Return the dotted name that *node* is, calls and subscripts stripped; None for anything else."""
    parts: list[str] = []
    while True:
        kind = type(node)
        if kind is ast.Attribute:
            parts.append(node.attr)
            node = node.value
        elif kind is ast.Call:
            node = node.func
        elif kind is ast.Subscript:
            node = node.value
        else:
            break
    if kind is not ast.Name:
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def chain(node: Any) -> tuple[str, Any]:
    """Return a read name with its attributes as written, and the node of the name itself."""
    parts = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    parts.append(node.id)
    return ".".join(reversed(parts)), node


def _names(nodes: Any) -> tuple[str, ...]:
    return tuple(name for name in map(dotted, nodes) if name is not None)


def _class(reader: OutlineReader, node: Any) -> None:
    reader.define(node, "class")
    reader.aside([*node.bases, *node.keywords], reader.scope)


def _function(reader: OutlineReader, node: Any) -> None:
    scope = reader.define(node, "function")
    arguments = all_arguments(node.args)
    scope.bound.update([arg.arg for arg in arguments])
    annotations = [arg.annotation for arg in arguments if arg.annotation is not None]
    if node.returns is not None:
        annotations.append(node.returns)
    reader.aside(annotations, reader.scope, annotation=True)
    defaults = [default for default in node.args.kw_defaults if default is not None]
    reader.aside(node.args.defaults + defaults, reader.scope)


def _if(reader: OutlineReader, node: Any) -> None:
    reader.scope.decisions += 1
    reader.plain.append(node.test)
    reader.enter(node.body, TYPE_CHECKING_BODY if _is_type_checking(node.test) else BRANCH)
    reader.enter(node.orelse, BRANCH)


def _is_type_checking(test: Any) -> bool:
    """Tell ``TYPE_CHECKING`` and ``name.TYPE_CHECKING``, as grimp does; nothing else counts."""
    if type(test) is ast.Attribute:
        return test.attr == "TYPE_CHECKING" and type(test.value) is ast.Name
    return type(test) is ast.Name and test.id == "TYPE_CHECKING"


def _loop(reader: OutlineReader, node: Any) -> None:
    reader.scope.decisions += 1 + bool(node.orelse)
    reader.plain += (node.test,) if type(node) is ast.While else (node.target, node.iter)
    reader.enter(node.body)
    reader.enter(node.orelse)


def _try(reader: OutlineReader, node: Any) -> None:
    reader.scope.decisions += len(node.handlers) + bool(node.orelse)
    _try_star(reader, node)


def _try_star(reader: OutlineReader, node: Any) -> None:
    """Read a ``try``; radon counts nothing for ``except*``."""
    for handler in node.handlers:
        if handler.type is not None:
            reader.plain.append(handler.type)
        if handler.name is not None:
            reader.scope.bound.add(handler.name)
        reader.enter(handler.body, BRANCH)
    for body in (node.body, node.orelse, node.finalbody):
        reader.enter(body, BRANCH)


def _with(reader: OutlineReader, node: Any) -> None:
    reader.plain += node.items
    reader.enter(node.body)


def _match(reader: OutlineReader, node: Any) -> None:
    """Count the cases less one for a wildcard, as radon does: any pattern whose ``pattern`` is None."""
    wildcard = any(getattr(case.pattern, "pattern", False) is None for case in node.cases)
    reader.scope.decisions += max(0, len(node.cases) - wildcard)
    reader.plain.append(node.subject)
    for case in node.cases:
        reader.plain.append(case.pattern)
        if case.guard is not None:
            reader.plain.append(case.guard)
        reader.enter(case.body)


def _assert(reader: OutlineReader, node: Any) -> None:
    reader.scope.decisions += 1
    reader.aside([node.test] if node.msg is None else [node.test, node.msg], reader.scope)


def _annotated(reader: OutlineReader, node: Any) -> None:
    reader.plain.append(node.target)
    if node.value is not None:
        reader.plain.append(node.value)
        if reader.at_top:
            reader.assign([node.target], node.value)
    reader.expressions.pending.append(Pending([node.annotation], reader.scope, annotation=True))


def _outer(reader: OutlineReader, node: Any) -> None:
    reader.scope.outer.update(node.names)


def _import(reader: OutlineReader, node: Any) -> None:
    columns = reader.columns
    places = tuple((alias.lineno, columns.at(alias.lineno, alias.col_offset)) for alias in node.names)
    reader.skeleton.imports.append(Placed(columns.span(node), reader.kinds, reader.scope, places))
    reader.located.append(node)


_COMPOUND: dict[type, Callable[[OutlineReader, Any], None]] = {
    ast.ClassDef: _class,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.If: _if,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _loop,
    ast.Try: _try,
    ast.TryStar: _try_star,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Match: _match,
    ast.Assert: _assert,
    ast.AnnAssign: _annotated,
    ast.Global: _outer,
    ast.Nonlocal: _outer,
    ast.Import: _import,
    ast.ImportFrom: _import,
}


def _top_level(body: list[Any], skeleton: Skeleton) -> None:
    """Read the docstring and ``__all__``."""
    first = body[0] if body else None
    if type(first) is ast.Expr and type(first.value) is ast.Constant and type(first.value.value) is str:
        skeleton.doc = first_line(first.value.value)
    for statement in body:
        if type(statement) in _ASSIGNMENTS and _assigns_all(statement):
            skeleton.assign_all(_literal(statement.value), added=type(statement) is ast.AugAssign)


_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)


def _assigns_all(statement: Any) -> bool:
    targets = statement.targets if type(statement) is ast.Assign else [statement.target]
    return any(type(target) is ast.Name and target.id == "__all__" for target in targets)


def _literal(value: Any) -> tuple[str, ...] | None:
    if type(value) not in {ast.List, ast.Tuple}:
        return None
    names = [item.value if type(item) is ast.Constant else None for item in value.elts]
    found = tuple(name for name in names if isinstance(name, str))
    return found if len(found) == len(names) else None
