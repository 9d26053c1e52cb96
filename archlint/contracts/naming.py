"""What contract types share: finding the modules that their options name, and saying which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from archlint.graph.expressions import expand, expression_fault, is_wildcard, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.modulegraph import ModuleGraph
    from archlint.rule import Project

Unmatched = Literal["error", "ignore"]


def refuse(faults: Iterable[str]) -> None:
    """Raise ValueError with all *faults*, where there are any: what is wrong with the options as written."""
    listed = list(dict.fromkeys(faults))
    if listed:
        raise ValueError("; ".join(listed))


def expression_faults(option: str, expressions: Iterable[str], *, external: bool = False) -> Iterator[str]:
    """Yield a line for each malformed one of *expressions*, the value of *option*."""
    for expression in expressions:
        fault = expression_fault(expression, external=external)
        if fault:
            yield f"{option}: {fault}"


def empty_fault(option: str, values: Iterable[object]) -> Iterator[str]:
    """Yield a line where *option* lists nothing."""
    if not tuple(values):
        yield f"{option}: names no module"


def inside(name: str, package: str) -> bool:
    """Return whether *name* is *package* or below it."""
    return name == package or name.startswith(package + ".")


def nested(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each pair (outer, inner) of *names* of which the one lies inside the other, sorted by inner."""
    known = set(names)
    for name in sorted(known):
        for above in prefixes(name)[:-1]:
            if above in known:
                yield above, name


def is_internal(project: Project, name: str) -> bool:
    """Return whether *name* lies in one of the root packages, whether it exists or not."""
    return name in project.graph.index or any(inside(name, root) for root in roots(project))


def roots(project: Project) -> tuple[str, ...]:
    """Return the root packages: those given, else the topmost modules of the graph."""
    return project.roots or tuple(name for name in project.graph.names if "." not in name)


def missing(
    project: Project, option: str, expressions: Iterable[str], unmatched: Unmatched = "error"
) -> Iterator[str]:
    """Yield a line for each of *expressions* that is no module; for wildcards only under ``error``."""
    for expression in expressions:
        if expand(project.graph, expression):
            continue
        if not is_wildcard(expression):
            yield absent(project.graph, option, expression)
        elif unmatched == "error":
            yield f"{option}: '{expression}' matches no module"


def absent(graph: ModuleGraph, option: str, name: str) -> str:
    """Say that *name*, a value of *option*, is no module: a misspelling, or an external package."""
    top = name.partition(".")[0]
    if top in graph.external_names and top not in graph.index:
        return (
            f"{option}: '{name}' is an external package, and only modules of the project can stand here; "
            "`forbidden` and `confined-package` contracts speak of external ones"
        )
    return f"{option}: there is no module '{name}'{close(graph, name)}"


def close(graph: ModuleGraph, name: str) -> str:
    """Return `` (did you mean …?)`` for the module name nearest to *name*, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 (only once something is wrong)

    near = get_close_matches(
        name, [known for known in graph.names if abs(len(known) - len(name)) < 4], 1, 0.8
    )
    return f" (did you mean '{near[0]}'?)" if near else ""
