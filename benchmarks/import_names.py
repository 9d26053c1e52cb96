"""Compare archlint's list of import names with what installed distributions say of themselves.

``python benchmarks/import_names.py [SITE-PACKAGES...]`` reads the metadata in the directories, by default
those of the Python that runs, and prints each distribution whose names archlint would get wrong: nothing is
imported.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import Distribution, distributions
from pathlib import PurePosixPath

from archlint.context.import_names import by_distribution, by_import, normalised

CODE = (".py", ".so", ".pyd")
# Left by build systems, tests and the like: nobody means these.
STRAY = frozenset({"tests", "test", "docs", "examples", "benchmarks", "src", "bin", "scripts", "py"})


def installed(distribution: Distribution) -> set[str]:
    """Return the public top-level names that the files of *distribution* make importable."""
    names = set()
    for file in distribution.files or ():
        path = PurePosixPath(str(file))
        if (
            path.suffix in CODE
            and path.parts[0] != ".."
            and not path.parts[0].endswith((".dist-info", ".data"))
        ):
            names.add(path.parts[0].partition(".")[0])
    return {name for name in names if not name.startswith("_") and name not in STRAY and "__" not in name}


def missing(distribution: Distribution) -> list[str]:
    """Return the names of *distribution* that archlint would not take for its own."""
    name = normalised(distribution.name)
    listed = {part.partition(".")[0] for part in by_distribution().get(name, ())}
    return sorted(
        found
        for found in installed(distribution)
        if found not in listed
        and (name in by_distribution() or normalised(found) != name)
        # A namespace is shared: its parts are told apart by their dotted names.
        and not (name.startswith(f"{normalised(found)}-") and found not in by_import())
    )


def main() -> int:
    """Print what is missing; return how much is, at most 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directories", nargs="*", help="directories with *.dist-info")
    directories = parser.parse_args().directories
    seen = {normalised(each.name): each for each in distributions(path=directories or sys.path)}
    wrong = {name: found for name, each in sorted(seen.items()) if (found := missing(each))}
    for name, found in wrong.items():
        print(f"{name}: {' '.join(found)}")
    print(f"{len(seen)} distributions, {len(wrong)} with names that are not listed")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
