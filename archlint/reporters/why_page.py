"""The answer to ``archlint why``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.facts import EDGE_KINDS, flag_names
from archlint.reporters.json_check import dumped, step_row
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import Import, Step

SHOWN_NAMES = 4
SHOWN_CUT = 20


class Link(Struct, frozen=True):
    """One import of a chain: its first place, and every statement that makes it."""

    step: Step
    imports: tuple[Import, ...]

    @property
    def row(self) -> Import:
        """The statement at the place of the step."""
        return self.imports[0]


class Chains(Struct, frozen=True):
    """Chains from *source* to *target* and the cheapest imports without which none is left.

    ``more`` tells that there are chains beyond those listed; ``exact`` that no cheaper cut exists.
    """

    source: str
    target: str
    kinds: tuple[str, ...]
    chains: tuple[tuple[Link, ...], ...] = ()
    more: bool = False
    cut: tuple[Link, ...] = ()
    cut_cost: int = 0
    exact: bool = True


def text_why(found: Chains) -> str:
    """Return the answer for people."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Chains) -> Iterator[str]:
    source, target = _ends(found)
    counted = "" if found.kinds == EDGE_KINDS else f" (counting {', '.join(found.kinds)} imports)"
    if not found.chains:
        yield f"{source} does not reach {target}{counted}."
        return
    for chain in found.chains:
        yield f"{source} {_verb(chain)} {target}{counted}:"
        yield from (f"  {_shown(link)}" for link in chain)
        yield ""
    if found.more:
        yield "More chains share no import with these; --all lists them, --limit N more of them."
    yield from _way_out(found)


def _ends(found: Chains) -> tuple[str, str]:
    """Return both ends in words; a package around the other end stands for the rest of it."""
    source, target = safe(found.source), safe(found.target)
    if found.target.startswith(found.source + "."):
        return f"the rest of {source}", target
    return source, f"the rest of {target}" if found.source.startswith(found.target + ".") else target


def _verb(chain: tuple[Link, ...]) -> str:
    if len(chain) == 1:
        return "imports"
    return f"reaches, through {count(len(chain) - 1, 'module')},"


def _way_out(found: Chains) -> Iterator[str]:
    if len(found.cut) == 1:
        yield "Change this one import and no chain is left:"
    else:
        least = "the cheapest way out" if found.exact else "enough, perhaps not the cheapest way out"
        yield f"Change these {len(found.cut):,} imports and no chain is left ({least}):"
    yield from (f"  {_shown(link)}" for link in found.cut[:SHOWN_CUT])
    if len(found.cut) > SHOWN_CUT:
        yield f"  ... and {len(found.cut) - SHOWN_CUT:,} more (--format json lists them all)"


def _shown(link: Link) -> str:
    step = link.step
    about = [f"{safe(step.path)}:{step.line}" if step.path else "no file", *flag_names(link.row.flags)]
    names = [safe(name) for name in link.row.names]
    if names:
        about.append(f"takes {', '.join(names[:SHOWN_NAMES])}{', ...' if len(names) > SHOWN_NAMES else ''}")
    if len(link.imports) > 1:
        about.append(f"and {count(len(link.imports) - 1, 'place')} more")
    return f"{safe(step.importer)} -> {safe(step.imported)}  ({'; '.join(about)})"


def json_why(found: Chains) -> str:
    """Return the answer as a JSON document."""
    return dumped(
        {
            "schema": "archlint-why/1",
            "source": found.source,
            "target": found.target,
            "kinds": list(found.kinds),
            "reached": bool(found.chains),
            "chains": [[_row(link) for link in chain] for chain in found.chains],
            "more": found.more,
            "cut": {
                "cost": found.cut_cost,
                "minimum": found.exact,
                "imports": [_row(link) for link in found.cut],
            },
        }
    )


def _row(link: Link) -> dict[str, Any]:
    places = [
        {"path": row.path, "line": row.line, "flags": flag_names(row.flags), "names": list(row.names)}
        for row in link.imports
    ]
    return {**step_row(link.step), "flags": flag_names(link.row.flags), "places": places}
