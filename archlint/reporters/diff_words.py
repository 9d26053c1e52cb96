"""What the reports of a difference share: the words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters.text import count

if TYPE_CHECKING:
    from archlint.model import Step
    from archlint.pipeline.difference.values import Added, ContractChange, CycleChange, Difference, Metric

MOST_STEPS = 4
NOTHING = "Nothing in the architecture changed."


def changes(difference: Difference) -> bool:
    """Tell whether there is anything to report."""
    parts = (
        difference.modules_added,
        difference.modules_removed,
        difference.packages,
        difference.externals_added,
        difference.externals_removed,
        difference.cycles,
        difference.contracts,
        difference.added,
        difference.fixed,
        difference.weakened,
        moved(difference),
    )
    return any(parts)


def verdict(difference: Difference) -> str:
    """Return the one line that sums the difference up."""
    broke = sum(change.state == "broke" for change in difference.contracts)
    healed = sum(change.state == "healed" for change in difference.contracts)
    added = count(len(difference.added), "new finding")
    parts = [added, f"{len(difference.fixed):,} fixed", f"{difference.unchanged:,} unchanged"]
    parts += [count(broke, "contract") + " broke"] if broke else []
    parts += [count(healed, "contract") + " healed"] if healed else []
    weaker = len(difference.weakened)
    parts += [count(weaker, "change") + " to what the gate lets pass"] if weaker else []
    return ", ".join(parts)


def moved(difference: Difference) -> list[Metric]:
    """Return the metrics that are not as before."""
    return [metric for metric in difference.metrics if metric.before != metric.after]


def number(metric: Metric, value: float) -> str:
    """Return one value of *metric*."""
    return f"{100 * value:.{_digits(metric)}f} %" if metric.share else f"{value:,.0f}"


def change(metric: Metric) -> str:
    """Return by how much *metric* moved, with its sign."""
    by = metric.after - metric.before
    return f"{100 * by:+.{_digits(metric)}f}" if metric.share else f"{by:+,.0f}"


def _digits(metric: Metric) -> int:
    """Return how many digits of percents say by how much *metric* moved; shares have no more than two."""
    one, other = round(100 * metric.before, 1), round(100 * metric.after, 1)
    by = round(100 * (metric.after - metric.before), 1)
    return 1 if one != other and round(other - one, 1) == by else 2


def cycle(change_: CycleChange) -> str:
    """Return what became of a cycle."""
    size = count(len(change_.modules), "module")
    if change_.state == "new":
        return f"new cycle of {size}"
    if change_.state == "grown":
        return f"a cycle grew to {size}" + (f", {len(change_.joined)} joined" if change_.joined else "")
    if change_.state == "shrunk":
        return f"a cycle shrank to {size}, {len(change_.left)} left"
    return f"a cycle of {size} is gone"


def contract(change_: ContractChange) -> str:
    """Return what became of a contract."""
    if change_.state == "broke":
        return f"broke ({count(change_.after, 'finding')})"
    if change_.state == "healed":
        return "healed"
    return f"{change_.before} -> {change_.after} findings"


def closing(added: Added) -> tuple[Step, ...]:
    """Return the imports that closed the chain or circle of a finding; a direct import speaks for itself."""
    return added.closing[:MOST_STEPS] if len(added.finding.chain) > 1 else ()


def place(step: Step) -> str:
    """Return where *step* stands."""
    return f"{step.path}:{step.line}" if step.path else step.importer
