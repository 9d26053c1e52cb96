"""Globs over dotted names, as tach writes them: ``*``, ``?``, ``[…]``, ``{a,b}``, ``**`` as a component."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from archlint.contracts.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.contracts.patterns import Pattern

_ANY = "**"
_SYNTAX = frozenset("*?[]{}")


def is_glob(text: str) -> bool:
    """Return whether *text* has glob syntax."""
    return not _SYNTAX.isdisjoint(text)


def glob_faults(option: str, globs: Iterable[str]) -> Iterator[str]:
    """Yield a line for each of *globs*, the value of *option*, that cannot be read."""
    for glob in globs:
        try:
            glob_matches(glob, "")
        except ValueError as error:
            yield f"{option}: '{glob}' is no glob: {error}"


def glob_matches(glob: str, name: str, *, dots: bool = False) -> bool:
    """Return whether *glob* stands for the dotted *name*.

    ``**`` stands for any number of components, none included: ``shop.**`` finds ``shop`` too. Other
    wildcards stay inside a component unless *dots* is true. Raises ValueError for a malformed glob.
    """
    if not is_glob(glob):
        return glob == name
    return _pattern(glob, dots)(name)


@lru_cache(maxsize=512)
def _pattern(glob: str, dots: bool) -> Pattern:
    body = _translate(glob, ".") if dots else _components(glob)
    return compiled(f"^(?:{body})$")


def _components(glob: str) -> str:
    """Return *glob* as an expression, with ``**`` as any number of components."""
    parts = glob.split(".")
    if set(parts) == {_ANY}:
        return ".*"
    text = ""
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        if part == _ANY:
            text = text.removesuffix("\\.") + r"(?:\.[^.]+)*" if last else text + r"(?:[^.]+\.)*"
        else:
            text += _translate(part, "[^.]") + ("" if last else "\\.")
    return text


def _translate(glob: str, one: str) -> str:
    """Return *glob* as an expression in which *one* stands for a single character."""
    pieces: list[str] = []
    at = depth = 0
    while at < len(glob):
        character = glob[at]
        at += 1
        if character == "*":
            pieces.append(f"{one}*")
            at += len(glob[at:]) - len(glob[at:].lstrip("*"))
        elif character == "?":
            pieces.append(one)
        elif character == "[":
            end = glob.find("]", at + 1)
            if end < 0:
                raise ValueError("a '[' is not closed")
            pieces.append(_class(glob[at:end]))
            at = end + 1
        else:
            depth += {"{": 1, "}": -1}.get(character, 0)
            pieces.append(_plain(character, depth))
    if depth:
        raise ValueError("braces do not match")
    return "".join(pieces)


def _class(inside: str) -> str:
    negated = inside[:1] in {"!", "^"}
    members = inside[1:] if negated else inside
    escaped = members.replace("\\", "\\\\").replace("[", "\\[")
    return f"[{'^' if negated else ''}{escaped}]"


def _plain(character: str, depth: int) -> str:
    if character == "{":
        return "(?:"
    if character == "}":
        return ")"
    if character == "," and depth:
        return "|"
    return character if character.isalnum() or character == "_" else f"\\{character}"
