"""What is declared of one module, and what it says of one import: tach's order of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from archlint.contracts.globs import glob_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.contracts.layer_items import LayerItem

Judge = Literal["real", "tach"]


class Dependency(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A declared dependency as a table; a deprecated one is allowed, and reported."""

    path: str
    deprecated: bool = False


class ModuleRule(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What is declared of a module, or of all that ``path`` (a glob) or ``paths`` find.

    ``depends_on`` None allows everything, an empty tuple nothing. ``visibility`` names who may import
    the module, None everyone.
    """

    path: str = ""
    paths: tuple[str, ...] = ()
    depends_on: tuple[str | Dependency, ...] | None = None
    cannot_depend_on: tuple[str | Dependency, ...] = ()
    layer: str | None = None
    utility: bool = False
    unchecked: bool = False
    visibility: tuple[str, ...] | None = None
    depends_on_external: tuple[str, ...] | None = None
    cannot_depend_on_external: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """The paths and globs that this stands for."""
        return (*((self.path,) if self.path else ()), *self.paths)


IMPLICIT_ROOT = ModuleRule("<root>", depends_on=())


class Verdict(Struct, frozen=True):
    """What is wrong with an import, and why in words."""

    kind: Literal["layer", "skip", "forbidden", "undeclared", "deprecated", "hidden"]
    reason: str


def listed(dependencies: Iterable[str | Dependency] | None, path: str) -> Dependency | None:
    """Return the first of *dependencies* that finds *path*."""
    for item in dependencies or ():
        dependency = Dependency(item) if isinstance(item, str) else item
        if glob_matches(dependency.path, path):
            return dependency
    return None


def paths_of(dependencies: Iterable[str | Dependency] | None) -> tuple[str, ...]:
    """Return the paths and globs of *dependencies*, as written."""
    return tuple(item if isinstance(item, str) else item.path for item in dependencies or ())


def judge_layers(
    layers: Mapping[str, LayerItem], source: str, own: ModuleRule, target: str, other: ModuleRule
) -> Verdict | bool | None:
    """Return a verdict, True where a higher layer imports a lower one, None where layers say nothing.

    *layers* are from the highest to the lowest.
    """
    if own.layer is None or other.layer is None or own.layer == other.layer:
        return None
    order = list(layers)
    high, low = order.index(own.layer), order.index(other.layer)
    if high > low:
        return Verdict("layer", f"{source} (layer {own.layer}) is below {target} (layer {other.layer})")
    for name in order[high + 1 : low]:
        if layers[name].closed:
            return Verdict("skip", f"layer {name} between {own.layer} and {other.layer} is closed")
    return True


def judge_declared(source: str, own: ModuleRule, target: str, other: ModuleRule) -> Verdict | None:
    """Return the verdict of the declared dependencies on an import of *target* by *source*, or None."""
    if listed(own.cannot_depend_on, target):
        return Verdict("forbidden", f"{source} may not depend on {target}")
    if own.depends_on is None or other.utility:
        return None
    found = listed(own.depends_on, target)
    if found is None:
        return Verdict("undeclared", f"{source} does not declare that it depends on {target}")
    if found.deprecated:
        return Verdict("deprecated", f"the dependency of {source} on {target} is deprecated")
    return None


def judge_visibility(source: str, target: str, other: ModuleRule) -> Verdict | None:
    """Return a verdict where *target* is not visible to *source*."""
    if other.visibility is None or any(glob_matches(glob, source) for glob in other.visibility):
        return None
    return Verdict("hidden", f"{target} is not visible to {source}")
