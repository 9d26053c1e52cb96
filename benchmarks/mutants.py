"""Change the code a little, one place at a time, and count the changes that the tests notice.

``python benchmarks/mutants.py archlint/graph --tests tests/graph tests/contracts --sample 100``

A mutant is one change of one node: a comparison, a boolean, an operator or a number turned into its
neighbour, a condition negated, a statement left out, a returned value dropped. Annotations, docstrings,
messages and what stands under ``TYPE_CHECKING`` stay. Each mutant runs in a process forked from one that has
loaded the test runner; nothing is written to the tree. Survivors are listed, to be read. POSIX only.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
SKIPPED_CALLS = frozenset({"Example", "Code", "Struct", "TypeVar", "field", "suppress"})
TIMEOUT = 120


class Mutant(NamedTuple):
    """One change: the file, the number of the node in it, what is done there, and the line."""

    path: Path
    node: int
    change: str
    line: int


def changes(node: ast.AST) -> Iterator[str]:
    """Yield what can be done to *node*."""
    if type(node) in SWAPS:
        yield f"{type(node).__name__} -> {SWAPS[type(node)].__name__}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "negate the constant"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "add one"
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield "negate the condition"
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "drop the filter"
    elif isinstance(node, ast.Return) and node.value is not None and not is_none(node.value):
        yield "return None"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "drop not"
    elif isinstance(node, ast.AugAssign | ast.Raise) or (isinstance(node, ast.Expr) and is_call(node.value)):
        yield "leave it out"


def is_none(node: ast.AST) -> bool:
    """Tell whether *node* is the constant None."""
    return isinstance(node, ast.Constant) and node.value is None


def is_call(node: ast.AST) -> bool:
    """Tell whether *node* is a call whose effect may count."""
    return isinstance(node, ast.Call) and not isinstance(node.func, ast.Constant)


def ordered(tree: ast.AST) -> list[ast.AST]:
    """Return the nodes that may be changed, in a fixed order."""
    found: list[ast.AST] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if is_off_limits(node):
            continue
        found.append(node)
        for name, value in ast.iter_fields(node):
            if name not in {"annotation", "returns"}:
                below = value if isinstance(value, list) else [value]
                pending += [child for child in below if isinstance(child, ast.AST)]
    return found


def is_off_limits(node: ast.AST) -> bool:
    """Tell what changes nothing that a test should notice: typing, declared examples, text of f-strings."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return True
    if isinstance(node, ast.JoinedStr | ast.AnnAssign):
        return isinstance(node, ast.JoinedStr) or "ClassVar" in ast.dump(node.annotation)
    name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
    return name in SKIPPED_CALLS


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of the file at *path*."""
    line = 1
    for number, node in enumerate(ordered(ast.parse(path.read_text(encoding="utf-8")))):
        line = getattr(node, "lineno", line)
        for change in changes(node):
            yield Mutant(path, number, change, line)


def mutated(mutant: Mutant) -> Any:
    """Return the tree of the file with the change made."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    node = ordered(tree)[mutant.node]
    replacement = changed(node, mutant.change)

    class Replace(ast.NodeTransformer):
        def visit(self, each: ast.AST) -> Any:
            return replacement if each is node else self.generic_visit(each)

    return ast.fix_missing_locations(Replace().visit(tree))


def changed(node: Any, change: str) -> Any:
    """Return what stands in the place of *node*."""
    new: Any = copy.copy(node)
    if "->" in change:
        return SWAPS[type(node)]()
    if change == "negate the constant":
        new.value = not node.value
    elif change == "add one":
        new.value = node.value + 1
    elif change == "negate the condition":
        new.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    elif change == "drop the filter":
        new.ifs = []
    elif change == "return None":
        new.value = None
    elif change == "drop not":
        return node.operand
    else:
        return ast.copy_location(ast.Pass(), node)
    return new


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the mutated tree in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.path.with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.mutant = mutant

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG002 (the interface)
        """Claim the one module."""
        if name != self.name:
            return None
        package = self.mutant.path.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            name,
            self.mutant.path.resolve(),
            loader=self,
            submodule_search_locations=[str(self.mutant.path.parent.resolve())] if package else None,
        )

    def exec_module(self, module: Any) -> None:
        """Run the mutated tree."""
        exec(compile(mutated(self.mutant), str(self.mutant.path), "exec"), module.__dict__)


def survives(mutant: Mutant | None, tests: list[str]) -> str:
    """Run *tests* on *mutant* (None: on the code as it is) in a forked process; return what became of it."""
    child = os.fork()
    if child == 0:
        run_child(mutant, tests)
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timed out"


def run_child(mutant: Mutant | None, tests: list[str]) -> None:
    """Run the tests quietly and end with their exit code."""
    import pytest

    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant is not None:
        sys.meta_path.insert(0, Loader(mutant))
    code = 2
    try:
        code = pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *tests])
    finally:
        os._exit(int(code))


def main() -> int:
    """Make the mutants, run them, print the share that was noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--sample", type=int, help="so many mutants, chosen at random")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name in (
        "hypothesis",
        "libcst",
        "networkx",
        "msgspec",
        "pytest",
        "_pytest.assertion",
        "radon.visitors",
    ):
        importlib.import_module(name)
    sys.path.insert(0, os.getcwd())
    files = sorted(
        file for path in options.paths for file in ([path] if path.is_file() else path.rglob("*.py"))
    )
    found = [mutant for file in files for mutant in mutants(file)]
    if options.sample and options.sample < len(found):
        found = sorted(random.Random(options.seed).sample(found, options.sample))
    if survives(None, options.tests) != "survived":
        print("the tests fail as it is", file=sys.stderr)
        return 2
    tally: Counter[str] = Counter()
    for mutant in found:
        fate = survives(mutant, options.tests)
        tally[fate] += 1
        if fate == "survived":
            print(f"survived: {mutant.path}:{mutant.line}: {mutant.change}", flush=True)
    killed = tally["killed"] + tally["timed out"]
    print(
        f"{killed} of {len(found)} killed ({killed / len(found):.0%}), {tally['timed out']} of them by time"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
