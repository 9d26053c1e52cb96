"""Feed archlint's readers with what a fuzzer makes up: ``python benchmarks/fuzz.py --seconds 300``.

Two engines. Every target of ``tests/fuzz/targets.py`` gets bytes that libFuzzer mutates from the files in
``tests/fuzz/seeds``, led by the coverage of archlint's own code (``pip install atheris``). And programs that
hypothesmith draws from Python's grammar (``pip install hypothesmith``) must give the same facts whether read
by their import statements or whole. Each target runs in a process of its own for so many seconds; what it
came upon is kept in ``--keep``, inputs that broke a promise are listed, and make the exit code 1.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"
FUZZ = TESTS / "fuzz"
PROGRAMS = "hypothesmith"
LONGEST = 4096
_SETTINGS = (
    "type name layers containers exhaustive modules forbidden-modules source-modules ignore-imports "
    "ancestors depth capabilities apis packages expose depends-on edges select"
)
# What no change of single bytes would come upon.
WORDS = {
    "configuration": f"[[contracts]] [rules. {_SETTINGS}",
    "pyproject": f"[tool.archlint] [[tool.archlint.contracts]] [tool.archlint.rules. {_SETTINGS}",
    "suppression": "#archlint: ignore file-ignore [ ] -- #noqa: ARC101 #tach-ignore",
    "ledger": "[[known]] rule contract subject value owner reason until ARC101 ARC201 2026-01-01 inf nan",
    "importlinter-ini": (
        "[importlinter] [importlinter:contract: root_package type layers forbidden acyclic_siblings "
        "modules ignore_imports exhaustive_ignores skip_descendants True ** ->"
    ),
    "importlinter-toml": (
        "[[tool.importlinter.contracts]] type layers forbidden acyclic_siblings private_modules _a ** ->"
    ),
    "tach": (
        "[[modules]] [[interfaces]] path paths depends_on cannot_depend_on expose visibility layers strict "
        "deprecated closed <root> <domain_root> // utility unchecked"
    ),
    "codeowners": "** * ? [ ] ! \\\\ / @a/b a@b.c # ^[ [a][2]",
    "manifest": (
        "setup( packages find_packages( package_dir [tool.setuptools] [tool.poetry] [options] where find:"
    ),
    "program": "import from as lazy type match case if TYPE_CHECKING try: except except* def class async f'",
}


def libfuzzer(target: str, seconds: int, keep: Path) -> None:
    """Fuzz *target* in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["archlint", "tomllib", "configparser"]):
        found = importlib.import_module("targets").TARGETS[target]
    words = keep / f"{target}.dict"
    words.write_text("".join(f'"{word}"\n' for word in WORDS[target].replace('"', "").split()))
    corpus = keep / target
    corpus.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={words}", "-timeout=20"]
    places = [f"-artifact_prefix={keep}/broken-{target}-", str(corpus), str(FUZZ / "seeds" / target)]
    atheris.Setup([sys.argv[0], *options, *places], found)
    atheris.Fuzz()


def programs(seconds: int) -> None:
    """Draw programs for *seconds*; raise where the two readers do not agree on one."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
    from hypothesmith import from_grammar, from_node

    agree = importlib.import_module("targets").readers_agree
    deadline = time.monotonic() + seconds
    drawn = 0

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(from_node(), from_grammar(), from_grammar(auto_target=False)))
    def both(text: str) -> None:
        nonlocal drawn
        drawn += agree(text.encode("utf-8", "surrogatepass"))

    while time.monotonic() < deadline:
        both()
    print(f"Done {drawn} runs")


def run(target: str, seconds: int, keep: Path) -> tuple[int, list[str]]:
    """Fuzz *target* in a process of its own; return how many inputs it got, and what went wrong."""
    command = [sys.executable, __file__, "--one", target, "--seconds", str(seconds), "--keep", str(keep)]
    paths = os.pathsep.join(map(str, (TESTS.parent, TESTS, FUZZ)))
    ran = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = ran.stdout + ran.stderr
    counts = re.findall(r"^Done (\d+) runs", said, re.MULTILINE) or re.findall(r"^#(\d+)", said, re.MULTILINE)
    broken = [str(path) for path in sorted(keep.glob(f"broken-{target}-*"))]
    if ran.returncode:
        (keep / f"{target}.log").write_text(said)
        broken.append(f"exit {ran.returncode}, see {keep / target}.log")
    return int(counts[-1]) if counts else 0, broken


def main() -> int:
    """Fuzz every target, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "targets", nargs="*", help=f"of {', '.join((*WORDS, PROGRAMS))}; all where none is given"
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "archlint-fuzz")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    if options.one:
        sys.setrecursionlimit(5_000)
        if options.one == PROGRAMS:
            programs(options.seconds)
        else:
            libfuzzer(options.one, options.seconds, options.keep.resolve())
        return 0
    failed = False
    for target in options.targets or (*WORDS, PROGRAMS):
        count, broken = run(target, options.seconds, options.keep.resolve())
        print(f"{target:<18} {count:>10,} cases, {len(broken)} broken", *broken, sep="\n    ", flush=True)
        failed = failed or bool(broken)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
