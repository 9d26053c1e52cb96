"""One requirement as PEP 508 writes it, and what requirements files add to it."""

from __future__ import annotations

import re

from msgspec import Struct

from archlint.context.import_names import normalised

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_REQUIREMENT = re.compile(rf"\s*({_NAME})\s*(?:\[([^\]]*)\])?\s*(?:$|[@;<>=!~(])")
_EGG = re.compile(rf"[#&]egg=({_NAME})")
_WHEEL = re.compile(rf"(?:^|/)({_NAME})-\d[^/]*\.(?:whl|tar\.gz|zip)(?:#|$)")
_COMMENT = re.compile(r"(?:^|\s)#.*$")


class Line(Struct, frozen=True):
    """One logical line of a requirements file: its number, a name with extras, or the file it includes."""

    number: int
    name: str = ""
    includes: str = ""
    extras: tuple[str, ...] = ()


def name_of(text: str) -> str:
    """Return the distribution's name that the requirement *text* begins with, as written; empty for none."""
    found = _REQUIREMENT.match(text)
    return found[1] if found else ""


def extras_of(text: str) -> tuple[str, ...]:
    """Return the extras that the requirement *text* asks for, as PEP 503 compares names."""
    found = _REQUIREMENT.match(text)
    listed = found[2].split(",") if found and found[2] else ()
    return tuple(normalised(each.strip()) for each in listed if each.strip())


def lines_of(text: str) -> list[Line]:
    """Return what the lines of a requirements file name, as pip reads them; other options name nothing."""
    found = []
    for number, logical in _logical(text):
        line = _line(number, logical)
        if line is not None:
            found.append(line)
    return found


def _logical(text: str) -> list[tuple[int, str]]:
    """Join continued lines; comments and blank lines are left out."""
    joined: list[tuple[int, str]] = []
    held, start = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        start = start if held else number
        if raw.endswith("\\"):
            held += raw[:-1] + " "
            continue
        joined.append((start, held + raw))
        held = ""
    if held:
        joined.append((start, held))
    return [(number, bare) for number, line in joined if (bare := _COMMENT.sub("", line).strip())]


def _line(number: int, text: str) -> Line | None:
    option, _, value = text.partition(" ")
    if "=" in option and option.startswith("--"):
        option, _, value = text.partition("=")
    if option.startswith("-r") or option == "--requirement":
        return Line(number, includes=(value or option[2:]).strip())
    if option in ("-e", "--editable"):
        return _named(number, _address(value.strip()))
    if option.startswith("-"):
        return None
    # The hashes of a locked line stand behind what it requires.
    bare = text.partition(" --")[0]
    name = name_of(bare)
    return Line(number, name, extras=extras_of(bare)) if name else _named(number, _address(bare))


def _named(number: int, name: str) -> Line | None:
    return Line(number, name) if name else None


def _address(text: str) -> str:
    """Return the name in a URL or path: ``#egg=name``, or that of a wheel or archive."""
    found = _EGG.search(text) or _WHEEL.search(text)
    return found[1] if found else ""
