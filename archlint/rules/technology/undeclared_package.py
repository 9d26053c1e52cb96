"""ARC503 undeclared-package."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from archlint.context.import_names import by_import
from archlint.facts import Flag
from archlint.model import Step
from archlint.rule import Example, Need, Project, Rule
from archlint.rules.technology.distributions import Declarations, named
from archlint.rules.technology.policy import map_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.context.manifest import Declared, Requirement
    from archlint.model import Finding, Import
    from archlint.rules.technology.distributions import Foreign

_PROJECT = '[project]\nname = "shop"\ndependencies = ["flask"]\n'
_TESTED = _PROJECT + '[dependency-groups]\ntest = ["pytest"]\n'
# Directories and files whose code only developers run, with what they have installed.
_WORKSHOPS_TEXT = "bench benchmark benchmarks ci doc docs example examples notebooks scripts testing tools"
_WORKSHOPS = frozenset(_WORKSHOPS_TEXT.split())
_WORKSHOP_FILES_TEXT = (
    "setup.py conftest.py noxfile.py tasks.py fabfile.py dodo.py pytest_plugin.py pytest.py"
)
_WORKSHOP_FILES = frozenset(_WORKSHOP_FILES_TEXT.split())


@dataclass(frozen=True)
class UndeclaredPackage(Rule):
    """A third-party package that is imported and that no manifest declares.

    ## What it does
    Compares what modules import with what the nearest manifest above them declares: pyproject.toml (its
    standard tables, dependency groups, Poetry, PDM, uv and Hatch), setup.cfg, the literals in setup.py,
    requirements files and Pipfile. Reports each package that is imported without being declared, or that is
    declared for development alone and imported where the program runs, at its first import. Imports under
    `try` or `if`, and for type checking, are optional and do not count. Nothing is installed or looked up:
    which distribution installs which name is read from a list, where it is not the name itself.

    ## Why is this bad?
    It works only as long as something else happens to install the package, and in whatever version.

    ## Example
    ```python
    import requests  # pyproject.toml: dependencies = ["flask"]
    ```

    ## Use instead
    ```toml
    dependencies = ["flask", "requests"]
    ```

    ## Options
    - `ignored`: names that may be imported undeclared, with all below them (default none).
    - `package-module-map`: the names that distributions install, by distribution, where archlint does not
      know them (default none). `package_module_name_map` of `[tool.deptry]` is read too.
    - `development`: report what is declared for development alone (default true).
    - `deferred`: judge imports inside functions, too, which may be for optional features (default true).
    - `include-tests`: judge test modules too, for which what is declared for development counts
      (default false).
    """

    code: ClassVar[str] = "ARC503"
    name: ClassVar[str] = "undeclared-package"
    needs: ClassVar[frozenset[Need]] = frozenset({"graph", "manifest"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "pyproject.toml": _PROJECT,
                "shop/a.py": "import flask\nimport yaml\n",
                "shop/b.py": "import yaml\n",
            },
            ("shop.a and 1 more module import yaml, which pyproject.toml does not declare",),
        ),
        Example(
            {"pyproject.toml": _TESTED, "shop/a.py": "import pytest\n"},
            ("shop.a imports pytest, which pyproject.toml declares for development alone (test)",),
        ),
        Example(
            {
                "pyproject.toml": _PROJECT,
                "shop/a.py": "import flask, os\ntry:\n    import yaml\nexcept ImportError:\n    pass\n",
            }
        ),
    )

    ignored: tuple[str, ...] = ()
    package_module_map: dict[str, tuple[str, ...]] = field(default_factory=dict)
    development: bool = True
    deferred: bool = True
    include_tests: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no name of a module."""
        found = map_faults(self.ignored, self.package_module_map)
        if found:
            raise ValueError("; ".join(found))

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each manifest and package that it does not declare for where it is imported."""
        declarations = Declarations(project, self.package_module_map, tests=self.include_tests)
        found: dict[tuple[str, str], list[Foreign]] = {}
        for foreign in declarations.imports():
            if self._judges(foreign.row) and not self._is_fine(project, declarations, foreign):
                key = (foreign.declared.directory, declarations.sources(foreign)[0])
                found.setdefault(key, []).append(foreign)
        for (_, distribution), uses in sorted(found.items()):
            yield self._finding(project, declarations, distribution, uses)

    def _judges(self, row: Import) -> bool:
        """Leave out what the program can do without: imports for type checking, and under if or try."""
        refused = Flag.TYPE_CHECKING | Flag.CONDITIONAL | (0 if self.deferred else Flag.DEFERRED)
        return not row.flags & refused

    def _is_fine(self, project: Project, declarations: Declarations, foreign: Foreign) -> bool:
        declared = foreign.declared
        if declared.unknown or declared.name in declarations.sources(foreign):
            return True
        listed = {each.kind for each in declarations.requirements(foreign)}
        if named(foreign.target, (*self.ignored, *_excused(declared, listed=bool(listed)))):
            return True
        if listed == {"development"} and self.development:
            return project.modules[foreign.row.importer].test or _is_workshop(foreign.row.path or "")
        return bool(listed)

    def _finding(
        self, project: Project, declarations: Declarations, distribution: str, uses: list[Foreign]
    ) -> Finding:
        uses = sorted(uses, key=lambda use: (use.row.importer, use.row.line))
        first = uses[0]
        importers = len({use.row.importer for use in uses})
        listed = declarations.requirements(first)
        said = f"declares for development alone ({_groups(listed)})" if listed else "does not declare"
        manifest = listed[0].path if listed else _main(first.declared)
        who = f"{first.row.importer} imports" if importers == 1 else f"{_and_more(first, importers)} import"
        return self.finding(
            project,
            first.row.importer,
            f"{who} {first.package}, which {manifest} {said}",
            line=first.row.line,
            column=first.row.column,
            identity=(self.code, first.declared.directory, distribution),
            related=tuple(
                ("declared for development", Step(first.row.importer, each.name, each.path, each.line))
                for each in listed
            ),
            help=_help(declarations, first, listed=bool(listed)),
        )


def _is_workshop(path: str) -> bool:
    *folders, file = path.split("/")
    return file in _WORKSHOP_FILES or not _WORKSHOPS.isdisjoint(folders)


def _main(declared: Declared) -> str:
    """Return the file in which to declare what a program needs."""
    return next((each.path for each in declared.requirements if each.kind == "runtime"), declared.files[0])


def _groups(listed: Iterable[Requirement]) -> str:
    return ", ".join(sorted({each.group for each in listed}))


def _and_more(first: Foreign, importers: int) -> str:
    return f"{first.row.importer} and {importers - 1} more module{'s' if importers > 2 else ''}"


def _help(declarations: Declarations, first: Foreign, *, listed: bool) -> str:
    likely = declarations.sources(first)
    if listed:
        return "Declare it with what the program needs, or do without it there."
    alike = [each.written for each in first.declared.requirements if _alike(each.name, first.package)]
    if alike:
        return f"If {alike[0]} installs it, say so in `package-module-map`; else declare it."
    known = by_import().get(first.package, ())
    return f"Declare {' or '.join(known or likely[:1])}."


def _alike(distribution: str, package: str) -> bool:
    """Tell whether one name is made of the other: python-foo, pyfoo, foo-client."""
    plain = package.replace("_", "").replace(".", "").lower()
    return len(plain) > 2 and plain in distribution.replace("-", "")


def _excused(declared: Declared, *, listed: bool) -> Iterator[str]:
    """Yield the packages that the project told deptry to let pass."""
    for code in ("DEP004",) if listed else ("DEP001", "DEP003"):
        yield from declared.excused.get(code, ())
