"""The mutants of a Python file: every small change of one node that a test should notice.

A change is one of these: a comparison, a boolean, an operator or a number turned into its neighbour, a
condition negated, a filter dropped, a statement left out, a returned value dropped. What no run can tell
stays: annotations, docstrings, messages, declared examples, what stands under ``TYPE_CHECKING``, and
``frozen``, ``slots`` and ``strict``, which refuse what no code does.
"""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
GUARDS = frozenset({"frozen", "slots", "strict"})
SKIPPED_CALLS = frozenset(
    {"Example", "Code", "Struct", "TypeVar", "field", "suppress", "dataclass", "cast", "lru_cache"}
)


class Place(NamedTuple):
    """A node, its line, and the outermost function in whose body it stands ("" where it is in none)."""

    node: ast.AST
    line: int
    function: str


class Mutant(NamedTuple):
    """One change: the file, the number of the place in it, what is done there, its line and function."""

    path: Path
    place: int
    change: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change}" + f" in {self.function}" * bool(self.function)


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of the file at *path*."""
    for number, place in enumerate(places(parsed(path))):
        for change in changes(place.node):
            yield Mutant(path, number, change, place.line, place.function)


def parsed(path: Path) -> ast.AST:
    """Return the tree of the file at *path*, in which no two places share a node.

    Python's parser hands out one ``ast.Lt()`` for every ``<``: changing that would change them all.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.AugAssign):
            node.op = copy.copy(node.op)
        elif isinstance(node, ast.Compare):
            node.ops = [copy.copy(operator) for operator in node.ops]
    return tree


def places(tree: ast.AST) -> list[Place]:
    """Return the nodes that may be changed, in a fixed order."""
    found: list[Place] = []
    pending = [(Place(tree, 1, ""), "")]
    while pending:
        place, around = pending.pop()
        if is_off_limits(place.node):
            continue
        found.append(place)
        pending += below(place, around)
    return found


def below(place: Place, around: str) -> Iterator[tuple[Place, str]]:
    """Yield the places directly in *place*, which stands in the classes *around*."""
    node, line, function = place
    inside, scope = function, around
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not function:
        name = f"{around}{node.name}"
        inside, scope = ("", f"{name}.") if isinstance(node, ast.ClassDef) else (name, around)
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                here = inside if field == "body" else function
                yield Place(child, getattr(child, "lineno", line), here), scope


def is_off_limits(node: ast.AST) -> bool:
    """Tell what changes nothing that a test should notice: typing, declared examples, text of f-strings."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return True
    if isinstance(node, ast.JoinedStr | ast.AnnAssign):
        return isinstance(node, ast.JoinedStr) or "ClassVar" in ast.dump(node.annotation)
    if isinstance(node, ast.keyword):
        return node.arg in GUARDS
    name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
    return name in SKIPPED_CALLS


def changes(node: ast.AST) -> Iterator[str]:
    """Yield what can be done to *node*."""
    if type(node) in SWAPS:
        yield f"{type(node).__name__} -> {SWAPS[type(node)].__name__}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "negate the constant"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "add one"
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield "negate the condition"
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "drop the filter"
    elif isinstance(node, ast.Return) and node.value is not None and not is_none(node.value):
        yield "return None"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "drop not"
    elif isinstance(node, ast.AugAssign | ast.Raise) or (isinstance(node, ast.Expr) and is_call(node.value)):
        yield "leave it out"


def is_none(node: ast.AST) -> bool:
    """Tell whether *node* is the constant None."""
    return isinstance(node, ast.Constant) and node.value is None


def is_call(node: ast.AST) -> bool:
    """Tell whether *node* is a call whose effect may count."""
    return isinstance(node, ast.Call) and not isinstance(node.func, ast.Constant)


def mutated(mutant: Mutant) -> Any:
    """Return the tree of the file with the change made."""
    tree = parsed(mutant.path)
    node = places(tree)[mutant.place].node
    replacement = changed(node, mutant.change)

    class Replace(ast.NodeTransformer):
        def visit(self, each: ast.AST) -> Any:
            return replacement if each is node else self.generic_visit(each)

    return ast.fix_missing_locations(Replace().visit(tree))


def changed(node: Any, change: str) -> Any:
    """Return what stands in the place of *node*."""
    new: Any = copy.copy(node)
    if "->" in change:
        return SWAPS[type(node)]()
    if change == "negate the constant":
        new.value = not node.value
    elif change == "add one":
        new.value = node.value + 1
    elif change == "negate the condition":
        new.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    elif change == "drop the filter":
        new.ifs = []
    elif change == "return None":
        new.value = None
    elif change == "drop not":
        return node.operand
    else:
        return ast.copy_location(ast.Pass(), node)
    return new
