"""archlint makes a Python codebase's architecture checkable.

The names below are the public API; each is imported only when it is first used,
so that ``import archlint`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archlint.pipeline.analysis import Analysis as Analysis
    from archlint.usecases.analyse import analyse as analyse

__version__ = "0.1.0"
__all__ = ["Analysis", "__version__", "analyse"]

_HOMES = {"Analysis": "archlint.pipeline.analysis", "analyse": "archlint.usecases.analyse"}


def __getattr__(name: str) -> Any:
    """Return the public name *name*, importing its home first (PEP 562)."""
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
