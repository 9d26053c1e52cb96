"""Writing to the two streams: the report to stdout or a file, everything else to stderr."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

from archlint.errors import ArchlintError
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PATIENCE = 0.5


def complain(text: str, *, hint: str | None = None) -> None:
    """Write an error, a line for each of *text*, to stderr."""
    for line in text.split("\n"):
        _write(sys.stderr, f"archlint: error: {safe(line)}\n")
    if hint:
        _write(sys.stderr, f"archlint: {safe(hint)}\n")


def remark(text: str) -> None:
    """Write a note to stderr."""
    _write(sys.stderr, f"archlint: note: {safe(text)}\n")


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError as error:
        # What is still buffered must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        # A reader that has seen enough is no fault, and the exit code still counts.
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise ArchlintError(f"the report could not be written: {error.strerror or error}") from None


def emit(text: str) -> None:
    """Write a report to stdout, whatever its encoding can show."""
    _write(sys.stdout, text)


def deliver(outputs: Iterable[tuple[str | None, str]], notes: Iterable[str], errors: Iterable[str]) -> None:
    """Write every output to its file (None: stdout), then notes and errors to stderr."""
    for path, text in outputs:
        if path is None:
            emit(text)
        else:
            write_file(path, text)
    for line in notes:
        remark(line)
    for line in errors:
        complain(line)


def wants_colour(choice: str, environ: Mapping[str, str], stream: TextIO) -> bool:
    """Decide on colour: the option, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, the stream."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR") or environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def progress(environ: Mapping[str, str]) -> Callable[[int, int], None] | None:
    """Return what shows progress on stderr after half a second, where a person is waiting; else None."""
    if not sys.stderr.isatty() or environ.get("PRE_COMMIT") or environ.get("CI"):
        return None
    return _Bar()


class _Bar:
    def __init__(self) -> None:
        self._next = time.monotonic() + PATIENCE
        self._drawn = False

    def __call__(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if done >= whole and self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        elif now >= self._next and done < whole:
            self._next = now + 0.1
            self._drawn = True
            width = 30 * done // whole
            sys.stderr.write(f"\r  reading  {'█' * width}{'░' * (30 - width)}  {done:,} of {whole:,} files")
            sys.stderr.flush()


def write_file(path: str, text: str) -> None:
    """Write *text* to the file at *path*, all or nothing; directories are made as needed.

    Raises ArchlintError where that is not possible.
    """
    from archlint.repository.output import write_atomically  # noqa: PLC0415

    write_atomically(os.path.abspath(path), text.encode("utf-8", "backslashreplace"))
