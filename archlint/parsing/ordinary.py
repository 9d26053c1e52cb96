"""Whether a file is small and shallow enough to be parsed in the process that runs everything.

Parsers recurse: nesting and long chains of operators cost them stack and time. The bounds here
are far above what people write and far below what hurts; in doubt a file is not ordinary.
"""

from __future__ import annotations

import re

MAX_SIZE = 256 * 1024
MAX_DEPTH = 50
MAX_CHAIN = 200
MAX_ELIF = 100
MAX_INDENT = 160

MAX_LINE = 2000

# Strings and comments, an unfinished one to its end, so that the search stays linear.
_OPAQUE = re.compile(
    rb"""
    \#[^\r\n]*+
    | \"{3} [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ (?: \"{3} | \Z )
    | '{3} [^'\\]*+ (?: (?: \\. | '(?!'') ) [^'\\]*+ )*+ (?: '{3} | \Z )
    | " [^"\\\r\n]*+ (?: \\. [^"\\\r\n]*+ )*+ "?
    | ' [^'\\\r\n]*+ (?: \\. [^'\\\r\n]*+ )*+ '?
    | \\ \r?\n
    """,
    re.VERBOSE | re.DOTALL,
)
_DEEP_INDENT = re.compile(rb"[\r\n][ \t\f]{%d}" % (MAX_INDENT + 1))
_COOKIE = re.compile(rb"coding[:=][ \t]*+(?!utf-?8|latin-?1|iso-?8859-1\b|ascii|us-ascii)", re.IGNORECASE)
# Of the rest only structure matters: brackets, separators and operators.
_STRUCTURE = bytes.maketrans(b"[{]};\r", b"(())\n\n")
_TEXT = bytes(byte for byte in range(256) if byte >= 128 or chr(byte).isalnum() or byte in b"_ \t\f\v\x00")
_INNERMOST = re.compile(rb"\(([^()]*+)\)")


def is_ordinary(data: bytes) -> bool:
    """Tell whether *data* is safe to parse in-process: size, nesting and chains within bounds.

    Brackets are first matched as if strings and comments were code, which is quick and nearly
    always settles it; only where they do not match are strings and comments taken out.
    """
    if len(data) > MAX_SIZE or data.count(b"elif") > MAX_ELIF or b"\0" in data:
        return False
    if _DEEP_INDENT.search(data) is not None or _COOKIE.search(data[:400]) is not None:
        return False
    if max(map(len, data.split(b"\n"))) > MAX_LINE:
        return False
    return _is_shallow(data, _TEXT + b"\"'") or _is_shallow(_OPAQUE.sub(b"'", data), _TEXT)


def _is_shallow(text: bytes, ignored: bytes) -> bool:
    """Peel off the innermost brackets, level by level, measuring what is in them."""
    code = text.translate(_STRUCTURE, ignored)
    for _ in range(MAX_DEPTH):
        inside = _INNERMOST.findall(code)
        if not inside:
            break
        if _longest(b",".join(inside).replace(b"\n", b"").split(b",")) > MAX_CHAIN:
            return False
        code = _INNERMOST.sub(b"'", code)
    if b"(" in code or b")" in code:
        return False
    return _longest(code.replace(b",", b"\n").split(b"\n")) <= MAX_CHAIN


def _longest(parts: list[bytes]) -> int:
    return max(map(len, parts), default=0)
