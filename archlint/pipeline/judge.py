"""Running the rules and contracts over a project."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from archlint.config.selection import matches, selected
from archlint.graph.expressions import matching_imports
from archlint.graph.modulegraph import kinds_mask
from archlint.model import ContractResult
from archlint.pipeline.filters import path_matcher
from archlint.pipeline.settle import settle
from archlint.pipeline.suppression import Suppressions, covered_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archlint.config.registry import Registry
    from archlint.config.settings import Configuration, Contract
    from archlint.model import Finding, Import
    from archlint.rule import ContractType, Project, Rule


@dataclass
class Verdicts:
    """What the rules and contracts said, not yet sorted or filtered."""

    findings: list[Finding] = field(default_factory=list)
    suppressed: list[Finding] = field(default_factory=list)
    contracts: list[ContractResult] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def chosen_codes(configuration: Configuration, known: Registry) -> frozenset[str]:
    """Return the codes that are to run.

    What the configuration file asks for in other words than `select` is in force whatever that selects:
    contracts, and rules whose options are a policy. An option of the command line, though, narrows all.
    """
    settings = configuration.settings
    asked = {rule.code for rule in configuration.rules if rule.asked}
    unasked = {*known.defaults, *asked}
    if settings.select is not None:
        unasked = asked | _contract_codes(configuration) if configuration.selects else set()
    return selected(
        known.names,
        unasked,
        select=settings.select,
        extend=settings.extend_select,
        ignore=settings.ignore,
    )


def judge(
    project: Project, configuration: Configuration, known: Registry, *, only: Iterable[str] = ()
) -> Verdicts:
    """Run every selected rule and every contract (or those called *only*).

    One that cannot be evaluated becomes an error line; the others still run.
    """
    codes = chosen_codes(configuration, known)
    suppressions = Suppressions(project, known.names)
    verdicts = Verdicts()
    judged = _Judge(project, configuration, suppressions, verdicts)
    wanted = set(only)
    for contract in configuration.contracts:
        if not wanted or contract.terms.name in wanted:
            judged.contract(contract, codes)
    if not wanted:
        _judge_rules(judged, project, [rule for rule in configuration.rules if rule.code in codes])
        last = replace(project, record=suppressions.record(_ran(codes, configuration)))
        _judge_rules(judged, last, [rule for rule in configuration.rules if rule.code in codes], last=True)
    return verdicts


def _judge_rules(judged: _Judge, project: Project, rules: Iterable[Rule], *, last: bool = False) -> None:
    """Run the *rules* that judge the project, or, *last*, those that judge the record of the run."""
    for rule in rules:
        if ("record" in rule.needs) is last:
            judged.rule(rule, project)


def _ran(codes: frozenset[str], configuration: Configuration) -> set[str]:
    """Return the codes that could have found something: contracts' where one is configured."""
    contracts = _contract_codes(configuration)
    rules = {rule.code for rule in configuration.rules}
    return {code for code in codes if code in rules or code in contracts}


def _contract_codes(configuration: Configuration) -> set[str]:
    contracts = (each.contract for each in configuration.contracts)
    return {code.code for one in contracts if one is not None for code in one.codes}


