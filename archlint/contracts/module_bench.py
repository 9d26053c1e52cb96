"""Judges every import between configured modules, for ``modules``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.contracts.codes import BREACH, DEPRECATED, SKIP, UNDECLARED
from archlint.contracts.module_imports import Crossing, severity
from archlint.contracts.module_rules import (
    ModuleRule,
    Verdict,
    judge_declared,
    judge_layers,
    judge_visibility,
)
from archlint.contracts.remedies import pass_on_of
from archlint.graph.expressions import reaches
from archlint.graph.modulegraph import kinds_mask
from archlint.model import Import, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.contracts.layer_items import LayerItem
    from archlint.contracts.module_imports import LocalImports
    from archlint.contracts.module_rules import Judge
    from archlint.contracts.territory import Territory
    from archlint.errors import Severity
    from archlint.model import Finding
    from archlint.rule import Code, ContractType, Project, Terms

_CODES = {"layer": BREACH, "skip": SKIP, "deprecated": DEPRECATED}
_REMEDIES = {
    "layer": "Move what {0} takes from {1} into a lower layer, or let the caller pass it in.",
    "skip": "Go through the closed layer instead of importing {1} from {0}.",
    "forbidden": "Ask a module that may depend on {1} instead of importing it from {0}.",
    "undeclared": "Drop the import of {1} from {0}, or decide that it is right and add it to depends-on.",
    "deprecated": "Find another way to what {0} takes from {1}.",
    "hidden": "Use what is visible instead of {1}, or add the importer to its visibility.",
}


@dataclass(frozen=True)
class Policy:
    """How imports are judged: the layers from the highest to the lowest, and the options of ``modules``."""

    layers: Mapping[str, LayerItem]
    explicit: bool
    local_imports: LocalImports
    judge: Judge


@dataclass(frozen=True)
class Bench:
    """One evaluation of *contract*."""

    contract: ContractType
    project: Project
    terms: Terms
    territory: Territory[ModuleRule]
    policy: Policy

    def imports(self, found: Iterable[Crossing]) -> Iterator[Finding]:
        """Yield a finding for each illegal or deprecated import among *found*, each pair of modules once."""
        seen: set[tuple[str, str, str]] = set()
        for crossing in found:
            verdict = self._verdict(crossing, self.territory.paths[crossing.source])
            if verdict is None:
                continue
            key = (_code(verdict).code, crossing.row.importer, crossing.row.imported)
            grade = severity(crossing.row, self.terms.severity, self.policy.local_imports)
            if key in seen or grade is None:
                continue
            seen.add(key)
            finding = self._finding(crossing.step, verdict)
            yield replace(finding, severity=self._deprecated() if verdict.kind == "deprecated" else grade)

    def needs(self, crossing: Crossing) -> bool:
        """Return whether the import needs a declaration: tach's are those refused without any."""
        if self.policy.judge == "real":
            return True
        bare = replace(self.territory.paths[crossing.source], depends_on=())
        return self._verdict(crossing, bare) is not None

    def _verdict(self, crossing: Crossing, own: ModuleRule) -> Verdict | None:
        source, target = crossing.source, crossing.target
        other = self.territory.paths[target]
        layered = judge_layers(self.policy.layers, source, own, target, other)
        if isinstance(layered, Verdict):
            return layered
        free = layered and not (self.policy.explicit and not other.utility)
        declared = None if free else judge_declared(source, own, target, other)
        if declared is None and self.policy.judge == "real":
            return judge_visibility(source, target, other)
        return declared

    def _deprecated(self) -> Severity:
        """Deprecated means allowed, and on its way out: tach lets it pass."""
        return "info" if self.policy.judge == "tach" or self.terms.severity == "info" else "warning"

    def externals(self) -> Iterator[Finding]:
        """Yield a finding for each external package that a module may not depend on, or does not declare."""
        refused = ~kinds_mask(self.terms.edges)
        seen: set[tuple[str, str]] = set()
        for row in self.project.graph.externals:
            source = self.territory.nearest(row.importer)
            rule = self.territory.paths[source]
            ends = (row.importer, row.imported)
            if row.flags & refused or rule.unchecked or ends in seen:
                continue
            verdict = _external_verdict(source, rule, row)
            if verdict:
                seen.add(ends)
                yield self._finding(Step(row.importer, row.imported, row.path, row.line), verdict)

    def _finding(self, step: Step, verdict: Verdict) -> Finding:
        ends = (step.importer, step.imported)
        return self.contract.finding(
            self.project,
            self.terms,
            _code(verdict),
            (step,),
            f"{step.importer} imports {step.imported}, but {verdict.reason}",
            identity=ends,
            help=self._route(step) or _REMEDIES[verdict.kind].format(*ends),
        )

    def _route(self, step: Step) -> str | None:
        """Return the legal route: a module that the importer may use, and that may use the imported one."""

        def allowed(module: str) -> bool:
            ways = (self._may(step.importer, module), self._may(module, step.imported))
            return all(ways) and self.territory.nearest(module) != self.territory.nearest(step.imported)

        return pass_on_of(self.project, self.terms, step, allowed)

    def _may(self, importer: str, imported: str) -> bool:
        source, target = self.territory.nearest(importer), self.territory.nearest(imported)
        row = Import(importer, imported, 1, 1, 1, external=False, flags=0)
        crossing = Crossing(source, target, imported, row)
        return source == target or self._verdict(crossing, self.territory.paths[source]) is None


def _code(verdict: Verdict) -> Code:
    return _CODES.get(verdict.kind, UNDECLARED)


def _external_verdict(source: str, rule: ModuleRule, row: Import) -> Verdict | None:
    if any(reaches(row, name) for name in rule.cannot_depend_on_external):
        return Verdict("forbidden", f"{source} may not depend on it")
    if rule.depends_on_external is None or row.imported in sys.stdlib_module_names:
        return None
    if any(reaches(row, name) for name in rule.depends_on_external):
        return None
    return Verdict("undeclared", f"{source} does not declare that it depends on it")
