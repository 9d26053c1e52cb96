"""ARC501 technology-on-hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from archlint.rule import Example, Project, Rule
from archlint.rules.technology.policy import absent, doubled, faults, first_imports, lies_within, unheard_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.model import Finding, Import


class Held(Struct, frozen=True, forbid_unknown_fields=True):
    """A *package* that nothing new may use, ``within`` some modules or everywhere."""

    package: str
    reason: str = ""
    replacement: str = ""
    owner: str = ""
    within: tuple[str, ...] = ()


_HOLD = [{"package": "requests", "reason": "it blocks the event loop", "replacement": "httpx"}]


@dataclass(frozen=True)
class TechnologyOnHold(Rule):
    """A module that uses a package on hold.

    ## What it does
    Reports each module that imports a package which the project has put on hold, with the reason and the
    replacement. Record today's uses in the ledger (`archlint baseline`), and only new ones fail.
    Type-checking imports do not count.

    ## Why is this bad?
    A technology that was given up on grows back, one convenient import at a time, and has to be kept
    alive, patched and known for as long as one module uses it.

    ## Example
    ```python
    import requests
    ```

    ## Use instead
    ```python
    import httpx
    ```

    ## Options
    - `hold`: tables with a `package` (subpackages too: `google.cloud`), and where wanted its `reason`,
      `replacement`, `owner`, and the modules that it is on hold `within` (default none).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC501"
    name: ClassVar[str] = "technology-on-hold"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/web.py": "import requests\n"},
            ("shop.web uses requests, which is on hold: it blocks the event loop",),
            {"hold": _HOLD},
        ),
        Example({"shop/web.py": "import httpx\n"}, (), {"hold": _HOLD}),
    )

    hold: tuple[Held, ...] = ()
    include_tests: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no package or module, and a package that is to replace itself."""
        found = list(self._faults())
        if found:
            raise ValueError("; ".join(found))

    def _faults(self) -> Iterator[str]:
        yield from faults("hold", (held.package for held in self.hold))
        for held in self.hold:
            yield from faults("within", held.within)
        on_hold = [held.package for held in self.hold if not held.within]
        yield from doubled("hold", on_hold)
        for held in self.hold:
            if held.replacement and held.replacement in on_hold:
                yield (
                    f"`hold`: {held.package} is to be replaced by {held.replacement}, which is on hold too"
                )

    @property
    def asked(self) -> bool:
        return bool(self.hold)

    def problems(self, project: Project) -> Iterator[str]:
        yield from unheard_of(project, "hold", (held.package for held in self.hold))
        yield from absent(project, "within", (name for held in self.hold for name in held.within))

    def contradictions(self, others: Iterable[Rule]) -> Iterator[str]:
        """Yield a line for each package on hold everywhere that technology-out-of-place agrees on."""
        from archlint.rules.technology.technology_out_of_place import TechnologyOutOfPlace  # noqa: PLC0415

        on_hold = {held.package for held in self.hold if not held.within}
        for other in others:
            if isinstance(other, TechnologyOutOfPlace):
                agreed = {one.package for one in (*other.adopt, *other.trial)}
                for name in sorted(on_hold & agreed):
                    yield f"`hold`: {name} is on hold everywhere, and `{other.name}` lists it as agreed on"

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each module and package on hold that it imports."""
        for held in self.hold:
            for row in first_imports(project, held.package, tests=self.include_tests):
                if not held.within or lies_within(row.importer, held.within):
                    yield self._finding(project, held, row)

    def _finding(self, project: Project, held: Held, row: Import) -> Finding:
        reason = f": {held.reason}" if held.reason else ""
        instead = f"Use {held.replacement} instead." if held.replacement else "Do without it."
        return self.finding(
            project,
            row.importer,
            f"{row.importer} uses {held.package}, which is on hold{reason}",
            line=row.line,
            column=row.column,
            identity=(self.code, row.importer, held.package),
            help=instead,
            owner=held.owner or None,
        )
