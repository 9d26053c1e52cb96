"""The fingerprint that GitHub code scanning gives a line: ``primaryLocationLineHash``.

As ``upload-sarif`` of github/codeql-action computes it (src/fingerprints.ts): a polynomial hash over
the 100 UTF-16 units from the start of the line on, blanks left out, every line end taken as a line
feed, the end of the file as 65535, and zeros behind it. Behind the colon stands how often the hash
has come up in the file so far.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate

_BLOCK = 100
_BASE = 37
_BITS = (1 << 64) - 1
_POWER = pow(_BASE, _BLOCK, 1 << 64)
_END = 65535
_LINE_FEED = 10


def line_hashes(data: bytes) -> list[str]:
    """Return the fingerprint of every line of a file."""
    units = _units(data)
    prefixes = list(accumulate(units, lambda hashed, unit: (hashed * _BASE + unit) & _BITS, initial=0))
    last = len(units) - _BLOCK
    starts = [0, *(place + 1 for place in range(last) if units[place] == _LINE_FEED)]
    seen: Counter[int] = Counter()
    found = []
    for start in starts:
        value = (prefixes[start + _BLOCK] - prefixes[start] * _POWER) & _BITS
        seen[value] += 1
        found.append(f"{value:x}:{seen[value]}")
    return found


def _units(data: bytes) -> list[int]:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(" ", "").replace("\t", "")
    # With its mark of two bytes, "utf-16" is in the order of the machine, as arrays are.
    units = array("H", text.encode("utf-16")[2:])
    return [*units, _END, *([0] * _BLOCK)]
