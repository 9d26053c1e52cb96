"""What the report says about effort, for the terminal and Markdown; nothing is escaped yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.pipeline.overview.units import short
from archlint.reporters.text import count
from archlint.rules.effort.knowledge_island import KnowledgeIsland

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.overview.effort import Effort, Together
    from archlint.rules.effort.changed import Changed

# From this share on one author "does nearly all", in every section: that of a knowledge island.
MOSTLY = KnowledgeIsland.min_share


def window(effort: Effort) -> str:
    """Say what was looked at, or why there was nothing to look at."""
    if effort.missing:
        return f"not measured: {effort.missing}"
    days = f"in the {count(effort.days, 'day')} to {effort.until}"
    if not effort.commits:
        return f"no commit to a module {days}"
    return f"{count(effort.commits, 'commit')} by {count(effort.authors, 'author')} {days}"


def caveats(effort: Effort) -> list[str]:
    """Say what keeps the numbers from being complete."""
    said = (
        (effort.latest, "there are more commits in these days: only the latest count"),
        (effort.exact, "this clone holds only a part: files changed while renamed are not followed"),
    )
    return [text for holds, text in said if holds]


def surprising(effort: Effort, most: int) -> Sequence[Together]:
    """Return at most *most* pairs that change together though the code does not say why."""
    return [one for one in effort.coupled if one.surprising][:most]


def both(one: Together, roots: Sequence[str]) -> str:
    """Name two modules, what they share once: ``shop.mail.{html,text}``."""
    names = [short(module.name, roots).split(".") for module in (one.pair.module, one.pair.other)]
    around: list[str] = []
    for first, second in zip(*names, strict=False):
        if first != second:
            break
        around.append(first)
    ends = [".".join(name[len(around) :]) or "__init__" for name in names]
    return ".".join([*around, f"{{{','.join(ends)}}}"])


def shared(one: Together) -> str:
    """Say how often two modules change together, and why that is a surprise."""
    pair = one.pair.coupled
    counts = f"{pair.together:,} of {pair.commits:,} and {pair.other_commits:,} commits"
    return f"{counts}, {f'against `{one.apart}`' if one.apart else 'no import'}"


def hands(one: Changed) -> str:
    """Say how many people change a module, and how much one of them does who does nearly all."""
    churn = one.churn
    said = count(churn.authors, "author")
    return f"{said}, one {churn.share:.0%}" if churn.authors > 1 and churn.share >= MOSTLY else said


def alone(one: Changed, roots: Sequence[str]) -> str:
    """Name a module that one author changes, with the commits; of all, where others made some."""
    churn = one.churn
    made = f"{churn.commits:,}" if churn.authors == 1 else f"{churn.most:,} of {churn.commits:,}"
    return f"{short(one.module.name, roots)} ({made})"
