"""The trees that are measured: copies of real packages, and synthetic ones."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import time
from pathlib import Path

THIN = ("*.pyc", "__pycache__", "*.so")


def find_package(name: str, given: str | None) -> Path | None:
    """Return the directory of package *name*: the *given* one, else where it is installed."""
    if given:
        return Path(given).resolve()
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def copy_package(source: Path, target: Path) -> Path:
    """Copy the package at *source* to *target*/name and age the copy, so that nothing looks fresh."""
    shutil.copytree(source, target / source.name, ignore=shutil.ignore_patterns(*THIN))
    age(target)
    return target


def age(root: Path) -> None:
    """Set every modification time an hour back, and wait until the change times, which stay, are old too."""
    then = time.time() - 3600
    for path in [*root.rglob("*"), root]:
        os.utime(path, (then, then))
    time.sleep(2.1)


def contracts(package: Path) -> list[tuple[str, str, list[str]]]:
    """Return three contracts over the largest children of *package*: name, type, modules."""
    name = package.name
    children = sorted(
        path for path in package.iterdir() if (path / "__init__.py").is_file() or path.suffix == ".py"
    )
    modules = [f"{name}.{path.stem}" for path in children if path.stem not in ("__init__", "__main__")]
    largest = sorted(modules)[:6]
    return [
        ("layers", "layers", largest[:4]),
        ("independence", "independence", largest[:3]),
        ("forbidden", "forbidden", [largest[-1], largest[0]]),
    ]


def write_configurations(root: Path, package: Path) -> None:
    """Write the same three contracts for archlint and for import-linter."""
    ours, theirs = [f'roots = ["{package.name}"]\n'], [f"[importlinter]\nroot_package = {package.name}\n"]
    for name, kind, modules in contracts(package):
        listed = ", ".join(f'"{module}"' for module in modules)
        lines = "".join(f"\n    {module}" for module in modules)
        head = f'[[contracts]]\nname = "{name}"\ntype = "{kind}"\n'
        other = f"\n[importlinter:contract:{name}]\nname = {name}\ntype = {kind}\n"
        if kind == "forbidden":
            ours.append(f'{head}source-modules = ["{modules[0]}"]\nforbidden-modules = ["{modules[1]}"]\n')
            theirs.append(
                f"{other}source_modules =\n    {modules[0]}\nforbidden_modules =\n    {modules[1]}\n"
            )
        else:
            key = "layers" if kind == "layers" else "modules"
            ours.append(f"{head}{key} = [{listed}]\n")
            theirs.append(f"{other}{key} ={lines}\n")
    (root / "archlint.toml").write_text("\n".join(ours))
    (root / ".importlinter").write_text("".join(theirs))


def synthetic(root: Path, modules: int, imports: int = 10) -> Path:
    """Write a package of *modules* modules with *imports* imports each, of modules written before them."""
    chance = random.Random(modules)
    package = root / "synthetic"
    names: list[str] = []
    for number in range(modules):
        folder = package / f"part{number % 97}"
        folder.mkdir(parents=True, exist_ok=True)
        chosen = chance.sample(names, min(imports, len(names)))
        body = "".join(
            f"from synthetic.{name} import value as v{place}\n" for place, name in enumerate(chosen)
        )
        (folder / f"m{number}.py").write_text(f"{body}\n\ndef value(x):\n    return x if x else {number}\n")
        names.append(f"part{number % 97}.m{number}")
    for folder in [package, *package.iterdir()]:
        (folder / "__init__.py").write_text("")
    age(root)
    return root
