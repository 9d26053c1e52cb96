"""ARC210 class-coupled-too-widely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.facts import ClassShape
    from archlint.model import Finding
SHOWN = 4


@dataclass(frozen=True)
class ClassCoupledTooWidely(Rule):
    """A class that uses too many other classes of the project.

    ## What it does
    Reports classes that use more distinct classes of the project than the limit: as bases, in calls, as
    attributes' owners and in annotations, wherever the name leads through imports. It is the outgoing half
    of coupling between objects (CBO, Chidamber and Kemerer 1994); who uses the class does not count
    against it.

    ## Why is this bad?
    It changes when any of them does, and no test can build it without all of them.

    ## Example
    ```python
    class Checkout:
        ...  # uses Cart, Stock, Invoice, Mailer, Printer, Session and thirty more
    ```

    ## Use instead
    Hand in what it needs behind few interfaces, and move each group of collaborators into a class of its
    own.

    ## Options
    - `max-classes`: the most classes that are let pass (default 25).
    - `include-tests`: judge test modules too (default false).
    """

    code: ClassVar[str] = "ARC210"
    name: ClassVar[str] = "class-coupled-too-widely"
    needs: ClassVar[frozenset[Need]] = frozenset({"detail", "shape"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "shop/a.py": (
                    "from shop.b import B, make\nimport shop.c as c\n\n\nclass Base: ...\n\n\n"
                    "class A(Base):\n    def f(self) -> B:\n        return c.C(make())\n"
                ),
                "shop/b.py": "class B: ...\n\n\ndef make(): ...\n",
                "shop/c.py": "from shop.d import D as C\n",
                "shop/d.py": "class D: ...\n",
            },
            ("A uses 3 classes of the project (limit 2): shop.a.Base, shop.b.B, shop.d.D",),
            {"max-classes": 2},
        ),
        Example(
            {
                "shop/a.py": "from shop.b import B\n\n\nclass A(B):\n    b = B()\n",
                "shop/b.py": "class B: ...\n",
            },
            options={"max-classes": 1},
        ),
    )

    max_classes: int = 25
    include_tests: bool = False

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each class over the limit."""
        from archlint.graph.classes import Classes  # noqa: PLC0415 (only where it is asked for)

        classes = Classes(project.modules, project.details)
        for module in project.judged(include_tests=self.include_tests):
            facts = project.details.get(module.name)
            shapes = facts.shapes if facts else None
            for shape in shapes.classes if shapes else ():
                used = sorted(classes.used_by(module.name, shape))
                if len(used) > self.max_classes:
                    yield self._finding(project, module.name, shape, used)

    def _finding(self, project: Project, module: str, shape: ClassShape, used: list[str]) -> Finding:
        more = f" and {len(used) - SHOWN} more" if len(used) > SHOWN else ""
        return self.finding(
            project,
            module,
            f"{shape.name} uses {len(used)} classes of the project (limit {self.max_classes}): "
            f"{', '.join(used[:SHOWN])}{more}",
            line=shape.line,
            column=shape.column,
            symbol=shape.name,
            identity=(self.code, f"{module}:{shape.name}"),
            value=float(len(used)),
            help="Hand in what it needs behind few interfaces, or split it by its collaborators.",
        )
