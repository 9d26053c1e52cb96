"""What some formats need besides the analysis: source text, places in the repository, rule pages."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from archlint.config.registry import Registry, builtin
from archlint.reporters.line_hash import line_hashes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


By = Literal["file", "owner"]


def _same(path: str) -> str:
    return path


@dataclass(frozen=True)
class Aids:
    """Given to reporters, which read nothing themselves.

    ``sources`` has the bytes of the project's files by path; a file that cannot be read is missing.
    ``located`` turns a path of the project into one from the top of the repository, where CI systems
    look for it. ``known`` are the rules whose pages a format may quote. Findings are grouped ``by``
    the file that they are in, or by who owns it.
    """

    sources: Mapping[str, bytes] = field(default_factory=dict)
    located: Callable[[str], str] = _same
    known: Registry = field(default_factory=builtin)
    colour: bool = False
    by: By = "file"
    _lines: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _hashes: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def line(self, path: str, number: int) -> str | None:
        """Return a line of a file, without its end; None where there is none."""
        if path not in self._lines:
            self._lines[path] = _split(self.sources.get(path, b""))
        return _at(self._lines[path], number) if path in self.sources else None

    def line_hash(self, path: str, number: int) -> str | None:
        """Return GitHub's fingerprint of a line of a file; None where there is none."""
        if path not in self._hashes:
            self._hashes[path] = line_hashes(self.sources.get(path, b""))
        return _at(self._hashes[path], number) if path in self.sources else None


def _at(items: list[str], number: int) -> str | None:
    return items[number - 1] if 0 < number <= len(items) else None


def _split(data: bytes) -> list[str]:
    return _decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decoded(data: bytes) -> str:
    """Decode a Python file as its first lines say (PEP 263); what that cannot do is shown byte for byte."""
    from tokenize import detect_encoding  # noqa: PLC0415 (most formats show no source)

    try:
        encoding = detect_encoding(io.BytesIO(data).readline)[0]
        return data.decode(encoding, "backslashreplace")
    except (SyntaxError, LookupError, ValueError):
        return data.decode("utf-8-sig", "backslashreplace")
