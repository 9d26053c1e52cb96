"""What the technology rules share: the imports of external packages, and modules by name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archlint.facts import Flag
from archlint.graph.expressions import expand, expression_fault, matches, prefixes, reaches
from archlint.graph.strangers import strangers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.model import Import
    from archlint.rule import Project


def first_imports(project: Project, package: str, *, tests: bool) -> Iterator[Import]:
    """Yield the first import of *package* by each module, sorted; those for type checking alone left out."""
    graph = project.judged_graph(include_tests=tests)
    seen: set[str] = set()
    for row in graph.externals:
        if row.importer in seen or row.flags & Flag.TYPE_CHECKING or not reaches(row, package):
            continue
        seen.add(row.importer)
        yield row


def lies_within(module: str, expressions: Iterable[str]) -> bool:
    """Tell whether *module* is one of those that *expressions* stand for, or below one."""
    above = prefixes(module)
    return any(matches(expression, part) for expression in expressions for part in above)


def absent(project: Project, option: str, expressions: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *expressions*, of *option*, that no module of *project* is or lies below."""
    for expression in dict.fromkeys(expressions):
        if not expand(project.graph, expression):
            yield f"`{option}`: there is no module '{expression}'"


def unheard_of(project: Project, option: str, packages: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *packages*, of *option*, that nothing can be called."""
    yield from (f"`{option}`: {line}" for line in strangers(project.graph, packages))


def doubled(option: str, packages: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *packages*, of *option*, that is there more than once."""
    for name, times in Counter(packages).items():
        if times > 1:
            yield f"`{option}`: {name} is there twice"


def faults(option: str, expressions: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *expressions*, of *option*, that is no name of a package or module."""
    for expression in expressions:
        fault = expression_fault(expression, external=True)
        if fault:
            yield f"`{option}`: {fault}"


def map_faults(names: Iterable[str], modules: Mapping[str, Iterable[str]]) -> list[str]:
    """Return a line for each fault of the options that undeclared-package and unused-package share."""
    found = [*faults("package-module-map", (name for listed in modules.values() for name in listed))]
    found += [
        f"`package-module-map`: {name} installs nothing" for name, listed in modules.items() if not listed
    ]
    return [*faults("ignored", names), *found]
