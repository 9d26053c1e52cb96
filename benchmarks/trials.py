"""Put mutants to the tests: which tests call a function, swapping its code in place, loading it afresh."""

from __future__ import annotations

import gc
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from types import CodeType, FrameType, FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from mutating import Mutant, mutated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What takes long to load and is never mutated.
LOADED = ("hypothesis", "libcst", "networkx", "msgspec", "_pytest.assertion", "radon.visitors")
QUIET = ("-q", "--assert=plain", "-p", "no:cacheprovider", "-n0")
MEMORY = 4 << 30
# Seconds after which a mutant counts as noticed, whatever it waits for.
LONGEST = 900
# Swapping a function's code in place cannot tell.
ELSEWHERE = "elsewhere"


class Reach(NamedTuple):
    """How long each test takes, and which tests call a function, by (file, name)."""

    seconds: dict[str, float]
    calls: dict[tuple[str, str], list[str]]

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that call the function of *mutant*, the quick ones first."""
        return self.by_time(self.calls.get((str(mutant.path.resolve()), mutant.function), []))

    def tests_of_file(self, mutant: Mutant) -> list[str]:
        """Return the tests that call any function in the file of *mutant*, the quick ones first."""
        path = str(mutant.path.resolve())
        return self.by_time(
            {test for (file, _), tests in self.calls.items() if file == path for test in tests}
        )

    def by_time(self, tests: Any) -> list[str]:
        """Return *tests*, the quick ones first."""
        return sorted(tests, key=lambda test: (self.seconds[test], test))


def decide(found: list[Mutant], tests: list[str]) -> dict[Mutant, str]:
    """Return the fate of each mutant, printing the survivors; nothing where the tests fail as it is."""
    for name in LOADED:
        importlib.import_module(name)
    reader, writer = os.pipe()
    first = os.fork()
    if first == 0:
        os.close(reader)
        quietly(lambda: pytest.main([*QUIET, *tests], plugins=[InPlace(found, os.fdopen(writer, "w"))]))
    os.close(writer)
    fates: dict[Mutant, str] = {}
    with os.fdopen(reader) as lines:
        told = (json.loads(line) for line in lines)
        reach = read_reach(told)
        if reach is None:
            return {}
        for mutant, fate in zip(found, told, strict=True):
            fates[mutant] = afresh(mutant, reach) if fate == ELSEWHERE else fate
            if fates[mutant] == "survived":
                print(f"{len(fates)}: survived: {mutant}", flush=True)
    os.waitpid(first, 0)
    return fates


def read_reach(told: Iterator[Any]) -> Reach | None:
    """Return what the first process found out before any mutant; None where a test failed."""
    seconds, calls = next(told, None), next(told, None)
    return Reach(seconds, {(path, name): tests for path, name, tests in calls}) if seconds and calls else None


def quietly(run: Callable[[], int]) -> None:
    """Run to the end of this process, in a group of its own, without a word."""
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    code = 2
    try:
        code = run()
    finally:
        os._exit(int(code))


def outcome(run: Callable[[], int]) -> str:
    """Run in a forked process; return what became of the mutant."""
    child = os.fork()
    if child == 0:
        quietly(run)
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return {0: "survived", -signal.SIGPROF: "timed out"}.get(code, "killed")
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timed out"


def limit(seconds: float) -> None:
    """Let this process end unless the next test ends in a few times the *seconds* of a processor it took."""
    signal.setitimer(signal.ITIMER_PROF, 3 + 4 * seconds)


class Chosen:
    """Runs some tests alone, in their order, and stops at the first failure; no example is made smaller."""

    def __init__(self, tests: list[str], seconds: dict[str, float]) -> None:
        self.tests = tests
        self.seconds = seconds

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Give the test its time."""
        limit(self.seconds[item.nodeid])

    def pytest_sessionstart(self) -> None:
        """Make the tests, which are not loaded yet, run the same examples each time."""
        repeatable()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests."""
        by_name = {item.nodeid: item for item in items}
        items[:] = [by_name[name] for name in self.tests if name in by_name]


def repeatable() -> None:
    """Make Hypothesis draw the same examples each time, and stop at the first that fails."""
    from hypothesis import Phase, settings

    settings.register_profile(
        "mutants", settings.default, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
    )
    settings.load_profile("mutants")


def afresh(mutant: Mutant, reach: Reach) -> str:
    """Return the fate of *mutant* where its file is loaded changed."""
    tests = reach.tests_of_file(mutant)
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    if not tests:
        return "survived"

    def run() -> int:
        sys.meta_path.insert(0, Loader(mutant))
        return pytest.main(["-x", *QUIET, *files], plugins=[Chosen(tests, reach.seconds)])

    return outcome(run)


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the mutated tree in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = module_name(mutant)
        self.mutant = mutant

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG002 (the interface)
        """Claim the one module."""
        if name != self.name:
            return None
        place = self.mutant.path.resolve()
        package = [str(place.parent)] if place.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, place, loader=self, submodule_search_locations=package
        )

    def exec_module(self, module: Any) -> None:
        """Run the mutated tree."""
        exec(compiled(self.mutant), module.__dict__)


def module_name(mutant: Mutant) -> str:
    """Return the dotted name of the mutant's file."""
    parts = mutant.path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def compiled(mutant: Mutant) -> CodeType:
    """Return the code of the changed file."""
    code: CodeType = compile(mutated(mutant), str(mutant.path.resolve()), "exec")
    return code


