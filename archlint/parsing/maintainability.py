"""radon's maintainability index of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.parsing.lines_of_code import count_code

if TYPE_CHECKING:
    import ast


def maintainability(text: str, tree: ast.Module) -> float | None:
    """Return the index of ``radon.metrics.mi_visit(text, multi=True)``, from a tree already parsed.

    None where radon cannot measure the file.
    """
    from radon.metrics import h_visit_ast, mi_compute  # type: ignore[import-untyped]  # noqa: PLC0415
    from radon.visitors import ComplexityVisitor  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        raw = count_code(text)
        volume = h_visit_ast(tree).total.volume
        complexity = ComplexityVisitor.from_ast(tree).total_complexity
    except Exception:  # noqa: BLE001 (radon re-reads the text and may raise anything on odd files)
        return None
    comments = (raw.comments + raw.multi) / raw.source * 100 if raw.source else 0
    return float(mi_compute(volume, complexity, raw.logical, comments))
