"""Generated graphs and contracts: the same verdicts and direct breaches as import-linter gives."""

from __future__ import annotations

import grimp
import pytest
from contract_worlds import TERMS, direct, from_pairs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import InvalidContractOptions

from archlint.contracts.acyclic_siblings import AcyclicSiblings
from archlint.contracts.forbidden import Forbidden
from archlint.contracts.independence import Independence
from archlint.contracts.layers import Layers
from archlint.contracts.private_modules import PrivateModules
from archlint.contracts.protected import Protected

configure()  # import-linter takes its printer and its clock from there

LEAVES = ("a", "b", "c", "d", "e")
NAMES = sorted(
    {f"p.{one}" for one in LEAVES} | {f"p.{one}.{two}" for one in LEAVES for two in ("x", "y", "z")} | {"p"}
)
# Closed upwards; underscores of every kind, at every depth, some below others.
UNDERSCORED = [
    "p",
    "p.a",
    "p.a._x",
    "p.a._x.y",
    "p.a._x._z",
    "p.a.b",
    "p.a.b._w",
    "p._b",
    "p._b.c",
    "p._b.c._v",
    "p.d",
    "p.d.__main__",
    "p.d.__u",
    "p.d._",
    "p.d.e",
    "p.ab",
]
EXTERNALS = ("django", "flask")
PROFILE = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def pairs_of(heads, tails, most):
    return st.lists(st.tuples(st.sampled_from(heads), st.sampled_from(tails)), max_size=most, unique=True)


@st.composite
def graphs(draw, names=NAMES):
    """Return the same graph twice: for grimp, and as a project."""
    pairs = [pair for pair in draw(pairs_of(names, names, 14)) if pair[0] != pair[1]]
    beyond = draw(pairs_of(names, EXTERNALS, 3))
    theirs = grimp.ImportGraph()
    for name in names:
        theirs.add_module(name)
    for name in sorted({name for _, name in beyond}):
        theirs.add_module(name, is_squashed=True)
    for tail, head in pairs + beyond:
        theirs.add_import(importer=tail, imported=head, line_number=1, line_contents="import")
    return theirs, from_pairs(pairs, names, beyond)


def judge(contract, graph, **options):
    session = {"root_packages": ["p"], "include_external_packages": "True"}
    return contract(name="test", session_options=session, contract_options=options).check(
        graph, verbose=False
    )


def judged_alike(ours, project, theirs):
    """Compare the verdicts and return theirs; None for what import-linter refuses to judge, as we must too.

    Layers that contain each other it refuses from 2.17 on only. We go on to judge what its earlier releases
    did, so that a contract does not change its verdict with the release that somebody has.
    """
    problems = list(ours.problems(project))
    try:
        check = theirs()
    except InvalidContractOptions as refusal:
        if not problems and "contain" not in str(refusal):
            raise
        return None
    except (ValueError, grimp.exceptions.GrimpException):
        assert problems
        return None
    assert problems == []
    found = list(ours.check(project, TERMS))
    # The package a itself may import b while another module of a reaches b: one identity, two findings.
    assert len({(finding.identity, len(finding.chain) > 1) for finding in found}) == len(found)
    assert check.kept == (not found)
    return check


modules = st.sampled_from(NAMES)
expressions = st.one_of(modules, st.sampled_from(("p.*", "p.*.x", "p.a.*", "p.**", "**.y", "p.b.**", "*.c")))
siblings = st.lists(st.sampled_from(LEAVES), min_size=1, max_size=3, unique=True)


@st.composite
def layer_lists(draw):
    names = draw(st.permutations(LEAVES))
    items, at = [], 0
    while at < len(names) and len(items) < 4:
        size = draw(st.integers(1, 3))
        chosen = [f"({name})" if draw(st.booleans()) else name for name in names[at : at + size]]
        items.append(draw(st.sampled_from((" | ", " : "))).join(chosen))
        at += size
    return items


