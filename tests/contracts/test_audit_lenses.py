"""A lens says of every import that is not there what the contract says once it is there."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from contract_worlds import from_pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.config.load import Source, load
from archlint.config.registry import builtin
from archlint.graph.modulegraph import ModuleGraph
from archlint.model import Import
from archlint.pipeline.audit.values import Mutant
from archlint.pipeline.audit.witness import Witness, witness
from archlint.pipeline.judge import sorted_findings
from archlint.pipeline.suppression import Suppressions

NAMES = [f"app.{package}.{module}" for package in ("a", "b", "c", "d") for module in ("x", "y")]
PRIVATE = ["app.a._p", "app.a._p.q", "app.b._p", "app._s", "app._s._t"]
OUTSIDE = ("requests", "django.db")

CONTRACTS = {
    "layers": 'layers = ["app.a", "app.b | app.c"]',
    "closed layers": 'layers = ["app.a", {name = "app.b", closed = true}, "app.c"]',
    "siblings in layers": 'layers = ["app.a : app.b", "app.c"]',
    "containers": 'layers = ["x", "y"]\ncontainers = ["app.*"]',
    "independence": 'modules = ["app.a", "app.b.x", "app.c"]',
    "forbidden": 'source-modules = ["app.a", "app.b"]\nforbidden-modules = ["app.c", "requests", "app.b.x"]',
    "direct forbidden": (
        'source-modules = ["app.a"]\nforbidden-modules = ["app.c", "django"]\nallow-indirect-imports = true'
    ),
    "narrow forbidden": 'source-modules = ["app.a"]\nforbidden-modules = ["app.b.x"]\nas-packages = false',
    "protected": 'protected-modules = ["app.a", "app.b", "requests"]\nallowed-importers = ["app.c"]',
    "private-modules": "",
    "narrow private-modules": 'packages-with-private-modules = ["app.a"]',
    "acyclic-siblings": 'ancestors = ["app"]',
    "shallow acyclic-siblings": 'ancestors = ["app"]\ndepth = 0',
    "interface": 'modules = ["app.*"]\npublic = ["app.*.x"]',
    "modules": (
        'modules = [{path = "app.a", depends-on = ["app.b"]}, {path = "app.b", depends-on = []}, '
        '{path = "app.c", depends-on-external = ["django"]}]'
    ),
}
TYPES = {"closed layers": "layers", "siblings in layers": "layers", "containers": "layers"}
WORLDS = st.sets(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]),
    max_size=8,
)
USES = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(OUTSIDE)), max_size=2)


def configured(label, more=""):
    kind = TYPES.get(label, label.split()[-1])
    text = f'[[contracts]]\nname = "it"\ntype = "{kind}"\n{CONTRACTS[label]}\n{more}'
    configuration = load(Source("archlint.toml", text), [], builtin())
    [contract] = configuration.contracts
    assert contract.error is None
    return contract, configuration


def asked(project, label, more=""):
    contract, configuration = configured(label, more)
    said = witness(project, contract, configuration, Suppressions(project, builtin().names))
    assert isinstance(said, Witness), said
    return said


def mutated(project, mutant):
    graph = project.graph
    full = mutant.outside or graph.names[mutant.head]
    row = Import(
        graph.names[mutant.tail],
        full.partition(".")[0] if mutant.outside else full,
        999,
        1,
        999,
        bool(mutant.outside),
        0,
        (),
        (full,),
    )
    inside, outside = ([row], []) if not mutant.outside else ([], [row])
    return replace(
        project,
        graph=ModuleGraph(
            graph.modules,
            sorted((*graph.imports, *inside), key=lambda one: one.importer),
            sorted((*graph.externals, *outside), key=lambda one: one.importer),
        ),
    )


def identities(project, contract):
    """Return what tells the findings apart, as every output numbers those that are alike."""
    return {finding.identity for finding in sorted_findings(contract.contract.check(project, contract.terms))}


@pytest.mark.parametrize("label", CONTRACTS)
@settings(max_examples=10, deadline=None)
@given(pairs=WORLDS, uses=USES, first=st.integers(0, 4))
def test_a_lens_agrees_with_the_contract_itself(label, pairs, uses, first):
    names = [*NAMES[:4], *PRIVATE] if "private" in label else NAMES
    project = from_pairs(sorted(pairs), [*NAMES, *names], sorted(uses))
    said = asked(project, label)
    index = project.graph.index
    absent = [pair for pair in itertools.permutations(names, 2) if pair not in pairs]
    mutants = [Mutant(index[tail], index[head]) for tail, head in absent]
    mutants += [
        Mutant(index[tail], -1, name) for tail in NAMES for name in OUTSIDE if (tail, name) not in uses
    ]
    mutants = mutants[first::5]
    before = identities(project, said.contract)
    expected = {
        place
        for place, mutant in enumerate(mutants)
        if identities(mutated(project, mutant), said.contract) - before
    }
    assert said.caught(mutants) == expected


@pytest.mark.parametrize(
    ("label", "allowed"),
    [
        ("layers", {("app.a.x", "app.b.x"), ("app.a.x", "app.c.x")}),
        ("closed layers", {("app.a.x", "app.b.x"), ("app.b.x", "app.c.x")}),
        (
            "siblings in layers",
            {*itertools.permutations(["app.a.x", "app.b.x"]), ("app.a.x", "app.c.x"), ("app.b.x", "app.c.x")},
        ),
        ("independence", set()),
        ("forbidden", set()),
        ("protected", {("app.c.x", "app.a.x"), ("app.c.x", "app.b.x")}),
        ("modules", {("app.a.x", "app.b.x")}),
    ],
)
def test_what_a_contract_allows_in_so_many_words(label, allowed):
    project = from_pairs([], NAMES)
    names = [name for name in NAMES if name.endswith("x")]
    pairs = list(itertools.permutations(names, 2))
    index = project.graph.index
    found = asked(project, label).allowed([Mutant(index[tail], index[head]) for tail, head in pairs])
    assert {pairs[place] for place in found} == allowed


def test_ignored_imports_are_not_caught():
    project = from_pairs([], NAMES)
    index = project.graph.index
    more = 'ignore-imports = ["app.c.* -> app.a.x", "app.b.x -> requests"]\nunmatched-ignore = "none"'
    mutants = [
        Mutant(index["app.c.x"], index["app.a.x"]),
        Mutant(index["app.c.x"], index["app.a.y"]),
        Mutant(index["app.b.x"], -1, "requests"),
        Mutant(index["app.b.y"], -1, "requests"),
    ]
    assert asked(project, "layers", more).caught(mutants) == {1}
    assert asked(project, "forbidden", more).caught(mutants) == {3}
    assert asked(project, "layers", more).allowed(mutants) == {0, 2}


@pytest.mark.parametrize(
    ("label", "seen"),
    [
        ("layers", "abc"),
        ("independence", ["app.a", "app.a.x", "app.a.y", "app.b.x", "app.c", "app.c.x", "app.c.y"]),
        ("narrow forbidden", ["app.a", "app.b.x"]),
        ("acyclic-siblings", "abcd"),
        ("private-modules", PRIVATE),
        ("narrow private-modules", ["app.a._p", "app.a._p.q"]),
    ],
)
def test_what_a_contract_sees(label, seen):
    project = from_pairs([], [*NAMES, *PRIVATE] if "private" in label else NAMES)
    if isinstance(seen, str):
        seen = [f"app.{one}{tail}" for one in seen for tail in ("", ".x", ".y")]
    found = asked(project, label).lens.seen
    assert [project.graph.names[node] for node in sorted(found)] == sorted(seen)
