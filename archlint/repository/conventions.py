"""Names by which people tell apart what belongs to a system and what stands beside it."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """How much a candidate is the system itself; the best rank that occurs is analysed."""

    REAL = 0
    SPARE = 1  # taken along if the real ones import it
    ASIDE = 2
    TESTS = 3


SOURCE_FOLDERS = frozenset({"src", "source", "sources", "lib", "Lib", "python", "py", "backend", "server"})
# In these nothing is left out for its name: people put there what they ship.
PURE_SOURCES = frozenset({"src", "lib", "Lib", "python"})
# Whoever has one of these runs Python from that directory.
SOURCE_MARKS = frozenset(
    {"manage.py", "requirements.txt", "Pipfile", "environment.yml", "poetry.lock", "uv.lock"}
)

_TEST_FOLDERS = frozenset(
    {
        "test",
        "tests",
        "unit_test",
        "unit_tests",
        "unittest",
        "unittests",
        "integration_test",
        "integration_tests",
    }
    | {"functional_test", "functional_tests", "e2e", "e2e_tests", "acceptance_tests", "system_tests"}
)
# The first two lists grew from those that setuptools leaves out of a flat layout:
# https://setuptools.pypa.io/en/latest/userguide/package_discovery.html#flat-layout
_ASIDE_FOLDERS = frozenset(
    {"doc", "docs", "documentation", "man", "manpages", "news", "newsfragments", "changelog", "changelog.d"}
    | {"example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials", "exercise"}
    | {
        "exercises",
        "notebook",
        "notebooks",
        "benchmark",
        "benchmarks",
        "bench",
        "asv_bench",
        "perf",
        "debian",
    }
    | {"htmlcov", "site_scons", "fixtures", "testdata", "test_data", "templates", "fuzz", "fuzzing"}
)
_ASIDE_WORDS = frozenset(
    {"example", "examples", "sample", "samples", "demo", "demos", "guide", "guides", "tutorial", "tutorials"}
    | {"docs", "benchmark", "benchmarks", "notebook", "notebooks", "cookbook", "cookbooks", "playground"}
)
# What lies in these is spare whatever it brings along: copies come with manifests of their own.
COPY_FOLDERS = frozenset({"vendor", "third_party", "extern"})
_SPARE_FOLDERS = COPY_FOLDERS | frozenset(
    {"script", "scripts", "tool", "tools", "util", "utils", "bin", "ci", "dev", "devtools", "hack", "tasks"}
    | {"contrib", "maint", "maintenance", "packaging", "etc", "misc"}
    | {
        "deploy",
        "deployment",
        "infra",
        "docker",
        "conda",
        "recipe",
        "requirements",
        "release",
        "stubs",
        "typings",
    }
)
_ASIDE_MODULES = frozenset(
    {"setup", "conftest", "noxfile", "toxfile", "fabfile", "dodo", "pavement", "versioneer", "ez_setup"}
    | {"distribute_setup", "hatch_build", "setup_cython", "runtests", "run_tests", "gulpfile", "conanfile"}
)
# How a server or an administrator enters an application; they never ship, and always belong to it.
ENTRY_MODULES = frozenset({"manage", "wsgi", "asgi"})
_SPARE_MODULES = frozenset({"tasks", "build", "bootstrap", "release", "install", "make"})


def folder_rank(name: str) -> Rank:
    """Rank a directory beside others by its name alone."""
    if name in _TEST_FOLDERS:
        return Rank.TESTS
    words = name.lower().replace("-", "_").split("_")
    if name.lower() in _ASIDE_FOLDERS or not _ASIDE_WORDS.isdisjoint((words[0], words[-1])):
        return Rank.ASIDE
    return Rank.SPARE if name in _SPARE_FOLDERS else Rank.REAL


def module_rank(stem: str) -> Rank:
    """Rank a module that lies beside packages by its name alone."""
    if stem in _ASIDE_MODULES:
        return Rank.ASIDE
    return Rank.SPARE if stem in _SPARE_MODULES else Rank.REAL
