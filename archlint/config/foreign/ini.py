"""INI files as configparser reads them, with the lines of sections and options, which it does not tell."""

from __future__ import annotations

import configparser
import re
from dataclasses import dataclass

from archlint.errors import ConfigError

_HEADER = re.compile(r"\[(?P<name>.+)\]")
_OPTION = re.compile(r"(?P<key>[^\s=:#;\[][^=:]*?)\s*[=:]")


@dataclass(frozen=True)
class Section:
    """A section: its options as text, and the lines where it and they begin."""

    name: str
    options: dict[str, str]
    line: int
    lines: dict[str, int]


def sections(path: str, text: str, prefix: str) -> list[Section]:
    """Return the sections of *text* called *prefix* or ``prefix:…``, in order.

    Raises ConfigError naming *path* and the line where configparser refuses the text.
    """
    parser = configparser.ConfigParser()
    try:
        parser.read_string(text)
        places = _places(text)
        return [
            Section(name, dict(parser[name]), *places.get(name, (1, {})))
            for name in parser.sections()
            if name == prefix or name.startswith(prefix + ":")
        ]
    except configparser.InterpolationError as error:
        line = _places(text).get(error.section, (1, {}))[1].get(error.option, 1)
        raise ConfigError(
            f"{path}:{line}: `{error.option}` holds a % that is no interpolation; write %% for it"
        ) from None
    except configparser.Error as error:
        raise ConfigError(f"{path}:{_line(error)}: not valid INI: {_words(error)}") from None


def _line(error: configparser.Error) -> int:
    # Of several faults the first; not every kind of error has each of these.
    listed = getattr(error, "errors", None)
    return int(listed[0][0] if listed else getattr(error, "lineno", None) or 1)


def _words(error: configparser.Error) -> str:
    if isinstance(error, configparser.MissingSectionHeaderError):
        return "a section header such as [importlinter] must come first"
    if isinstance(error, configparser.DuplicateSectionError):
        return f"section `{error.section}` stands here a second time"
    if isinstance(error, configparser.DuplicateOptionError):
        return f"option `{error.option}` stands here a second time"
    return "this line is neither a section, nor `option = value`, nor indented below one"


def _places(text: str) -> dict[str, tuple[int, dict[str, int]]]:
    places: dict[str, tuple[int, dict[str, int]]] = {}
    options: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = _HEADER.match(line)
        option = _OPTION.match(line)
        if header:
            options = {}
            places[header["name"]] = (number, options)
        elif option:
            options.setdefault(option["key"].lower(), number)
    return places


def many(value: str) -> str | list[str]:
    """Return *value* as import-linter does: a list where it has several lines."""
    return value.strip().split("\n") if "\n" in value else value
