"""Whatever ends a run, it leaves no process, no half file and no broken cache, and says how it ended."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hostile import LAYERS, SCRIPT, alive, children, console, shop, start
from support import write_tree

KILLS = int(os.environ.get("ARCHLINT_KILLS", "6"))
RUNS = int(os.environ.get("ARCHLINT_RUNS", "8"))
LARGE = 400


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a project that keeps workers busy for a while."""
    body = "".join(f"def f{n}(a, b):\n    return [x for x in a if x and b or {n}]\n" for n in range(40))
    files = {path: text + body for path, text in shop(LARGE).items()}
    return write_tree(tmp_path / "large", {**files, "archlint.toml": LAYERS})


def offspring(pid: int) -> list[int]:
    return [below for child in children(pid) for below in (child, *offspring(child))]


def gone(processes: set[int]) -> bool:
    """Tell whether all of *processes* end soon."""
    deadline = time.monotonic() + 10
    while any(map(alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, processes))


def ended(process: subprocess.Popen[bytes], after: float, number: int, *, group: bool = False) -> set[int]:
    """Send a signal *after* some seconds; return the processes that were there."""
    deadline = time.monotonic() + after
    seen: set[int] = set()
    while time.monotonic() < deadline and process.poll() is None:
        seen |= set(offspring(process.pid))
        time.sleep(0.01)
    if process.poll() is None:
        (os.killpg if group else os.kill)(process.pid, number)
    return seen


def started(process: subprocess.Popen[bytes]) -> bool:
    """Wait until archlint's own code runs; a signal that comes earlier ends it as it ends Python."""
    while process.poll() is None:
        if "msgspec" in Path(f"/proc/{process.pid}/maps").read_text(errors="replace"):
            return True
        time.sleep(0.002)
    return False


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_at_any_time_ends_the_run_cleanly(
    large: Path, tmp_path: Path, env: dict[str, str], number: int, code: int
) -> None:
    honest = console("check", "--no-cache", "-o", tmp_path / "honest", cwd=large, env=env)
    assert honest.returncode == 1
    output = tmp_path / "out" / "report.txt"
    output.parent.mkdir()
    chance = random.Random(number)
    codes = set()
    for attempt in range(KILLS):
        # As a terminal does it: Ctrl-C reaches the workers too.
        with start("check", "-o", output, cwd=large, env=env, start_new_session=True) as process:
            assert started(process)
            seen = ended(process, chance.random() * 0.8, number, group=attempt % 2 == 0)
            _, said = process.communicate(timeout=30)
        # It may have been done, or just about to be.
        assert process.returncode in (code, 1, -number), said
        codes.add(process.returncode)
        assert b"Traceback" not in said, said
        assert gone(seen)
        assert [each.name for each in output.parent.iterdir()] in ([], ["report.txt"])
    assert code in codes
    again = console("check", cwd=large, env=env)
    assert again.stdout.decode() == (tmp_path / "honest").read_text()


def test_a_killed_run_leaves_nothing_wrong(large: Path, env: dict[str, str]) -> None:
    """SIGKILL at random points (ARCHLINT_KILLS of them): no orphan, and the cache still tells the truth."""
    honest = console("check", "--no-cache", cwd=large, env=env)
    chance = random.Random(9)
    for attempt in range(KILLS):
        if attempt % 3 == 2:
            (large / "shop" / f"m{attempt % 90:03}.py").touch()
        with start("check", cwd=large, env=env) as process:
            seen = ended(process, chance.random() * 1.2, signal.SIGKILL)
            process.communicate(timeout=30)
        assert gone(seen)
        if attempt % 5 == 4 or attempt == KILLS - 1:
            again = console("check", cwd=large, env=env)
            assert (again.returncode, again.stdout) == (honest.returncode, honest.stdout)
            assert again.stderr == b""


