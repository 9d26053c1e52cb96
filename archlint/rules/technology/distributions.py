"""Which declared distribution an import may come from, and which names a distribution installs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from archlint.context.import_names import by_distribution, by_import, normalised
from archlint.context.standard import STANDARD
from archlint.context.technologies import TECHNOLOGIES
from archlint.graph.expressions import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.context.manifest import Declared, Manifest, Requirement
    from archlint.model import Import
    from archlint.rule import Project

# Packages that many distributions share: what is imported from them is named with one part more.
_NAMESPACES_TEXT = """
azure azure.mgmt azure.storage azure.ai azure.keyvault backports google google.cloud jaraco
opentelemetry opentelemetry.instrumentation opentelemetry.exporter oslo plone plone.app Products repoze
ruamel sphinxcontrib zope zope.app collective mpl_toolkits testing logilab paste
"""
_NAMESPACES = frozenset(_NAMESPACES_TEXT.split())


# What the name of a distribution often adds to that of the package that it installs.
_ADDED_TEXT = "python python3 py py3 django flask drf orm ng client sdk lib cpp binary community fork"
_ADDED = frozenset(_ADDED_TEXT.split())


def package_of(target: str) -> str:
    """Return the package that the dotted *target* lies in: its top-level name, unless many share that."""
    above = prefixes(target)
    return next((part for part in above if part not in _NAMESPACES), above[-1])


class Foreign(NamedTuple):
    """An import of a third-party package: its row, the full name imported, and what is declared above it."""

    row: Import
    target: str
    declared: Declared

    @property
    def package(self) -> str:
        """The package that is imported."""
        return package_of(self.target)


@cache
def _named_by_catalogues() -> frozenset[str]:
    names = (*by_import(), *(name for each in TECHNOLOGIES for name in each.names.split()))
    return frozenset(name.partition(".")[0] for name in names)


def _has_its_own(package: str) -> bool:
    return package.partition(".")[0] in _named_by_catalogues()


class Names:
    """The way from names to distributions and back, with what a project adds: modules by distribution."""

    def __init__(self, *modules: Mapping[str, Iterable[str]]) -> None:
        self._own: dict[str, tuple[str, ...]] = {}
        for each in modules:
            self._own |= {normalised(name): tuple(listed) for name, listed in each.items()}
        self._by_import: dict[str, list[str]] = {}
        for distribution, names in self._own.items():
            for name in names:
                self._by_import.setdefault(name, []).append(distribution)
        self._known: dict[str, tuple[str, ...]] = {}

    def installed_by(self, distribution: str) -> tuple[str, ...]:
        """Return the dotted names that *distribution* installs: as listed, else its own name."""
        listed = self._own.get(distribution) or by_distribution().get(distribution)
        return listed or tuple(
            dict.fromkeys((distribution.replace("-", "_"), distribution.replace("-", ".")))
        )

    def resembles(self, distribution: str, package: str) -> bool:
        """Tell whether *distribution*, of which no list tells, probably installs the dotted *package*.

        That is so where both are made of the same words, words apart that are often added to the name of a
        distribution: django-soft-delete and ``django_softdelete``, tortoise-orm and ``tortoise``. A package
        that is known to have a distribution of its own name is not taken for another's.
        """
        if distribution in self._own or distribution in by_distribution() or _has_its_own(package):
            return False
        words = distribution.split("-")
        plain = "".join(word for word in words if word not in _ADDED)
        wanted = normalised(package).replace("-", "")
        return wanted in ("".join(words), plain)

    def sources(self, target: str) -> tuple[str, ...]:
        """Return the distributions that may install the dotted name *target*, the likeliest first.

        What lists say of the longest part of it wins; beside that, a distribution may be called as a part
        is: ``google.cloud.storage`` is google-cloud-storage's.
        """
        if target not in self._known:
            self._known[target] = tuple(self._sources(target))
        return self._known[target]

    def _sources(self, target: str) -> list[str]:
        named: list[str] = []
        for part in reversed(prefixes(target)):
            plain = normalised(part).strip("-")
            if part not in _NAMESPACES and plain not in self._own and plain not in by_distribution():
                named.insert(0, plain)
            listed = (*self._by_import.get(part, ()), *by_import().get(part, ()))
            if listed:
                return list(dict.fromkeys((*listed, *named)))
        return named or [normalised(target).strip("-")]


class Declarations:
    """The imports of third-party packages in a project, and what its manifests say of them."""

    def __init__(self, project: Project, modules: Mapping[str, Iterable[str]], *, tests: bool) -> None:
        self._project = project
        self._manifest: Manifest | None = project.manifest
        self._tests = tests
        directories = self._manifest.directories if self._manifest else ()
        self._names = {each.directory: Names(each.modules, modules) for each in directories}

    def imports(self) -> Iterator[Foreign]:
        """Yield the imports of what is neither the project's own nor the standard library's, by importer."""
        if self._manifest is None:
            return
        for row in self._project.judged_graph(include_tests=self._tests).externals:
            if row.imported in STANDARD or row.imported in self._manifest.local:
                continue
            declared = self._manifest.over(row.path or self._project.path(row.importer))
            if declared is not None and row.imported not in declared.own:
                yield from (Foreign(row, target, declared) for target in row.targets or (row.imported,))

    def above(self, foreign: Foreign) -> list[Declared]:
        """Return all declarations above the file that *foreign* stands in."""
        path = foreign.row.path or self._project.path(foreign.row.importer)
        return [each for each in self._manifest.directories if each.covers(path)] if self._manifest else []

    def names(self, declared: Declared) -> Names:
        """Return the names that hold for what *declared* declares."""
        return self._names[declared.directory]

    def sources(self, foreign: Foreign) -> tuple[str, ...]:
        """Return the distributions that *foreign* may come from, the likeliest first."""
        return self.names(foreign.declared).sources(foreign.target)

    def requirements(self, foreign: Foreign) -> list[Requirement]:
        """Return the requirements that may install what *foreign* imports, by name or as an extra."""
        likely = frozenset(self.sources(foreign))
        listed = foreign.declared.requirements
        sure = [each for each in listed if each.name in likely or not likely.isdisjoint(each.extras)]
        names = self.names(foreign.declared)
        return sure or [each for each in listed if names.resembles(each.name, foreign.package)]


def named(target: str, names: Iterable[str]) -> bool:
    """Tell whether the dotted name *target* is one of *names*, or below one."""
    return not frozenset(names).isdisjoint(prefixes(target))
