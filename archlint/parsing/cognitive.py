"""Cognitive complexity of a function, as SonarSource defines it (G. A. Campbell, white paper 1.5, 2021).

One for each ``if``, ``elif``, ``else`` (of loops and ``try`` too), conditional expression, loop,
``except`` and ``match``, for each run of like boolean operators, and one if the function calls itself.
``if``, conditional expressions, loops, ``except`` and ``match`` cost one more for each level that they
are nested in; those, ``else``, lambdas and inner functions make a level. Comprehensions, ``with``,
``finally`` and early returns are free. What Python adds to the paper follows SonarSource's own analyser
for it: an ``else`` is an ``else`` wherever it stands, an inner class starts again at level 0, and a
decorator, whose body is one function and its return, makes no level.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from archlint.parsing.expressions import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def cognitive(function: Any, lines: Sequence[str], *, method: bool) -> int:
    """Return the cognitive complexity of the definition node *function*; nothing here recurses.

    *lines* are the file's; a *method* calls itself through its first parameter.
    """
    counter = _Counter(function, lines, method=method)
    counter.push(function.body, -1 if _only_wraps(function) else 0)
    counter.run()
    return counter.total + counter.recursive


class _Counter:
    __slots__ = ("lines", "name", "receiver", "recursive", "stack", "total")

    def __init__(self, function: Any, lines: Sequence[str], *, method: bool) -> None:
        first = [*function.args.posonlyargs, *function.args.args][:1]
        self.name = function.name
        self.receiver = first[0].arg if method and first else None
        self.lines = lines
        self.total = 0
        self.recursive = False
        self.stack: list[tuple[Any, int]] = []

    def push(self, nodes: Sequence[Any], level: int) -> None:
        """Leave *nodes* at nesting *level* for later."""
        self.stack += [(node, level) for node in nodes if node is not None]

    def run(self) -> None:
        while self.stack:
            node, level = self.stack.pop()
            handler = _HANDLERS.get(type(node))
            if handler is not None:
                handler(self, node, level)
            else:
                self.below(node, level)

    def below(self, node: Any, level: int) -> None:
        """Go on into all that *node* holds."""
        for field in FIELDS.get(type(node), ()):
            child = getattr(node, field)
            self.push(child if type(child) is list else [child], level)

    def otherwise(self, body: Sequence[Any], level: int) -> None:
        """Count an ``else``, where there is one."""
        if body:
            self.total += 1
            self.push(body, level + 1)


def _only_wraps(function: Any) -> bool:
    """Tell a decorator: a function and the return of its name are all that the body holds."""
    body = [node for node in function.body if not is_docstring(node)]
    if len(body) != 2 or not isinstance(body[0], _FUNCTIONS) or not isinstance(body[1], ast.Return):
        return False
    value = body[1].value
    return isinstance(value, ast.Name) and value.id == body[0].name


def is_docstring(node: Any) -> bool:
    """Tell whether a statement is nothing but a string."""
    return type(node) is ast.Expr and type(node.value) is ast.Constant and type(node.value.value) is str


def _if(counter: _Counter, node: Any, level: int) -> None:
    counter.total += 1 + level
    while True:
        counter.push([node.test], level)
        counter.push(node.body, level + 1)
        if not _is_elif(node):
            break
        counter.total += 1
        (node,) = node.orelse
    counter.otherwise(node.orelse, level)


def _is_elif(node: Any) -> bool:
    """Tell whether the ``else`` of an ``if`` is an ``elif``: those stand in one column."""
    other = node.orelse
    return len(other) == 1 and type(other[0]) is ast.If and other[0].col_offset == node.col_offset


def _loop(counter: _Counter, node: Any, level: int) -> None:
    counter.total += 1 + level
    counter.push([node.test] if type(node) is ast.While else [node.target, node.iter], level)
    counter.push(node.body, level + 1)
    counter.otherwise(node.orelse, level)


def _try(counter: _Counter, node: Any, level: int) -> None:
    for handler in node.handlers:
        counter.total += 1 + level
        counter.push([handler.type], level)
        counter.push(handler.body, level + 1)
    counter.push([*node.body, *node.finalbody], level)
    counter.otherwise(node.orelse, level)


def _match(counter: _Counter, node: Any, level: int) -> None:
    counter.total += 1 + level
    counter.push([node.subject], level)
    for case in node.cases:
        counter.push([case.guard], level)
        counter.push(case.body, level + 1)


def _if_exp(counter: _Counter, node: Any, level: int) -> None:
    counter.total += 1 + level
    counter.push([node.test, node.body, node.orelse], level + 1)


def _bool_op(counter: _Counter, node: Any, level: int) -> None:
    """Count a run; an ``and`` without brackets between two ``or`` ends one and begins another."""
    inner = node.values[1:-1] if type(node.op) is ast.Or else ()
    splits = [
        value
        for value in inner
        if type(value) is ast.BoolOp and type(value.op) is ast.And and not _in_brackets(value, counter.lines)
    ]
    counter.total += 1 + len(splits)
    counter.push(node.values, level)


def _in_brackets(node: Any, lines: Sequence[str]) -> bool:
    """Tell whether a bracket opens right before *node*, which is not the first operand around it."""
    number = node.lineno - 1
    before = lines[number].encode()[: node.col_offset].rstrip()
    while not before and number > 0:
        number -= 1
        before = lines[number].encode().rstrip()
    return bool(before.endswith(b"("))


def _lambda(counter: _Counter, node: Any, level: int) -> None:
    counter.push([node.args], level)
    counter.push([node.body], level + 1)


def _function(counter: _Counter, node: Any, level: int) -> None:
    counter.push([*node.decorator_list, node.args, node.returns], max(level, 0))
    counter.push(node.body, level + 1)


def _class(counter: _Counter, node: Any, level: int) -> None:
    counter.push([*node.decorator_list, *node.bases, *node.keywords], level)
    counter.push([one for one in node.body if isinstance(one, _FUNCTIONS)], -1)
    counter.push([one for one in node.body if not isinstance(one, _FUNCTIONS)], 0)


def _call(counter: _Counter, node: Any, level: int) -> None:
    counter.recursive = counter.recursive or _calls(node.func, counter)
    counter.below(node, level)


def _calls(called: Any, counter: _Counter) -> bool:
    """Tell whether *called* names the function itself."""
    if counter.receiver is None:
        return type(called) is ast.Name and bool(called.id == counter.name)
    if type(called) is not ast.Attribute or called.attr != counter.name:
        return False
    return type(called.value) is ast.Name and bool(called.value.id == counter.receiver)


_HANDLERS: dict[type, Callable[[_Counter, Any, int], None]] = {
    ast.If: _if,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _loop,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.Match: _match,
    ast.IfExp: _if_exp,
    ast.BoolOp: _bool_op,
    ast.Lambda: _lambda,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Call: _call,
}
