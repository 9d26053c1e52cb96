"""What rules may ask for besides the code: the history, the manifests, the owners.

Each is read where something needs it, by a function of its own, which takes the set-up and the project and
returns what it ``Found``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from archlint.pipeline.analysis import LookedAt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from archlint.rule import Need, Project
    from archlint.usecases.setup import Setup

# What there is to need: the module of ``usecases`` whose ``gather`` reads it.
READERS: dict[Need, str] = {
    "churn": "churn",
    "history": "history",
    "manifest": "manifest",
    "owners": "owners",
}


@dataclass(frozen=True)
class Found:
    """One thing that surrounds the code, and what must stay as it is for it to be the same tomorrow.

    ``value`` is None where it is not there or cannot be had; ``notes`` say why.
    """

    value: Any = None
    looked_at: LookedAt = field(default_factory=LookedAt)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """All that was found, in one; ``project`` carries the values."""

    project: Project
    looked_at: LookedAt = field(default_factory=LookedAt)
    notes: tuple[str, ...] = ()


def in_context(setup: Setup, project: Project, wanted: Collection[Need]) -> Context:
    """Return *project* with those of *wanted* that surround the code; other needs are passed over."""
    found = {need: _reader(READERS[need])(setup, project) for need in sorted(wanted) if need in READERS}
    if not found:
        return Context(project)
    return Context(
        project=replace(project, **{need: each.value for need, each in found.items()}),
        looked_at=sum((each.looked_at for each in found.values()), LookedAt()),
        notes=tuple(line for each in found.values() for line in each.notes),
    )


def _reader(home: str) -> Callable[[Setup, Project], Found]:
    reader: Callable[[Setup, Project], Found] = import_module(f"archlint.usecases.{home}").gather
    return reader
