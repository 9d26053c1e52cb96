"""Boundaries proposed from the code alone: sensitive capabilities that few modules have, kept to those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.contracts.apis import Apis
from archlint.contracts.boundary import judged
from archlint.contracts.catalogue import CAPABILITIES
from archlint.graph.expressions import prefixes
from archlint.graph.touches import Touches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.rule import Project

# In a project of fewer modules, few users of anything say nothing.
SMALLEST = 10
FEW = 2
LARGEST_SHARE = 0.25
# What having each capability is called, and why it is worth a place of its own. Nearly every module may
# handle files, and hash.
WORDS = {
    "dynamic-code": (
        "run or load code by name",
        "What is run or loaded by name has all rights of the program: review every place.",
    ),
    "deserialisation": (
        "read formats that do more than hold data",
        "Pickles run code, YAML tags build objects, XML entities expand: let in only data that is trusted.",
    ),
    "process": (
        "start programs",
        "What is passed to a program may be read as options or as a shell line: one place can check it.",
    ),
    "environment": (
        "read the environment",
        "Settings and secrets that are read in one place can be listed, checked and tested.",
    ),
    "network": (
        "speak to the network",
        "Time-outs, retries, proxies and certificates are right everywhere only where one place has them.",
    ),
    "database": (
        "speak to a database",
        "How data is kept can change only as far as one place knows it.",
    ),
}


class Confinement(Struct, frozen=True):
    """A capability that only the modules or packages *allowed* have, *users* of *modules* modules in all.

    Without *as_packages* a package stands for its ``__init__`` alone.
    """

    capability: str
    allowed: tuple[str, ...]
    users: int
    modules: int
    as_packages: bool = True

    @property
    def name(self) -> str:
        """The contract's name."""
        return f"Only {' and '.join(self.allowed)} may {WORDS[self.capability][0]}"

    def table(self) -> dict[str, Any]:
        """Return the contract as a table of the configuration."""
        return {
            "name": self.name,
            "type": "confined-api",
            "capabilities": [self.capability],
            "allowed": list(self.allowed),
            **({} if self.as_packages else {"as-packages": False}),
            "why": WORDS[self.capability][1],
        }

    @property
    def evidence(self) -> str:
        """What speaks for the contract, and that it is a question."""
        return f"{self.users} of {self.modules:,} modules today; keep it so?"


def confine(project: Project) -> Iterator[Confinement]:
    """Yield a boundary for each capability that at most two modules have, or one small package alone.

    *project* has to have the full facts. Test modules do not count, as they do not for the contract.
    """
    modules = list(judged(project, frozenset(), tests=False))
    if len(modules) < SMALLEST:
        return
    users = _users(project, modules)
    for capability in WORDS:
        found = sorted(users.get(capability, ()))
        few = len(found) <= FEW
        allowed = tuple(found) if few else _home(project, found, len(modules))
        if allowed:
            # The package that uses it in its __init__ is not to open it to all below.
            alone = few and any(project.graph.modules[name].package for name in allowed)
            yield Confinement(capability, allowed, len(found), len(modules), as_packages=not alone)


def _users(project: Project, modules: list[str]) -> dict[str, set[str]]:
    apis, touches = Apis((), CAPABILITIES), Touches(project.graph, project.details)
    users: dict[str, set[str]] = {}
    for module in modules:
        for found in apis.used_in(touches, module):
            users.setdefault(found.group, set()).add(module)
    return users


def _home(project: Project, users: list[str], modules: int) -> tuple[str, ...]:
    """Return the package below a root that holds all *users*, if it is a small part of the project."""
    shared = set(prefixes(users[0])).intersection(*(prefixes(user) for user in users[1:]))
    deepest = max(shared & project.graph.index.keys(), key=len, default="")
    inside = project.graph.subtree(deepest) if deepest else ()
    small = len(inside) <= LARGEST_SHARE * modules
    return (deepest,) if deepest and deepest not in project.roots and small else ()
