"""ARC305 too-many-parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example
from archlint.rules.complexity.function_rule import FunctionRule

if TYPE_CHECKING:
    from archlint.facts import FunctionShape


@dataclass(frozen=True)
class TooManyParameters(FunctionRule):
    """A function that asks its callers for too much.

    ## What it does
    Reports functions and methods with more parameters than the limit. `self` and `cls`, `*args` and
    `**kwargs` do not count; overloads, which only describe another function, are passed over, and so are
    parameters that can only be given by name, unless `keyword-only` says otherwise.

    ## Why is this bad?
    A long row of arguments is easily given in the wrong order, and it shows that the function does
    several things or that its arguments belong together without saying so.

    ## Example
    ```python
    def invoice(name, street, city, zip_code, country, items, discount, currency, due): ...
    ```

    ## Use instead
    Group what belongs together in a type of its own, and let rare choices be given by name:
    ```python
    def invoice(customer: Customer, items: Basket, *, discount=0, due=None): ...
    ```

    ## Options
    - `max-parameters`: the most parameters that are let pass (default 12).
    - `keyword-only`: count parameters that can only be given by name too (default false).
    - `include-tests`: judge test modules too (default false).
    - `include-generated`: judge generated files too (default false).
    """

    code: ClassVar[str] = "ARC305"
    name: ClassVar[str] = "too-many-parameters"
    remedy: ClassVar[str] = (
        "Group what belongs together in a type, and let rare choices be given by name only."
    )
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"shop/a.py": "class A:\n    def f(self, a, b, *c, d, **e): ...\n\n\ndef g(a, b, c): ...\n"},
            ("g has 3 parameters (limit 2)",),
            {"max-parameters": 2},
        ),
        Example(
            {"shop/a.py": "def g(a, b, *, c, d): ...\n"},
            options={"max-parameters": 2},
        ),
    )

    max_parameters: int = 12
    keyword_only: bool = False
    include_tests: bool = False
    include_generated: bool = False

    def over(self, function: FunctionShape) -> tuple[int, str] | None:
        """Return the number of parameters of *function*, where those are too many."""
        count = function.parameters - (0 if self.keyword_only else function.keyword_only)
        if count <= self.max_parameters or _is_overload(function):
            return None
        return count, f"has {count} parameters (limit {self.max_parameters})"


def _is_overload(function: FunctionShape) -> bool:
    return any(decorator.rpartition(".")[2] == "overload" for decorator in function.decorators)
