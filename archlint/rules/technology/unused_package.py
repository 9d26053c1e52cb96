"""ARC504 unused-package."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from archlint.context.import_names import normalised
from archlint.context.not_imported import needs_no_import
from archlint.rule import Example, Need, Project, Rule
from archlint.rules.technology.distributions import Declarations
from archlint.rules.technology.policy import map_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.context.manifest import Declared, Requirement
    from archlint.model import Finding

_PROJECT = '[project]\nname = "shop"\ndependencies = [\n  "flask",\n  "requests>=2",\n]\n'


@dataclass(frozen=True)
class UnusedPackage(Rule):
    """A third-party package that is declared and that nothing imports.

    ## What it does
    Reports each package that a manifest declares for the program to run and that no module below it imports,
    where it is declared. Any import counts, in tests and under `try` too. What a string of the code names
    (Django's `INSTALLED_APPS`, a database URL) is used, and so is what is known to work without an import:
    servers, drivers, type information, tools. What a tool wrote into a requirements file with all that
    follows from it is not judged.

    ## Why is this bad?
    Each installation downloads it, each audit has to look at it, and each reader asks what it is for.

    ## Example
    ```toml
    dependencies = ["flask", "requests"]  # and no module imports requests
    ```

    ## Use instead
    ```toml
    dependencies = ["flask"]
    ```

    ## Options
    - `ignored`: distributions that may be declared without being imported (default none).
    - `package-module-map`: as for undeclared-package.
    - `optional`: judge optional dependencies (extras) too (default false).
    - `development`: judge what is declared for development too (default false).
    """

    code: ClassVar[str] = "ARC504"
    name: ClassVar[str] = "unused-package"
    needs: ClassVar[frozenset[Need]] = frozenset({"graph", "manifest"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"pyproject.toml": _PROJECT, "shop/a.py": "import flask\n"},
            ("pyproject.toml declares requests, which nothing imports",),
        ),
        Example(
            {"pyproject.toml": _PROJECT, "shop/a.py": "import flask\nDRIVER = 'requests.Session'\n"},
        ),
        Example({"pyproject.toml": _PROJECT, "shop/a.py": "import flask\n"}, (), {"ignored": ["requests"]}),
    )

    ignored: tuple[str, ...] = ()
    package_module_map: dict[str, tuple[str, ...]] = field(default_factory=dict)
    optional: bool = False
    development: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no name of a module."""
        found = map_faults((), self.package_module_map)
        if found:
            raise ValueError("; ".join(found))

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each requirement that nothing uses, the first of each manifest directory."""
        declarations = Declarations(project, self.package_module_map, tests=True)
        if project.manifest is None:
            return
        used = _used(declarations)
        own = {each.name for each in project.manifest.directories}
        ignored = {normalised(name) for name in self.ignored} | own
        for declared in project.manifest.directories:
            seen = used.get(declared.directory, set()) | ignored
            seen |= {normalised(name) for name in declared.excused.get("DEP002", ())}
            for each in declared.requirements:
                if each.name in seen or not self._judges(each):
                    continue
                seen.add(each.name)
                if not _is_there(project, declarations, declared, each):
                    yield self._finding(project, declared, each)

    def _judges(self, each: Requirement) -> bool:
        if each.locked or needs_no_import(each.name) or each.group == "build-system":
            return False
        wanted = {"runtime": True, "optional": self.optional, "development": self.development}
        return wanted[each.kind]

    def _finding(self, project: Project, declared: Declared, each: Requirement) -> Finding:
        group = f" ({each.group})" if each.group and each.group != each.path else ""
        return self.finding(
            project,
            each.path,
            f"{each.path} declares {each.written}{group}, which nothing imports",
            path=each.path,
            line=each.line,
            identity=(self.code, declared.directory, each.name),
            help="Remove it; or, if it installs a name that is imported, say so in `package-module-map`.",
        )


def _used(declarations: Declarations) -> dict[str, set[str]]:
    """Return the distributions that imports may come from, by the directory of any manifest above them."""
    used: dict[str, set[str]] = {}
    for foreign in declarations.imports():
        for declared in declarations.above(foreign):
            names = declarations.names(declared)
            likely = {*names.sources(foreign.target)}
            if not any(each.name in likely for each in declared.requirements):
                likely |= {
                    each.name for each in declared.requirements if names.resembles(each.name, foreign.package)
                }
            used.setdefault(declared.directory, set()).update(likely)
    return used


def _is_there(project: Project, declarations: Declarations, declared: Declared, each: Requirement) -> bool:
    """Tell whether a string of the code names *each*, or it is a package of the project itself."""
    installed = declarations.names(declared).installed_by(each.name)
    return any(name in project.manifest.mentioned or name in project.graph.index for name in installed)