class InPlace:
    """In the process that has collected the tests: finds out who calls what, then tries mutants in place."""

    def __init__(self, found: list[Mutant], answers: Any) -> None:
        self.found = found
        self.answers = answers
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        self.loading: set[CodeType] = set()
        self.early: set[tuple[str, str, int]] = set()

    def pytest_sessionstart(self) -> None:
        """Make the tests, which are not loaded yet, run the same examples each time."""
        repeatable()
        sys.settrace(tracer(self.loading))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the run: see who calls what, then put every mutant to the tests."""
        sys.settrace(None)
        self.early = {key_of(code) for code in self.loading}
        for mutant in self.found:
            importlib.import_module(module_name(mutant))
        reach = observed(session, {str(mutant.path.resolve()) for mutant in self.found})
        if reach is None:
            return True
        self.tell(reach.seconds)
        self.tell([(*place, tests) for place, tests in reach.calls.items()])
        self.index()
        items = {item.nodeid: item for item in session.items}
        for mutant in self.found:
            self.tell(self.fate(mutant, session, items, reach))
        return True

    def tell(self, what: object) -> None:
        """Send a line to the process that waits for answers."""
        print(json.dumps(what), file=self.answers, flush=True)

    def index(self) -> None:
        """Note every function that there is, by file, name and line."""
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                code = each.__code__
                self.functions[code.co_filename, code.co_qualname, code.co_firstlineno].append(each)

    def fate(self, mutant: Mutant, session: pytest.Session, items: dict[str, Any], reach: Reach) -> str:
        """Return what becomes of *mutant* with its code swapped, ELSEWHERE where that may not tell."""
        codes = [code for code in code_below(compiled(mutant)) if code.co_qualname == mutant.function]
        places = [(code, self.functions.get(key_of(code), [])) for code in codes]
        if not any(functions for _, functions in places):
            return ELSEWHERE
        tests = reach.tests(mutant)

        def run() -> int:
            for code, functions in places:
                for function in functions:
                    function.__code__ = code
            return run_items(session, [items[test] for test in tests], reach.seconds)

        early = any(key_of(code) in self.early for code in codes)
        fate = outcome(run) if tests else "survived"
        return ELSEWHERE if fate == "survived" and early else fate


def key_of(code: CodeType) -> tuple[str, str, int]:
    """Return where *code* stands."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def code_below(code: CodeType) -> Iterator[CodeType]:
    """Yield *code* and all code in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from code_below(constant)


def run_items(session: pytest.Session, items: list[Any], seconds: dict[str, float]) -> int:
    """Run *items*, which take so many *seconds*, up to the first failure; return 1 where one failed."""
    for item, after in zip(items, [*items[1:], None], strict=True):
        limit(seconds.get(item.nodeid, LONGEST))
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return 1
    return 0


def observed(session: pytest.Session, files: set[str]) -> Reach | None:
    """Run all tests in a forked process; return who calls what of *files*, None where one fails."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        quietly(lambda: watch(session, files, writer))
    os.close(writer)
    with os.fdopen(reader) as lines:
        text = lines.read()
    os.waitpid(child, 0)
    if not text:
        return None
    seconds, calls = json.loads(text)
    return Reach(seconds, {(path, name): tests for path, name, tests in calls})


def watch(session: pytest.Session, files: set[str], writer: int) -> int:
    """Run all tests, noting which function of *files* each of them calls, and write that down."""
    seconds: dict[str, float] = {}
    calls: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in session.items:
        seen: set[CodeType] = set()
        started = time.monotonic()
        sys.settrace(tracer(seen))
        failed = run_items(session, [item], {})
        sys.settrace(None)
        seconds[item.nodeid] = time.monotonic() - started
        if failed:
            return 1
        for code in seen:
            if code.co_filename in files:
                calls[code.co_filename, code.co_qualname].append(item.nodeid)
    with os.fdopen(writer, "w") as answer:
        json.dump((seconds, [(*place, tests) for place, tests in calls.items()]), answer)
    return 0


def tracer(seen: set[CodeType]) -> Callable[[FrameType, str, Any], None]:
    """Return a trace function that adds the code of every call to *seen*."""

    def trace(frame: FrameType, event: str, argument: Any) -> None:  # noqa: ARG001 (the interface)
        seen.add(frame.f_code)

    return trace
