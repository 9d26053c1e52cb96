"""Whole-process measurements: wall time in pairs, and peak memory of a process tree."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Command:
    """A command, the directory it runs in, and what is done before each run, outside the clock."""

    words: Sequence[str]
    cwd: Path
    before: Callable[[], None] = lambda: None

    def seconds(self) -> float:
        """Run once and return the wall time. Exit codes of findings are fine; others raise."""
        self.before()
        started = time.perf_counter()
        done = subprocess.run(self.words, cwd=self.cwd, capture_output=True, check=False)
        elapsed = time.perf_counter() - started
        if done.returncode not in (0, 1):
            raise RuntimeError(
                f"{' '.join(self.words)}: exit {done.returncode}: {done.stderr.decode()[-500:]}"
            )
        return elapsed


@dataclass(frozen=True)
class Pair:
    """Medians in seconds, and the median of the ratios taken run by run."""

    ours: float
    theirs: float
    ratio: float


def paired(ours: Command, theirs: Command, runs: int) -> Pair:
    """Run both in turn, after one unclocked run of each, so that a drifting machine hurts both alike."""
    ours.seconds()
    theirs.seconds()
    times = [(ours.seconds(), theirs.seconds()) for _ in range(runs)]
    return Pair(
        statistics.median(mine for mine, _ in times),
        statistics.median(other for _, other in times),
        statistics.median(mine / other for mine, other in times),
    )


def peak_memory(command: Command) -> int:
    """Return the highest proportional set size, in bytes, of the command and its children together."""
    command.before()
    process = subprocess.Popen(
        command.words, cwd=command.cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            peak = max(peak, sum(_proportional(pid) for pid in _tree(process.pid)))
            done.wait(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    process.wait()
    done.set()
    thread.join()
    return peak


def _tree(pid: int) -> list[int]:
    children: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            children += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
    except OSError:
        return []
    return [pid, *(below for child in children for below in _tree(child))]


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
