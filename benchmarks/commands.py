"""Run every command on a project, each in a process of its own, and note what is not as promised.

Commands that write, and ``diff``, which needs a history, run on a copy of what archlint reads there. What is
looked for: an exit code other than 0, 1, or 2 for one of ``REASONS``, output that is not the JSON that was
asked for, a traceback, a death, and a run that does not end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = ("--format", "json")
FRESH = ("--no-cache", "-j", "1")
READING = {
    "check": ("check", *JSON, *FRESH),
    "check --select ARC": ("check", *JSON, "--select", "ARC", *FRESH),
    "report": ("report", *JSON, *FRESH),
    "report html": ("report", "--format", "html", *FRESH),
    "graph": ("graph", *JSON, *FRESH),
    "graph mermaid": ("graph", "--format", "mermaid", "--collapse", "2", *FRESH),
    "init --print": ("init", "--print", *FRESH),
    "config": ("config", *JSON, *FRESH),
}
# With two modules of the project, of which the first imports the second where any does.
BETWEEN = {
    "why": ("why", "{0}", "{1}", *JSON, *FRESH),
    "can": ("can", "{1}", "{0}", *JSON, *FRESH),
    "impact": ("impact", "{1}", *JSON, *FRESH),
}
# On a copy under git, in this order.
WRITING = {
    "init": ("init", "--force", *FRESH),
    "audit": ("audit", *JSON, *FRESH),
    "baseline": ("baseline", *FRESH),
    "check with ledger": ("check", *JSON, *FRESH),
    "baseline --shrink": ("baseline", "--shrink", *FRESH),
    "diff": ("diff", "HEAD", *JSON, *FRESH),
    "check with cache": ("check", *JSON, "-j", "1"),
    "check again": ("check", *JSON, "-j", "1"),
}
READ = (".py", ".pyi", ".toml", ".cfg")
# Why a command may well have nothing to do on somebody's package: exit code 2, and said.
REASONS = {
    "no Python module found": "no module",
    "no layers can be inferred": "no layers",
    "no contract is configured": "no contract",
    "there is no archlint-ledger.toml yet": "no ledger",
}


@dataclass
class Ran:
    """What came of the commands."""

    runs: int = 0
    exits: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)


def run_all(projects: list[Path], jobs: int, patience: float, ran: Ran) -> None:
    """Run every command on every project, *jobs* projects at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        for found in pool.map(lambda project: list(on_project(project, patience)), projects):
            for name, project, outcome in found:
                ran.runs += 1
                judge(name, project, outcome, ran)
            print(f"  {ran.runs:,} commands run", file=sys.stderr)


Outcome = subprocess.CompletedProcess[str] | None


def on_project(project: Path, patience: float) -> Iterator[tuple[str, Path, Outcome]]:
    """Run every command on *project*; yield what it did, None where it took too long."""
    modules: tuple[str, str] | None = None
    for name, arguments in READING.items():
        outcome = run(project, arguments, patience)
        if name == "graph":
            modules = two_modules(outcome)
        yield name, project, outcome
    if modules is None:
        return
    for name, arguments in BETWEEN.items():
        yield name, project, run(project, tuple(each.format(*modules) for each in arguments), patience)
    with tempfile.TemporaryDirectory() as scratch:
        copy = copied(project, Path(scratch))
        for name, arguments in WRITING.items():
            yield name, project, run(copy, arguments, patience)


def two_modules(outcome: Outcome) -> tuple[str, str] | None:
    """Return a module and one that it imports, else the first module twice; None where there is none."""
    if outcome is None or not is_json(outcome.stdout):
        return None
    graph = json.loads(outcome.stdout)
    inner = ((row["importer"], row["imported"]) for row in graph["imports"] if not row["external"])
    names = [module["name"] for module in graph["modules"]]
    return next(inner, (names[0], names[0]) if names else None)


def copied(project: Path, scratch: Path) -> Path:
    """Copy what archlint reads of *project* into a new repository with one commit."""
    copy = scratch / project.name
    shutil.copytree(project, copy, ignore=unread, symlinks=True)
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false")
    for arguments in (("init", "-q"), ("add", "-A", "-f"), (*who, "commit", "-qm", "all")):
        subprocess.run(["git", *arguments], cwd=copy, check=True, capture_output=True)
    return copy


def unread(folder: str, names: list[str]) -> list[str]:
    """Return those of *names* in *folder* that are not copied."""
    return [name for name in names if not (name.endswith(READ) or os.path.isdir(os.path.join(folder, name)))]


def run(project: Path, arguments: tuple[str, ...], patience: float) -> Outcome:
    """Run one command on one project; None where it took longer than *patience* seconds."""
    # -P as the console script has it: nothing of the working directory is importable.
    command = [sys.executable, "-P", "-m", "archlint", *arguments, "--project", str(project)]
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return None


def judge(name: str, project: Path, outcome: Outcome, ran: Ran) -> None:
    """Note what a command did."""
    what = f"{name} on {project}"
    if outcome is None:
        ran.hangs.append(what)
        return
    said = outcome.stderr.strip()
    reason = next((short for text, short in REASONS.items() if text in said), "") * (outcome.returncode == 2)
    ran.exits[f"{name}: exit {outcome.returncode}" + f" ({reason})" * bool(reason)] += 1
    if "Traceback" in said or "bug in archlint" in said or "panicked" in said or outcome.returncode < 0:
        ran.crashes.append(f"{what}: exit {outcome.returncode}: {said[-300:]}")
    elif outcome.returncode not in (0, 1) and not reason:
        ran.surprises.append(f"{what}: exit {outcome.returncode}: {said[-300:]}")
    elif "json" in outcome.args and not reason and not is_json(outcome.stdout):
        ran.surprises.append(f"{what}: exit {outcome.returncode} without JSON")


def is_json(text: str) -> bool:
    """Tell whether *text* is a JSON object."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
