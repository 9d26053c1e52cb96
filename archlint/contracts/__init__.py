"""The contract types: one file each, listed here and nowhere else.

A type is loaded when it is first asked for: a run needs only those that are configured.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archlint.rule import ContractType

    CONTRACT_TYPES: tuple[type[ContractType], ...]

HOMES = {
    "layers": "Layers",
    "forbidden": "Forbidden",
    "independence": "Independence",
    "protected": "Protected",
    "private-modules": "PrivateModules",
    "acyclic-siblings": "AcyclicSiblings",
    "interface": "Interface",
    "modules": "Modules",
    "teams": "Teams",
    "confined-api": "ConfinedApi",
    "confined-package": "ConfinedPackage",
    "reachable-api": "ReachableApi",
}


def load(name: str) -> type[ContractType] | None:
    """Return the built-in contract type called *name*, or None."""
    if name not in HOMES:
        return None
    home = import_module(f"archlint.contracts.{name.replace('-', '_')}")
    kind: type[ContractType] = getattr(home, HOMES[name])
    return kind


def __getattr__(name: str) -> Any:
    """Return ``CONTRACT_TYPES``, every type in the order above (PEP 562)."""
    if name == "CONTRACT_TYPES":
        return tuple(load(kind) for kind in HOMES)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
