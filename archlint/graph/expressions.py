"""Module expressions: ``*`` stands for one component of a dotted name, ``**`` for one or more.

The grammar is grimp's (``rust/src/module_expressions.rs``): wildcards are whole components, and ``**``
may not stand next to another wildcard. Matching is by component and needs no regular expression, so
that its time is bounded by the product of the two lengths whatever the expression says.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from archlint.facts import EDGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import

_ONE, _MORE = "*", "**"
ARROW = "->"


def is_wildcard(expression: str) -> bool:
    """Return whether *expression* may stand for several modules."""
    return _ONE in expression


def expression_fault(expression: str, *, external: bool = False) -> str | None:
    """Return what is wrong with *expression*, in a few words, or None.

    A module of the project may be called after any file; an *external* one is known by what imports it.
    """
    parts = expression.split(".")
    for part in parts:
        if part in (_ONE, _MORE):
            continue
        if _ONE in part:
            return f"'{expression}': a wildcard stands for a whole component"
        if not (part.isidentifier() if external else _is_component(part)):
            return f"'{expression}' is not a dotted module name"
    if any(_MORE in pair and set(pair) <= {_ONE, _MORE} for pair in pairwise(parts)):
        return f"'{expression}': '**' may not stand next to another wildcard"
    return None


def _is_component(part: str) -> bool:
    """Tell whether a file can give a module this name: a migration is ``0001_initial``, a script ``a-b``."""
    return part.isidentifier() or (bool(part) and all(char.isalnum() or char in "_-" for char in part))


def matches(expression: str, name: str) -> bool:
    """Return whether the dotted *name* is one of those that *expression* stands for."""
    if _ONE not in expression:
        return expression == name
    return _components_match(_compiled(expression), name.split("."))


@lru_cache(maxsize=512)
def _compiled(expression: str) -> tuple[str, ...]:
    """Write ``**`` (one or more) as ``*`` (one) followed by ``**`` (any number)."""
    return tuple(
        piece for part in expression.split(".") for piece in ((_ONE, _MORE) if part == _MORE else (part,))
    )


def _components_match(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """Match as shells match globs: on a mismatch let the last ``**`` take one component more."""
    at = place = mark = 0
    star = -1
    while place < len(parts):
        if at < len(pattern) and pattern[at] == _MORE:
            star, mark = at, place
            at += 1
        elif at < len(pattern) and pattern[at] in (_ONE, parts[place]):
            at += 1
            place += 1
        elif star >= 0:
            mark += 1
            at, place = star + 1, mark
        else:
            return False
    return all(piece == _MORE for piece in pattern[at:])


def expand(graph: ModuleGraph, expression: str) -> tuple[str, ...]:
    """Return the modules of *graph* that *expression* stands for, sorted; none where there are none."""
    if _ONE not in expression:
        return (expression,) if expression in graph.index else ()
    return tuple(name for name in _candidates(graph, expression) if matches(expression, name))


def expand_all(graph: ModuleGraph, expressions: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that any of *expressions* stands for, sorted, each once."""
    return tuple(sorted({name for expression in expressions for name in expand(graph, expression)}))


def fixed_part(expression: str) -> str:
    """Return the dotted name before the first wildcard of *expression*, empty where it begins with one."""
    return expression.partition(_ONE)[0].rstrip(".")


def _candidates(graph: ModuleGraph, expression: str) -> Sequence[str]:
    """Return the names below the part of *expression* before its first wildcard."""
    fixed = fixed_part(expression)
    if not fixed:
        return graph.names
    if fixed in graph.index:
        numbers = graph.subtree(fixed)
        return graph.names[numbers.start : numbers.stop]
    return tuple(name for name in graph.names if name.startswith(fixed + "."))


def prefixes(name: str) -> list[str]:
    """Return *name* and every dotted name above it, shortest first."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def split_import(expression: str) -> tuple[str, str]:
    """Return both sides of ``A -> B``; raise ValueError saying what is wrong with it."""
    importer, arrow, imported = (side.strip() for side in expression.partition(ARROW))
    if not arrow:
        raise ValueError(f"'{expression}' is not of the form 'importer -> imported'")
    for side in (importer, imported):
        fault = expression_fault(side)
        if fault:
            raise ValueError(fault)
    return importer, imported


def matching_imports(graph: ModuleGraph, expression: str, kinds: Iterable[str] = EDGE_KINDS) -> list[Import]:
    """Return the imports of *graph*, internal and external, that ``A -> B`` stands for.

    External ones match by their top-level name or by any dotted name down to what is written. Raises
    ValueError where *expression* is malformed.
    """
    importer, imported = split_import(expression)
    if not is_wildcard(importer) and not is_wildcard(imported) and imported in graph.index:
        return list(graph.details(importer, imported, kinds))
    rows = [row for row in graph.imports if _both(row, importer, imported)]
    outside = (row for row in graph.externals if matches(importer, row.importer))
    return rows + [row for row in outside if reaches(row, imported)]


def _both(row: Import, importer: str, imported: str) -> bool:
    return matches(importer, row.importer) and matches(imported, row.imported)


def reaches(row: Import, expression: str) -> str | None:
    """Return the external name that *expression* finds in the external import *row*, or None.

    ``django.db`` finds ``import django.db.models`` and ``from django import db``, not ``import django``.
    """
    for target in (row.imported, *row.targets):
        if not is_wildcard(expression):
            if target == expression or target.startswith(expression + "."):
                return expression
            continue
        for name in prefixes(target):
            if matches(expression, name):
                return name
    return None
