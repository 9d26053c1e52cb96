"""ARC505 rival-packages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from archlint.facts import Flag
from archlint.graph.expressions import prefixes
from archlint.model import Step
from archlint.rule import Example, Project, Rule
from archlint.rules.technology.policy import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.model import Finding, Import

    Uses = Mapping[str, Mapping[str, list[Import]]]

_TWO = {"shop/a.py": "import requests\n", "shop/b.py": "import requests\n", "shop/c.py": "import httpx\n"}


@dataclass(frozen=True)
class RivalPackages(Rule):
    """Two packages that serve one purpose in one project.

    ## What it does
    Reports a package of a catalogue of well-known ones where the project uses another for the same purpose
    in more modules: `requests` and `httpx`, say. Packages that are built on each other (`sqlmodel` and
    `sqlalchemy`) are no rivals. Imports under `try` (a fallback) and for type checking do not count.

    ## Why is this bad?
    Both have to be known, upgraded, patched and configured: twice the work for one need, and two ways in
    which the same thing behaves.

    ## Example
    ```python
    import requests  # in most modules
    import httpx  # in one
    ```

    ## Use instead
    Choose one, and put the other on hold (technology-on-hold).

    ## Options
    - `purposes`: further packages by purpose, which may be new; they win over the catalogue (default none).
    - `together`: lists of packages that are meant to be used side by side (default none).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC505"
    name: ClassVar[str] = "rival-packages"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(_TWO, ("httpx (1 module) and requests (2 modules) both serve one purpose: HTTP client",)),
        Example(_TWO, (), {"together": [["requests", "httpx"]]}),
        Example({"shop/a.py": "import sqlmodel\n", "shop/b.py": "import sqlalchemy\n"}),
        Example({"shop/a.py": "try:\n    import orjson\nexcept ImportError:\n    import ujson\n"}),
    )

    purposes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    together: tuple[tuple[str, ...], ...] = ()
    include_tests: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no package."""
        found = [line for names in self.purposes.values() for line in faults("purposes", names)]
        found += [line for names in self.together for line in faults("together", names)]
        if found:
            raise ValueError("; ".join(found))

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each package that is not the most used of its purpose."""
        from archlint.context.companions import belong_together  # noqa: PLC0415 (where it is asked for)

        for purpose, used in sorted(self._used(project).items()):
            first, *others = sorted(used, key=lambda name: (-_modules(used[name]), name))
            for name in others:
                meant = any({first, name} <= {*group} for group in self.together)
                if not meant and not belong_together(first, name):
                    yield self._finding(project, purpose, used, (name, first))

    def _used(self, project: Project) -> Uses:
        """Return the imports of each listed package, by purpose."""
        from archlint.context.technologies import purposes as listed  # noqa: PLC0415 (where it is asked for)

        own = {name: purpose for purpose, names in self.purposes.items() for name in names}
        purposes = listed() | own
        found: dict[str, dict[str, list[Import]]] = {}
        for row in project.judged_graph(include_tests=self.include_tests).externals:
            if row.flags & (Flag.TYPE_CHECKING | Flag.CONDITIONAL):
                continue
            for name in {part for target in row.targets for part in prefixes(target) if part in purposes}:
                found.setdefault(purposes[name], {}).setdefault(name, []).append(row)
        return found

    def _finding(
        self, project: Project, purpose: str, used: Mapping[str, list[Import]], pair: tuple[str, str]
    ) -> Finding:
        rows = [min(used[name], key=lambda row: (row.importer, row.line)) for name in pair]
        said = [f"{name} ({_counted(_modules(used[name]))})" for name in pair]
        return self.finding(
            project,
            rows[0].importer,
            f"{said[0]} and {said[1]} both serve one purpose: {purpose}",
            line=rows[0].line,
            column=rows[0].column,
            related=tuple(
                (name, Step(row.importer, row.imported, row.path, row.line))
                for name, row in zip(pair, rows, strict=True)
            ),
            identity=(self.code, purpose, *pair),
            help=f"Choose one; {pair[1]} is in more modules.{_reason(purpose)}",
        )


def _reason(purpose: str) -> str:
    """Return why one is enough, as a sentence; nothing for a purpose that configuration added."""
    from archlint.context.technologies import reason_for_purpose  # noqa: PLC0415

    reason = reason_for_purpose(purpose)
    return f" Each {reason}." if reason else ""


def _modules(rows: list[Import]) -> int:
    return len({row.importer for row in rows})


def _counted(number: int) -> str:
    return f"{number} module{'s' if number != 1 else ''}"
