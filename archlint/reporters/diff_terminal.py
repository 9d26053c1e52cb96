"""``archlint diff`` as text for a terminal or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters import diff_words as words
from archlint.reporters.concise import one_line
from archlint.reporters.paint import Paint
from archlint.reporters.text import count, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.model import Step
    from archlint.pipeline.difference.values import Added, Difference, PackagePair

MOST = 12


def terminal_diff(difference: Difference, *, colour: bool = False) -> str:
    """Return the difference, what needs a decision first."""
    paint = Paint(enabled=colour)
    lines = [paint.bold(f"{safe(difference.base)} -> {safe(difference.head)}"), ""]
    sections = (_weakened, _added, _contracts, _fixed, _cycles, _packages, _externals, _modules, _metrics)
    for section in sections:
        title, body = section(difference)
        if body:
            lines += [paint.bold(title), *(f"  {line}" for line in body), ""]
    closing = words.verdict(difference) if words.changes(difference) else words.NOTHING.rstrip(".")
    return (
        "\n".join([*lines, f"{closing} (judged with the configuration of {safe(difference.judged_by)})."])
        + "\n"
    )


def _cut(lines: Sequence[str], most: int = MOST) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], *([f"... and {more} more"] if more > 0 else [])]


def _weakened(difference: Difference) -> tuple[str, list[str]]:
    lines = []
    for each in difference.weakened:
        where = f"{safe(each.path)}:{each.line}: " if each.path and each.line else ""
        where = where or (f"{safe(each.path)}: " if each.path else "")
        lines.append(f"{where}{safe(each.text)}")
    return "The gate lets more pass, or may", lines


def _added(difference: Difference) -> tuple[str, list[str]]:
    lines = [line for each in difference.added for line in _finding(each)]
    return f"New findings ({len(difference.added)})", lines


def _finding(added: Added) -> Iterator[str]:
    before = f" (was {added.before:g})" if added.before is not None else ""
    yield f"{one_line(added.finding)}{before}"
    yield from (f"    closed by {_step(step)}" for step in words.closing(added))


def _step(step: Step) -> str:
    return f"{safe(step.importer)} -> {safe(step.imported)}  ({safe(words.place(step))})"


def _contracts(difference: Difference) -> tuple[str, list[str]]:
    return "Contracts", [f"{safe(each.name)}: {words.contract(each)}" for each in difference.contracts]


def _fixed(difference: Difference) -> tuple[str, list[str]]:
    lines = [f"{safe(each.path)}: {each.code} {each.rule}: {safe(each.message)}" for each in difference.fixed]
    return f"Fixed ({len(lines)})", _cut(lines)


def _cycles(difference: Difference) -> tuple[str, list[str]]:
    lines = []
    for each in difference.cycles:
        shown = each.joined or each.left or each.modules
        lines.append(f"{words.cycle(each)}: {_names(shown)}")
        lines += [f"    closed by {_step(step)}" for step in each.closing[: words.MOST_STEPS]]
    return "Import cycles", lines


def _names(names: Iterable[str], most: int = 6) -> str:
    listed = [safe(name) for name in names]
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")


def _packages(difference: Difference) -> tuple[str, list[str]]:
    ranked = sorted(
        difference.packages, key=lambda pair: (not pair.opened, -len(pair.added), -len(pair.removed))
    )
    return "Imports between packages", _cut([line for pair in ranked for line in _pair(pair)], 2 * MOST)


def _pair(pair: PackagePair) -> Iterator[str]:
    inside = pair.importer == pair.imported
    name = f"inside {safe(pair.importer)}" if inside else f"{safe(pair.importer)} -> {safe(pair.imported)}"
    state = " (new)" if pair.opened else " (gone)" if pair.closed else ""
    yield f"{name}: +{len(pair.added)} -{len(pair.removed)}{state}"
    if pair.opened:
        yield f"    {_step(pair.added[0])}"


def _externals(difference: Difference) -> tuple[str, list[str]]:
    lines = [f"+ {safe(step.imported)}  ({safe(words.place(step))})" for step in difference.externals_added]
    return "External packages", [*lines, *(f"- {safe(name)}" for name in difference.externals_removed)]


def _modules(difference: Difference) -> tuple[str, list[str]]:
    added, removed = difference.modules_added, difference.modules_removed
    lines = [f"+ {count(len(added), 'module')}: {_names(added)}"] if added else []
    return "Modules", [
        *lines,
        *([f"- {count(len(removed), 'module')}: {_names(removed)}"] if removed else []),
    ]


def _metrics(difference: Difference) -> tuple[str, list[str]]:
    moved = words.moved(difference)
    width = max((len(metric.name) for metric in moved), default=0)
    return "The system, tests left out", [
        f"{metric.name:<{width}}  {words.number(metric, metric.before)} -> "
        f"{words.number(metric, metric.after)} ({words.change(metric)})"
        for metric in moved
    ]
