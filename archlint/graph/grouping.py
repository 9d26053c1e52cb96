"""Which node of a collapsed picture each module becomes part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.errors import ArchlintError
from archlint.graph.expressions import expand, expression_fault, prefixes
from archlint.graph.lookup import known_module, no_module

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from archlint.graph.modulegraph import ModuleGraph

PACKAGE, LAYER = "package", "layer"
# The node of all modules that are in no layer. No module is called so.
REST = "(in no layer)"


def grouping(
    graph: ModuleGraph, names: Iterable[str], words: Iterable[str], layers: Collection[str] = ()
) -> dict[str, str]:
    """Return for each of *names* the name of its node; external ones stay themselves.

    *words* are module names and expressions, whose matches swallow all below them, and at most one of:
    a depth (that many components of the name are kept), ``package`` (each module joins its package) or
    ``layer`` (each module joins the one of *layers* that it is in). Raises ArchlintError for any other word.
    """
    words = tuple(words)
    swallows = {name for word in words if not _is_general(word) for name in _named(graph, word)}
    general = [word for word in words if _is_general(word)]
    if len(general) > 1:
        raise ArchlintError(f"--collapse: give one of `{general[0]}` and `{general[1]}`")
    shorten = _shortener(graph, general[0], layers) if general else str
    return {name: _home(name, swallows, shorten) if name in graph.index else name for name in names}


def _is_general(word: str) -> bool:
    return word in (PACKAGE, LAYER) or word.lstrip("-").isdecimal()


def _named(graph: ModuleGraph, word: str) -> tuple[str, ...]:
    found = known_module(graph, word)
    if found is not None:
        return (found,)
    matched = () if expression_fault(word) else expand(graph, word)
    if not matched:
        raise ArchlintError(
            f"--collapse takes a depth, `{PACKAGE}`, `{LAYER}` or a module: {no_module(graph, word)}"
        )
    return matched


def _shortener(graph: ModuleGraph, word: str, layers: Collection[str]) -> Callable[[str], str]:
    if word == PACKAGE:
        return lambda name: _package(graph, name)
    if word == LAYER:
        return lambda name: next((above for above in prefixes(name) if above in layers), REST)
    depth = int(word)
    if depth < 1:
        raise ArchlintError(f"--collapse: a depth is 1 or more, not {depth}")
    return lambda name: ".".join(name.split(".")[:depth])


def _package(graph: ModuleGraph, name: str) -> str:
    return name if graph.modules[name].package else name.rpartition(".")[0] or name


def _home(name: str, swallows: set[str], shorten: Callable[[str], str]) -> str:
    """Return the outermost swallowing module at or above *name*, else the shortened name."""
    outermost = next((above for above in prefixes(name) if above in swallows), None)
    home = shorten(outermost or name)
    return outermost if outermost and home == REST else home
