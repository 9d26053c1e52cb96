"""Whether a text is shallow enough for LibCST, which dies on deep nesting and long chains.

LibCST's native parser recurses on the C stack and ends the process where CPython raises. This
scanner follows brackets and strings, replacement fields of f-strings included (PEP 701), one
pattern match a token; it is asked only for the few files that the C parser refuses.
"""

from __future__ import annotations

import re

MAX_SIZE = 512 * 1024
MAX_DEPTH = 60
MAX_CHAIN = 400
MAX_ELIF = 100
MAX_INDENT = 200

_CODE = re.compile(
    r"""
      (?P<skip> [ \t\f]++ | \#[^\n]*+ | \\\n )
    | (?P<indent> \n[ \t\f]*+ )
    | (?P<formatted> (?: [fFtT][rR]? | [rR][fFtT] ) (?: \"{3} | '{3} | " | ' ) )
    | (?P<string> [a-zA-Z]{0,2}+ (?:
          \"{3} [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ (?: \"{3} | \Z )
        | '{3} [^'\\]*+ (?: (?: \\. | '(?!'') ) [^'\\]*+ )*+ (?: '{3} | \Z )
        | " [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ "?
        | ' [^'\\\n]*+ (?: \\. [^'\\\n]*+ )*+ '? ) )
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | (?P<separator> [,;] )
    | (?P<colon> :(?!=) )
    | (?P<token> \w++ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
# Text of an f-string up to a replacement field or its end.
_TEXT = {
    quote: re.compile(
        rf"""(?: \{{\{{ | \}}\}} | \\[^{{}}] | (?!{quote}) [^{{}}\\] | \\(?=[{{}}]) )*+
             (?P<end> {quote} | [{{}}] | \Z )""",
        re.VERBOSE | re.DOTALL,
    )
    for quote in ('"""', "'''", '"', "'")
}


def fits_libcst(text: str) -> bool:
    """Tell whether LibCST can be trusted with *text*."""
    if len(text) > MAX_SIZE or text.count("elif") > MAX_ELIF:
        return False
    return _Scanner(text).fits()


class _Scanner:
    """Follows nesting. ``levels`` holds an opening bracket or an f-string's quote for each level."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.levels: list[str] = []
        self.chains = [0]

    def fits(self) -> bool:
        """Scan to the end or to the first excess."""
        while self.at < len(self.text):
            if self.levels and self.levels[-1] in _TEXT:
                self._string_text()
            else:
                self._code()
            if len(self.levels) > MAX_DEPTH or self.chains[-1] > MAX_CHAIN:
                return False
        return True

    def _code(self) -> None:
        match = _CODE.match(self.text, self.at)
        assert match is not None  # noqa: S101 (the last alternative takes any character)
        kind = match.lastgroup or "token"
        self.at = match.end()
        if kind == "skip":
            return
        handler = getattr(self, f"_on_{kind}", None)
        if handler is None:
            self.chains[-1] += 1
        else:
            handler(match[0])

    def _on_indent(self, found: str) -> None:
        if not self.levels:
            self.chains[-1] = MAX_CHAIN + 1 if len(found) > MAX_INDENT else 0

    def _on_separator(self, _: str) -> None:
        self.chains[-1] = 0

    def _on_open(self, found: str) -> None:
        self.chains[-1] += 1
        self._push(found)

    def _on_formatted(self, found: str) -> None:
        self.chains[-1] += 1
        self._push(found.lstrip("fFtTrR"))

    def _on_close(self, _: str) -> None:
        if self.levels:
            self._pop()

    def _on_colon(self, _: str) -> None:
        """Begin the format specification, where the colon stands in a replacement field."""
        if len(self.levels) > 1 and self.levels[-1] == "{" and self.levels[-2] in _TEXT:
            self._push(self.levels[-2])
        else:
            self.chains[-1] += 1

    def _string_text(self) -> None:
        match = _TEXT[self.levels[-1]].match(self.text, self.at)
        assert match is not None  # noqa: S101 (the pattern takes the empty text)
        self.at = match.end() if match.end() > self.at else self.at + 1
        end = match["end"]
        if end == "{":
            self.chains[-1] += 1
            self._push("{")
        else:
            self._leave_text(end)

    def _leave_text(self, end: str) -> None:
        """Leave a format specification with its field at a brace, a string at its quote."""
        in_field = len(self.levels) > 1 and self.levels[-2] == "{"
        self._pop()
        if end == "}" and in_field:
            self._pop()

    def _push(self, level: str) -> None:
        self.levels.append(level)
        self.chains.append(0)

    def _pop(self) -> None:
        self.levels.pop()
        self.chains.pop()
