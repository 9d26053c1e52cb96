"""The few colours of the text reports, as ANSI sequences, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

_SEVERITY = {"error": "1;31", "warning": "1;33", "info": "1;36"}


@dataclass(frozen=True)
class Paint:
    """Colours text where it is enabled. The text is taken as it is: make it safe first."""

    enabled: bool = False

    def _ink(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.enabled else text

    def bold(self, text: str) -> str:
        """Return *text* in bold."""
        return self._ink(text, "1")

    def dim(self, text: str) -> str:
        """Return *text* in a faint colour."""
        return self._ink(text, "2")

    def severity(self, text: str, severity: str) -> str:
        """Return *text* in the colour of a severity."""
        return self._ink(text, _SEVERITY[severity])
