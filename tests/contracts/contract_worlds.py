"""Small projects for tests: from edges, or from sources in memory."""

from __future__ import annotations

import ast

import msgspec

from archlint.contracts import CONTRACT_TYPES
from archlint.facts import Flag, ImportedName, ImportStatement, ModuleFacts
from archlint.graph.modulegraph import ModuleGraph
from archlint.graph.resolution import Resolver
from archlint.model import Import, Module
from archlint.parsing.facts import renames
from archlint.rule import Project, Terms

TERMS = Terms("test")


def world(edges, modules=(), externals=(), flags=None):
    """Return a project of *edges* ``"a -> b"``, with all ancestors of what they name."""
    pairs = [tuple(edge.split(" -> ")) for edge in edges]
    outside = [tuple(edge.split(" -> ")) for edge in externals]
    named = {name for pair in pairs for name in pair} | set(modules) | {pair[0] for pair in outside}
    return from_pairs(pairs, named, outside, flags or {})


def from_pairs(pairs, named, outside=(), flags=()):
    names = {above for name in named for above in ancestors(name)}
    parents = {name.rpartition(".")[0] for name in names}
    modules = {name: Module(name, path_of(name, name in parents), package=name in parents) for name in names}
    flags = dict(flags)
    rows = [
        Import(tail, head, line, 1, line, False, flags.get((tail, head), 0), path=modules[tail].path)
        for line, (tail, head) in enumerate(pairs, 1)
    ]
    beyond = [
        Import(tail, full.partition(".")[0], line, 1, line, True, 0, (), (full,), modules[tail].path)
        for line, (tail, full) in enumerate(outside, 1)
    ]
    graph = ModuleGraph(modules, sorted(rows, key=order), sorted(beyond, key=order))
    return Project(modules, graph, roots=tuple(sorted(name for name in names if "." not in name)))


def order(row):
    return (row.importer, row.line, row.column, row.imported)


def ancestors(name):
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def path_of(name, package):
    return name.replace(".", "/") + ("/__init__.py" if package else ".py")


def from_files(files):
    """Return a project of *files* (path: source); imports are read with ``ast``, indented ones as deferred."""
    modules = {}
    for path in files:
        package = path.endswith("/__init__.py")
        name = path.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
        modules[name] = Module(name, path, package=package)
    resolver = Resolver(modules)
    internal, external, facts = [], [], {}
    for module in modules.values():
        tree = ast.parse(files[module.path])
        found = [statement(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        facts[module.name] = ModuleFacts(imports=tuple(found), renames=renames(found))
        resolved = resolver.resolve(module, found)
        internal += resolved.internal
        external += resolved.external
    graph = ModuleGraph(modules, sorted(internal, key=order), sorted(external, key=order))
    return Project(
        modules, graph, facts, details=facts, roots=tuple(sorted(name for name in modules if "." not in name))
    )


def statement(node):
    is_from = isinstance(node, ast.ImportFrom)
    names = tuple(ImportedName(n.name, n.asname, n.lineno, n.col_offset + 1) for n in node.names)
    place = (node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1)
    level, module = (node.level, node.module or "") if is_from else (0, "")
    return ImportStatement(
        *place, is_from, level, module, names, int(Flag.DEFERRED if node.col_offset else Flag.EAGER)
    )


def findings(contract, project, terms=TERMS):
    assert list(contract.problems(project)) == []
    return sorted(contract.check(project, terms), key=lambda finding: finding.sort_key)


def messages(contract, project, terms=TERMS):
    return [finding.message for finding in findings(contract, project, terms)]


def direct(contract, project, terms=TERMS):
    """Return the direct breaches as pairs of modules."""
    found = [finding for finding in contract.check(project, terms) if len(finding.chain) == 1]
    return {(finding.chain[0].importer, finding.identity[3]) for finding in found}


def configured(contract_type, options):
    """Return a contract from *options* with TOML's keys."""
    snake = {key.replace("-", "_"): value for key, value in options.items()}
    return msgspec.convert(snake, contract_type)


KINDS = {kind.type: kind for kind in CONTRACT_TYPES}


def judged(kind, options, edges, **more):
    """Return the findings' ends: importer and imported, source and target, or the module."""
    contract = configured(KINDS[kind], options)
    project = world(edges, **more)
    assert list(contract.problems(project)) == []
    found = sorted(contract.check(project, Terms("test")), key=lambda finding: finding.sort_key)
    return [f"{one.code} {' > '.join(one.identity[2:])}" for one in found]
