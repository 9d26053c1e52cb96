"""The built-in rules, one file each, in the order of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.rules.analysis.parser_gave_up import ParserGaveUp
from archlint.rules.analysis.relative_import_beyond_root import RelativeImportBeyondRoot
from archlint.rules.analysis.syntax_error import SyntaxErrorRule
from archlint.rules.analysis.unreadable_file import UnreadableFile
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.complexity.complexity_over_budget import ComplexityOverBudget
from archlint.rules.complexity.deep_nesting import DeepNesting
from archlint.rules.complexity.hard_to_follow_function import HardToFollowFunction
from archlint.rules.complexity.incohesive_class import IncohesiveClass
from archlint.rules.complexity.large_class import LargeClass
from archlint.rules.complexity.large_module import LargeModule
from archlint.rules.complexity.long_function import LongFunction
from archlint.rules.complexity.low_maintainability import LowMaintainability
from archlint.rules.complexity.too_many_parameters import TooManyParameters
from archlint.rules.coupling.class_coupled_too_widely import ClassCoupledTooWidely
from archlint.rules.coupling.far_from_main_sequence import FarFromMainSequence
from archlint.rules.coupling.hub_module import HubModule
from archlint.rules.coupling.import_cycle import ImportCycle
from archlint.rules.coupling.import_time_cycle import ImportTimeCycle
from archlint.rules.coupling.misplaced_module import MisplacedModule
from archlint.rules.coupling.mixed_concerns import MixedConcerns
from archlint.rules.coupling.propagation_over_budget import PropagationOverBudget
from archlint.rules.coupling.too_many_importers import TooManyImporters
from archlint.rules.coupling.too_many_imports import TooManyImports
from archlint.rules.coupling.unstable_dependency import UnstableDependency
from archlint.rules.record.expired_ledger_entry import ExpiredLedgerEntry
from archlint.rules.record.stale_ledger_entry import StaleLedgerEntry
from archlint.rules.record.suppression_without_reason import SuppressionWithoutReason
from archlint.rules.record.unknown_rule_in_suppression import UnknownRuleInSuppression
from archlint.rules.record.unused_suppression import UnusedSuppression

if TYPE_CHECKING:
    from archlint.rule import Rule

RULES: tuple[type[Rule], ...] = (
    UnusedSuppression,
    UnknownRuleInSuppression,
    SuppressionWithoutReason,
    StaleLedgerEntry,
    ExpiredLedgerEntry,
    ImportCycle,
    UnstableDependency,
    HubModule,
    TooManyImports,
    TooManyImporters,
    PropagationOverBudget,
    MixedConcerns,
    FarFromMainSequence,
    ImportTimeCycle,
    ClassCoupledTooWidely,
    MisplacedModule,
    ComplexFunction,
    HardToFollowFunction,
    LowMaintainability,
    LongFunction,
    TooManyParameters,
    DeepNesting,
    LargeModule,
    LargeClass,
    ComplexityOverBudget,
    IncohesiveClass,
    SyntaxErrorRule,
    ParserGaveUp,
    UnreadableFile,
    RelativeImportBeyondRoot,
)
