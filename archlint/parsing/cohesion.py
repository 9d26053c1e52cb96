"""Which methods of a class have to do with each other (LCOM4).

Two methods belong together when they use an attribute of the instance in common, or one uses the
other; the groups are the connected components (M. Hitz, B. Montazeri, Measuring Coupling and Cohesion
in Object-Oriented Systems, 1995). Constructors touch everything and say nothing, so they are left out,
and so are methods that do not touch the instance: those belong nowhere. A method that uses the instance
as a whole (``self[key]``, ``len(self)``, ``send(self)``) may call any special method.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__", "__init_subclass__", "__del__"})
_WHOLE = "*"


def methods(node: ast.ClassDef) -> Iterator[Any]:
    """Yield the functions that stand directly in a class."""
    for statement in node.body:
        if isinstance(statement, _FUNCTIONS):
            yield statement


def groups(node: ast.ClassDef) -> tuple[tuple[str, ...], ...]:
    """Return the groups of a class's methods: each sorted, the largest first, then by name."""
    touched: dict[str, set[str]] = {}
    for method in methods(node):
        names = set(_touched(method)) if method.name not in _CONSTRUCTORS else set()
        if names and _is_special(method.name):
            names.add(_WHOLE)
        if names:
            touched.setdefault(method.name, set()).update(names)
    return tuple(sorted(connected(touched), key=lambda group: (-len(group), group)))


def _touched(method: Any) -> Iterator[str]:
    """Yield the attributes of its first parameter that a method names, inner functions included.

    ``_WHOLE`` stands for a use of the parameter itself.
    """
    first = [*method.args.posonlyargs, *method.args.args][:1]
    if not first or any(_is_static(decorator) for decorator in method.decorator_list):
        return
    owners = set()
    for node in ast.walk(method):
        # Breadth first: an attribute comes before the name that it belongs to.
        if type(node) is ast.Attribute and _names(node.value, first[0].arg):
            owners.add(node.value)
            yield node.attr
        elif _names(node, first[0].arg) and node not in owners:
            yield _WHOLE


def _names(node: Any, name: str) -> bool:
    return type(node) is ast.Name and bool(node.id == name)


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_static(decorator: Any) -> bool:
    return type(decorator) is ast.Name and decorator.id in {"staticmethod", "classmethod"}


def connected(touched: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return the groups of the keys of *touched*: those that share a name, or name each other."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for method, names in touched.items():
        for name in names:
            leader[find(name)] = find(method)
    found: dict[str, list[str]] = {}
    for method in sorted(touched):
        found.setdefault(find(method), []).append(method)
    return [tuple(group) for group in found.values()]
