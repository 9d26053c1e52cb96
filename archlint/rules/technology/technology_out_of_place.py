"""ARC502 technology-out-of-place."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from archlint.facts import Flag
from archlint.graph.expressions import reaches
from archlint.rule import Example, Project, Rule
from archlint.rules.technology.policy import absent, doubled, faults, lies_within, unheard_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Finding, Import


class Agreed(Struct, frozen=True, forbid_unknown_fields=True):
    """A *package* that the project agreed on, ``within`` some modules or everywhere."""

    package: str
    within: tuple[str, ...] = ()
    reason: str = ""
    owner: str = ""


_ADOPT = [{"package": "sqlalchemy", "within": ["shop.db"]}, {"package": "flask"}]


@dataclass(frozen=True)
class TechnologyOutOfPlace(Rule):
    """A module that uses a package where the project did not agree on it.

    ## What it does
    Reports each module that imports a listed package outside the modules that it was agreed for. With
    `exhaustive`, packages that no list names are reported too; the standard library is always agreed on.
    Type-checking imports do not count.

    ## Why is this bad?
    What a layer is built with decides who can work on it. A package that turns up in another layer is a
    decision that nobody made.

    ## Example
    ```python
    # shop/web.py
    from sqlalchemy import select
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.db import open_orders
    ```

    ## Options
    - `adopt`: tables with a `package`, and where wanted the modules that it is agreed on `within`, its
      `reason` and `owner` (default none).
    - `trial`: the same for packages on trial, for which `within` has to be said (default none).
    - `exhaustive`: report third-party packages that neither list names (default false).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC502"
    name: ClassVar[str] = "technology-out-of-place"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/web.py": "import flask\nfrom sqlalchemy import select\n", "shop/db.py": ""},
            ("shop.web uses sqlalchemy, which is agreed on for shop.db alone",),
            {"adopt": _ADOPT},
        ),
        Example(
            {"shop/db.py": "import os, sqlalchemy\nimport peewee\n"},
            ("shop.db uses peewee, which the project has not agreed on",),
            {"adopt": _ADOPT, "exhaustive": True},
        ),
        Example({"shop/db.py": "import sqlalchemy, flask\n"}, (), {"adopt": _ADOPT}),
    )

    adopt: tuple[Agreed, ...] = ()
    trial: tuple[Agreed, ...] = ()
    exhaustive: bool = False
    include_tests: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no package or module, a trial everywhere, and a package on both lists."""
        found = list(self._faults())
        if found:
            raise ValueError("; ".join(found))

    def _faults(self) -> Iterator[str]:
        for option, listed in (("adopt", self.adopt), ("trial", self.trial)):
            packages = [one.package for one in listed]
            yield from faults(option, packages)
            yield from doubled(option, packages)
            yield from faults("within", chain.from_iterable(one.within for one in listed))
        for one in self.trial:
            if not one.within:
                yield f"`trial`: say `within` which modules {one.package} is tried"
        for name in sorted({one.package for one in self.adopt} & {one.package for one in self.trial}):
            yield f"{name} is both adopted and on trial"

    @property
    def asked(self) -> bool:
        return bool(self.adopt or self.trial)

    def problems(self, project: Project) -> Iterator[str]:
        for option, listed in (("adopt", self.adopt), ("trial", self.trial)):
            yield from unheard_of(project, option, (one.package for one in listed))
        yield from absent(project, "within", (name for one in self._listed for name in one.within))

    @property
    def _listed(self) -> tuple[Agreed, ...]:
        return (*self.adopt, *self.trial)

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module and package that it imports out of place."""
        graph = project.judged_graph(include_tests=self.include_tests)
        seen: set[tuple[str, str]] = set()
        for row in graph.externals:
            if row.flags & Flag.TYPE_CHECKING:
                continue
            for package, said in self._breaches(row):
                if (row.importer, package) not in seen:
                    seen.add((row.importer, package))
                    yield self._finding(project, row, package, said)

    def _breaches(self, row: Import) -> Iterator[tuple[str, str]]:
        """Yield the packages that *row* takes out of place, each with what was agreed."""
        named = [one for one in self._listed if reaches(row, one.package)]
        for one in named:
            if one.within and not lies_within(row.importer, one.within):
                state = "on trial in" if one in self.trial else "agreed on for"
                yield one.package, f"is {state} {', '.join(one.within)} alone"
        if self.exhaustive and not named and row.imported not in _STANDARD:
            yield row.imported, "the project has not agreed on"

    def _finding(self, project: Project, row: Import, package: str, said: str) -> Finding:
        listed = next((one for one in self._listed if one.package == package), None)
        reason = f" It is there because {listed.reason}." if listed and listed.reason else ""
        return self.finding(
            project,
            row.importer,
            f"{row.importer} uses {package}, which {said}",
            line=row.line,
            column=row.column,
            identity=(self.code, row.importer, package),
            help=f"Ask a module that may use it, or have the list changed.{reason}",
            owner=listed.owner or None if listed else None,
        )


_STANDARD = sys.stdlib_module_names | {"__main__"}