def test_concurrent_runs_share_one_cache(tree: Path, env: dict[str, str]) -> None:
    """ARCHLINT_RUNS at once on one cache that is not there yet, and again on the one they made."""
    honest = console("check", "--no-cache", cwd=tree, env=env)
    for _ in range(2):
        with ThreadPoolExecutor(RUNS) as pool:
            jobs = [pool.submit(console, "check", cwd=tree, env=env) for _ in range(RUNS)]
            runs = [job.result() for job in jobs]
        assert {(ran.returncode, ran.stdout) for ran in runs} == {(honest.returncode, honest.stdout)}
        assert not any(b"Traceback" in ran.stderr or b"bug" in ran.stderr for ran in runs)
    last = console("check", cwd=tree, env=env)
    assert (last.stdout, last.stderr) == (honest.stdout, b"")


@pytest.mark.parametrize("more", [("--no-cache",), ()])
@pytest.mark.parametrize("command", [("check", "--format", "json"), ("graph",), ("--help",)])
def test_a_reader_that_leaves_is_no_fault(
    large: Path, env: dict[str, str], command: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """Quiet, and with the exit code of the analysis: `check | head` under pipefail must not pass a breach."""
    more = () if command == ("--help",) else more
    process = start(*command, *more, cwd=large, env=env)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == (1 if command[0] == "check" else 0)
    assert said == b""


@pytest.mark.parametrize("more", [("--no-cache",), ()])
def test_streams_that_are_closed_or_full(tree: Path, env: dict[str, str], more: tuple[str, ...]) -> None:
    shell = ["/bin/sh", "-c"]
    checks = {"<&-": 1, ">&-": 1, "2>&-": 1, "<&- >&- 2>&-": 1, ">/dev/full": 2, "2>/dev/full": 1}
    for redirected, code in checks.items():
        command = " ".join((str(SCRIPT), "check", *more, redirected))
        ran = subprocess.run(
            [*shell, command], cwd=tree, env=env, capture_output=True, check=False, timeout=60
        )
        assert ran.returncode == code, (redirected, ran.stderr)
        assert b"Traceback" not in ran.stderr
        assert b"bug in" not in ran.stderr
    assert re.fullmatch(r"[\w.-]+", (tree / "archlint.toml").name)


def test_a_working_directory_that_is_gone_is_one_line(tree: Path, env: dict[str, str]) -> None:
    command = f"mkdir gone && cd gone && rmdir ../gone && {SCRIPT} check"
    ran = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tree, env=env, capture_output=True, check=False, timeout=60
    )
    assert ran.returncode == 2
    assert ran.stderr == b"archlint: error: the working directory is gone; change to one that exists\n"


def test_an_output_file_is_written_whole_or_not_at_all(
    tree: Path, env: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    tmp_path.joinpath("file").write_text("")
    for place in (tmp_path / "file" / "x.json", "/proc/nope/x.json"):
        ran = console("check", "--format", "json", "-o", place, cwd=tree, env=env)
        assert ran.returncode == 2
        assert b"cannot be written" in ran.stderr
    ran = console("check", "--format", "json", "-o", target, cwd=tree, env=env)
    assert ran.returncode == 1
    assert target.read_text().endswith("}\n")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_an_output_that_is_a_device_or_a_pipe_stays_one(
    tree: Path, env: dict[str, str], tmp_path: Path
) -> None:
    """A rename over /dev/null would take it from the whole machine, where root runs the check."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        assert console("check", "-o", pipe, cwd=tree, env=env).returncode == 1
        text = reader.read()
    assert pipe.is_fifo()
    assert b"ARC" in text
    null = os.lstat("/dev/null")
    assert console("check", "-o", "/dev/null", cwd=tree, env=env).returncode == 1
    assert os.lstat("/dev/null").st_ino == null.st_ino
    assert b"cannot be written" in console("check", "-o", "/dev/full", cwd=tree, env=env).stderr
    ran = console("check", "-o", "/dev/stdout", cwd=tree, env=env)
    assert (ran.returncode, ran.stdout) == (1, text)


def test_a_planted_link_is_no_way_out(tree: Path, env: dict[str, str], tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    for target in (precious, Path("/dev/null")):
        link = tree / f"{target.name}.json"
        link.symlink_to(target)
        assert console("check", "-o", link, cwd=tree, env=env).returncode == 1
        assert not link.is_symlink()
        assert "ARC" in link.read_text()
    assert precious.read_text() == "precious"
