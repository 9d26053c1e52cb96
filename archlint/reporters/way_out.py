"""The way out of each broken contract, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.model import ContractResult
    from archlint.pipeline.analysis import Analysis

SHOWN = 10


def ways_out(analysis: Analysis) -> Iterator[str]:
    """Yield a block for each broken contract with chains: which imports to change so that none is left.

    Where every finding is an import by itself, the findings say it all.
    """
    chained = {finding.contract for finding in analysis.findings if len(finding.chain) > 1}
    for result in analysis.contracts:
        if result.way_out and result.name in chained:
            yield "\n".join(_block(result))


def _block(result: ContractResult) -> Iterator[str]:
    size = len(result.way_out)
    change = "change this import" if size == 1 else f"change these {size:,} imports"
    chains = "the chain disappears" if result.chains == 1 else f"all {result.chains:,} chains disappear"
    enough = "" if result.least else " (enough, perhaps not the cheapest way out)"
    yield f"Way out of {safe(result.name)}: {change} and {chains}{enough}"
    for step in result.way_out[:SHOWN]:
        place = f"  ({safe(step.path)}:{step.line})" if step.path else ""
        yield f"    {safe(step.importer)} -> {safe(step.imported)}{place}"
    if size > SHOWN:
        yield f"    ... and {count(size - SHOWN, 'import')} more (--format json lists them all)"
