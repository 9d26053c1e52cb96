"""The requirements that pyproject.toml, setup.cfg, setup.py and Pipfile list, whatever tool they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.context.manifest import Kind  # noqa: TC001 (msgspec reads the annotations)
from archlint.repository.requirement import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.repository.manifests import Manifest

# Extras and groups that hold what developers need, by the words that their names are made of.
_FOR_DEVELOPMENT_TEXT = """
bench benchmark benchmarks build check checks ci codestyle contributing coverage debug dev devel develop
developer development dist doc docs documentation docsbuild examples format formatting formatters hooks
lint linter linters linting local maintainer mypy notebook notebooks packaging precommit profiling qa
quality release rtd security style test tester testing tests tools tox type typecheck typechecking types
typing workflow
"""
_FOR_DEVELOPMENT = frozenset(_FOR_DEVELOPMENT_TEXT.split())
_WORD = re.compile(r"[a-z]+")
_TABLE_NAMED = frozenset({"python"})


class Wanted(Struct, frozen=True):
    """A requirement as a table lists it: ``text`` is what stands in the file, ``name`` what it asks for.

    ``table`` are the keys of the table that lists it, for its line to be found.
    """

    name: str
    text: str
    kind: Kind
    group: str
    file: str
    table: tuple[str, ...]


def is_for_development(name: str) -> bool:
    """Tell whether an extra, a group or a file called *name* lists what only developers need."""
    return not _FOR_DEVELOPMENT.isdisjoint(_WORD.findall(name.lower()))


def wanted(manifest: Manifest) -> Iterator[Wanted]:
    """Yield all that the tables of *manifest* list, in no order that matters."""
    yield from _standard(manifest)
    yield from _poetry(manifest)
    yield from _tools(manifest)
    yield from _setup_cfg(manifest)
    yield from _setup_py(manifest)


def unknown(manifest: Manifest) -> str:
    """Return why the requirements of *manifest* cannot be known whole; empty where they can."""
    named = manifest.setup.get("install_requires", ())
    if "install_requires" in manifest.setup and not isinstance(named, list | tuple | str):
        return "setup.py computes `install_requires`"
    if "dependencies" not in manifest.table("project") and "dependencies" in _dynamic(manifest):
        backend = str(manifest.table("build-system").get("build-backend", ""))
        said = manifest.setup or manifest.setup_cfg or dynamic_files(manifest)
        return "" if said else f"`dependencies` are dynamic ({backend or 'by the build backend'})"
    return ""


def dynamic_files(manifest: Manifest) -> tuple[str, ...]:
    """Return the requirements files that the build backend reads the dependencies from."""
    if "dependencies" not in _dynamic(manifest):
        return ()
    setuptools = manifest.table("tool", "setuptools", "dynamic", "dependencies")
    hook = manifest.table("tool", "hatch", "metadata", "hooks", "requirements_txt")
    listed = setuptools.get("file") or hook.get("files") or hook.get("filename") or ()
    return (listed,) if isinstance(listed, str) else tuple(_strings(listed))


def lists_runtime(manifest: Manifest) -> bool:
    """Tell whether a table says what the distribution itself needs, even where that is nothing."""
    options = manifest.setup_cfg.get("options", {})
    return (
        "dependencies" in manifest.table("project")
        or bool(manifest.table("tool", "poetry", "dependencies"))
        or "install_requires" in options
        or isinstance(manifest.setup.get("install_requires"), list | tuple | str)
    )


def _dynamic(manifest: Manifest) -> tuple[str, ...]:
    return tuple(_strings(manifest.table("project").get("dynamic")))


def _standard(manifest: Manifest) -> Iterator[Wanted]:
    """PEP 621, and the groups of PEP 735."""
    project = manifest.table("project")
    marks = _deptry_groups(manifest)
    yield from _each(project.get("dependencies"), "runtime", "", ("project",))
    for extra, listed in manifest.table("project", "optional-dependencies").items():
        kind: Kind = "development" if extra in marks or is_for_development(extra) else "optional"
        yield from _each(listed, kind, extra, ("project", "optional-dependencies"))
    for group, listed in manifest.table("dependency-groups").items():
        # What a group includes is listed where it stands.
        yield from _each(listed, "development", group, ("dependency-groups",))
    for script in _strings(manifest.table("build-system").get("requires")):
        yield from _each([script], "development", "build-system", ("build-system",))


def _deptry_groups(manifest: Manifest) -> frozenset[str]:
    table = manifest.table("tool", "deptry")
    keys = ("optional_dependencies_dev_groups", "pep621_dev_dependency_groups")
    return frozenset(name for key in keys for name in _strings(table.get(key)))


def _poetry(manifest: Manifest) -> Iterator[Wanted]:
    poetry = ("tool", "poetry")
    yield from _keys(manifest, "", *poetry, "dependencies")
    yield from _keys(manifest, "dev", *poetry, "dev-dependencies")
    for group in manifest.table(*poetry, "group"):
        yield from _keys(manifest, group, *poetry, "group", group, "dependencies")


def _keys(manifest: Manifest, group: str, *table: str) -> Iterator[Wanted]:
    for name, said in manifest.table(*table).items():
        if name in _TABLE_NAMED or not name_of(name):
            continue
        optional = isinstance(said, dict) and said.get("optional") is True
        kind: Kind = "development" if group else "optional" if optional else "runtime"
        yield Wanted(name, name, kind, group, "pyproject.toml", table)


def _tools(manifest: Manifest) -> Iterator[Wanted]:
    """The lists for development of uv, PDM and Hatch."""
    uv = ("tool", "uv")
    yield from _each(manifest.table(*uv).get("dev-dependencies"), "development", "dev", uv)
    pdm = ("tool", "pdm", "dev-dependencies")
    for group, listed in manifest.table(*pdm).items():
        yield from _each(listed, "development", group, pdm)
    hatch = ("tool", "hatch", "envs")
    for name in manifest.table(*hatch):
        environment = manifest.table(*hatch, name)
        for key in ("dependencies", "extra-dependencies"):
            yield from _each(environment.get(key), "development", name, (*hatch, name))


def _each(listed: Any, kind: Kind, group: str, table: tuple[str, ...]) -> Iterator[Wanted]:
    for text in _strings(listed):
        name = name_of(text)
        if name:
            yield Wanted(name, text, kind, group, "pyproject.toml", table)


def _setup_cfg(manifest: Manifest) -> Iterator[Wanted]:
    options = manifest.setup_cfg.get("options", {})
    yield from _lines(options.get("install_requires", ""), "runtime", "", "setup.cfg")
    for key in ("setup_requires", "tests_require"):
        yield from _lines(options.get(key, ""), "development", key, "setup.cfg")
    for extra, text in manifest.setup_cfg.get("options.extras_require", {}).items():
        yield from _lines(
            text, "development" if is_for_development(extra) else "optional", extra, "setup.cfg"
        )


def _setup_py(manifest: Manifest) -> Iterator[Wanted]:
    yield from _lines(manifest.setup.get("install_requires"), "runtime", "", "setup.py")
    for key in ("setup_requires", "tests_require"):
        yield from _lines(manifest.setup.get(key), "development", key, "setup.py")
    extras = manifest.setup.get("extras_require")
    for extra, listed in extras.items() if isinstance(extras, dict) else ():
        kind: Kind = "development" if is_for_development(str(extra)) else "optional"
        yield from _lines(listed, kind, str(extra), "setup.py")


def _lines(listed: Any, kind: Kind, group: str, file: str) -> Iterator[Wanted]:
    """Yield what setuptools' options list: a list, or lines of text."""
    texts: Iterable[str] = listed.splitlines() if isinstance(listed, str) else _strings(listed)
    for text in texts:
        bare = text.strip()
        name = name_of(bare)
        if name:
            yield Wanted(name, bare, kind, group, file, ())


def pipfile(document: Mapping[str, Any]) -> Iterator[Wanted]:
    """Yield what a Pipfile lists."""
    kinds: tuple[tuple[str, Kind], ...] = (("packages", "runtime"), ("dev-packages", "development"))
    for table, kind in kinds:
        listed = document.get(table)
        for name in listed if isinstance(listed, dict) else ():
            if name_of(name):
                yield Wanted(name, name, kind, "" if kind == "runtime" else table, "Pipfile", (table,))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield from (each for each in value if isinstance(each, str))
