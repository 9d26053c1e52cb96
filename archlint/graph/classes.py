"""Which classes of the project each class uses: the outgoing half of coupling between objects (CBO).

S. R. Chidamber and C. F. Kemerer (A Metrics Suite for Object Oriented Design, 1994) call two classes
coupled where one uses the other. Counted here is what a class itself uses, for only that can be changed
where it stands: bases, calls, attributes and annotations, wherever they lead to a class of the project.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from archlint.graph.resolution import base_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.facts import ClassShape, ImportStatement, ModuleFacts
    from archlint.model import Module

HOPS = 20


class Classes:
    """Finds the class that a name in a module leads to."""

    def __init__(self, modules: Mapping[str, Module], details: Mapping[str, ModuleFacts]) -> None:
        self._modules = modules
        self._details = details
        self._bindings = cache(self._bindings_of)
        self._tops = cache(self._tops_of)

    def used_by(self, module: str, shape: ClassShape) -> frozenset[str]:
        """Return the full names of the classes of the project that a class of *module* uses, itself aside."""
        facts = self._details[module]
        found = {f"{module}.{name}" for name in shape.neighbours}
        for use in facts.uses:
            if shape.line <= use.line <= shape.end_line:
                found.add(self.find(module, use.chain) or "")
        found |= {f"{module}.{base}" for base in self._bases(module, shape) if base in self._tops(module)}
        own = f"{module}.{shape.name.partition('.')[0]}"
        return frozenset(found - {"", own})

    def _bases(self, module: str, shape: ClassShape) -> tuple[str, ...]:
        return next(
            (one.bases for one in self._details[module].definitions if one.line == shape.line and one.bases),
            (),
        )

    def find(self, module: str, chain: str) -> str | None:
        """Return the full name of the top class that *chain*, as *module* reads it, leads to."""
        first, _, rest = chain.partition(".")
        name = self._bindings(module).get(first)
        return None if name is None else self._follow(f"{name}.{rest}" if rest else name)

    def _follow(self, name: str) -> str | None:
        """Follow a dotted *name* through the modules that pass it on."""
        for _ in range(HOPS):
            module, attribute, rest = self._split(name)
            if not attribute:
                return None
            if attribute in self._tops(module):
                return f"{module}.{attribute}"
            following = self._bindings(module).get(attribute)
            if following is None:
                return None
            name = f"{following}.{rest}" if rest else following
        return None

    def _split(self, name: str) -> tuple[str, str, str]:
        """Split *name* into the longest module of the project, an attribute of it, and the rest."""
        module, rest = name, ""
        while module and module not in self._modules:
            module, _, last = module.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
        attribute, _, rest = rest.partition(".")
        return (module, attribute, rest) if module else ("", "", "")

    def _tops_of(self, module: str) -> frozenset[str]:
        facts = self._details.get(module)
        found = facts.definitions if facts else ()
        return frozenset(one.name for one in found if one.kind == "class" and "." not in one.name)

    def _bindings_of(self, module: str) -> dict[str, str]:
        facts = self._details.get(module)
        found: dict[str, str] = {}
        for statement in facts.imports if facts else ():
            found.update(_bound(self._modules[module], statement))
        return found


def _bound(module: Module, statement: ImportStatement) -> Iterator[tuple[str, str]]:
    """Yield the names that a statement binds, each with the full name that it stands for."""
    base = base_of(module, statement)
    for item in statement.names if base is not None else ():
        full = f"{base}.{item.name}" if base else item.name
        if statement.is_from or item.alias:
            yield item.alias or item.name, full
        else:
            top = item.name.partition(".")[0]
            yield top, top
