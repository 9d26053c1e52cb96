"""What a skeleton means: the one place that turns circumstances into flags and names into uses."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from archlint.facts import BUILT_IN, Assigned, Flag, ImportedName, ImportStatement, Rename, Use
from archlint.parsing.skeleton import BRANCH, FUNCTION_BODY, TYPE_CHECKING_BODY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archlint.parsing.skeleton import Clause, Placed, Scope, Skeleton

_FLAGS = (
    (TYPE_CHECKING_BODY, Flag.TYPE_CHECKING),
    (FUNCTION_BODY, Flag.DEFERRED),
    (BRANCH, Flag.CONDITIONAL),
)


def flags_of(kinds: int, *, lazy: bool) -> int:
    """Return the flags of an import inside blocks of these *kinds*."""
    return sum(int(flag) for kind, flag in _FLAGS if kinds & kind) + (int(Flag.LAZY) if lazy else 0)


def import_statements(placed: Sequence[Placed], clauses: Sequence[Clause]) -> tuple[ImportStatement, ...]:
    """Join each statement's place with what it says, in the order of the file."""
    statements = [_statement(place, said) for place, said in zip(placed, clauses, strict=True)]
    return tuple(sorted(statements, key=lambda statement: (statement.line, statement.column)))


def _statement(placed: Placed, said: Clause) -> ImportStatement:
    names = zip(said.names, placed.places, strict=True)
    return ImportStatement(
        *placed.span,
        is_from=said.is_from,
        level=said.level,
        module=said.module,
        names=tuple(ImportedName(name, alias, *place) for (name, alias), place in names),
        flags=flags_of(placed.kinds, lazy=said.lazy),
        scope=placed.scope.owner.qualified,
    )


def renames(statements: Sequence[ImportStatement]) -> tuple[Rename, ...]:
    """Return what of the *statements* another module cannot take under its own name."""
    return tuple(
        Rename(statement.line, statement.column, item.name, None if statement.scope else item.alias)
        for statement in statements
        if statement.is_from and not statement.flags & (Flag.DEFERRED | Flag.TYPE_CHECKING)
        for item in statement.names
        if statement.scope or item.alias not in (None, item.name)
    )


def bind_imports(skeleton: Skeleton, clauses: Sequence[Clause]) -> frozenset[str]:
    """Enter in each scope the names that its imports bind. Returns all of them."""
    for placed, said in zip(skeleton.imports, clauses, strict=True):
        for name, alias in said.names:
            bound = alias or (name if said.is_from else name.partition(".")[0])
            scope = skeleton.root if bound in placed.scope.outer else placed.scope
            scope.imported.add(bound)
    return frozenset().union(*(scope.imported for scope in skeleton.scopes))


Describe = "Callable[[Any, Any], tuple[str, int, int]]"


def uses(
    skeleton: Skeleton, imported: frozenset[str], describe: Callable[[Any, Any], tuple[str, int, int]]
) -> tuple[Use, ...]:
    """Return the reads that reach a name bound by an import, or one of ``BUILT_IN`` that nothing binds.

    Where the file has ``import *``, reads of every other name that nothing binds are there too.
    *describe* gives, for a reader's node and the string around it, the chain as written, its line
    and its column.
    """
    free = _free_names(skeleton, imported)
    found = [
        Use(*describe(node, anchor), annotation, free=not bound)
        for scope in skeleton.scopes
        for name, node, annotation, anchor in scope.reads
        if (name in imported or name in free)
        and ((bound := _reaches_import(name, scope)) or (bound is None and name in free))
    ]
    return tuple(sorted(found, key=lambda use: (use.line, use.column, use.chain, use.annotation)))


def assignments(
    skeleton: Skeleton, imported: frozenset[str], describe: Callable[[Any, Any], tuple[str, int, int]]
) -> tuple[Assigned, ...]:
    """Return the names that stand for what an import binds, or for one of ``BUILT_IN``; as for ``uses``."""
    if not skeleton.assigned:
        return ()
    free = _free_names(skeleton, imported)
    found = []
    for name, node in skeleton.assigned:
        chain, line, _ = describe(node, None)
        head = chain.partition(".")[0]
        bound = _reaches_import(head, skeleton.root)
        if bound or (bound is None and head in free):
            found.append(Assigned(name, chain, line, free=not bound))
    return tuple(sorted(found, key=lambda one: (one.line, one.name, one.chain)))


def _free_names(skeleton: Skeleton, imported: frozenset[str]) -> frozenset[str]:
    """Return the names whose reads count where nothing binds them."""
    # What a function declares global it may bind.
    free = BUILT_IN.difference(*(scope.outer for scope in skeleton.scopes if scope.outer))
    if "*" not in imported:
        return free
    read = {name for scope in skeleton.scopes for name, *_ in scope.reads}
    return free | (read - _BUILTINS)


_BUILTINS = frozenset(dir(builtins))


def _reaches_import(name: str, scope: Scope) -> bool | None:
    """Follow Python's scoping (language reference 4.2.2) from the reading *scope* outwards.

    Tell whether an import binds *name*; None where nothing in the file does.
    """
    here: Scope | None = scope
    while here is not None:
        visible = here.kind != "class" or here is scope.owner
        if visible and name not in here.outer:
            if name in here.imported:
                return True
            if name in here.bound:
                return False
        here = here.parent
    return None
