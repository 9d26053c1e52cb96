"""The whole reader: the same skeleton from LibCST's tree, for files that the C parser refuses.

It knows every grammar from 3.0 on, whichever Python runs it. Like the outline reader it keeps a
worklist; only LibCST itself recurses, so ``shallow`` is asked first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from archlint.parsing.clauses import clause, identifier
from archlint.parsing.skeleton import (
    BRANCH,
    FUNCTION_BODY,
    TYPE_CHECKING_BODY,
    Clause,
    Placed,
    Scope,
    Skeleton,
    Span,
    first_line,
)
from archlint.parsing.whole_expressions import WholeExpressions, dotted, parameters
from archlint.parsing.worklist import Pending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from libcst.metadata import CodeRange


class WholeReader:
    """Fills a skeleton from a LibCST module."""

    __slots__ = ("blocks", "clauses", "expressions", "kinds", "plain", "positions", "scope", "skeleton")

    def __init__(self) -> None:
        self.skeleton = Skeleton()
        self.expressions = WholeExpressions(self.skeleton)
        self.blocks: list[tuple[Iterable[Any], int, Scope]] = []
        self.scope = self.skeleton.root
        self.kinds = 0
        self.plain: list[Any] = []
        self.clauses: list[Clause] = []
        self.positions: Mapping[Any, CodeRange] = {}

    def read(self, text: str) -> Skeleton:
        """Return what *text* holds; ``clauses`` has what its imports say, in the same order.

        Raises ``libcst.ParserSyntaxError``.
        """
        wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
        self.positions = wrapper.resolve(PositionProvider)
        body = wrapper.module.body
        self.blocks.append((body, 0, self.skeleton.root))
        while self.blocks:
            statements, self.kinds, self.scope = self.blocks.pop()
            self.plain = []
            self._statements(statements)
            if self.at_top:
                self._assigned()
            self.expressions.read(Pending(self.plain, self.scope))
            self.expressions.run()
        _top_level(body, self.skeleton)
        return self.skeleton

    def _statements(self, statements: Iterable[Any]) -> None:
        for statement in statements:
            if isinstance(statement, cst.SimpleStatementLine):
                self._statements(statement.body)
                continue
            handler = _STATEMENTS.get(type(statement))
            if handler is None:
                self.plain.append(statement)
            else:
                handler(self, statement)

    @property
    def at_top(self) -> bool:
        """Whether the present block binds names of the module when it runs."""
        return self.scope is self.skeleton.root and not self.kinds & TYPE_CHECKING_BODY

    def _assigned(self) -> None:
        for node in self.plain:
            if isinstance(node, cst.Assign):
                self.assign([each.target for each in node.targets], node.value)

    def assign(self, targets: Iterable[Any], value: Any) -> None:
        """Note the assignment of a dotted name to names."""
        if dotted(value)[1] is not None:
            names = (identifier(target.value) for target in targets if isinstance(target, cst.Name))
            self.skeleton.assigned += ((name, value) for name in names)

    def enter(self, suite: Any, kinds: int = 0) -> None:
        """Leave a block of the present scope, if it is there, for later."""
        if suite is not None:
            self.blocks.append((suite.body, self.kinds | kinds, self.scope))

    def aside(self, nodes: Iterable[Any], scope: Scope, *, annotation: bool = False) -> None:
        """Leave expressions for later whose decisions radon does not count."""
        present = [node for node in nodes if isinstance(node, cst.CSTNode)]
        if present:
            self.expressions.pending.append(Pending(present, scope, annotation=annotation, counted=False))

    def span(self, node: Any) -> Span:
        """Return the span of a node."""
        place = self.positions[node]
        return Span(place.start.line, place.start.column + 1, place.end.line, place.end.column + 1)

    def describe(self, node: Any, anchor: Any) -> tuple[str, int, int]:
        """Return a read name as written and its place."""
        said, name = dotted(node)
        span = self.span(name if anchor is None else anchor)
        return said, span.line, span.column


def _definition(reader: WholeReader, node: Any, bases: tuple[str, ...]) -> Scope:
    decorators = _names(decorator.decorator for decorator in node.decorators)
    kind: Literal["class", "function"] = "class" if isinstance(node, cst.ClassDef) else "function"
    name = identifier(node.name.value)
    scope = reader.skeleton.define(
        kind, name, reader.scope, reader.span(node), bases=bases, decorators=decorators
    )
    reader.aside(node.decorators, reader.scope)
    reader.aside([node.type_parameters], scope)
    kinds = reader.kinds | (FUNCTION_BODY if kind == "function" else 0)
    reader.blocks.append((node.body.body, kinds, scope))
    return scope


def _names(nodes: Iterable[Any]) -> tuple[str, ...]:
    """Return the dotted names among *nodes*, calls and subscripts stripped."""
    names = []
    for node in nodes:
        said, name = dotted(node, through=(cst.Call, cst.Subscript))
        if name is not None:
            names.append(said)
    return tuple(names)


def _class(reader: WholeReader, node: cst.ClassDef) -> None:
    _definition(reader, node, _names(arg.value for arg in node.bases if not arg.star))
    reader.aside([*node.bases, *node.keywords], reader.scope)


def _function(reader: WholeReader, node: cst.FunctionDef) -> None:
    scope = _definition(reader, node, ())
    found = parameters(node.params)
    scope.bound.update(identifier(param.name.value) for param in found)
    annotations = [param.annotation for param in found]
    reader.aside([*annotations, node.returns], reader.scope, annotation=True)
    reader.aside([param.default for param in found], reader.scope)


def _if(reader: WholeReader, node: cst.If) -> None:
    reader.scope.decisions += 1
    reader.plain.append(node.test)
    reader.enter(node.body, TYPE_CHECKING_BODY if _is_type_checking(node.test) else BRANCH)
    if isinstance(node.orelse, cst.If):
        reader.blocks.append(([node.orelse], reader.kinds | BRANCH, reader.scope))
    elif node.orelse is not None:
        reader.enter(node.orelse.body, BRANCH)


def _is_type_checking(test: Any) -> bool:
    """Tell ``TYPE_CHECKING`` and ``name.TYPE_CHECKING``, as grimp does; nothing else counts."""
    if isinstance(test, cst.Attribute):
        return test.attr.value == "TYPE_CHECKING" and isinstance(test.value, cst.Name)
    return isinstance(test, cst.Name) and test.value == "TYPE_CHECKING"


def _for(reader: WholeReader, node: cst.For) -> None:
    reader.expressions.store(node.target, reader.scope, reader.plain)
    reader.plain.append(node.iter)
    _loop(reader, node)


def _while(reader: WholeReader, node: cst.While) -> None:
    reader.plain.append(node.test)
    _loop(reader, node)


def _loop(reader: WholeReader, node: cst.For | cst.While) -> None:
    reader.scope.decisions += 1 + (node.orelse is not None)
    reader.enter(node.body)
    reader.enter(node.orelse and node.orelse.body)


def _try(reader: WholeReader, node: cst.Try) -> None:
    reader.scope.decisions += len(node.handlers) + (node.orelse is not None)
    _try_star(reader, node)


def _try_star(reader: WholeReader, node: cst.Try | cst.TryStar) -> None:
    """Read a ``try``; radon counts nothing for ``except*``."""
    for handler in node.handlers:
        if handler.type is not None:
            reader.plain.append(handler.type)
        if handler.name is not None:
            reader.expressions.store(handler.name.name, reader.scope, reader.plain)
        reader.enter(handler.body, BRANCH)
    reader.enter(node.body, BRANCH)
    reader.enter(node.orelse and node.orelse.body, BRANCH)
    reader.enter(node.finalbody and node.finalbody.body, BRANCH)


def _with(reader: WholeReader, node: cst.With) -> None:
    reader.plain += node.items
    reader.enter(node.body)


def _match(reader: WholeReader, node: cst.Match) -> None:
    """Count the cases less one for a wildcard: any capture without a pattern, as radon has it."""
    wildcard = any(
        isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None for case in node.cases
    )
    reader.scope.decisions += max(0, len(node.cases) - wildcard)
    reader.plain.append(node.subject)
    for case in node.cases:
        reader.plain += [case.pattern] if case.guard is None else [case.pattern, case.guard]
        reader.enter(case.body)


def _assert(reader: WholeReader, node: cst.Assert) -> None:
    reader.scope.decisions += 1
    reader.aside([node.test, node.msg], reader.scope)


def _annotated(reader: WholeReader, node: cst.AnnAssign) -> None:
    reader.expressions.store(node.target, reader.scope, reader.plain)
    if node.value is not None:
        reader.plain.append(node.value)
        if reader.at_top:
            reader.assign([node.target], node.value)
    reader.expressions.pending.append(Pending([node.annotation], reader.scope, annotation=True))


def _outer(reader: WholeReader, node: cst.Global | cst.Nonlocal) -> None:
    reader.scope.outer.update(identifier(item.name.value) for item in node.names)


def _import(reader: WholeReader, node: Any) -> None:
    names = [node.names] if isinstance(node.names, cst.ImportStar) else node.names
    places = tuple(reader.span(name)[:2] for name in names)
    reader.skeleton.imports.append(Placed(reader.span(node), reader.kinds, reader.scope, places))
    reader.clauses.append(clause(node))


_STATEMENTS: dict[type, Callable[[WholeReader, Any], None]] = {
    cst.ClassDef: _class,
    cst.FunctionDef: _function,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.Try: _try,
    cst.TryStar: _try_star,
    cst.With: _with,
    cst.Match: _match,
    cst.Assert: _assert,
    cst.AnnAssign: _annotated,
    cst.Global: _outer,
    cst.Nonlocal: _outer,
    cst.Import: _import,
    cst.ImportFrom: _import,
    cst.LazyImport: _import,
    cst.LazyImportFrom: _import,
}


def _top_level(body: Iterable[Any], skeleton: Skeleton) -> None:
    """Read the docstring and ``__all__``."""
    small = [one for line in body if isinstance(line, cst.SimpleStatementLine) for one in line.body]
    first = next(iter(body), None)
    if isinstance(first, cst.SimpleStatementLine) and isinstance(first.body[0], cst.Expr):
        skeleton.doc = first_line(_string(first.body[0].value) or "")
    for statement in small:
        if isinstance(statement, (cst.Assign, cst.AnnAssign, cst.AugAssign)) and _assigns_all(statement):
            skeleton.assign_all(_literal(statement.value), added=isinstance(statement, cst.AugAssign))


def _assigns_all(statement: cst.Assign | cst.AnnAssign | cst.AugAssign) -> bool:
    if isinstance(statement, cst.Assign):
        targets = [one.target for one in statement.targets]
    else:
        targets = [statement.target]
    return any(isinstance(target, cst.Name) and target.value == "__all__" for target in targets)


def _literal(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, (cst.List, cst.Tuple)):
        return None
    names = [_string(item.value) if isinstance(item, cst.Element) else None for item in value.elements]
    found = tuple(name for name in names if name is not None)
    return found if len(found) == len(names) else None


def _string(node: Any) -> str | None:
    """Return the value of a string literal, else None."""
    if not isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        return None
    value = node.evaluated_value
    return value if isinstance(value, str) else None
