"""Reading CODEOWNERS: where it may be, and what its lines say on GitHub and on GitLab.

GitHub: https://docs.github.com/articles/about-code-owners. GitLab: its reference of the CODEOWNERS syntax,
https://docs.gitlab.com/user/project/codeowners/reference. The two differ in three ways. Only GitLab has
sections, exclusions and character ranges. A pattern with a slash in its midst begins at the top on GitHub,
anywhere on GitLab. And one that names a directory without a slash behind it covers the directory on GitHub
alone.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from archlint.context.owners import GLOBSTAR, Entry, Owners
from archlint.repository.paths import shown
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.context.owners import Reach

Dialect = Literal["github", "gitlab"]
# In the order in which either forge looks: GitHub .github, top, docs; GitLab top, docs, .gitlab.
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
GITLAB_SIGN = ".gitlab-ci.yml"
LARGEST = 3 << 20  # GitHub reads no larger one.
_OWNER = re.compile(r"@@?[\w.-]+(/[\w.-]+)*|[^@\s]+@[^@\s]+")
_HEADING = re.compile(r"\^?\[(?P<name>[^\]]+)\](\[\d+\])?(?P<owners>(\s.*)?)")
_WORD = re.compile(r"(?:\\.|[^\s\\])+|\\")
_SECTION = re.compile(r"^\s*\^?\[[^\]]+\](\[\d+\])?\s*(@|$)", re.MULTILINE)


class Read(Struct, frozen=True):
    """What was found: the owners, None where there is no such file, and what is wrong with its lines."""

    owners: Owners | None = None
    notes: tuple[str, ...] = ()


class _Fault(Exception):  # noqa: N818 (a state of the line, not a fault of the program)
    """A line that says nothing; the text says why."""


def places(top: str) -> list[str]:
    """Return the absolute paths that decide who owns what in the repository at *top*, there or not."""
    return [os.path.join(top, *place.split("/")) for place in (*PLACES, GITLAB_SIGN)]


def read_owners(top: str, below: str) -> Read:
    """Return the owners that the repository at directory *top* names, for a project in *below* of it.

    A file that cannot be read is passed over with a note, and so are lines that say nothing.
    """
    for place in PLACES:
        path = os.path.join(top, *place.split("/"))
        if not os.path.isfile(path):
            continue
        try:
            text = read(path, LARGEST).decode("utf-8-sig", "surrogateescape")
        except Unreadable as error:
            return Read(None, (f"{place}: {error.reason}; nobody is taken for an owner",))
        return parse(text, place, below, _dialect(place, top, text))
    return Read()


def _dialect(place: str, top: str, text: str) -> Dialect:
    """Tell whose file it is: by its place, else by sections in it, else by GitLab's configuration."""
    if place.startswith(".github/"):
        return "github"
    if place.startswith(".gitlab/") or _SECTION.search(text):
        return "gitlab"
    return "gitlab" if os.path.isfile(os.path.join(top, GITLAB_SIGN)) else "github"


def parse(text: str, path: str, below: str = "", dialect: Dialect = "github") -> Read:
    """Return what the *text* of the file at *path* says; the notes name the lines that say nothing."""
    reader = _Reader(dialect)
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            reader.line(line.strip(), number)
        except _Fault as fault:
            faults.append((number, str(fault)))
    return Read(Owners(path, tuple(reader.entries), below), tuple(_notes(path, faults)))


def _notes(path: str, faults: list[tuple[int, str]]) -> Iterator[str]:
    if faults:
        (number, said), rest = faults[0], len(faults) - 1
        more = f" (and {rest:,} more such line{'s' if rest > 1 else ''})" if rest else ""
        yield f"{path}:{number}: {said}; the line is passed over{more}"


