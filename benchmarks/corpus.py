"""Run archlint over a corpus and count what goes wrong: ``python benchmarks/corpus.py PATH...``.

Each PATH is a directory of projects, or of loose files. Two passes:

1. every ``.py`` and ``.pyi`` file below the paths is parsed by the supervised workers, whether a
   project holds it or not (test fixtures, broken files, Python 2);
2. every directory directly below a path (or the path itself, with ``--whole``), or ``--sample`` of them, is
   a project for the command line: every command, in a process of its own (``commands.py``).

A crash is a worker that a file ended, a bug that a command reported, or a traceback. A hang is a file
over its limit or a command over ``--patience``. Exit codes other than 0 and 1, and output that is not
the JSON that was asked for, are surprises. Exits 1 where there is any of these.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from commands import Ran, run_all

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTION = 32 << 20


@dataclass
class Tally(Ran):
    """What was tried, and what came of it."""

    files: int = 0
    lines: int = 0
    failures: Counter[str] = field(default_factory=Counter)


def python_files(paths: list[Path]) -> Iterator[Path]:
    """Yield every regular Python file below *paths*, each once."""
    for path in paths:
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                file = Path(folder, name)
                if name.endswith((".py", ".pyi")) and file.is_file() and not file.is_symlink():
                    yield file


def parse_all(paths: list[Path], jobs: int, tally: Tally) -> None:
    """Parse every file with the workers, in portions that fit into memory."""
    portion: list[Path] = []
    size = 0
    for file in python_files(paths):
        portion.append(file)
        size += file.stat().st_size
        if size > PORTION:
            parse_portion(portion, jobs, tally)
            portion, size = [], 0
    parse_portion(portion, jobs, tally)


def parse_portion(files: list[Path], jobs: int, tally: Tally) -> None:
    """Parse *files* and note what became of each."""
    from archlint.workers.child import Limits
    from archlint.workers.pool import parse_files

    sources = dict(enumerate(file.read_bytes() for file in files))
    answered = 0
    for number, facts, _ in parse_files(sources, jobs=jobs, limits=Limits()):
        answered += 1
        tally.lines += facts.lines
        if facts.failure is not None:
            note_failure(str(files[number]), facts.failure.code, facts.failure.reason, tally)
    tally.files += len(files)
    if answered != len(files):
        tally.crashes.append(f"{len(files) - answered} files never answered")
    print(f"  {tally.files:,} files parsed", file=sys.stderr)


def note_failure(path: str, code: str, reason: str, tally: Tally) -> None:
    """Count a file that was not analysed by its reason; a dead or slow worker is listed as well."""
    tally.failures[f"{code} {re.sub(r'[0-9,]+', 'N', reason)[:70]}"] += 1
    if reason.startswith(("the parser crashed", "the parser ended")):
        tally.crashes.append(f"{path}: {reason}")
    elif reason.startswith("took longer"):
        tally.hangs.append(f"{path}: {reason}")


def report(tally: Tally, seconds: float) -> None:
    """Print the tally."""
    analysed = tally.files - sum(tally.failures.values())
    print(f"files tried       {tally.files:,} ({tally.lines:,} lines)")
    print(f"files analysed    {analysed:,}")
    print(f"not analysed      {tally.files - analysed:,}")
    for reason, number in tally.failures.most_common(40):
        print(f"    {number:6,}  {reason}")
    print(f"command runs      {tally.runs:,}")
    for name, number in sorted(tally.exits.items()):
        print(f"    {number:6,}  {name}")
    for title in ("crashes", "hangs", "surprises"):
        found = getattr(tally, title)
        print(f"{title:<17} {len(found)}")
        for line in found:
            print(f"    {line}")
    print(f"({seconds:,.0f} s)", file=sys.stderr)


def main() -> int:
    """Run both passes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--patience", type=float, default=300.0, help="seconds that a command may take")
    parser.add_argument("--whole", action="store_true", help="each PATH is one project")
    parser.add_argument("--only", choices=("files", "commands"), help="one pass alone")
    parser.add_argument("--sample", type=int, help="so many projects, chosen at random, for the second pass")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally = Tally()
    started = time.monotonic()
    if options.only != "commands":
        parse_all(options.paths, options.jobs, tally)
    if options.only != "files":
        below = [entry for path in options.paths for entry in sorted(path.iterdir()) if entry.is_dir()]
        projects = options.paths if options.whole else below
        if options.sample is not None:
            projects = sorted(random.Random(options.seed).sample(projects, options.sample))
        run_all(projects, options.jobs, options.patience, tally)
    report(tally, time.monotonic() - started)
    return 1 if tally.crashes or tally.hangs or tally.surprises else 0


if __name__ == "__main__":
    sys.exit(main())
