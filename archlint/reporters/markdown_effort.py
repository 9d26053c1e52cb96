"""Where the work goes, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters import effort_words as words
from archlint.reporters.markdown_text import ROWS, code, counted, plain, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.pipeline.overview.values import Overview
    from archlint.rules.effort.changed import Changed


def effort_section(overview: Overview) -> Iterator[str]:
    """Yield the section; nothing where nobody asked for a history."""
    found = overview.effort
    if found is None:
        return
    yield "## Where the work goes"
    yield ""
    for text in (words.window(found), *words.caveats(found)):
        yield f"{plain(text).capitalize()}."
        yield ""
    if found.hotspots:
        yield from table(("Module", "Commits", "Complexity", "Authors"), map(_hot, found.hotspots[:ROWS]))
    pairs = words.surprising(found, ROWS)
    if pairs:
        rows = (
            (
                code(one.pair.module.name),
                code(one.pair.other.name),
                f"{one.pair.coupled.degree:.0%}",
                plain(words.shared(one)),
            )
            for one in pairs
        )
        yield from table(("Changes together", "with", "Degree", "Why it surprises"), rows)
    if found.islands:
        alone = tuple((one.module.name, one.churn.commits) for one in found.islands)
        yield f"One author made nearly all commits to: {counted(alone)}."
        yield ""


def _hot(one: Changed) -> tuple[str, ...]:
    churn = one.churn
    return code(one.module.name), f"{churn.commits:,}", f"{one.complexity:,}", plain(words.hands(one))
