"""The names that boundary contracts keep to some modules, and the uses of them that a project has."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.context.standard import STANDARD
from archlint.contracts.catalogue import (
    CALL_LINES,
    CAPABILITIES,
    SAFE_WITH,
    gives_nothing,
    harmless_of,
    names_of,
)
from archlint.contracts.naming import expression_faults, inside
from archlint.facts import BUILT_IN
from archlint.graph.expressions import fixed_part, is_wildcard, matches, prefixes
from archlint.graph.touches import BUILTINS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.graph.touches import Touch, Touches


class Sighting(Struct, frozen=True):
    """A use in *module* of *api*: the name as configured, or what its wildcard found.

    ``group`` is the capability that lists it, else the API itself.
    """

    module: str
    api: str
    group: str
    line: int
    column: int


class Apis:
    """The names that a contract lists, and those of the capabilities that it names."""

    def __init__(self, apis: Iterable[str], capabilities: Iterable[str] = ()) -> None:
        self._powers: dict[str, str] = {}
        self._harmless: set[tuple[str, str]] = set()
        for capability in capabilities:
            self._powers |= dict.fromkeys(map(_full, names_of(capability)), capability)
            self._harmless |= {(capability, name) for name in harmless_of(capability)}
        self._exact: dict[str, str] = {}
        self._wild: dict[str, str] = {}
        for name in apis:
            (self._wild if is_wildcard(name) else self._exact)[_full(name)] = _plain(name)
        self._found: dict[tuple[str, bool], tuple[str, str] | None] = {}
        listed = (*self._powers, *self._exact, *self._wild)
        self._tops = frozenset(fixed_part(name).partition(".")[0] for name in listed)

    def wants(self, top: str) -> bool:
        """Tell whether any name below the top-level name *top* may be listed."""
        return top in self._tops or "" in self._tops

    def find(self, name: str, *, own: bool = False) -> tuple[str, str] | None:
        """Return the listed API at or above the dotted *name*, and its group; None where there is none.

        What is the project's *own* is never one of the catalogue, whose names are those of other packages.
        """
        if not self.wants(name.partition(".")[0]):
            return None
        if (name, own) not in self._found:
            self._found[name, own] = self._find(name, own=own)
        return self._found[name, own]

    def _find(self, name: str, *, own: bool) -> tuple[str, str] | None:
        above = prefixes(name)
        for part in reversed(above):
            if part in self._exact:
                return _plain(part), self._exact[part]
        for pattern, group in self._wild.items():
            for part in above:
                if matches(pattern, part):
                    return _plain(part), group
        return None if own else self._power(name, above)

    def _power(self, name: str, above: list[str]) -> tuple[str, str] | None:
        """Return the name of the catalogue that gives a power at or nearest above *name*, and which."""
        harmless: set[str] = set()
        for part in reversed(above):
            capability = self._powers.get(part)
            if capability and capability not in harmless and not gives_nothing(name[len(part) + 1 :]):
                return _plain(part), capability
            harmless |= {each for each in CAPABILITIES if (each, part) in self._harmless}
        return None

    def used_in(self, touches: Touches, module: str) -> Iterator[Sighting]:
        """Yield the uses in *module*, by place; of one API once a line."""
        seen: set[tuple[str, int]] = set()
        listed = list(touches.of(module, self.wants))
        for touch in listed:
            found = self._listed(touches, touch)
            if found and (found[0], touch.line) not in seen and not self._made_safe(*found, touch, listed):
                seen.add((found[0], touch.line))
                yield Sighting(module, *found, touch.line, touch.column)

    def _made_safe(self, api: str, group: str, touch: Touch, touches: Iterable[Touch]) -> bool:
        """Tell whether what the catalogue calls safe with *api* is used in the call that *touch* begins."""
        safe = SAFE_WITH.get(api) if group != api else None
        return safe is not None and any(
            touch.line <= other.line < touch.line + CALL_LINES and not safe.isdisjoint(other.names)
            for other in touches
        )

    def _listed(self, touches: Touches, touch: Touch) -> tuple[str, str] | None:
        for name in touch.names:
            if self.wants(name.partition(".")[0]):
                found = self.find(name, own=touches.owns(name))
                if found:
                    return found
        return None


def _full(name: str) -> str:
    return f"{BUILTINS}{name}" if name in BUILT_IN else name


def _plain(name: str) -> str:
    """Return a built-in's name as people write it."""
    return name.removeprefix(BUILTINS)


def api_faults(apis: Iterable[str], capabilities: Iterable[str]) -> Iterator[str]:
    """Yield a line for each thing wrong with what a contract lists."""
    apis, capabilities = tuple(apis), tuple(capabilities)
    if not apis and not capabilities:
        yield "`apis` and `capabilities` are both empty: name what is to be kept apart"
    yield from expression_faults("apis", apis, external=True)
    yield from (f"apis: {fault}" for name in apis for fault in _api_faults(_plain(name)))
    for name in capabilities:
        if name not in CAPABILITIES:
            yield f"capabilities: unknown capability '{name}'{_close(name)} of {', '.join(CAPABILITIES)}"


def _api_faults(name: str) -> Iterator[str]:
    if "." not in name and name not in BUILT_IN and hasattr(builtins, name):
        known = ", ".join(sorted(BUILT_IN))
        yield f"uses of the built-in '{name}' are not looked for; those of these are: {known}"
    fault = None if is_wildcard(name) else _misspelt(name)
    if fault:
        yield fault


def _misspelt(name: str) -> str | None:
    """Return what is wrong with a name of the standard library that is not there, and nearly is one listed.

    What is there depends on platform and version, so that being close to a listed name has to come with it.
    """
    top, _, rest = name.partition(".")
    if not rest or top not in STANDARD:
        return None
    listed = _listed_below(top)
    if not listed or any(inside(name, one) for one in listed):
        return None
    from difflib import get_close_matches  # noqa: PLC0415 (few names come as far as this)

    near = get_close_matches(name, listed, 1, 0.85)
    if not near or _exists(name):
        return None
    return f"the standard library has no '{name}' (did you mean '{near[0]}'?)"


def _listed_below(top: str) -> list[str]:
    return [one for each in CAPABILITIES for one in names_of(each) if one.startswith(f"{top}.")]


def _exists(name: str) -> bool:
    """Tell whether the standard library that runs has the dotted *name*."""
    from pkgutil import resolve_name  # noqa: PLC0415 (only once something may be wrong)

    try:
        resolve_name(name)
    except (ImportError, AttributeError, ValueError):
        return False
    return True


def _close(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (only once something is wrong)

    near = get_close_matches(name, list(CAPABILITIES), 1, 0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""
