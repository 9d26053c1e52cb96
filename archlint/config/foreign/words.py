"""What reading another tool's configuration hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Tool = Literal["import-linter", "tach"]
# Type-checking imports left out, as both tools can.
RUNNING: tuple[str, ...] = ("eager", "conditional", "deferred", "lazy")


@dataclass(frozen=True)
class Taken:
    """One contract of another tool, in archlint's words.

    ``theirs`` is its type there and ``path``:``line`` where it stands; ``lines`` maps archlint's keys to
    their lines there. ``table`` is what archlint's own configuration would say; it decides nothing where
    there are ``faults``: what keeps the contract from being judged, a whole line each. ``differs`` says
    what is not the same here, in a few words each; ``notes`` are whole lines worth telling.
    """

    name: str
    theirs: str
    path: str
    line: int
    table: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def place(self, key: str = "") -> str:
        """Return ``path:line`` of *key*, or of the contract where the key does not stand there."""
        return f"{self.path}:{self.lines.get(key, self.line)}"


@dataclass(frozen=True)
class Foreign:
    """Another tool's configuration: settings under archlint's keys, contracts, and what is worth a note.

    ``lines`` maps the keys of ``settings`` to their lines in the file at ``path``.
    """

    tool: Tool
    path: str
    settings: dict[str, Any]
    contracts: tuple[Taken, ...]
    notes: tuple[str, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
