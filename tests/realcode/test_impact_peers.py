"""On real packages: what a change reaches is what grimp calls downstream; and it is told in time."""

from __future__ import annotations

import json
import time

import pytest

from archlint.facts import EDGE_KINDS
from archlint.graph.effects import Effects
from archlint.usecases.analyse import ENOUGH, gather
from archlint.usecases.request import Request
from archlint.usecases.setup import set_up

pytestmark = pytest.mark.realcode
SAMPLE = 40


@pytest.fixture
def request_of(package, tmp_path):
    name, place = package
    return Request(
        project=str(place), overrides={"roots": [name]}, cache_dir=str(tmp_path / "cache"), environ={}
    )


def test_what_is_reached_is_grimps_downstream(request_of, grimps):
    # Asked for external packages, grimp takes what it does not see for the package above it.
    peer = grimps(external=False)
    graph = gather(request_of, set_up(request_of), measure_from=ENOUGH).project.graph
    # It sees no directories without __init__.py and no compiled modules.
    graph = graph.among(name for name in graph.names if name in peer.modules)
    effects = Effects(graph, EDGE_KINDS, parents=False)
    whole = Effects(graph, EDGE_KINDS)
    step = max(1, len(graph.names) // SAMPLE)
    for name in graph.names[::step]:
        reached = {graph.names[node] for node in effects.reach([name]).following}
        assert reached == peer.find_downstream_modules(name) - {name}, name
        assert reached <= {graph.names[node] for node in whole.reach([name]).following}, name


def test_it_takes_not_much_longer_than_a_check(archlint, package, tmp_path):
    name, place = package
    shared = ("--roots", name, "--cache-dir", tmp_path / "cache", "--format", "json")
    took = {}
    for command in (("check",), ("impact", name)):
        for _ in range(3):
            started = time.perf_counter()
            outcome = archlint(*command, *shared, cwd=place)
            took[command[0]] = time.perf_counter() - started
            assert outcome.code in (0, 1), outcome.err
    assert json.loads(outcome.out)["schema"] == "archlint-impact/1"
    assert took["impact"] < 3 * took["check"] + 1
