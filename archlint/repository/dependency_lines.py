"""Where a requirement stands in the text of its manifest: parsers keep no positions, and people need them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'")
_KEY = re.compile(r"^\s*[\"']?([A-Za-z0-9._-]+)[\"']?\s*(?:[.=:]|$)")


class Lines:
    """The places of the requirements in one text; of equal ones the first is given out first."""

    def __init__(self, text: str) -> None:
        self._places: dict[str, list[tuple[str, int]]] = {}
        for table, item, number in _items(text):
            self._places.setdefault(item, []).append((table, number))

    def find(self, text: str, table: tuple[str, ...] = ()) -> int:
        """Return the line of the requirement *text* in *table* or a table of it; 1 where it is not found."""
        places = self._places.get(text, [])
        wanted = ".".join(table)
        inside = [place for place in places if _lies_in(place[0], wanted)] or places
        if not inside:
            return 1
        first = inside[0]
        places.remove(first)
        places.append(first)
        return first[1]


def _lies_in(table: str, wanted: str) -> bool:
    return table == wanted or table.startswith(f"{wanted}.")


def _items(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield what may be a requirement in each line: quoted texts, the key, and the whole line."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header and "=" not in header[1]:
            table = re.sub(r"[\"'\s]", "", header[1])
            continue
        items = {(quoted[1] or quoted[2] or "").replace('\\"', '"') for quoted in _QUOTED.finditer(line)}
        key = _KEY.match(line)
        if key:
            items.add(key[1])
            items.add(line.partition("=")[2].strip())
        items.add(line.strip())
        yield from ((table, item, number) for item in sorted(items) if item)
