"""The functions, classes and modules whose measures the rules of this family hold against a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.facts import ClassShape, FunctionShape, ModuleSummary, Shapes
    from archlint.rule import Need, Project

SHAPES: frozenset[Need] = frozenset({"detail", "shape"})


def judged_summaries(
    project: Project, *, include_tests: bool, include_generated: bool
) -> Iterator[tuple[str, ModuleSummary]]:
    """Yield the modules to judge, by name, with what their files say."""
    for module in project.judged(include_tests=include_tests):
        facts = project.facts.get(module.name)
        if facts is not None and (include_generated or not facts.generated):
            yield module.name, facts


def judged_shapes(
    project: Project, *, include_tests: bool, include_generated: bool
) -> Iterator[tuple[str, Shapes]]:
    """Yield the modules to judge, by name, with their shapes; those that were not measured are left out."""
    for name, _ in judged_summaries(
        project, include_tests=include_tests, include_generated=include_generated
    ):
        facts = project.details.get(name)
        if facts is not None and facts.shapes is not None:
            yield name, facts.shapes


def place(code: str, module: str, shape: FunctionShape | ClassShape) -> dict[str, object]:
    """Return the fields of a finding on *shape*: where it is, and what makes it the same tomorrow."""
    return {
        "line": shape.line,
        "column": shape.column,
        "symbol": shape.name,
        "identity": (code, f"{module}:{shape.name}"),
    }
