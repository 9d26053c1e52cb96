"""One pass over the expressions of a LibCST tree; the counterpart of ``expressions``.

LibCST marks no name as read or written, so that targets are told apart where they stand.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

import libcst as cst

from archlint.parsing.clauses import identifier
from archlint.parsing.worklist import Worklist

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archlint.parsing.skeleton import Scope
    from archlint.parsing.worklist import Pending

_WITHOUT = (
    "asynchronous colon comma dot equal first_colon footer header indent keyword lbracket lbrace "
    "leading_lines lines_after_decorators lpar operator rbrace rbracket rpar second_colon semicolon "
    "separator star trailing_whitespace star_etc"
)
_NO_EXPRESSIONS = frozenset(_WITHOUT.split())


_CONSTANTS = frozenset({"None", "True", "False"})  # names to LibCST


class WholeExpressions(Worklist):
    """Reads expressions into the skeleton's scopes."""

    __slots__ = ()

    def read(self, work: Pending) -> None:
        """Read the expressions of *work*; inner scopes are left pending."""
        while work.nodes:
            node = work.nodes.pop()
            handler = _HANDLERS.get(type(node))
            if handler is None:
                work.nodes += children(node)
            else:
                handler(self, node, work)

    def store(self, target: Any, scope: Scope, reads: list[Any]) -> None:
        """Bind the names of *target* in *scope*; what it reads (``a.b``, ``a[i]``) is left in *reads*."""
        targets = [target]
        while targets:
            node = targets.pop()
            if isinstance(node, cst.Name):
                scope.bound.add(identifier(node.value))
            elif isinstance(node, (cst.Tuple, cst.List)):
                targets += node.elements
            elif isinstance(node, (cst.Element, cst.StarredElement)):
                targets.append(node.value)
            else:
                reads.append(node)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    names = [field.name for field in fields(kind)]
    return tuple(name for name in names if name not in _NO_EXPRESSIONS and not name.startswith("whitespace_"))


def children(node: cst.CSTNode) -> list[Any]:
    """Return the nodes below *node* that may hold expressions."""
    found: list[Any] = []
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += value
    return found


def dotted(node: Any, through: tuple[type, ...] = ()) -> tuple[str, Any]:
    """Return a dotted name as written and the node of its first name, None where it begins otherwise.

    Nodes of the types *through* (calls, subscripts) are passed over.
    """
    parts: list[str] = []
    while not isinstance(node, cst.Name):
        if isinstance(node, cst.Attribute):
            parts.append(node.attr.value)
            node = node.value
        elif isinstance(node, through):
            node = node.func if isinstance(node, cst.Call) else node.value  # type: ignore[attr-defined]
        else:
            return "", None
    if node.value in _CONSTANTS:
        return "", None
    parts.append(node.value)
    return identifier(".".join(reversed(parts))), node


def _name(_reader: WholeExpressions, node: cst.Name, work: Pending) -> None:
    work.scope.reads.append((identifier(node.value), node, work.annotation, work.anchor))


def _attribute(_reader: WholeExpressions, node: cst.Attribute, work: Pending) -> None:
    base: Any = node.value
    while isinstance(base, cst.Attribute):
        base = base.value
    if isinstance(base, cst.Name):
        work.scope.reads.append((identifier(base.value), node, work.annotation, work.anchor))
    else:
        work.nodes.append(base)


def _skip(_reader: WholeExpressions, _node: Any, _work: Pending) -> None:
    """Pass over a node that holds no expression."""


def _decision(_reader: WholeExpressions, node: Any, work: Pending) -> None:
    work.count(1)
    work.nodes += children(node)


def _call(_reader: WholeExpressions, node: cst.Call, work: Pending) -> None:
    """Read ``getattr`` of a name that is written out as the attribute that it is."""
    looked_up = isinstance(node.func, cst.Name) and node.func.value == "getattr" and _looked_up(node.args)
    work.nodes += [node.func, looked_up, *node.args[2:]] if looked_up else children(node)


def _looked_up(args: Sequence[cst.Arg]) -> cst.Attribute | None:
    if len(args) < 2 or any(arg.star or arg.keyword for arg in args[:2]):
        return None
    name = args[1].value
    text = name.evaluated_value if isinstance(name, cst.SimpleString | cst.ConcatenatedString) else None
    if isinstance(text, str) and text.isidentifier():
        return cst.Attribute(args[0].value, cst.Name(text))
    return None


