"""The built-in rules, one file each, in the order of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.rules.analysis.parser_gave_up import ParserGaveUp
from archlint.rules.analysis.relative_import_beyond_root import RelativeImportBeyondRoot
from archlint.rules.analysis.syntax_error import SyntaxErrorRule
from archlint.rules.analysis.unreadable_file import UnreadableFile
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.coupling.hub_module import HubModule
from archlint.rules.coupling.import_cycle import ImportCycle
from archlint.rules.coupling.too_many_importers import TooManyImporters
from archlint.rules.coupling.too_many_imports import TooManyImports
from archlint.rules.coupling.unstable_dependency import UnstableDependency
from archlint.rules.record.suppression_without_reason import SuppressionWithoutReason
from archlint.rules.record.unknown_rule_in_suppression import UnknownRuleInSuppression
from archlint.rules.record.unused_suppression import UnusedSuppression

if TYPE_CHECKING:
    from archlint.rule import Rule

RULES: tuple[type[Rule], ...] = (
    UnusedSuppression,
    UnknownRuleInSuppression,
    SuppressionWithoutReason,
    ImportCycle,
    UnstableDependency,
    HubModule,
    TooManyImports,
    TooManyImporters,
    ComplexFunction,
    SyntaxErrorRule,
    ParserGaveUp,
    UnreadableFile,
    RelativeImportBeyondRoot,
)
