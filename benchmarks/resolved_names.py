"""Hold archlint's name resolution against mypy's: which lines use a sensitive name of the standard library.

``python benchmarks/resolved_names.py DIRECTORY...`` has mypy resolve the names of each package as a whole
(no types) and archlint read it, and prints every line that one of them alone takes for a use of a name of the
catalogue. Neither imports or runs it. Third-party names are left out: mypy would need them installed.

It needs the mypy that is plain Python, for its compiled visitors cannot be extended:
``pip install --no-binary mypy mypy``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mypy import build
from mypy.modulefinder import BuildSource
from mypy.nodes import MemberExpr, MypyFile, NameExpr, TypeAlias, Var
from mypy.options import Options
from mypy.traverser import ExtendedTraverserVisitor
from mypy.types import Instance, get_proper_type

import archlint
from archlint.context.standard import STANDARD
from archlint.contracts.apis import Apis
from archlint.contracts.catalogue import CAPABILITIES, names_of
from archlint.facts import BUILT_IN
from archlint.graph.expressions import prefixes
from archlint.graph.touches import BUILTINS, Touches

if TYPE_CHECKING:
    from archlint.rule import Project

Uses = set[tuple[str, int, str]]
# What one platform alone has, mypy sees on that alone.
PLATFORMS = ("linux", "win32")


def listed() -> dict[str, str]:
    """Return the catalogue's names of the standard library, built-ins in full, each with its capability."""
    return {
        f"{BUILTINS}{name}" if name in BUILT_IN else name: capability
        for capability in CAPABILITIES
        for name in names_of(capability)
        if name in BUILT_IN or name.partition(".")[0] in STANDARD
    }


class Resolved(ExtendedTraverserVisitor):
    """Collects the line and every full name that each name and attribute of a file stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def visit_name_expr(self, o: NameExpr) -> None:
        """Note a name."""
        self._note(o)

    def visit_member_expr(self, o: MemberExpr) -> None:
        """Note an attribute and go on into its value."""
        self._note(o)
        super().visit_member_expr(o)

    def _note(self, o: Any) -> None:
        # A variable of a function has no full name: mypy gives it its own.
        if "." in o.fullname or not isinstance(o.node, Var):
            self.found.append((o.line, o.fullname))
        if isinstance(o.node, TypeAlias):
            target = get_proper_type(o.node.target)
            if isinstance(target, Instance):
                self.found.append((o.line, target.type.fullname))


def trees(sources: list[BuildSource], platform: str) -> dict[str, MypyFile]:
    """Return mypy's resolved tree of each module that it comes upon, as seen on *platform*."""
    options = Options()
    options.semantic_analysis_only = options.preserve_asts = options.ignore_missing_imports = True
    options.incremental = options.native_parser = False
    options.cache_dir = os.devnull
    options.platform = platform
    return dict(build.build(sources, options).files)


def homes(modules: dict[str, MypyFile]) -> dict[str, str]:
    """Return the listed names, and those where they are defined: ``pickle.loads`` is ``_pickle.loads``."""
    names = listed()
    found = dict(names)
    for name, capability in names.items():
        module, _, attribute = name.rpartition(".")
        if module in modules and attribute in modules[module].names:
            found.setdefault(str(modules[module].names[attribute].fullname), capability)
        if name in modules:
            for entry in modules[name].names.values():
                if str(entry.fullname).startswith(f"_{name}."):
                    found.setdefault(str(entry.fullname), capability)
    return found


def by_mypy(project: Project, directory: Path) -> Uses:
    """Return the uses that mypy sees in the modules of *project*: module, line, capability."""
    sources = [BuildSource(str(directory / project.path(name)), name) for name in project.details]
    uses: Uses = set()
    for platform in PLATFORMS:
        modules = trees(sources, platform)
        known = homes(modules)
        for name in project.details.keys() & modules.keys():
            reader = Resolved()
            modules[name].accept(reader)
            found = ((line, power(full, known)) for line, full in reader.found)
            uses |= {(name, line, one) for line, one in found if one}
    return uses


def power(name: str, known: dict[str, str]) -> str | None:
    """Return the capability of the known name at or above *name*."""
    return next((known[part] for part in reversed(prefixes(name)) if part in known), None)


def by_archlint(project: Project) -> tuple[Uses, Uses]:
    """Return the uses that archlint sees, and apart from them those that are imports which nothing reads."""
    known = listed()
    apis, touches = Apis(known), Touches(project.graph, project.details)
    reads: Uses = set()
    imports: Uses = set()
    for name, facts in project.details.items():
        lines = {item.line for statement in facts.imports for item in statement.names}
        lines |= {statement.line for statement in facts.imports}
        for found in apis.used_in(touches, name):
            capability = known.get(found.api) or known[f"{BUILTINS}{found.api}"]
            (imports if found.line in lines else reads).add((name, found.line, capability))
    return reads, imports


def compare(directory: Path) -> tuple[int, int, int]:
    """Print what one of the two alone sees in *directory*; return how many uses both see, and each alone."""
    contract = {"name": "c", "type": "confined-api", "capabilities": ["process"], "allowed": []}
    analysis = archlint.analyse(directory, include_tests=True, select=["ARC401"], contracts=[contract])
    project = analysis.project
    (ours, imports), theirs = by_archlint(project), by_mypy(project, directory)
    theirs -= imports
    for side, uses in (("archlint", ours - theirs), ("mypy", theirs - ours)):
        for module, line, capability in sorted(uses):
            path = project.path(module)
            text = (directory / path).read_text(errors="replace").splitlines()[line - 1].strip()
            print(f"{side}\t{path}:{line}\t{capability}\t{text[:120]}")
    both = len(ours & theirs)
    alone = len(ours - theirs), len(theirs - ours)
    print(
        f"{directory.name}: {len(project.details):,} modules, both see {both:,} uses, archlint alone "
        f"{alone[0]:,}, mypy alone {alone[1]:,}; imports that nothing reads: {len(imports):,}"
    )
    return both, *alone


def main() -> int:
    """Compare in each directory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path, help="projects, outside any repository")
    for directory in parser.parse_args().directories:
        compare(directory.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
