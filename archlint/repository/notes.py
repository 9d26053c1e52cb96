"""What is said aloud about the names that were found: one line each, however many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.repository.paths import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archlint.repository.modules import Modules
    from archlint.repository.roots import Root

_MOST = 5


def modules_notes(modules: Modules) -> Iterator[str]:
    """Yield a line for every name found in several places (a handful), and one for each other oddity."""
    yield from _shared(modules)
    for root, held in modules.doubled[:_MOST]:
        yield _doubled(root, held)
    more = len(modules.doubled) - _MOST
    if more > 0:
        yield f"{more} more packages or modules share a name with another one and are not analysed"
    if modules.shadowed:
        first = shown(min(modules.shadowed))
        yield f"{first}{_more(modules.shadowed)} not analysed: Python prefers the package of the same name"
    if modules.unnameable:
        first = shown(min(modules.unnameable))
        yield f"{first}{_more(modules.unnameable)} not analysed: no import can name it"


def _shared(modules: Modules) -> Iterator[str]:
    """Yield a line for each name that only one root could keep, with what the others are called."""
    others: dict[str, list[str]] = {}
    for root, name in modules.named:
        if name != root.name:
            others.setdefault(root.name, []).append(name)
    kept = {root.name: root.path for root, name in modules.named if name == root.name}
    for original, names in list(others.items())[:_MOST]:
        held = shown(kept.get(original, original))
        yield f"{shown(original)} is {held}; others of that name are called by their paths: {_listed(names)}"
    if len(others) > _MOST:
        yield f"{len(others) - _MOST} more names are in several places; `archlint config` lists all roots"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(map(shown, names[:_MOST])) + more


def _doubled(root: Root, held: str) -> str:
    remedy = f"analyse the other with --project {shown(root.source)}" if root.source else "rename one of them"
    return (
        f"{shown(root.name)} is {shown(held)} and also {shown(root.path)}; the first is analysed ({remedy})"
    )


def _more(paths: Collection[str]) -> str:
    return f" and {len(paths) - 1} more" if len(paths) > 1 else ""
