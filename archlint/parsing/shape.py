"""Size and shape of functions and classes: measures that few runs ask for, in a pass of their own."""

from __future__ import annotations

import ast
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from archlint.facts import ClassShape, FunctionShape, Shapes
from archlint.parsing.cognitive import cognitive, is_docstring
from archlint.parsing.cohesion import groups, methods
from archlint.parsing.complexity import radon_name
from archlint.parsing.outline import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.parsing.skeleton import Scope, Skeleton


def shapes(skeleton: Skeleton, tree: ast.Module, lines: Sequence[str]) -> Shapes:
    """Return the shapes of what *skeleton* has from *tree*, the C parser's tree of *lines*."""
    classes = [scope for scope in skeleton.scopes if scope.kind == "class"]
    documented = [tree, *(scope.node for scope in (*classes, *skeleton.functions))]
    code = CodeLines(lines, documented)
    near = _neighbours(skeleton, classes)
    return Shapes(
        tuple(sorted((_function(scope, code) for scope in skeleton.functions), key=_place)),
        tuple(sorted((_class(scope, code, near) for scope in classes), key=_place)),
        code.between(1, len(lines)),
    )


def _place(shape: FunctionShape | ClassShape) -> tuple[int, int, str]:
    return shape.line, shape.column, shape.name


class CodeLines:
    """Counts the lines that are neither blank, comment nor docstring; *documented* nodes have bodies."""

    def __init__(self, lines: Sequence[str], documented: Iterable[Any]) -> None:
        self.lines = lines
        marks = [int(bool(bare) and bare[0] != "#") for bare in map(str.strip, lines)]
        for node in documented:
            first = node.body[0] if node.body else None
            if is_docstring(first):
                self._clear(marks, first)
        self._sums = [0, *accumulate(marks)]

    @staticmethod
    def _clear(marks: list[int], node: Any) -> None:
        for number in range(node.lineno - 1, node.end_lineno):
            marks[number] = 0

    def between(self, first: int, last: int) -> int:
        """Return how many of the lines *first* to *last* hold code."""
        return self._sums[last] - self._sums[first - 1]


def _function(scope: Scope, code: CodeLines) -> FunctionShape:
    node = scope.node
    method = scope.parent is not None and scope.parent.kind == "class"
    parameters, keyword_only = _parameters(node, method=method)
    return FunctionShape(
        radon_name(scope)[0],
        scope.line,
        scope.column,
        scope.end_line,
        code.between(scope.line, scope.end_line),
        parameters,
        keyword_only,
        nesting(node.body),
        cognitive(node, code.lines, method=method),
        _is_inner(scope),
        _names(node.decorator_list),
    )


def _is_inner(scope: Scope) -> bool:
    around = scope.parent
    while around is not None and around.kind != "function":
        around = around.parent
    return around is not None


def _names(nodes: Iterable[Any]) -> tuple[str, ...]:
    return tuple(name for name in map(dotted, nodes) if name is not None)


def _parameters(node: Any, *, method: bool) -> tuple[int, int]:
    """Return how many arguments a caller may give one by one, and how many only by name."""
    args = node.args
    positional = len(args.posonlyargs) + len(args.args)
    if method and positional and "staticmethod" not in _names(node.decorator_list):
        positional -= 1
    return positional + len(args.kwonlyargs), len(args.kwonlyargs)


_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


def nesting(body: Sequence[Any]) -> int:
    """Return how many blocks stand inside each other in *body*.

    An ``elif`` stands beside its ``if``; inner functions and classes are measured by themselves.
    """
    deepest = 0
    stack = [(body, 0)]
    while stack:
        statements, depth = stack.pop()
        deepest = max(deepest, depth)
        for node in statements:
            if isinstance(node, _BLOCKS):
                stack += [(part, depth + 1) for part in _bodies(node)]
    return deepest


def _bodies(node: Any) -> list[list[Any]]:
    """Return the blocks of a compound statement, those of its ``elif`` included."""
    found = []
    while _has_elif(node):
        found.append(node.body)
        (node,) = node.orelse
    found += [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
    found += [part.body for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ()))]
    return [part for part in found if part]


def _has_elif(node: Any) -> bool:
    return type(node) is ast.If and len(node.orelse) == 1 and type(node.orelse[0]) is ast.If


def _class(scope: Scope, code: CodeLines, near: dict[Scope, set[str]]) -> ClassShape:
    return ClassShape(
        scope.qualified,
        scope.line,
        scope.column,
        scope.end_line,
        code.between(scope.line, scope.end_line),
        tuple(dict.fromkeys(method.name for method in methods(scope.node))),
        groups(scope.node),
        tuple(sorted(near[scope])),
    )


def _neighbours(skeleton: Skeleton, classes: list[Scope]) -> dict[Scope, set[str]]:
    """Return for each class the top classes of the file that it names, itself aside."""
    tops = {scope.name for scope in classes if scope.parent is skeleton.root}
    found: dict[Scope, set[str]] = {scope: set() for scope in classes}
    for scope in skeleton.scopes:
        around = [one for one in _outwards(scope) if one.kind == "class"]
        if around:
            seen = _seen(scope, tops)
            for one in around:
                found[one] |= seen - {_outwards(one)[-1].name}
    return found


def _seen(scope: Scope, tops: set[str]) -> set[str]:
    """Return those of *tops* that *scope* reads from the module."""
    read = tops.intersection(name for name, *_ in scope.reads)
    return {name for name in read if not _is_hidden(name, scope)}


def _outwards(scope: Scope) -> list[Scope]:
    """Return *scope* and what is around it, without the module."""
    found = []
    here: Scope | None = scope
    while here is not None and here.parent is not None:
        found.append(here)
        here = here.parent
    return found


def _is_hidden(name: str, scope: Scope) -> bool:
    """Tell whether something between *scope* and the module binds *name*."""
    return any(
        name in one.bound or name in one.imported
        for one in _outwards(scope)
        if one.kind != "class" or one is scope.owner
    )
