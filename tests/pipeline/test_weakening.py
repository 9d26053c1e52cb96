"""An option of a contract changed: told where that lets more pass, and not where it only lets less."""

from __future__ import annotations

import pytest

from archlint.config.load import Source, load
from archlint.config.registry import builtin
from archlint.graph.modulegraph import ModuleGraph
from archlint.pipeline.difference.weakening import Gate, weakenings
from archlint.rule import Project

NOTHING = Project({}, ModuleGraph({}, (), ()))


def gate(options):
    text = f'[[contracts]]\nname = "It"\n{options}\n'
    configuration = load(Source("archlint.toml", text), [], builtin())
    assert [contract.error for contract in configuration.contracts] == [None]
    return Gate((configuration,), frozenset(), (), NOTHING)


def private(*packages):
    return f'type = "private-modules"\npackages-with-private-modules = {list(packages)}'


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (private("p", "q"), private("p"), "`packages-with-private-modules` no longer holds `q`"),
        (private("p"), private("p", "q"), None),
        (private("p"), private("q"), "`packages-with-private-modules` no longer holds `p`"),
        (private(), private("p"), "`packages-with-private-modules` is only `p`"),
        (private("p"), private(), None),
        (private("p"), private("p") + '\nunmatched-modules = "ignore"', "`unmatched-modules` is"),
    ],
)
def test_which_private_modules_are_kept(before, after, told):
    found = [weakening.text for weakening in weakenings(gate(before), gate(after))]
    assert len(found) == (told is not None), found
    assert all(f"contract `It`: {told}" in text for text in found)
