"""Measure what more than a plain check costs: `python benchmarks/costs.py --tree NAME=DIRECTORY`.

Each row is a ratio against `archlint check` on the same tree: a cold report and a cold check with the
boundary rules against a cold check, and, with `--older NAME=DIRECTORY` for an earlier release of the same
package, a warm `archlint diff` of the two against a warm check, after an edit and without one.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

import trees
from run import ARCHLINT, Row, show_pair
from timing import Command, paired

# One contract of each boundary type, over capabilities that most packages touch.
BOUNDARIES = """
[[contracts]]
name = "Environment"
type = "confined-api"
capabilities = ["environment", "process", "deserialisation", "dynamic-code"]
allowed = ["{name}"]

[[contracts]]
name = "Sockets"
type = "confined-package"
packages = ["socket", "ssl"]
allowed = ["{name}"]

[[contracts]]
name = "Shells"
type = "reachable-api"
sources = ["{first}"]
capabilities = ["process"]
gateways = ["{last}"]
"""


def main() -> None:
    """Measure every tree that is given."""
    options = _options()
    older = dict(options.older)
    with tempfile.TemporaryDirectory() as scratch:
        for name, directory in options.tree:
            root = trees.copy_package(Path(directory).resolve(), Path(scratch) / name)
            package = root / Path(directory).resolve().name
            cold_rows(root, package, options.runs)
            if name in older:
                diff_rows(root, package, Path(older[name]).resolve(), options.runs)


def _options() -> argparse.Namespace:
    def pair(text: str) -> tuple[str, ...]:
        return tuple(text.split("=", 1))

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", action="append", default=[], type=pair, required=True)
    parser.add_argument("--older", action="append", default=[], type=pair)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def cold_rows(root: Path, package: Path, runs: int) -> list[Row]:
    """Measure what a report, and the boundary rules, add to a cold check."""
    name = package.name
    plain = Command([ARCHLINT, "check", "--no-cache", "--isolated", "--roots", name], root)
    report = Command([ARCHLINT, "report", "--no-cache", "--isolated", "--roots", name], root)
    rows = [show_pair("cold report / cold check", name, paired(report, plain, runs), 1.5, 1.3)]
    configuration = root / "archlint.toml"
    configuration.write_text(f'roots = ["{name}"]\n{_boundaries(package)}')
    bounded = Command([ARCHLINT, "check", "--no-cache"], root)
    rows.append(
        show_pair("cold check with boundaries / without", name, paired(bounded, plain, runs), 1.33, 1.2)
    )
    check, isolated = [ARCHLINT, "check"], [ARCHLINT, "check", "--isolated", "--roots", name]
    for words in (check, isolated, check, isolated):
        Command(words, root).seconds()
    trees.age(root)
    for words in (check, isolated, check, isolated):
        Command(words, root).seconds()
    warm = paired(Command(check, root), Command(isolated, root), 2 * runs)
    rows.append(show_pair("warm check with boundaries / without", name, warm, 1.33, 1.1))
    configuration.unlink()
    return rows


def _boundaries(package: Path) -> str:
    (_, _, modules), *_ = trees.contracts(package)
    return BOUNDARIES.format(name=package.name, first=modules[0], last=modules[-1])


def diff_rows(root: Path, package: Path, older: Path, runs: int) -> list[Row]:
    """Measure a warm diff between two releases, committed one after the other, against a warm check."""
    name = package.name
    (root / "archlint.toml").write_text(f'roots = ["{name}"]\n')
    newer = root.with_name(f"{root.name}-newer")
    shutil.move(package, newer)
    shutil.copytree(older, package, ignore=shutil.ignore_patterns(*trees.THIN))
    _git(root, "init", "--quiet")
    _commit(root, "older")
    _git(root, "tag", "older")
    shutil.rmtree(package)
    shutil.move(newer, package)
    _commit(root, "newer")
    trees.age(root)
    edited = max(package.glob("*/*.py"), key=lambda path: path.stat().st_size)
    original = edited.read_text()
    count = iter(range(10**9))

    def edit() -> None:
        edited.write_text(f"{original}\n\n_edited = {next(count)}\n")

    diff, check = [ARCHLINT, "diff", "older"], [ARCHLINT, "check"]
    for words in (diff, check, diff, check):
        Command(words, root).seconds()
    same = paired(Command(diff, root), Command(check, root), 2 * runs)
    after = paired(Command(diff, root, edit), Command(check, root, edit), runs)
    return [
        show_pair("warm diff, nothing changed / check", name, same, 3.0, 2.0),
        show_pair("warm diff, a body changed / check", name, after, 3.0, 2.0),
    ]


def _commit(root: Path, message: str) -> None:
    _git(root, "add", "--all")
    _git(root, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", message)


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True)


if __name__ == "__main__":
    main()
