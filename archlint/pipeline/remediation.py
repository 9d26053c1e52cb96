"""How long a finding takes to mend: an estimate in minutes, by a formula for each rule.

The formulas have the forms of the SQALE method (Letouzey 2012), which SonarQube publishes with its rules: a
constant for an issue, or an offset and so much for each unit over the limit. Where its Python analyser has
the same rule the numbers are its own (sonar-python, the JSON beside each rule: S3776, FunctionComplexity,
S104, S107, S134, S138, ParsingError); all others are archlint's, on the same scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archlint.model import Finding
    from archlint.rule import Rule


class Formula(Struct, frozen=True):
    """``minutes``, and ``per`` more for each ``unit``; ``units`` counts those of a finding.

    ``rule`` is the rule of SonarSource's Python analyser that has the same numbers, where there is one.
    """

    minutes: int
    per: int = 0
    unit: str = ""
    units: Callable[[Finding, Rule | None], float] | None = None
    rule: str = ""

    def estimate(self, finding: Finding, rule: Rule | None) -> int:
        """Return the minutes that *finding*, of *rule*, takes."""
        units = max(0.0, self.units(finding, rule)) if self.units else 0.0
        return round(self.minutes + self.per * units)


def _over(option: str) -> Callable[[Finding, Rule | None], float]:
    """Count how far the value is over the limit that *option* of the rule sets."""

    def units(finding: Finding, rule: Rule | None) -> float:
        limit: float = getattr(rule, option, 0)
        return (finding.value or 0) - limit

    return units


def _over_budget(finding: Finding, rule: Rule | None) -> float:
    """Count how far the value is over its budget: at least over the highest that it exceeds."""
    budgets: Mapping[str, float] = getattr(rule, "budgets", {})
    value = finding.value or 0
    return value - max((budget for budget in budgets.values() if budget < value), default=value)


def _removed(finding: Finding, _rule: Rule | None) -> float:
    """Count the imports to take out: a name that can be had elsewhere is a sixth of the work."""
    return sum(1 if role.startswith("remove") else 1 / 6 for role, _ in finding.related)


def _named(finding: Finding, _rule: Rule | None) -> float:
    return len(finding.related)


def _further(finding: Finding, _rule: Rule | None) -> float:
    """Count the imports of a chain that somebody has to follow, after the first."""
    return len(finding.chain) - 1


def _value(finding: Finding, _rule: Rule | None) -> float:
    return finding.value or 0


# What an estimate is rounded to: half hours up to four, then hours.
_STEPS = (5, 10, 15, 20, 30, 45, *range(60, 240, 30), *range(240, 960, 60), 960)
CHAIN = Formula(30, 5, "further import of the chain", _further)
IMPORT = Formula(30)
DECLARATION = Formula(5)
FORMULAS: dict[str, Formula] = {
    "ARC001": Formula(2),
    "ARC002": DECLARATION,
    "ARC003": DECLARATION,
    "ARC010": Formula(2),
    "ARC011": IMPORT,
    "ARC101": CHAIN,
    "ARC102": CHAIN,
    "ARC103": CHAIN,
    "ARC104": Formula(15),
    "ARC105": CHAIN,
    "ARC106": Formula(15),
    "ARC107": DECLARATION,
    "ARC108": DECLARATION,
    "ARC109": IMPORT,
    "ARC110": IMPORT,
    "ARC111": IMPORT,
    "ARC201": Formula(
        0, 30, "import to take out (5 where the name can be imported from elsewhere)", _removed
    ),
    "ARC202": IMPORT,
    "ARC203": Formula(120),
    "ARC204": Formula(20, 2, "import over the limit", _over("max_efferent")),
    "ARC205": Formula(60, 1, "importer over the limit", _over("max_afferent")),
    "ARC206": Formula(240),
    "ARC207": Formula(60),
    "ARC208": Formula(120),
    "ARC209": Formula(0, 30, "import of a package that closes the circle", _named),
    "ARC210": Formula(30, 5, "class over the limit", _over("max_classes")),
    "ARC211": Formula(20, 5, "module that imports it or that it imports", _value),
    "ARC301": Formula(10, 1, "point over the limit", _over("max_cyclomatic"), "FunctionComplexity"),
    "ARC302": Formula(5, 1, "point over the limit", _over("max_cognitive"), "S3776"),
    "ARC303": Formula(60),
    "ARC304": Formula(20, rule="S138"),
    "ARC305": Formula(20, rule="S107"),
    "ARC306": Formula(10, rule="S134"),
    "ARC307": Formula(60, rule="S104"),
    "ARC308": Formula(60),
    "ARC309": Formula(10, 1, "point over the budget", _over_budget, "FunctionComplexity"),
    "ARC310": Formula(0, 30, "group of methods after the first", lambda found, _: (found.value or 1) - 1),
    "ARC401": IMPORT,
    "ARC402": IMPORT,
    "ARC403": CHAIN,
    "ARC501": Formula(60),
    "ARC502": IMPORT,
    "ARC503": DECLARATION,
    "ARC504": DECLARATION,
    "ARC505": Formula(120),
    "ARC601": Formula(120),
    "ARC602": Formula(60),
    "ARC603": Formula(120),
    "ARC900": Formula(30, rule="ParsingError"),
    "ARC901": IMPORT,
    "ARC902": DECLARATION,
    "ARC903": DECLARATION,
}


def minutes_of(finding: Finding, rules: Mapping[str, Rule]) -> int:
    """Return how many minutes *finding* takes; *rules* are those in force, by code.

    A rule that has no formula, as one of a plugin, counts as an import that has to go.
    """
    return FORMULAS.get(finding.code, IMPORT).estimate(finding, rules.get(finding.code))


def estimated(findings: Iterable[Finding], rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return *findings* with the minutes that each takes under *rules*, those in force."""
    known: dict[str, Any] = {rule.code: rule for rule in rules}
    return tuple(replace(finding, minutes=minutes_of(finding, known)) for finding in findings)


def spoken(minutes: int) -> str:
    """Return *minutes* rounded as people do: ``20 min``, ``3 h 30 min``, ``4 days`` of eight hours."""
    if minutes >= 16 * 60:
        return f"{round(minutes / 480):,} days"
    said = min(_STEPS, key=lambda step: (abs(step - minutes), -step)) if minutes else 0
    hours, rest = divmod(said, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"