def direct_routes(dependencies):
    return {
        (head, tail)
        for dependency in dependencies
        for route in dependency["routes"]
        if len(route["chain"]) == 1
        for head, tail in [(route["chain"][0]["importer"], route["chain"][0]["imported"])]
    }


@PROFILE
@given(graphs(), layer_lists(), st.booleans(), st.lists(st.sampled_from(LEAVES), max_size=2))
def test_layers_with_containers(both, items, exhaustive, ignores):
    graph, project = both
    ours = Layers(tuple(items), ("p",), exhaustive=exhaustive, exhaustive_ignores=tuple(ignores))
    options = {"layers": items, "containers": ["p"], "exhaustive": str(exhaustive)}
    if ignores:
        options["exhaustive_ignores"] = ignores
    check = judged_alike(ours, project, lambda: judge(LayersContract, graph, **options))
    assert check is not None
    assert breaches(ours, project, "ARC101") == direct_routes(check.metadata["invalid_dependencies"])
    unlayered = {f.module for f in ours.check(project, TERMS) if f.code == "ARC107"}
    assert unlayered == check.metadata["undeclared_modules"]


def breaches(ours, project, code):
    found = [f for f in ours.check(project, TERMS) if f.code == code and len(f.chain) == 1]
    return {(f.chain[0].importer, f.identity[3]) for f in found}


@PROFILE
@given(graphs(), st.lists(modules, min_size=2, max_size=5, unique=True), st.data())
def test_layers_of_modules_anywhere(both, names, data):
    graph, project = both
    cut = data.draw(st.integers(1, len(names)))
    separator = data.draw(st.sampled_from((" | ", " : ")))
    items = [separator.join(names[:cut]), *names[cut:]]
    check = judged_alike(Layers(tuple(items)), project, lambda: judge(LayersContract, graph, layers=items))
    if check:
        ours = direct(Layers(tuple(items)), project)
        assert ours == direct_routes(check.metadata["invalid_dependencies"])


@PROFILE
@given(graphs(), layer_lists(), st.data())
def test_closed_layers_are_those_of_grimp(both, items, data):
    graph, project = both
    flags = data.draw(st.lists(st.booleans(), min_size=len(items), max_size=len(items)))
    plain = [item.replace("(", "").replace(")", "") for item in items]
    names = tuple(item.split()[0] for item, flag in zip(plain, flags, strict=True) if flag)
    ours = Layers(tuple(plain), ("p",), closed=names)
    layers = [
        grimp.Layer(
            *item.replace("|", " ").replace(":", " ").split(), independent=":" not in item, closed=flag
        )
        for item, flag in zip(plain, flags, strict=True)
    ]
    theirs = graph.find_illegal_dependencies_for_layers(layers=layers, containers={"p"})
    pairs = {(dependency.importer, dependency.imported) for dependency in theirs}
    found = list(ours.check(project, TERMS))
    assert {pair_of(finding, plain) for finding in found} == pairs
    straight = {
        (head, tail)
        for dependency in theirs
        for route in dependency.routes
        if not route.middle
        for head in route.heads
        for tail in route.tails
    }
    assert direct(ours, project) == straight


def pair_of(finding, items):
    ends = (finding.chain[0].importer, finding.chain[-1].imported)
    return tuple(".".join(name.split(".")[:2]) for name in ends)


@PROFILE
@given(graphs(), st.lists(expressions, min_size=1, max_size=4, unique=True))
def test_independence(both, names):
    graph, project = both
    ours = Independence(tuple(names))
    check = judged_alike(ours, project, lambda: judge(IndependenceContract, graph, modules=names))
    if check:
        assert direct(ours, project) == direct_links(check.metadata["invalid_chains"])


def direct_links(invalid):
    return direct_routes([{"routes": data["chains"]} for data in invalid])


