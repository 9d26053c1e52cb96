"""Workers under hostile files: each costs itself, never its neighbours or the run."""

import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import archlint
from archlint.workers.messages import Limits
from archlint.workers.pool import BATCH_BYTES, BATCH_FILES, batches, parse_files, prepare
from archlint.workers.reading import NewOutlines
from archlint.workers.spare import SPARE, is_prepared

GOOD = b"import os\n"


def facts_of(sources, jobs=2, **limits):
    return {number: facts for number, facts, _ in parse_files(sources, jobs=jobs, limits=Limits(**limits))}


@pytest.fixture
def sabotage(monkeypatch):
    """Make the parser misbehave on files that begin with a marker; forked workers inherit it."""

    def install(act):
        from archlint.parsing import read

        facts, steps = read.read_facts, read.read_in_steps

        def read_facts(data, **more):
            if data.startswith(b"# evil"):
                act(data)
            return facts(data, **more)

        def read_in_steps(data, *more, **options):
            if data.startswith(b"# evil"):
                act(data)
            return (yield from steps(data, *more, **options))

        monkeypatch.setattr(read, "read_facts", read_facts)
        monkeypatch.setattr(read, "read_in_steps", read_in_steps)

    return install


def sources(evil):
    return {number: b"# evil\n" if number in evil else GOOD for number in range(60)}


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_file_is_answered_once(jobs):
    found = facts_of(sources(set()), jobs)
    assert sorted(found) == list(range(60))
    assert all(facts.failure is None and len(facts.imports) == 1 for facts in found.values())


def crash(_):
    """Die as the parser does on some input, without the pages that pytest's fault handler would print of it."""
    faulthandler.disable()
    signal.raise_signal(signal.SIGSEGV)


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (crash, "the parser crashed (SIGSEGV)"),
        (lambda _: os._exit(7), "the parser ended with exit code 7"),
        (lambda _: bytearray(1 << 40), "needs more than"),
    ],
)
def test_a_death_costs_one_file(sabotage, act, reason):
    sabotage(act)
    found = facts_of(sources({3, 30, 31}))
    lost = {number: facts.failure for number, facts in found.items() if facts.failure}
    assert sorted(found) == list(range(60))
    assert sorted(lost) == [3, 30, 31]
    assert all(failure.code == "ARC901" and failure.reason.startswith(reason) for failure in lost.values())


def doze(_):
    """Use next to no processor for longer than the limit, as on a busy machine."""
    time.sleep(1.0)


def test_waiting_for_the_processor_costs_no_file(sabotage):
    sabotage(doze)
    found = facts_of(sources({5}), seconds=0.4)
    assert [number for number, facts in found.items() if facts.failure] == []


@pytest.mark.parametrize("act", [lambda _: time.sleep(60), lambda _: [None for _ in iter(int, 1)]])
def test_a_hang_costs_one_file_and_its_time(sabotage, act):
    sabotage(act)
    started = time.monotonic()
    found = facts_of(sources({5}), seconds=0.4)
    assert [number for number, facts in found.items() if facts.failure] == [5]
    assert found[5].failure.reason == "took longer than 0.4 s to parse"
    assert time.monotonic() - started < 20


def test_workers_end_with_the_iterator():
    answers = parse_files(sources(set()), jobs=2, limits=Limits())
    next(answers)
    answers.close()
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    assert "defunct" not in listed.stdout


def test_a_killed_parent_leaves_no_worker(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        "import os, sys, time\n"
        "from archlint.parsing import read\n"
        "def spin(data, **more):\n"
        "    if data == b'import os\\n': return read.ModuleFacts()\n"
        "    print(os.getpid(), flush=True)\n"
        "    while True: pass\n"
        "read.read_facts = spin\n"
        "from archlint.workers.pool import parse_files\n"
        "from archlint.workers.messages import Limits\n"
        "list(parse_files({0: b'x', 1: b'y' * 300_000}, jobs=2, limits=Limits(seconds=1.5)))\n"
    )
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.kill()
    deadline = time.monotonic() + 15
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(alive, workers))


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_small_run_with_a_librarian_says_the_same():
    package = Path(archlint.__file__).parent
    texts = [path.read_bytes() for path in sorted(package.glob("graph/*.py"))]
    files = dict(
        enumerate([*texts, b"import a.b as c; from . import d\n", b"def f(:\n", b"", b"import a b\n"])
    )
    alone = {
        number: (facts, outlines)
        for number, facts, outlines in parse_files(dict(files), jobs=2, limits=Limits())
    }
    prepare()
    together = {
        number: (facts, outlines)
        for number, facts, outlines in parse_files(dict(files), jobs=2, limits=Limits())
    }
    assert together == alone
    assert not is_prepared()


def spin(_):
    """Never end; the list does not grow."""
    return [None for _ in iter(int, 1)]


@pytest.mark.parametrize("act", [crash, spin])
def test_a_death_in_a_small_run_costs_one_file_too(sabotage, act):
    sabotage(act)
    prepare()
    found = facts_of(sources({7}), seconds=0.5)
    assert sorted(found) == list(range(60))
    assert [number for number, facts in found.items() if facts.failure] == [7]


def test_without_its_librarian_a_small_run_goes_on():
    prepare()
    SPARE[0].process.kill()
    found = facts_of(sources(set()))
    assert all(facts.failure is None and len(facts.imports) == 1 for facts in found.values())


def test_batches_hold_every_file_once_and_large_ones_come_first():
    sizes = {number: (number * 7919) % 90_000 for number in range(200)}
    found = batches(sizes)
    assert sorted(number for batch in found for number in batch) == list(range(200))
    assert max(map(len, found)) <= BATCH_FILES
    assert all(len(batch) == 1 or sum(sizes[number] for number in batch) <= BATCH_BYTES for batch in found)
    assert sizes[found[0][0]] == max(sizes.values())


def test_the_memo_of_a_worker_only_collects():
    memo = NewOutlines()
    memo.put(b"digest", b"clauses")
    assert memo.get(b"digest") is None
    assert memo.found == [(b"digest", b"clauses")]
