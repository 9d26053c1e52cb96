"""Change the code a little, one place at a time, and count the changes that the tests notice.

``python benchmarks/mutants.py archlint/graph --tests tests/graph tests/contracts --sample 100``

``mutating.py`` says what a change is. The tests are collected once, and run once to see which test calls
which function. Then, for each mutant, a forked process swaps the code of the one function in place and runs
the tests that call it, the quick ones first. What is no function's code (constants, defaults, decorators),
and a survivor in a function that was called before the first test, runs in a process that loads the changed
file afresh, with the tests that call any function of it.
Nothing is written to the tree. Survivors are listed, to be read. Linux only.

The sample is drawn with ``--seed``; the same seed, code and tests give the same mutants and the same fate,
since Hypothesis is derandomised.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import trials
from mutating import Mutant, mutants


def chosen(paths: list[Path], sample: int | None, seed: int) -> tuple[list[Mutant], int]:
    """Return the mutants of the files below *paths*, or a random sample of them, and how many there are."""
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    found = [mutant for file in files for mutant in mutants(file)]
    if sample is None or sample >= len(found):
        return found, len(found)
    return random.Random(seed).sample(found, sample), len(found)


def report(fates: dict[Mutant, str], population: int) -> None:
    """Print the share of mutants that were noticed, by folder and in all."""
    for folder in sorted({mutant.path.parent for mutant in fates}):
        here = Counter(fate for mutant, fate in fates.items() if mutant.path.parent == folder)
        print(f"{here.total() - here['survived']:5} of {here.total():5}  {folder}")
    tally = Counter(fates.values())
    killed = tally.total() - tally["survived"]
    share = f"{killed} of {tally.total()} killed ({killed / tally.total():.1%})"
    print(f"{share}, {tally['timed out']} of them by time; there are {population} mutants")


def main() -> int:
    """Make the mutants, run them, print the share that was noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--sample", type=int, help="so many mutants, chosen at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="only those that an earlier run listed in this file")
    options = parser.parse_args()
    found, population = chosen(options.paths, options.sample, options.seed)
    if options.again is not None:
        listed = options.again.read_text(encoding="utf-8").splitlines()
        found = [mutant for mutant in found if any(line.endswith(f": {mutant}") for line in listed)]
    sys.path.insert(0, os.getcwd())
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = scratch
        fates = trials.decide(found, options.tests)
    if not fates:
        print("the tests fail as it is", file=sys.stderr)
        return 2
    report(fates, population)
    return 0


if __name__ == "__main__":
    sys.exit(main())
