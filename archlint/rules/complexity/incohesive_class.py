"""ARC310 incohesive-class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.complexity.measured import SHAPES, judged_shapes, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.model import Finding

_NO_BASES = frozenset({"ABC", "Generic", "Protocol", "object"})
SHOWN = 4


@dataclass(frozen=True)
class IncohesiveClass(Rule):
    """A class that is several classes in one.

    ## What it does
    Reports classes whose methods fall into groups that have no attribute in common and do not call
    each other (LCOM4, Hitz and Montazeri 1995). Constructors, and methods that do not use the instance,
    belong to no group; one that uses the instance as a whole may call any special method. Only groups of
    some size count, and only classes without a base class: what a base shares, calls or demands is not
    seen.

    ## Why is this bad?
    The groups change for different reasons and are understood apart, and still whoever needs one gets
    the other, its state and its imports.

    ## Example
    ```python
    class Shop:
        def add(self, item): self.items.append(item)
        def total(self): return sum(self.items)
        def connect(self): self.socket = dial()
        def send(self, mail): self.socket.send(mail)
    ```

    ## Use instead
    Give each group a class of its own.

    ## Options
    - `min-methods`: how many methods a group must have to count (default 3).
    - `with-bases`: judge classes that have a base class too (default false).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC310"
    name: ClassVar[str] = "incohesive-class"
    needs: ClassVar[frozenset[Need]] = SHAPES
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/a.py": (
                    "class Shop:\n"
                    "    def add(self): self.items += 1\n"
                    "    def total(self): return self.items\n"
                    "    def connect(self): self.socket = 1\n"
                    "    def send(self): self.connect()\n"
                )
            },
            ("Shop has 2 groups of methods with nothing in common: add, total / connect, send",),
            {"min-methods": 2},
        ),
        Example(
            {
                "shop/a.py": (
                    "class Shop:\n"
                    "    def add(self): self.items += 1\n"
                    "    def total(self): return self.items\n"
                    "    def connect(self): self.socket = self.items\n"
                    "    def send(self): self.socket.send(1)\n"
                )
            },
            options={"min-methods": 2},
        ),
    )

    min_methods: int = 3
    with_bases: bool = False
    include_tests: bool = False
    include_generated: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each class with two or more groups that count."""
        for module, shapes in judged_shapes(
            project, include_tests=self.include_tests, include_generated=self.include_generated
        ):
            inherits = _inheriting(project, module)
            for shape in shapes.classes:
                groups = [group for group in shape.groups if len(group) >= self.min_methods]
                if len(groups) < 2 or (shape.name in inherits and not self.with_bases):
                    continue
                yield self.finding(
                    project,
                    module,
                    f"{shape.name} has {len(groups)} groups of methods with nothing in common: "
                    f"{' / '.join(map(_shown, groups))}",
                    value=float(len(groups)),
                    help="Give each group a class of its own.",
                    **place(self.code, module, shape),
                )


def _inheriting(project: Project, module: str) -> set[str]:
    """Return the classes of *module* with a base that may have methods."""
    return {
        one.name
        for one in project.details[module].definitions
        if any(base.rpartition(".")[2] not in _NO_BASES for base in one.bases)
    }


def _shown(group: tuple[str, ...]) -> str:
    rest = len(group) - SHOWN
    return ", ".join(group[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")
