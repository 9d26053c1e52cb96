"""The layout as setuptools reads it from pyproject.toml, setup.cfg or setup.py.

Keywords: https://setuptools.pypa.io/en/latest/references/keywords.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archlint.repository.claims import Claim, Declared, Search, claim, strings, tidy
from archlint.repository.manifests import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.repository.manifests import Manifest


def setuptools_layout(manifest: Manifest) -> Declared:
    """Return what setuptools is told: by pyproject.toml first, then setup.cfg, then setup.py."""
    for read in (_from_pyproject, _from_setup_cfg, _from_setup_py):
        found = read(manifest)
        if found.claims or found.searches:
            return found
    return Declared()


def _from_pyproject(manifest: Manifest) -> Declared:
    table = manifest.table("tool", "setuptools")
    directories = _mapping(table.get("package-dir"))
    layout = _packages(table.get("packages"), directories)
    find = manifest.table("tool", "setuptools", "packages", "find")
    if find or isinstance(table.get("packages"), dict):
        where = strings(find.get("where")) or (directories.get("", "."),)
        layout = Declared(searches=_searches(where, find.get("include"), find.get("exclude")))
    return _completed(layout, table.get("py-modules"), directories)


def _from_setup_cfg(manifest: Manifest) -> Declared:
    options = manifest.setup_cfg.get("options", {})
    directories = dict(_pair(line) for line in _lines(options.get("package_dir", "")) if "=" in line)
    packages = options.get("packages", "").strip()
    if packages.startswith(("find:", "find_namespace:")):
        find = manifest.setup_cfg.get("options.packages.find", {})
        where = find.get("where", "").strip() or directories.get("", ".")
        searches = _searches((where,), _lines(find.get("include", "")), _lines(find.get("exclude", "")))
        layout = Declared(searches=searches)
    else:
        layout = _packages(_lines(packages), directories)
    return _completed(layout, _lines(options.get("py_modules", "")), directories)


def _from_setup_py(manifest: Manifest) -> Declared:
    directories = _mapping(manifest.setup.get("package_dir"))
    packages = manifest.setup.get("packages")
    if isinstance(packages, Call):
        layout = _called(packages, directories)
    else:
        layout = _packages(packages, directories)
    return _completed(layout, manifest.setup.get("py_modules"), directories)


def _called(call: Call, directories: Mapping[str, str]) -> Declared:
    if call.name not in ("find_packages", "find_namespace_packages", "find"):
        return Declared()
    args = dict(zip(("where", "exclude", "include"), call.args, strict=False)) | dict(call.keywords)
    where = strings(args.get("where")) or (directories.get("", "."),)
    return Declared(searches=_searches(where, args.get("include"), args.get("exclude")))


def _packages(value: Any, directories: Mapping[str, str]) -> Declared:
    return Declared(claims=tuple(_placed(strings(value), directories)))


def _completed(layout: Declared, modules: Any, directories: Mapping[str, str]) -> Declared:
    """Add the single modules; a lone package_dir that moves the top says where to search."""
    claims = (*layout.claims, *_placed(strings(modules), directories))
    searches = layout.searches
    if not claims and not searches and directories.get(""):
        searches = _searches((directories[""],), None, None)
    return replace(layout, claims=claims, searches=searches)


def _placed(names: Iterable[str], directories: Mapping[str, str]) -> Iterable[Claim]:
    """Place each dotted name by the longest prefix that package_dir maps, as distutils does."""
    for name in names:
        found = _place(name, directories)
        if found is not None:
            yield found


def _place(name: str, directories: Mapping[str, str]) -> Claim | None:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        moved = directories.get(".".join(parts[:cut]))
        if moved is None:
            continue
        directory = tidy(moved)
        if directory is None:
            return None
        return Claim(name, "/".join(part for part in (directory, *parts[cut:]) if part))
    return claim(name, directories.get("", ""))


def _searches(where: Iterable[str], include: Any, exclude: Any) -> tuple[Search, ...]:
    included = strings(include) or ("*",)
    directories = (tidy(directory) for directory in where)
    return tuple(Search(d, included, strings(exclude)) for d in directories if d is not None)


def _mapping(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {}
    return {key: place for key, place in value.items() if isinstance(key, str) and isinstance(place, str)}


def _lines(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split(",") if part.strip()]


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition("=")
    return key.strip(), value.strip()
