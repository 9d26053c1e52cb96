"""The built-in rules, one file each, in the order of the catalogue.

A rule's module is loaded when the rule is asked for: a run needs few of them, and each costs time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from archlint.rule import Rule

    RULES: tuple[type[Rule], ...]


class Entry(NamedTuple):
    """A rule before it is loaded: its code, its name, where its class is, and whether it runs unasked."""

    code: str
    home: str
    class_name: str
    default: bool = False

    @property
    def name(self) -> str:
        """The kebab-case name, which is that of the rule's file."""
        return self.home.rpartition(".")[2].replace("_", "-")

    def load(self) -> type[Rule]:
        """Return the rule's class."""
        rule: type[Rule] = getattr(import_module(f"archlint.rules.{self.home}"), self.class_name)
        return rule


CATALOGUE = (
    Entry("ARC001", "record.unused_suppression", "UnusedSuppression", default=True),
    Entry("ARC002", "record.unknown_rule_in_suppression", "UnknownRuleInSuppression", default=True),
    Entry("ARC003", "record.suppression_without_reason", "SuppressionWithoutReason", default=True),
    Entry("ARC010", "record.stale_ledger_entry", "StaleLedgerEntry", default=True),
    Entry("ARC011", "record.expired_ledger_entry", "ExpiredLedgerEntry", default=True),
    Entry("ARC201", "coupling.import_cycle", "ImportCycle", default=True),
    Entry("ARC202", "coupling.unstable_dependency", "UnstableDependency"),
    Entry("ARC203", "coupling.hub_module", "HubModule", default=True),
    Entry("ARC204", "coupling.too_many_imports", "TooManyImports"),
    Entry("ARC205", "coupling.too_many_importers", "TooManyImporters"),
    Entry("ARC206", "coupling.propagation_over_budget", "PropagationOverBudget"),
    Entry("ARC207", "coupling.mixed_concerns", "MixedConcerns"),
    Entry("ARC208", "coupling.far_from_main_sequence", "FarFromMainSequence"),
    Entry("ARC209", "coupling.import_time_cycle", "ImportTimeCycle"),
    Entry("ARC210", "coupling.class_coupled_too_widely", "ClassCoupledTooWidely"),
    Entry("ARC211", "coupling.misplaced_module", "MisplacedModule"),
    Entry("ARC301", "complexity.complex_function", "ComplexFunction", default=True),
    Entry("ARC302", "complexity.hard_to_follow_function", "HardToFollowFunction"),
    Entry("ARC303", "complexity.low_maintainability", "LowMaintainability"),
    Entry("ARC304", "complexity.long_function", "LongFunction"),
    Entry("ARC305", "complexity.too_many_parameters", "TooManyParameters"),
    Entry("ARC306", "complexity.deep_nesting", "DeepNesting"),
    Entry("ARC307", "complexity.large_module", "LargeModule"),
    Entry("ARC308", "complexity.large_class", "LargeClass"),
    Entry("ARC309", "complexity.complexity_over_budget", "ComplexityOverBudget"),
    Entry("ARC310", "complexity.incohesive_class", "IncohesiveClass"),
    Entry("ARC501", "technology.technology_on_hold", "TechnologyOnHold"),
    Entry("ARC502", "technology.technology_out_of_place", "TechnologyOutOfPlace"),
    Entry("ARC503", "technology.undeclared_package", "UndeclaredPackage"),
    Entry("ARC504", "technology.unused_package", "UnusedPackage"),
    Entry("ARC505", "technology.rival_packages", "RivalPackages"),
    Entry("ARC601", "effort.hotspot", "Hotspot"),
    Entry("ARC602", "effort.hidden_coupling", "HiddenCoupling"),
    Entry("ARC603", "effort.knowledge_island", "KnowledgeIsland"),
    Entry("ARC900", "analysis.syntax_error", "SyntaxErrorRule", default=True),
    Entry("ARC901", "analysis.parser_gave_up", "ParserGaveUp", default=True),
    Entry("ARC902", "analysis.unreadable_file", "UnreadableFile", default=True),
    Entry("ARC903", "analysis.relative_import_beyond_root", "RelativeImportBeyondRoot", default=True),
)


def __getattr__(name: str) -> Any:
    """Return ``RULES``, the class of every entry above (PEP 562)."""
    if name == "RULES":
        return tuple(entry.load() for entry in CATALOGUE)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
