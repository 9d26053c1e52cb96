"""One pass over the expressions of an ``ast``: names read and bound, decisions counted.

This is the hottest loop of a cold run: a worklist in place of recursion, a table in place of
``ast.NodeVisitor``, and nothing built for the nodes that say nothing.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from archlint.parsing.worklist import Worklist

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.parsing.worklist import Pending

_WITHOUT = (
    "arg attr asname conversion ctx id is_async kind kwd_attrs level lineno module name names op ops rest "
    "simple tag type_comment"
)
_NO_NODES = frozenset(_WITHOUT.split())


def _all_kinds(kind: type[ast.AST]) -> list[type[ast.AST]]:
    return [kind, *(below for sub in kind.__subclasses__() for below in _all_kinds(sub))]


# Of every kind of node the fields that hold nodes.
FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(field for field in kind._fields if field not in _NO_NODES) for kind in _all_kinds(ast.AST)
}


class ExpressionReader(Worklist):
    """Reads expressions into the skeleton's scopes."""

    __slots__ = ()

    def read(self, work: Pending) -> None:
        """Read the expressions of *work*; inner scopes are left pending."""
        stack, scope, annotation, anchor = work.nodes, work.scope, work.annotation, work.anchor
        found = scope.reads.append
        pop, push = stack.pop, stack.append
        while stack:
            node = pop()
            kind = type(node)
            if kind is ast.Name:
                if type(node.ctx) is ast.Load:
                    found((node.id, node, annotation, anchor))
                else:
                    scope.bound.add(node.id)
            elif kind is ast.Attribute:
                base = node.value
                while type(base) is ast.Attribute:
                    base = base.value
                if type(base) is ast.Name:
                    found((base.id, node, annotation, anchor))
                else:
                    push(base)
            elif kind in SPECIAL:
                SPECIAL[kind](self, node, work)
            else:
                _push_children(node, kind, stack)


def _push_children(node: Any, kind: type, stack: list[Any]) -> None:
    for field in FIELDS.get(kind, ()):
        child = getattr(node, field)
        if type(child) is list:
            stack.extend(child)
        elif child is not None:
            stack.append(child)


def _skip(_reader: ExpressionReader, _node: Any, _work: Pending) -> None:
    """Pass over a node that holds none."""


def _call(_reader: ExpressionReader, node: Any, work: Pending) -> None:
    """Push what a call holds: the most common of all nodes with children."""
    stack, func = work.nodes, node.func
    stack.append(func)
    if type(func) is ast.Name and func.id == "getattr" and len(node.args) > 1:
        stack.extend(_looked_up(node.args))
    else:
        stack.extend(node.args)
    for keyword in node.keywords:
        stack.append(keyword.value)


def _looked_up(args: list[Any]) -> list[Any]:
    """Return the arguments of ``getattr``, the first two as the attribute that they are where it is named."""
    value, name = args[:2]
    if type(name) is ast.Constant and type(name.value) is str and name.value.isidentifier():
        return [ast.Attribute(value, name.value, ast.Load()), *args[2:]]
    return args


def _bool_op(_reader: ExpressionReader, node: Any, work: Pending) -> None:
    work.count(len(node.values) - 1)
    work.nodes.extend(node.values)


def _if_exp(_reader: ExpressionReader, node: Any, work: Pending) -> None:
    work.count(1)
    work.nodes += (node.test, node.body, node.orelse)


def _comprehension(reader: ExpressionReader, node: Any, work: Pending) -> None:
    """Open a scope; its first iterable is evaluated outside it (language reference 6.2.4)."""
    generators = node.generators
    nodes = [node.elt] if type(node) is not ast.DictComp else [node.key, node.value]
    for generator in generators:
        work.count(1 + len(generator.ifs))
        nodes += (generator.target, generator.iter, *generator.ifs)
    nodes.remove(generators[0].iter)
    work.nodes.append(generators[0].iter)
    reader.inner(work, nodes)


def _lambda(reader: ExpressionReader, node: Any, work: Pending) -> None:
    work.nodes += node.args.defaults
    work.nodes += (default for default in node.args.kw_defaults if default is not None)
    reader.inner(work, [node.body]).bound.update(argument_names(node.args))


def argument_names(args: ast.arguments) -> list[str]:
    """Return the names of all parameters."""
    return [arg.arg for arg in all_arguments(args)]


def all_arguments(args: ast.arguments) -> list[ast.arg]:
    """Return all parameters."""
    starred = [arg for arg in (args.vararg, args.kwarg) if arg is not None]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *starred]


def _string(reader: ExpressionReader, node: Any, work: Pending) -> None:
    nodes = list(node.values)
    if work.anchor is None:
        reader.pending.append(work.inside(nodes, work.scope, node))
    else:
        work.nodes += nodes


def _captured(_reader: ExpressionReader, node: Any, work: Pending) -> None:
    """Bind the names of a pattern that captures, and go on into it."""
    name = node.rest if type(node) is ast.MatchMapping else node.name
    if name is not None:
        work.scope.bound.add(name)
    _push_children(node, type(node), work.nodes)


def _type_alias(reader: ExpressionReader, node: Any, work: Pending) -> None:
    work.nodes.append(node.name)
    reader.inner(work, [*node.type_params, node.value])


def _type_param(_reader: ExpressionReader, node: Any, work: Pending) -> None:
    work.scope.bound.add(node.name)
    _push_children(node, type(node), work.nodes)


_HANDLERS: dict[str, Callable[[ExpressionReader, Any, Pending], None]] = {
    "Constant": _skip,
    "Call": _call,
    "BoolOp": _bool_op,
    "IfExp": _if_exp,
    "ListComp": _comprehension,
    "SetComp": _comprehension,
    "DictComp": _comprehension,
    "GeneratorExp": _comprehension,
    "Lambda": _lambda,
    "JoinedStr": _string,
    "TemplateStr": _string,
    "MatchAs": _captured,
    "MatchStar": _captured,
    "MatchMapping": _captured,
    "TypeAlias": _type_alias,
    "TypeVar": _type_param,
    "ParamSpec": _type_param,
    "TypeVarTuple": _type_param,
}
# Kinds that the running Python does not know are left out.
SPECIAL: dict[type, Callable[[ExpressionReader, Any, Pending], None]] = {
    getattr(ast, name): handler for name, handler in _HANDLERS.items() if hasattr(ast, name)
}
