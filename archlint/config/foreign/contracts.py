"""From contracts of other tools, said in archlint's words, to contracts that run."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from archlint.config.options import build, key_of
from archlint.config.settings import Contract, ContractOptions
from archlint.rule import Terms

if TYPE_CHECKING:
    from archlint.config.foreign.words import Taken
    from archlint.config.options import Problem
    from archlint.config.registry import Registry

_SHARED = frozenset(key_of(field.name) for field in fields(ContractOptions))


def contract_of(taken: Taken, known: Registry) -> Contract:
    """Return the contract that *taken* describes; where it cannot be judged, one with an error."""
    if taken.faults:
        return _broken(taken, taken.faults)
    common, problems = build(ContractOptions, {k: v for k, v in taken.table.items() if k in _SHARED})
    kind = known.contract_type(taken.table["type"])
    if kind is None:
        return _broken(taken, (f"{taken.place()}: archlint has no contract type `{taken.table['type']}`",))
    made, more = build(kind, {k: v for k, v in taken.table.items() if k not in _SHARED})
    if common is None or made is None:
        return _broken(taken, tuple(_line(taken, problem) for problem in (*problems, *more)))
    terms = Terms(
        common.name,
        common.severity,
        common.edges,
        common.why,
        common.owner,
        common.ignore_imports,
        taken.line,
        taken.path,
    )
    return Contract(terms, common.type_, made, common.unmatched_ignore, lines=taken.lines)


def _line(taken: Taken, problem: Problem) -> str:
    key = next((str(key) for key in problem.keys if key in taken.lines), "")
    # What a contract type refuses by itself begins with the option that it is about.
    key = key or problem.text.partition(":")[0]
    return f"{taken.place(key)}: contract `{taken.name}`: {problem.text}"


def _broken(taken: Taken, lines: tuple[str, ...]) -> Contract:
    terms = Terms(taken.name, line=taken.line, path=taken.path)
    return Contract(terms, taken.table.get("type", taken.theirs), None, error="\n".join(lines))