@PROFILE
@given(
    graphs(),
    st.lists(expressions, min_size=1, max_size=3, unique=True),
    st.lists(st.one_of(expressions, st.sampled_from(EXTERNALS)), min_size=1, max_size=3, unique=True),
    st.booleans(),
    st.booleans(),
)
def test_forbidden(both, sources, targets, indirect, packages):
    graph, project = both
    ours = Forbidden(tuple(sources), tuple(targets), indirect, packages)
    options = {"source_modules": sources, "forbidden_modules": targets}
    options |= {"allow_indirect_imports": str(indirect), "as_packages": str(packages)}
    check = judged_alike(ours, project, lambda: judge(ForbiddenContract, graph, **options))
    if check:
        chains = [chain for data in check.metadata["invalid_chains"] for chain in data["chains"]]
        straight = {(link["importer"], link["imported"]) for [link, *rest] in chains if not rest}
        assert direct(ours, project) == straight
        longer = {(c[0]["importer"], len(c)) for c in chains if len(c) > 1}
        assert bool(longer) == any(len(f.chain) > 1 for f in ours.check(project, TERMS))


@PROFILE
@given(
    graphs(),
    st.lists(st.one_of(expressions, st.sampled_from(EXTERNALS)), min_size=1, max_size=3, unique=True),
    st.lists(expressions, min_size=1, max_size=3, unique=True),
    st.booleans(),
)
def test_protected(both, protected, allowed, packages):
    graph, project = both
    protected = [name for name in protected if name in graph.modules or "*" in name] or ["p.a"]
    ours = Protected(tuple(protected), tuple(allowed), packages)
    options = {"protected_modules": protected, "allowed_importers": allowed, "as_packages": str(packages)}
    check = judged_alike(ours, project, lambda: judge(ProtectedContract, graph, **options))
    if check:
        links = {
            (link["importer"], link["imported"])
            for illegal in check.metadata["illegal_imports"]
            for link in illegal.illegal_links
        }
        assert direct(ours, project) == links


packages = st.sampled_from(
    [
        "p",
        "p.a",
        "p.a.b",
        "p.d",
        "p.d.__main__",
        "p.ab",
        "*.a",
        "*.d",
        "p.*.b",
        "**.e",
        "p.*",
        "p.d.*",
        "p.**",
        "p._b",
        "p.a._x.y",
        "p.d.__u",
        "p.d._",
        "p._b.*",
        "p.absent",
        "p.absent.*",
        "_b",
    ]
)


@PROFILE
@given(graphs(UNDERSCORED), st.lists(packages, max_size=2, unique=True))
def test_private_modules(both, names):
    kind = pytest.importorskip("importlinter.contracts.private_modules", reason="new in import-linter 2.17")
    graph, project = both
    options = {"packages_with_private_modules": names}
    try:
        ours = PrivateModules(tuple(names))
    except ValueError:
        with pytest.raises(InvalidContractOptions):
            judge(kind.PrivateModulesContract, graph, **options)
        return
    check = judged_alike(ours, project, lambda: judge(kind.PrivateModulesContract, graph, **options))
    if check:
        links = {(link["importer"], link["imported"]) for link in check.metadata["illegal_imports"]}
        assert direct(ours, project) == links


@PROFILE
@given(
    graphs(),
    st.lists(expressions, min_size=1, max_size=2, unique=True),
    st.integers(0, 3),
    st.lists(expressions, max_size=2, unique=True),
)
def test_acyclic_siblings(both, ancestors, depth, skipped):
    graph, project = both
    skipped = [name for name in skipped if name not in ancestors]
    ours = AcyclicSiblings(tuple(ancestors), depth, tuple(skipped))
    options = {"ancestors": ancestors, "depth": str(depth)}
    if skipped:
        options["skip_descendants"] = skipped
    check = judged_alike(ours, project, lambda: judge(AcyclicSiblingsContract, graph, **options))
    if check:
        packages = set(check.metadata["cycle_breakers_by_package"])
        parents = {edge.partition(" -> ")[0].rpartition(".")[0] for edge in edges_named(ours, project)}
        assert parents == packages


def edges_named(ours, project):
    return [edge for finding in ours.check(project, TERMS) for edge in finding.identity[2:]]
