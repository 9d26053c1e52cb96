"""Which words of a contract stand for a module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from archlint.config.options import option_types
from archlint.graph.expressions import expression_fault, matches, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.rule import ContractType


def mention(contract: ContractType, name: str) -> str | None:
    """Return the longest expression in the options of *contract* that stands for *name* or what it is in."""
    above = prefixes(name)
    found = [word for word in _expressions(contract) if any(matches(word, part) for part in above)]
    return max(found, key=len) if found else None


def _expressions(contract: ContractType) -> list[str]:
    """Return the module expressions among the options; layer names stand below each container."""
    options: dict[str, Any] = {
        key: getattr(contract, name) for key, (name, _) in option_types(type(contract)).items()
    }
    containers = list(_words(options.pop("containers", ())))
    written = [word for value in options.values() for word in _words(value)]
    below = (f"{container}.{word}" for container in containers for word in written)
    return [word for word in (*written, *below) if not expression_fault(word)]


def _words(value: Any) -> Iterator[str]:
    """Yield every module name in an option: items of lists and tables, and the parts of ``a | (b)``."""
    if isinstance(value, str):
        for part in value.replace("|", ":").split(":"):
            yield part.strip().removeprefix("(").removesuffix(")").strip()
        return
    if isinstance(value, Struct):
        value = asdict(value)
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _words(item)
