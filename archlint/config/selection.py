"""Which rules run, by code, prefix or name; the most specific word decides, as in ruff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.config.options import unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def known_words(names: Mapping[str, str]) -> set[str]:
    """Return every word that selects something; *names* maps codes to names."""
    prefixes = {code[:length] for code in names for length in (3, 4, 5)}
    return {*names, *names.values(), *prefixes}


def check_words(words: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Return a line for each of *words* that selects nothing."""
    known = known_words(names)
    return [unknown("rule", word, sorted(known)) for word in words if word not in known]


def selected(
    names: Mapping[str, str],
    unasked: Collection[str],
    *,
    select: Iterable[str] | None,
    extend: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> frozenset[str]:
    """Return the codes that run.

    *unasked* are those that run without being named; ``select`` and ``extend`` add to them. ``ignore``
    takes away, unless a longer word selects: ``select=["ARC2", "ARC201"], ignore=["ARC2"]`` leaves ARC201.
    """
    wanted = [*(select or ()), *extend]
    chosen: set[str] = set()
    for code, name in names.items():
        # A rule that runs unasked gives way to any word of `ignore`, however short.
        for_it = max(int(code in unasked), *(_weight(word, code, name) for word in wanted), 0)
        against = max((_weight(word, code, name) for word in ignore), default=0)
        if for_it > against:
            chosen.add(code)
    return frozenset(chosen)


def matches(words: Iterable[str], code: str, name: str) -> bool:
    """Tell whether any of *words* names the rule."""
    return any(_weight(word, code, name) for word in words)


def _weight(word: str, code: str, name: str) -> int:
    """Return how specific *word* is about the rule: 0 where it does not name it."""
    if word == name:
        return len(code)
    return len(word) if code.startswith(word) and len(word) >= len("ARC") else 0
