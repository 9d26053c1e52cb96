"""radon's maintainability index of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.parsing.layout import read_layout

if TYPE_CHECKING:
    import ast

# radon.raw.analyze tokenizes a statement again for each of its lines: quadratic in their number.
MAX_LINES = 400


def maintainability(text: str, tree: ast.Module) -> float | None:
    """Return the index of ``radon.metrics.mi_visit(text, multi=True)``, from a tree already parsed.

    None where radon cannot measure the file, or would take too long over a very long statement.
    """
    if _is_long(text):
        return None
    from radon.metrics import h_visit_ast, mi_compute  # type: ignore[import-untyped]  # noqa: PLC0415
    from radon.raw import analyze  # type: ignore[import-untyped]  # noqa: PLC0415
    from radon.visitors import ComplexityVisitor  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        raw = analyze(text)
        volume = h_visit_ast(tree).total.volume
        complexity = ComplexityVisitor.from_ast(tree).total_complexity
    except Exception:  # noqa: BLE001 (radon re-reads the text and may raise anything on odd files)
        return None
    comments = (raw.comments + raw.multi) / raw.sloc * 100 if raw.sloc else 0
    return float(mi_compute(volume, complexity, raw.lloc, comments))


def _is_long(text: str) -> bool:
    """Tell whether a statement, or a run of continued lines, is longer than radon takes in good time."""
    if text.count("\\\n") > MAX_LINES:
        return True
    if text.count("\n") <= MAX_LINES:
        return False
    return any(line.last - line.first > MAX_LINES for line in read_layout(text).logical)
