"""``archlint impact`` for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters import impact_words as words
from archlint.reporters.paint import Paint
from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.pipeline.impact.values import Group, Grouping, Impact, Reached

MOST_FILES = 5


def terminal_impact(impact: Impact, *, most: int | None, chains: bool = False, colour: bool = False) -> str:
    """Return the answer as text, with up to *most* rows a list, and *chains* where wanted."""
    page = _Page(impact, most, Paint(enabled=colour), chains=chains)
    sections = [list(section) for section in page.sections()]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


class _Page:
    def __init__(self, impact: Impact, most: int | None, paint: Paint, *, chains: bool) -> None:
        self._impact = impact
        self._most = most
        self._paint = paint
        self._chains = chains

    def sections(self) -> Iterator[Iterator[str]]:
        impact = self._impact
        yield self._head()
        if impact.changed:
            for grouping in impact.groupings:
                yield self._groups(grouping)
            yield self._modules("Modules, nearest first", impact.reached)
            yield self._modules("Helpers, scripts and other files", impact.beside, MOST_FILES)
            yield self._tests()
        yield self._unfollowed()
        yield self._partners()

    def _head(self) -> Iterator[str]:
        impact = self._impact
        if impact.since is not None:
            yield self._paint.bold(safe(words.subject(impact)))
            for one in impact.changed[: self._most]:
                left = words.left(one)
                yield f"  {one.status:<8} {safe(one.name)}{f', {safe(left)}' if left else ''}"
            yield from self._more(len(impact.changed), self._most)
        if impact.changed:
            yield safe(words.verdict(impact))

    def _more(self, number: int, most: int | None) -> Iterator[str]:
        if most is not None and number > most:
            yield f"  ... and {number - most:,} more (--all shows them)"

    def _groups(self, grouping: Grouping) -> Iterator[str]:
        if not any(row.reached for row in grouping.groups):
            return
        title = safe(words.layers_title(grouping.contract)) if grouping.contract else "By package"
        yield self._paint.bold(title)
        # Layers are few, and one that is not reached says something.
        rows = [row for row in grouping.groups if row.reached or row.changed or grouping.contract]
        most = None if grouping.contract else self._most
        yield from _table(rows[:most])
        yield from self._more(len(rows), most)

    def _modules(self, title: str, rows: Sequence[Reached], few: int | None = None) -> Iterator[str]:
        if not rows:
            return
        yield self._paint.bold(f"{title} ({len(rows):,})")
        most = self._most if few is None or self._most is None else min(few, self._most)
        shown = rows[:most]
        width = max(len(safe(row.name)) for row in shown)
        for row in shown:
            yield f"  {row.distance:>2}  {safe(row.name):<{width}}  {self._paint.dim(_about(row))}".rstrip()
            yield from self._chain(row)
        yield from self._more(len(rows), most)

    def _chain(self, row: Reached) -> Iterator[str]:
        if self._chains:
            for one in self._impact.chain(row):
                step, about = words.hop(one)
                yield self._paint.dim(f"        {safe(step)}  ({safe(about)})")

    def _tests(self) -> Iterator[str]:
        impact = self._impact
        yield self._paint.bold("Tests")
        yield f"  {words.tests(impact)}{' --tests prints their paths.' if impact.tests else ''}"

    def _unfollowed(self) -> Iterator[str]:
        impact = self._impact
        outside = words.outside(impact)
        if not (impact.unfollowed or outside):
            return
        yield self._paint.bold("Changed, and not followed")
        for why, paths in words.unfollowed(impact.unfollowed):
            more = f" and {len(paths) - MOST_FILES:,} more" if len(paths) > MOST_FILES else ""
            yield f"  {', '.join(map(safe, paths[:MOST_FILES]))}{more}: {why}"
        if outside:
            yield f"  {outside}"

    def _partners(self) -> Iterator[str]:
        title, lines = words.partners(self._impact)
        if lines:
            yield self._paint.bold(title)
            yield from (f"  {safe(line)}" for line in lines[:MOST_FILES])
            if len(lines) > MOST_FILES:
                yield f"  ... and {len(lines) - MOST_FILES:,} more (--format json has them all)"


def _table(rows: Sequence[Group]) -> Iterator[str]:
    width = max(len(safe(row.name)) for row in rows)
    for row in rows:
        here = f"  (the change is in {row.changed:,})" if row.changed else ""
        yield f"  {safe(row.name):<{width}}  {row.reached:>5,} of {row.modules:,}{here}"


def _about(row: Reached) -> str:
    how = {"imports": "", "packages": "through a package", "conftest": "through a conftest.py"}[row.through]
    by = f"imported by {row.importers:,}" if row.importers else ""
    return ", ".join(filter(None, (by, how)))
