"""tach's ``# tach-ignore(reason) name ...`` comments, as suppressions of what tach's contracts say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.facts import Suppression

if TYPE_CHECKING:
    from archlint.parsing.layout import Comment

MARK = "tach-ignore"
CODES = ("ARC101", "ARC106", "ARC108", "ARC109", "ARC110")
TYPES = ("interface", "modules")
# As in tach's src/processors/ignore_directive.rs; what does not match is no directive there either.
_DIRECTIVE = re.compile(r"# *tach-ignore(?:\((?P<reason>[^)]*)\))?(?P<names>(?:\s+[\w.]+)*)\s*$")


def tach_ignore(comment: Comment) -> Suppression | None:
    """Return what a comment of tach's says, its cover still open (first -1); None for other comments."""
    match = _DIRECTIVE.search(comment.text) if MARK in comment.text else None
    if match is None:
        return None
    return Suppression(
        comment.line,
        comment.column + match.start(),
        CODES,
        (match["reason"] or "").strip(),
        -1,
        -1,
        targets=tuple(match["names"].split()),
        contracts=TYPES,
    )
