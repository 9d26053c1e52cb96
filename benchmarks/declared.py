"""What archlint and deptry say of the same projects: undeclared and unused packages, side by side.

``python benchmarks/declared.py --deptry DEPTRY DIRECTORY...`` prints, for each project, what both find and
what only one does. DEPTRY is the program, in an environment of its own, in which the projects are not
installed: deptry then knows distributions by their names alone, plus what its configuration says.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import archlint

CODES = {"DEP001": "undeclared", "DEP003": "undeclared", "DEP004": "undeclared", "DEP002": "unused"}
RULES = {"ARC503": "undeclared", "ARC504": "unused"}

Verdicts = dict[tuple[str, str], str]


def normalised(name: str) -> str:
    """Return *name* as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def by_deptry(program: str, directory: Path) -> Verdicts:
    """Return what deptry finds in *directory*, each with its first place."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as output:
        command = [program, ".", "--no-ansi", "--json-output", output.name]
        subprocess.run(command, cwd=directory, capture_output=True, check=False, timeout=300)
        text = output.read()
    found: Verdicts = {}
    for each in json.loads(text or "[]"):
        code = each["error"]["code"]
        if code in CODES:
            place = f"{code} {each['location']['file']}:{each['location']['line']}"
            found.setdefault((CODES[code], normalised(each["module"])), place)
    return found


def by_archlint(directory: Path) -> Verdicts:
    """Return what archlint finds in *directory*, each with its first place."""
    analysis = archlint.analyse(directory, select=list(RULES))
    for note in analysis.notes:
        print(f"  note: {note}")
    return {
        (RULES[each.code], normalised(each.identity[2])): f"{each.path}:{each.line} {each.message}"
        for each in analysis.findings
    }


def compare(program: str, directory: Path) -> tuple[int, int, int]:
    """Print both verdicts on *directory*; return how many are of both, of archlint and of deptry alone."""
    print(f"== {directory.name}")
    ours, theirs = by_archlint(directory), by_deptry(program, directory)
    names = dict(theirs)
    both = 0
    for key in sorted(ours):
        kind, distribution = key
        same = next((other for other in names if other[0] == kind and _same(other[1], distribution)), None)
        both += same is not None
        if same is not None:
            del names[same]
        print(f"  {'both    ' if same else 'archlint'}  {kind:10}  {distribution:28}  {ours[key]}")
    for (kind, name), place in sorted(names.items()):
        print(f"  deptry    {kind:10}  {name:28}  {place}")
    return both, len(ours) - both, len(names)


def _same(module: str, distribution: str) -> bool:
    """Tell whether deptry's module may be archlint's distribution."""
    from archlint.context.import_names import by_distribution

    installed = by_distribution().get(distribution, ())
    return module == distribution or module in {normalised(name.partition(".")[0]) for name in installed}


def main() -> int:
    """Compare on each directory and print the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deptry", default="deptry", help="the deptry program")
    parser.add_argument("directories", nargs="+", type=Path)
    arguments = parser.parse_args()
    sums = [0, 0, 0]
    for directory in arguments.directories:
        sums = [a + b for a, b in zip(sums, compare(arguments.deptry, directory), strict=True)]
    print(f"both {sums[0]}, archlint alone {sums[1]}, deptry alone {sums[2]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
