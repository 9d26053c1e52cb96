"""Measure archlint against its peers, side by side on this machine: `python benchmarks/run.py`.

Installs nothing: the trees are packages that are installed here, or given as `--tree NAME=DIRECTORY`;
radon and import-linter come with `pip install '.[test]'`. Prints a table, and JSON with `--json FILE`.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import trees
from timing import Command, Pair, paired, peak_memory

BIN = Path(sys.executable).parent
ARCHLINT = str(BIN / "archlint")
LINT_IMPORTS = str(BIN / "lint-imports")
RADON = str(BIN / "radon")
LONG = 20_000
LARGE = {"django", "sqlalchemy", "homeassistant"}

Row = dict[str, object]


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        if "start" in options.cases:
            rows += start_up(Path(scratch), options.runs)
        for name in options.packages:
            source = trees.find_package(name, dict(options.tree).get(name))
            if source is None:
                print(f"{name}: not installed, and no --tree {name}=DIRECTORY; left out", file=sys.stderr)
                continue
            rows += package(Path(scratch) / name, source, options)
        if "growth" in options.cases:
            rows += growth(Path(scratch) / "growth", options.sizes)
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", nargs="*", default=["flask", "django", "sqlalchemy", "homeassistant"])
    parser.add_argument("--tree", action="append", default=[], type=lambda text: tuple(text.split("=", 1)))
    parser.add_argument("--cases", nargs="*", default=["start", "cold", "warm", "memory", "growth"])
    parser.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", help="write the rows there, too")
    return parser.parse_args()


def show(case: str, tree: str, ratio: float, most: float, aim: float, detail: str) -> Row:
    """Print one line of the table and return it as a row."""
    verdict = "aim met" if ratio <= aim else "within" if ratio <= most else "OVER"
    print(
        f"{case:<34} {tree:<14} {ratio:6.2f}   at most {most:4.2f}   aim {aim:4.2f}   {verdict:<8} {detail}",
        flush=True,
    )
    return {
        "case": case,
        "tree": tree,
        "ratio": round(ratio, 3),
        "at_most": most,
        "aim": aim,
        "detail": detail,
    }


def show_pair(case: str, tree: str, pair: Pair, most: float, aim: float) -> Row:
    """Print a paired measurement."""
    row = show(case, tree, pair.ratio, most, aim, f"{pair.ours:.3f} s against {pair.theirs:.3f} s")
    return row | asdict(pair)


def start_up(scratch: Path, runs: int) -> list[Row]:
    """Measure what every start costs."""
    click = Command([sys.executable, "-c", "import click"], scratch)
    cases = (("--version",), ("--help",), ("check", "--help"))
    return [
        show_pair(
            "archlint " + " ".join(words),
            "-",
            paired(Command([ARCHLINT, *words], scratch), click, 2 * runs),
            1.5,
            1.2,
        )
        for words in cases
    ]


def package(scratch: Path, source: Path, options: argparse.Namespace) -> list[Row]:
    """Measure one real package."""
    name = source.name
    root = trees.copy_package(source, scratch)
    rows: list[Row] = []
    radon = Command([RADON, "cc", name], root)
    cold = Command([ARCHLINT, "check", "--no-cache"], root)
    if "cold" in options.cases:
        most, aim = (1.0, 0.8) if name in LARGE else (2.0, 1.3)
        rows.append(show_pair("cold check / radon cc", name, paired(cold, radon, options.runs), most, aim))
    if "memory" in options.cases and name == "homeassistant":
        ours, theirs = peak_memory(cold), peak_memory(radon)
        detail = f"{ours >> 20} MB against {theirs >> 20} MB"
        rows.append(show("peak memory, cold / radon cc", name, ours / theirs, 5.0, 4.0, detail))
    if "warm" in options.cases:
        rows += warm(root, root / name, options.runs)
    return rows


def warm(root: Path, package_directory: Path, runs: int) -> list[Row]:
    """Measure runs after which nothing, a body, or an import changed, against a warm lint-imports."""
    trees.write_configurations(root, package_directory)
    name = package_directory.name
    edited = max(
        package_directory.rglob("*.py"),
        key=lambda path: path.stat().st_size if path.stat().st_size < 40_000 else 0,
    )
    original = edited.read_text()
    count = iter(range(10**9))
    other = next(path for path in sorted(package_directory.glob("*.py")) if path != edited)
    module = f"{name}.{other.stem}" if other.stem != "__init__" else name

    def body() -> None:
        edited.write_text(f"{original}\n\n_edited = {next(count)}\n")

    def add_import() -> None:
        edited.write_text(f"{original}\n\nfrom {module} import x{next(count)}\n")

    theirs = Command([LINT_IMPORTS], root)
    check = [ARCHLINT, "check"]
    Command(check, root).seconds()
    theirs.seconds()
    trees.age(root)  # The caches' own directories are new now, and would be looked at again.
    for _ in range(2):
        Command(check, root).seconds()
    rows = [
        show_pair(
            "warm, nothing changed / lint-imports", name, paired(Command(check, root), theirs, runs), 0.6, 0.4
        ),
        show_pair(
            "warm, a body changed / lint-imports",
            name,
            paired(Command(check, root, body), theirs, runs),
            1.0,
            0.7,
        ),
        show_pair(
            "warm, an import added / lint-imports",
            name,
            paired(Command(check, root, add_import), theirs, runs),
            2.2,
            1.5,
        ),
    ]
    edited.write_text(original)
    return rows


def growth(scratch: Path, sizes: list[int]) -> list[Row]:
    """Measure how time grows with size on synthetic trees, the fixed cost of a tiny one subtracted."""
    tiny = trees.synthetic(scratch / "tiny", 12)
    times: dict[str, list[float]] = {"cold": [], "one edit": []}
    fixed = dict(zip(times, _cold_and_edit(tiny), strict=True))
    for size in sizes:
        root = trees.synthetic(scratch / str(size), size)
        for case, seconds in zip(times, _cold_and_edit(root, 1 if size > LONG else 2), strict=True):
            times[case].append(max(seconds - fixed[case], 1e-3))
        shutil.rmtree(root)
    return [
        show(f"growth, {case}", "synthetic", _exponent(sizes, seconds), 1.15, 1.05, _listed(sizes, seconds))
        for case, seconds in times.items()
    ]


def _cold_and_edit(root: Path, runs: int = 2) -> tuple[float, float]:
    cold = min(Command([ARCHLINT, "check", "--no-cache"], root).seconds() for _ in range(runs))
    check = Command([ARCHLINT, "check"], root)
    for _ in range(2):
        check.seconds()
    edited = root / "synthetic" / "part5" / "m5.py"
    original = edited.read_text()
    times = []
    for number in range(3):
        edited.write_text(f"{original}\n_edited = {number}\n")
        times.append(check.seconds())
    return cold, min(times)


def _exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return the slope of the least-squares line through (log size, log seconds)."""
    xs, ys = [math.log(size) for size in sizes], [math.log(value) for value in seconds]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    rise = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return rise / sum((x - mean_x) ** 2 for x in xs)


def _listed(sizes: list[int], seconds: list[float]) -> str:
    return ", ".join(f"{size:,}: {value:.2f} s" for size, value in zip(sizes, seconds, strict=True))


if __name__ == "__main__":
    main()
