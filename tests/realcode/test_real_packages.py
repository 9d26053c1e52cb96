"""On real packages: the graph is grimp's, the numbers are radon's, and every command ends as it should."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections import Counter

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

pytestmark = pytest.mark.realcode


@pytest.fixture
def graph(archlint, package):
    name, place = package
    outcome = archlint("graph", "--roots", name, "--no-cache", cwd=place)
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def test_the_graph_is_grimps(graph, peer, package):
    external = {module for module in peer.modules if peer.is_module_squashed(module)}
    theirs = {
        (importer, imported, imported in external)
        for importer in peer.modules - external
        for imported in peer.find_modules_directly_imported_by(importer)
    }
    both = {module["name"] for module in graph["modules"]} & (peer.modules - external)
    ours = {
        (row["importer"], row["imported"], row["external"])
        for row in graph["imports"]
        if row["importer"] in both and (row["external"] or row["imported"] in both)
    }
    # What grimp does not see (compiled modules, directories without __init__.py), it takes for the package above.
    unseen = {(row["importer"], row["imported"]) for row in graph["imports"] if not row["external"]} - {
        (importer, imported) for importer, imported, _ in ours
    }
    coarser = {
        (importer, above, False) for importer, imported in unseen for above in _packages_above(imported)
    }
    assert sorted(ours - theirs) == []
    assert sorted(theirs - ours - coarser) == []
    assert len(theirs) > 100


def _packages_above(module):
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def test_modules_that_grimp_does_not_see_are_those_it_cannot(graph, peer, package):
    external = {module for module in peer.modules if peer.is_module_squashed(module)}
    ours = {module["name"]: module["path"] for module in graph["modules"]}
    assert sorted(peer.modules - external - set(ours)) == []
    place = package[1]
    for name in sorted(set(ours) - peer.modules):
        parents = (place.joinpath(*name.split(".")[:depth]) for depth in range(1, name.count(".") + 2))
        without_init = [
            parent for parent in parents if parent.is_dir() and not (parent / "__init__.py").exists()
        ]
        # A compiled module has no source to read; a directory without __init__.py is pruned there.
        assert without_init or not str(ours[name]).endswith(".py"), name


def test_cyclomatic_numbers_are_radons(archlint, package):
    name, place = package
    outcome = archlint("report", "--format", "json", "--roots", name, "--no-cache", cwd=place)
    assert outcome.code == 0, outcome.err
    report = json.loads(outcome.out)
    paths = {module["name"]: module["path"] for module in report["modules"]}
    ours = {
        (paths[row["module"]], row["name"], row["line"], row["cyclomatic"])
        for row in report["functions"]
        if row["cyclomatic"] is not None
    }
    theirs = {row for path in paths.values() if path and path.endswith(".py") for row in _radon(place, path)}
    parsed = {path for path, *_ in theirs}
    assert sorted(theirs - ours) == []
    assert sorted(row for row in ours - theirs if row[0] in parsed) == []
    assert len(theirs) > 100


def _radon(place, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse((place / path).read_bytes())
        except SyntaxError:
            return  # Newer grammar than the running Python's: radon cannot measure it.
        blocks = cc_visit((place / path).read_text(encoding="utf-8")) if tree.body else []
    for block in blocks:
        if isinstance(block, Function):
            yield path, block.fullname, block.lineno, block.complexity


@pytest.mark.parametrize("command", ["check", "report", "graph"])
def test_commands_end_as_they_should(archlint, package, command):
    outcome = archlint(command, "--no-cache", cwd=package[1])
    assert outcome.code == (1 if command == "check" else 0)
    assert "Traceback (most recent" not in outcome.out + outcome.err
    assert "error:" not in outcome.err


def test_a_second_run_says_the_same(archlint, package, tmp_path):
    runs = [archlint("check", "--cache-dir", tmp_path, cwd=package[1]) for _ in range(3)]
    assert runs[0].lines[-1].startswith("Found ")
    assert runs[1:] == runs[:1] * 2


def test_the_terminal_report_fits_two_screens(archlint, package):
    outcome = archlint("report", "--no-cache", cwd=package[1])
    assert len(outcome.lines) <= 80
    assert max(map(len, outcome.lines)) <= 80


def test_the_evidence_for_the_default_rules_is_true(archlint, package, repository):
    name, place = package
    page = (repository / "docs" / "default-rules.md").read_text(encoding="utf-8")
    rows = re.findall(
        rf"^\| {name} (\S+) \| ([\d,]+) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \|$", page, re.MULTILINE
    )
    if not rows:
        assert name == "homeassistant"
        return
    version, lines, *counts, rate = rows[0]
    assert place.name == f"{name}-{version}"
    report = json.loads(archlint("report", "--format", "json", "--no-cache", cwd=place).out)
    assert sum(module["lines"] or 0 for module in report["modules"]) == int(lines.replace(",", ""))
    found = json.loads(archlint("check", "--format", "json", "--no-cache", cwd=place).out)["findings"]
    rules = Counter(finding["rule"] for finding in found)
    assert [rules.pop(rule, 0) for rule in ("import-cycle", "hub-module", "complex-function")] == [
        *map(int, counts)
    ]
    assert rules == {}
    assert f"{1000 * len(found) / int(lines.replace(',', '')):.2f}" == rate
