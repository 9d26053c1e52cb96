"""The values that make an overview; reporters print them, nothing else computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from archlint.facts import FunctionComplexity, FunctionShape
    from archlint.graph.circles import Circle
    from archlint.graph.closure import Reach
    from archlint.graph.coupling import Coupling
    from archlint.model import Import, Module, Step
    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.overview.effort import Effort

RUN_TIME = ("eager", "conditional", "deferred", "lazy")
# So many root packages name a project; of more, its own name does.
MOST_ROOTS = 3
Counted = tuple[tuple[str, int], ...]


class Makeup(Struct, frozen=True):
    """What the project is made of.

    ``entry_points`` are pairs of a command and what it runs. ``needed`` are third-party packages that
    are imported somewhere without ``try`` or ``if``, ``optional`` all others, each with the number of modules
    that import it. Test modules count only in ``test_modules`` and ``test_lines``, vendored ones only in
    ``vendored_modules`` and ``vendored_lines``, migrations in theirs; ``notebooks`` are not read.
    """

    roots: tuple[str, ...]
    name: str
    files: int
    modules: int
    packages: int
    lines: int
    imports: int
    test_modules: int
    test_lines: int
    not_analysed: int
    entry_points: tuple[tuple[str, str], ...]
    needed: Counted
    optional: Counted
    standard: int
    vendored_modules: int = 0
    vendored_lines: int = 0
    migration_modules: int = 0
    migration_lines: int = 0
    notebooks: int = 0


class Unit(Struct, frozen=True):
    """One box of the package map: a package with all below it, or a module.

    ``down`` and ``up`` are the units that it imports with and against the order, heaviest first, with
    the number of module imports. ``offers`` are the names most taken from it. ``alone`` is true for a
    package's ``__init__`` where the package's children are units of their own.
    """

    name: str
    label: str
    package: bool
    alone: bool
    modules: int
    lines: int
    level: int
    doc: str
    offers: tuple[str, ...]
    coupling: Coupling
    down: Counted
    up: Counted


class Against(Struct, frozen=True):
    """The imports of one unit by another below it; ``forward`` are the imports the other way."""

    importer: str
    imported: str
    rows: tuple[Import, ...]
    count: int
    forward: int


class PackageMap(Struct, frozen=True):
    """The units, highest level first, and how many module imports between them run down and up."""

    units: tuple[Unit, ...]
    down: int
    up: int
    against: tuple[Against, ...]


class MeasuredModule(Struct, frozen=True):
    """A module with its numbers; ``cyclomatic`` sums its functions and methods as radon lists them."""

    module: Module
    lines: int
    coupling: Coupling
    cyclomatic: int
    maintainability: float | None


class MeasuredFunction(Struct, frozen=True):
    """A function with the module that it is in, and its shape where that was measured."""

    module: Module
    function: FunctionComplexity
    shape: FunctionShape | None = None


class Hotspot(Struct, frozen=True):
    """A module with its coupling, and the names most taken from it."""

    module: Module
    coupling: Coupling
    offers: tuple[str, ...]


class Action(Struct, frozen=True):
    """One thing worth doing: ``title`` says what, ``reason`` why, ``how`` the first step at the place.

    ``minutes`` is how long it takes, ``effect`` what it gains and ``value`` what that is worth, in points
    of a grade.
    """

    kind: str
    title: str
    path: str
    line: int
    how: str
    reason: str
    minutes: int = 0
    effect: str = ""
    value: float = 0.0


class Removal(Struct, frozen=True):
    """A single import, the place of its first statement, and a system metric with and without it."""

    metric: str
    step: Step
    now: float
    then: float


class Owner(Struct, frozen=True):
    """What one owner has: modules, lines, findings and the minutes that those take; unnamed for nobody."""

    name: str
    modules: int
    lines: int
    findings: int
    minutes: int


class Crossing(Struct, frozen=True):
    """How often one owner's modules import another's."""

    importer: str
    imported: str
    imports: int


class Wanted(Struct, frozen=True):
    """A part of the map that others than its *owners* import: how often, and how many of them."""

    package: str
    owners: tuple[str, ...]
    imports: int
    teams: int


class Ownership(Struct, frozen=True):
    """Who owns the production code, by the CODEOWNERS at ``path``.

    ``unowned`` of the ``modules`` have no owner. ``imports`` are those between modules that are owned, and
    ``crossings`` those of them between modules with no owner in common.
    """

    path: str
    owners: tuple[Owner, ...]
    modules: int
    unowned: int
    imports: int
    crossings: tuple[Crossing, ...]
    wanted: tuple[Wanted, ...]

    @property
    def crossing(self) -> int:
        """How many imports cross from one owner to another."""
        return sum(each.imports for each in self.crossings)


class Debt(Struct, frozen=True):
    """How long it takes to mend all findings: in minutes, by rule and by part of the map, most first."""

    minutes: int
    findings: int
    by_rule: Counted
    by_package: Counted


class Used(Struct, frozen=True):
    """A use of the listed name *api* in a line of *module*, which is in the part called *part*."""

    module: str
    part: str
    api: str
    line: int


class Capability(Struct, frozen=True):
    """A sensitive capability that *modules* of the project have, by part of the map, and by what.

    ``parts`` are pairs of a unit's label and its modules that touch it, ``apis`` pairs of a listed name and
    the lines that use it, both largest first. ``uses`` are the lines, by module.
    """

    name: str
    modules: int
    parts: Counted
    apis: Counted
    uses: tuple[Used, ...] = ()


class Blip(Struct, frozen=True):
    """A third-party package on the technology radar, and how many *modules* import it.

    ``purposes`` is what it is for, as far as the catalogue knows, ``rivals`` are other packages in use for
    one of them. ``ring`` is ``adopt``, ``trial``, ``hold`` or ``unlisted``, as configured. ``declared`` is
    ``runtime``, ``optional``, ``development``, ``no`` or ``unknown``.
    """

    package: str
    purposes: tuple[str, ...]
    ring: str
    modules: int
    optional: bool
    declared: str
    rivals: tuple[str, ...]


class Overview(Struct, frozen=True):
    """All that ``archlint report`` says.

    ``functions`` are all that were measured, ``complex`` those of production code, most complex first.
    ``whole`` counts every import, ``import_time`` those that run when modules are loaded.
    ``effort`` is what git's history says, None where nobody asked for that. ``hotspots`` are the modules that
    many import and that import many, ``imported`` those that most import.
    """

    analysis: Analysis
    makeup: Makeup
    map: PackageMap
    circles: tuple[Circle, ...]
    hotspots: tuple[Hotspot, ...]
    modules: tuple[MeasuredModule, ...]
    functions: tuple[MeasuredFunction, ...]
    complex: tuple[MeasuredFunction, ...]
    whole: Reach
    import_time: Reach
    actions: tuple[Action, ...]
    capabilities: tuple[Capability, ...] = ()
    removals: tuple[Removal, ...] = ()
    debt: Debt | None = None
    ownership: Ownership | None = None
    effort: Effort | None = None
    radar: tuple[Blip, ...] = ()
    imported: tuple[Hotspot, ...] = ()