class _Reader:
    """Collects entries, line by line."""

    def __init__(self, dialect: Dialect) -> None:
        self.entries: list[Entry] = []
        self._gitlab = dialect == "gitlab"
        self._section = ""
        self._default: tuple[str, ...] = ()
        self._spelled: dict[str, str] = {}

    def line(self, line: str, number: int) -> None:
        """Take one line. Raises _Fault where it says nothing that could be used."""
        if not line or line.startswith("#"):
            return
        heading = _HEADING.fullmatch(line.partition(" #")[0].rstrip()) if self._gitlab else None
        if heading is None:
            self._entry(line, number)
        else:
            self._section = heading["name"].strip().casefold()
            self._default = self._owners(heading["owners"].split())

    def _entry(self, line: str, number: int) -> None:
        pattern, *words = _WORD.findall(line)
        self._check(pattern)
        excludes = pattern.startswith("!")
        owners = () if excludes else self._owners(words) or self._default
        segments, reach = self._segments(pattern.removeprefix("!") if excludes else pattern)
        literal = tuple(segment != GLOBSTAR and not self._is_wild(segment) for segment in segments)
        names = tuple(
            _unescaped(one) if plain else _in_fnmatch(one, ranges=self._gitlab)
            for one, plain in zip(segments, literal, strict=True)
        )
        self.entries.append(Entry(names, literal, owners, number, reach, self._section, excludes))

    def _check(self, pattern: str) -> None:
        """Refuse what the forge refuses, or what is surely not meant as it stands."""
        if not pattern.strip("/!"):
            raise _Fault(f"`{shown(pattern)}` names no path")
        if self._gitlab:
            return
        for sign, said in (("!", "an exclusion"), ("\\#", "a pattern that begins with #")):
            if pattern.startswith(sign):
                raise _Fault(f"`{shown(pattern)}` is {said}, which GitHub does not know")
        if "[" in pattern or "]" in pattern:
            raise _Fault(f"`{shown(pattern)}` holds a character range, which GitHub does not know")

    def _owners(self, words: list[str]) -> tuple[str, ...]:
        """Return the owners among *words*, up to a comment; the first spelling of a name stands for all."""
        found = []
        for word in words:
            if word.startswith("#"):
                break
            if _OWNER.fullmatch(word) and word.isprintable():
                found.append(self._spelled.setdefault(word.casefold(), word))
            elif not self._gitlab:
                raise _Fault(f"`{shown(word)}` is no owner: write @user, @organisation/team or an address")
        return tuple(dict.fromkeys(found))

    def _segments(self, pattern: str) -> tuple[list[str], Reach]:
        """Return the segments of *pattern*, from the top or ``**``, and what its end stands for."""
        parts = [part for part in pattern.split("/") if part]
        anchored = pattern.startswith("/") or (len(parts) > 1 and not self._gitlab)
        segments = _without_repeats(parts if anchored else [GLOBSTAR, *parts])
        if segments[-1] == GLOBSTAR:
            return _inside(segments, directories=pattern.endswith("/"))
        if pattern.endswith("/"):
            return segments, "below"
        return segments, "itself" if self._gitlab or pattern.endswith("/*") else "both"

    def _is_wild(self, segment: str) -> bool:
        signs = "*?[" if self._gitlab else "*?"
        plain = re.sub(r"\\.", "", segment)
        return any(sign in plain for sign in signs)


def _without_repeats(segments: list[str]) -> list[str]:
    """Return *segments* with one ``**`` where several follow each other."""
    behind = ["", *segments]
    return [one for one, before in zip(segments, behind, strict=False) if one != GLOBSTAR or before != one]


def _inside(segments: list[str], *, directories: bool) -> tuple[list[str], Reach]:
    """Return what ``**`` at the end stands for: all that is inside, or in *directories* inside."""
    if directories:
        return [*segments, "*"], "below"
    return ([*segments, "*"], "itself") if len(segments) == 1 else (segments[:-1], "below")


def _unescaped(segment: str) -> str:
    return re.sub(r"\\(.)", r"\1", segment)


def _in_fnmatch(segment: str, *, ranges: bool) -> str:
    """Return a wild *segment* in the words of fnmatch, which escapes by a range of one character."""
    if segment == GLOBSTAR:
        return segment

    def plain(found: re.Match[str]) -> str:
        char = found[0][-1]
        return f"[{char}]" if char in "*?[" else char

    return re.sub(r"\\." if ranges else r"\\.|\[", plain, segment)