class _Judge:
    def __init__(
        self, project: Project, configuration: Configuration, suppressions: Suppressions, verdicts: Verdicts
    ) -> None:
        self._project = project
        self._configuration = configuration
        self._suppressions = suppressions
        self._verdicts = verdicts
        ignores = configuration.settings.per_file_ignores
        self._ignores = [(path_matcher([pattern]), words) for pattern, words in ignores.items()]

    def rule(self, rule: Rule, project: Project | None = None) -> None:
        """Run one rule; an exception in it is an error line that names it."""
        severity = self._configuration.severities.get(rule.code, rule.severity)
        hides = {rule.code} if "graph" in rule.needs else set()
        place = f"{self._configuration.path or 'configuration'}: rule {rule.name}"
        try:
            self._verdicts.errors += [f"{place}: {line}" for line in rule.problems(self._project)]
            found = self._settle(project or self._project, hides, rule.check)
        except Exception as error:  # noqa: BLE001 (a rule, perhaps a plugin's, must not take the run down)
            self._verdicts.errors.append(f"rule {rule.code} {rule.name} failed: {_said(error)}")
            return
        self._add(msgspec.structs.replace(finding, severity=severity) for finding in found)

    def contract(self, contract: Contract, codes: frozenset[str]) -> None:
        """Judge one contract; what makes that impossible is an error, and the contract not kept."""
        kind = contract.contract
        if kind is None:
            self._broken(contract, [contract.error or "cannot be read"])
        elif any(code.code in codes for code in kind.codes):
            self._judge(contract, kind, codes)

    def _judge(self, contract: Contract, kind: ContractType, codes: frozenset[str]) -> None:
        said = f"{self._place(contract)}: contract `{contract.terms.name}`"
        problems = list(kind.problems(self._project))
        if problems:
            self._broken(contract, [f"{self._blamed(contract, line)}: {line}" for line in problems])
            return
        project, idle = less_ignored(self._project, contract)
        own = {code.code for code in kind.codes}
        try:
            found = self._settle(
                project, own, lambda project: kind.check(project, contract.terms), contract.type
            )
        except Exception as error:  # noqa: BLE001 (as for rules)
            self._broken(contract, [f"{said} failed: {_said(error)}"])
            return
        kept = self._add((self._severe(each) for each in found if each.code in codes), contract.type)
        ignores = (f"ignore-imports: {text}" for text in idle)
        self._conclude(contract, kept, [f"{self._blamed(contract, line)}: {line}" for line in ignores])

    def _conclude(self, contract: Contract, findings: int, idle: list[str]) -> None:
        """Record the verdict; ignores that match nothing are an error, a note or nothing, as configured."""
        if contract.unmatched_ignore == "warn":
            self._verdicts.notes += idle
        fault = None
        if contract.unmatched_ignore == "error" and idle:
            self._verdicts.errors += idle
            fault = "; ".join(idle)
        kept = findings == 0 and fault is None
        result = ContractResult(contract.terms.name, contract.type, kept, findings, fault)
        self._verdicts.contracts.append(result)

    def _severe(self, finding: Finding) -> Finding:
        severity = self._configuration.severities.get(finding.code)
        return msgspec.structs.replace(finding, severity=severity) if severity else finding

    def _broken(self, contract: Contract, lines: list[str]) -> None:
        self._verdicts.errors += lines
        result = ContractResult(
            contract.terms.name, contract.type, kept=False, findings=0, error="; ".join(lines)
        )
        self._verdicts.contracts.append(result)

    def _place(self, contract: Contract) -> str:
        return place_of(contract, self._configuration)

    def _blamed(self, contract: Contract, line: str) -> str:
        """Say where the option stands that *line* begins with, and in which contract."""
        at = contract.lines.get(line.partition(":")[0], contract.terms.line)
        place = place_of(replace(contract, terms=replace(contract.terms, line=at)), self._configuration)
        return f"{place}: contract `{contract.terms.name}`"

    def _settle(
        self,
        project: Project,
        codes: set[str],
        check: Callable[[Project], Iterable[Finding]],
        contract: str = "",
    ) -> list[Finding]:
        settled = settle(project, check, self._suppressions.comments(codes, contract), codes)
        self._verdicts.suppressed += settled.suppressed
        return settled.found

    def _add(self, findings: Iterable[Finding], contract: str = "") -> int:
        """Keep *findings* that no comment and no per-file ignore silences; return how many."""
        kept = 0
        for finding in findings:
            if self._suppressions.silence(finding, contract):
                self._verdicts.suppressed.append(finding)
            elif not self._ignored(finding):
                self._verdicts.findings.append(finding)
                kept += 1
        return kept

    def _ignored(self, finding: Finding) -> bool:
        return any(
            matches(words, finding.code, finding.rule) and covers(finding.path)
            for covers, words in self._ignores
        )


def place_of(contract: Contract, configuration: Configuration) -> str:
    """Return where *contract* stands: ``path:line``."""
    path = contract.terms.path or configuration.path or "configuration"
    return f"{path}:{contract.terms.line}" if contract.terms.line else path


def less_ignored(project: Project, contract: Contract) -> tuple[Project, list[str]]:
    """Return the project without the contract's ignored imports, and a line for each idle ignore."""
    rows = _between_packages(project, contract.packages)
    idle = []
    refused = ~kinds_mask(contract.terms.edges)
    for expression in contract.terms.ignore_imports:
        try:
            found = [row for row in matching_imports(project.graph, expression) if not row.flags & refused]
        except ValueError as error:
            idle.append(str(error))
            continue
        rows += found
        if not found:
            idle.append(f"no import matches `{expression}`")
    if not rows:
        return project, idle
    return replace(project, graph=project.graph.without(rows)), idle


def as_judged(project: Project, contract: Contract, suppressions: Suppressions) -> tuple[Project, list[str]]:
    """Return the project as *contract* sees it, less ignored and suppressed imports, and its idle ignores."""
    less, idle = less_ignored(project, contract)
    codes = {code.code for code in contract.contract.codes} if contract.contract else set()
    hidden = [
        row
        for comment in suppressions.comments(codes, contract.type)
        for row in covered_imports(comment, less.graph)
    ]
    return (replace(less, graph=less.graph.without(hidden)) if hidden else less), idle


def _between_packages(project: Project, packages: Mapping[str, str]) -> list[Import]:
    """Return the imports from one distribution to another; *packages* has that of each directory."""
    if len(set(packages.values())) < 2:
        return []
    directories = sorted(packages, key=len, reverse=True)

    @cache
    def package(module: str) -> str | None:
        path = project.path(module)
        return next((packages[each] for each in directories if not each or path.startswith(f"{each}/")), None)

    return [row for row in project.graph.imports if package(row.importer) != package(row.imported)]


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def sorted_findings(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield *findings* in the order of every output; equal identities are numbered from the second on."""
    seen: dict[tuple[str, ...], int] = {}
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        count = seen[finding.identity] = seen.get(finding.identity, 0) + 1
        if count > 1:
            yield msgspec.structs.replace(finding, identity=(*finding.identity, f"#{count}"))
        else:
            yield finding
