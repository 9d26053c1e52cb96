"""The technology radar as found: the third-party packages, what each is for, and what was agreed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.context.companions import belong_together
from archlint.context.standard import STANDARD
from archlint.context.technologies import concerns, purposes
from archlint.facts import Flag
from archlint.graph.expressions import prefixes
from archlint.pipeline.overview.makeup import UNSURE
from archlint.pipeline.overview.values import Blip
from archlint.rules.technology.distributions import Declarations, package_of
from archlint.rules.technology.rival_packages import RivalPackages
from archlint.rules.technology.technology_on_hold import TechnologyOnHold
from archlint.rules.technology.technology_out_of_place import TechnologyOutOfPlace
from archlint.rules.technology.undeclared_package import UndeclaredPackage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.pipeline.analysis import Analysis
    from archlint.rule import Rule

OPTIONAL_KINDS = ("runtime", "optional", "development")


def radar(analysis: Analysis) -> tuple[Blip, ...]:
    """Return the third-party packages of production code, those that most modules import first.

    Imports for type checking alone do not count. Whether a package is declared is unknown where no manifest
    was read, or its list cannot be known whole.
    """
    return _Radar(analysis).blips()


class _Radar:
    def __init__(self, analysis: Analysis) -> None:
        self._project = analysis.project
        self._rules = analysis.configuration.rules
        own = next((rule for rule in self._rules if isinstance(rule, RivalPackages)), None)
        added = {name: purpose for purpose, names in (own.purposes if own else {}).items() for name in names}
        self._purposes: Mapping[str, str] = concerns() | purposes() | added
        self._choices = frozenset((*purposes().values(), *added.values()))
        self._importers: dict[str, set[str]] = {}
        self._targets: dict[str, set[str]] = {}
        self._users: dict[tuple[str, str], set[str]] = {}
        self._needed: set[str] = set()
        self._look()
        self._declared = self._declarations()

    def _look(self) -> None:
        manifest = self._project.manifest
        local = manifest.local if manifest else frozenset[str]()
        for row in self._project.production.externals:
            if row.flags & Flag.TYPE_CHECKING or row.imported in STANDARD or row.imported in local:
                continue
            for target in row.targets or (row.imported,):
                package = package_of(target)
                self._importers.setdefault(package, set()).add(row.importer)
                self._targets.setdefault(package, set()).add(target)
                for part in prefixes(target):
                    self._users.setdefault((package, part), set()).add(row.importer)
                if not row.flags & UNSURE:
                    self._needed.add(package)

    def _declarations(self) -> dict[str, str]:
        """Return the strongest kind of declaration for each package of which the manifests say something."""
        rule = next((rule for rule in self._rules if isinstance(rule, UndeclaredPackage)), None)
        declarations = Declarations(self._project, rule.package_module_map if rule else {}, tests=False)
        kinds: dict[str, set[str]] = {}
        for foreign in declarations.imports():
            if not foreign.declared.unknown:
                found = {each.kind for each in declarations.requirements(foreign)}
                kinds.setdefault(foreign.package, set()).update(found)
        return {
            package: next((kind for kind in OPTIONAL_KINDS if kind in found), "no")
            for package, found in kinds.items()
        }

    def blips(self) -> tuple[Blip, ...]:
        serving = {package: self._serves(package) for package in self._importers}
        found = [self._blip(package, serving) for package in self._importers]
        return tuple(sorted(found, key=lambda blip: (-blip.modules, blip.package)))

    def _serves(self, package: str) -> tuple[str, ...]:
        names = {part for target in self._targets[package] for part in prefixes(target)}
        served = {self._purposes[name] for name in names if name in self._purposes}
        # What a layer is about tells less than what a package is for, and "general" nothing.
        return tuple(sorted(served & self._choices or served - {"general"}))

    def _choice(self, package: str) -> frozenset[str]:
        """Return the purposes of which a project needs one package, that half the users of *package* pursue.

        Django is there for templates too, which makes it no rival of Jinja.
        """
        half = len(self._importers[package]) / 2
        names = {part for target in self._targets[package] for part in prefixes(target)}
        served = {self._purposes.get(one) for one in names if len(self._users[package, one]) >= half}
        return self._choices & served

    def _blip(self, package: str, serving: Mapping[str, Iterable[str]]) -> Blip:
        rivalry = self._choice(package)
        return Blip(
            package=package,
            purposes=tuple(serving[package]),
            ring=ring_of(package, self._targets[package], self._rules),
            modules=len(self._importers[package]),
            optional=package not in self._needed,
            declared=self._declared.get(package, "unknown"),
            rivals=tuple(
                sorted(
                    other
                    for other in serving
                    if other != package
                    and rivalry & self._choice(other)
                    and not belong_together(package, other)
                )
            ),
        )


def ring_of(package: str, targets: Iterable[str], rules: Iterable[Rule]) -> str:
    """Return the ring that the configured *rules* put *package* in: hold, trial, adopt or unlisted."""
    names = {package, *(part for target in targets for part in prefixes(target))}
    found = {ring for ring, listed in _listed(rules) if listed in names}
    return next((ring for ring in ("hold", "trial", "adopt") if ring in found), "unlisted")


def _listed(rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """Yield each package that one of *rules* lists, after its ring; where it is on hold, that decides."""
    for rule in rules:
        if isinstance(rule, TechnologyOutOfPlace):
            yield from (("adopt", one.package) for one in rule.adopt)
            yield from (("trial", one.package) for one in rule.trial)
        elif isinstance(rule, TechnologyOnHold):
            yield from (("hold", one.package) for one in rule.hold)