def _comprehension(reader: WholeExpressions, node: Any, work: Pending) -> None:
    """Open a scope; its first iterable is evaluated outside it (language reference 6.2.4)."""
    elements = [node.key, node.value] if isinstance(node, cst.DictComp) else [node.elt]
    work.nodes.append(node.for_in.iter)
    scope = reader.inner(work, elements)
    clause: cst.CompFor | None = node.for_in
    while clause is not None:
        work.count(1 + len(clause.ifs))
        reader.store(clause.target, scope, elements)
        elements += clause.ifs if clause is node.for_in else [*clause.ifs, clause.iter]
        clause = clause.inner_for_in


def _lambda(reader: WholeExpressions, node: cst.Lambda, work: Pending) -> None:
    found = parameters(node.params)
    work.nodes += [param.default for param in found if param.default is not None]
    scope = reader.inner(work, [node.body])
    scope.bound.update(identifier(param.name.value) for param in found)


def parameters(params: cst.Parameters) -> list[cst.Param]:
    """Return all parameters."""
    starred = [params.star_arg, params.star_kwarg]
    found = [*params.posonly_params, *params.params, *params.kwonly_params, *starred]
    return [param for param in found if isinstance(param, cst.Param)]


def _string(reader: WholeExpressions, node: Any, work: Pending) -> None:
    if work.anchor is None:
        reader.pending.append(work.inside(children(node), work.scope, node))
    else:
        work.nodes += children(node)


def _assign(reader: WholeExpressions, node: cst.Assign, work: Pending) -> None:
    for target in node.targets:
        reader.store(target.target, work.scope, work.nodes)
    work.nodes.append(node.value)


def _assign_one(reader: WholeExpressions, node: cst.AugAssign | cst.NamedExpr, work: Pending) -> None:
    reader.store(node.target, work.scope, work.nodes)
    work.nodes.append(node.value)


def _delete(reader: WholeExpressions, node: cst.Del, work: Pending) -> None:
    reader.store(node.target, work.scope, work.nodes)


def _as_name(reader: WholeExpressions, node: cst.AsName, work: Pending) -> None:
    reader.store(node.name, work.scope, work.nodes)


def _bound_name(node: Any, work: Pending, rest: Iterable[Any]) -> None:
    if node is not None:
        work.scope.bound.add(identifier(node.value))
    work.nodes += [one for one in rest if one is not None]


def _match_as(_reader: WholeExpressions, node: cst.MatchAs, work: Pending) -> None:
    _bound_name(node.name, work, [node.pattern])


def _match_star(_reader: WholeExpressions, node: cst.MatchStar, work: Pending) -> None:
    _bound_name(node.name, work, [])


def _match_mapping(_reader: WholeExpressions, node: cst.MatchMapping, work: Pending) -> None:
    _bound_name(node.rest, work, node.elements)


def _match_keyword(_reader: WholeExpressions, node: cst.MatchKeywordElement, work: Pending) -> None:
    work.nodes.append(node.pattern)


def _type_alias(reader: WholeExpressions, node: cst.TypeAlias, work: Pending) -> None:
    reader.store(node.name, work.scope, work.nodes)
    parts = [node.value] if node.type_parameters is None else [node.type_parameters, node.value]
    reader.inner(work, parts)


def _type_param(_reader: WholeExpressions, node: Any, work: Pending) -> None:
    _bound_name(node.name, work, [getattr(node, "bound", None)])


_HANDLERS: dict[type, Callable[[WholeExpressions, Any, Pending], None]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.SimpleString: _skip,
    cst.Integer: _skip,
    cst.Float: _skip,
    cst.Imaginary: _skip,
    cst.MatchSingleton: _skip,
    cst.Call: _call,
    cst.BooleanOperation: _decision,
    cst.IfExp: _decision,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.Lambda: _lambda,
    cst.FormattedString: _string,
    cst.TemplatedString: _string,
    cst.ConcatenatedString: _string,
    cst.Assign: _assign,
    cst.AugAssign: _assign_one,
    cst.NamedExpr: _assign_one,
    cst.Del: _delete,
    cst.AsName: _as_name,
    cst.MatchAs: _match_as,
    cst.MatchStar: _match_star,
    cst.MatchMapping: _match_mapping,
    cst.MatchKeywordElement: _match_keyword,
    cst.TypeAlias: _type_alias,
    cst.TypeVar: _type_param,
    cst.ParamSpec: _type_param,
    cst.TypeVarTuple: _type_param,
}
