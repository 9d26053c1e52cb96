"""Cyclomatic complexity of functions: radon's numbers.

``Scope.decisions`` counts as radon's ``ComplexityVisitor`` does, so that one more is a function's
complexity. It selects the functions that are worth radon's slower walk, and stands in for radon
where only LibCST can read the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.facts import FunctionComplexity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archlint.parsing.skeleton import Scope

    Measure = Callable[[Scope], int]


def complexities(
    functions: Sequence[Scope], measure_from: int, measure: Measure
) -> tuple[FunctionComplexity, ...]:
    """Return the functions whose complexity reaches *measure_from*, in the order of the file."""
    found = [_complexity(scope, measure) for scope in functions if scope.decisions + 1 >= measure_from]
    kept = [one for one in found if one.cyclomatic is None or one.cyclomatic >= measure_from]
    return tuple(sorted(kept, key=lambda one: (one.line, one.column, one.name)))


def _complexity(scope: Scope, measure: Measure) -> FunctionComplexity:
    value: int | None = None
    reason = None
    try:
        value = measure(scope)
    except RecursionError:
        reason = "nested too deeply to measure"
    name, listed = radon_name(scope)
    return FunctionComplexity(name, scope.line, scope.column, scope.end_line, value, listed, reason)


def radon_name(scope: Scope) -> tuple[str, bool]:
    """Return a function's name as radon gives it, and whether radon lists it by itself.

    Radon lists functions and the methods of classes at the top of the module. Closures and methods
    of inner classes are named as ``radon.complexity.add_inner_blocks`` does it (a closure after the
    bare names of the functions around it). Radon has no name for what is in a function's local
    class: it gets its qualified name.
    """
    around = scope.parent
    if around is None or around.kind == "module":
        return scope.name, True
    if around.kind == "class":
        return scope.qualified, around.parent is not None and around.parent.kind == "module"
    names = [scope.name]
    while around is not None and around.kind == "function":
        names.append(around.name)
        around = around.parent
    return ".".join(reversed(names)), False


class Radon:
    """Measures functions of one tree with radon, each node once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, scope: Scope) -> int:
        """Return the complexity of the scope's function. Raises RecursionError on deep trees."""
        node = scope.node
        place = (node.lineno, node.col_offset)
        if place not in self._known:
            from radon.visitors import ComplexityVisitor  # type: ignore[import-untyped]  # noqa: PLC0415

            visitor = ComplexityVisitor()
            visitor.visit(node)
            self._remember(visitor.functions)
        return self._known[place]

    def _remember(self, functions: list[Any]) -> None:
        pending = list(functions)
        while pending:
            function = pending.pop()
            self._known[function.lineno, function.col_offset] = function.complexity
            pending += function.closures


def counted(scope: Scope) -> int:
    """Return the complexity by archlint's own counting."""
    return scope.decisions + 1
