"""Path patterns in linear space and polynomial time: no regular expression, so none can explode.

``*`` and ``?`` stay within one segment of a path; ``**`` stands for any number of segments, none
included. A pattern that matches a directory covers all that lies below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from archlint.errors import ArchlintError
from archlint.repository.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")


def excluder(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Return a test that tells whether a relative path matches one of *patterns* as a whole.

    Raises ``ArchlintError`` for a pattern that is empty, absolute, or climbs out of the project.
    """
    split = [_segments(pattern) for pattern in patterns]
    literal = frozenset("/".join(parts) for parts in split if not _is_wild(parts))
    wild = [parts for parts in split if _is_wild(parts)]
    if not wild:
        return literal.__contains__

    def is_excluded(path: str) -> bool:
        if path in literal:
            return True
        parts = path.split("/")
        return any(_matches(parts, pattern, "**", matches_name) for pattern in wild)

    return is_excluded


def matches_name(name: str, pattern: str) -> bool:
    """Tell whether *name* matches *pattern*, where ``*`` is any run of characters and ``?`` any one."""
    if "*" not in pattern and "?" not in pattern:
        return name == pattern
    return _matches(name, pattern, "*", lambda character, part: part in (character, "?"))


def _matches(
    items: Sequence[Item], pattern: Sequence[Item], star: Item, same: Callable[[Item, Item], bool]
) -> bool:
    """Match greedily, going back only to the last *star*: at most len(items) * len(pattern) steps."""
    at = part = 0
    resume: tuple[int, int] | None = None
    while at < len(items):
        if part < len(pattern) and pattern[part] == star:
            resume = (at, part + 1)
            part += 1
        elif part < len(pattern) and same(items[at], pattern[part]):
            at, part = at + 1, part + 1
        elif resume is not None:
            resume = (resume[0] + 1, resume[1])
            at, part = resume
        else:
            return False
    return all(rest == star for rest in pattern[part:])


def _segments(pattern: str) -> list[str]:
    parts = [part for part in pattern.replace("\\", "/").split("/") if part not in ("", ".")]
    while parts and parts[-1] == "**":
        parts.pop()
    if not parts or ".." in parts or pattern.startswith("/"):
        raise ArchlintError(
            f'exclude pattern "{shown(pattern)}" must be a path or glob inside the project, '
            'such as "shop/vendored"'
        )
    return parts


def _is_wild(parts: list[str]) -> bool:
    return any("*" in part or "?" in part for part in parts)
