"""What a run can end with: exit codes, severities, and the errors that users can mend.

Apart from ``model`` so that the command line can start without loading it. Standard library only.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Exit(int, Enum):
    """Exit codes; higher numbers beat lower ones."""

    CLEAN = 0
    FINDINGS = 1
    ERROR = 2
    INTERRUPTED = 130
    TERMINATED = 143


class ArchlintError(Exception):
    """Something that the user can mend; its text is one line for people."""


class ConfigError(ArchlintError):
    """The configuration cannot be used; ``problems`` has a line for each fault."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NothingToAnalyse(ArchlintError):  # noqa: N818 (a state, told to the user as it is)
    """No Python module was found where archlint looked."""
