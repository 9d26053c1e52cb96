"""``archlint diff --format markdown``: a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters import diff_words as words
from archlint.reporters.markdown_text import code, plain
from archlint.reporters.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archlint.model import Step
    from archlint.pipeline.difference.values import Added, Difference, PackagePair

MOST = 20


def markdown_diff(difference: Difference) -> str:
    """Return the difference as GitHub-flavoured Markdown, what needs a decision first."""
    head = ["## Architecture", "", f"{code(difference.base)} → {code(difference.head)}", ""]
    if not words.changes(difference):
        return "\n".join([*head, words.NOTHING, ""])
    lines = [*head, f"**{plain(words.verdict(difference))}**", ""]
    for section in (
        _weakened,
        _added,
        _contracts,
        _cycles,
        _fixed,
        _packages,
        _externals,
        _modules,
        _metrics,
    ):
        lines += section(difference)
    return "\n".join([*lines, f"Judged with the configuration of {code(difference.judged_by)}.", ""])


def _listed(title: str, items: Sequence[str], *, folded: bool = False) -> Iterator[str]:
    if not items:
        return
    more = len(items) - MOST
    yield from (f"<details><summary>{title}</summary>", "") if folded else (f"### {title}", "")
    yield from (f"- {item}" for item in items[:MOST])
    if more > 0:
        yield f"- and {more} more"
    yield from ("", "</details>", "") if folded else ("",)


def _place(path: str | None, line: int | None) -> str:
    if not path:
        return ""
    return code(f"{path}:{line}") if line else code(path)


def _worded(text: str) -> str:
    """Return *text* with what stands between two backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(code(part) if number % 2 else plain(part) for number, part in enumerate(parts))


def _step(step: Step) -> str:
    return f"{code(step.importer)} → {code(step.imported)} ({_place(step.path, step.line) or 'no file'})"


def _weakened(difference: Difference) -> Iterator[str]:
    items = [
        " ".join(filter(None, (_place(each.path, each.line), _worded(each.text))))
        for each in difference.weakened
    ]
    return _listed("⚠️ The gate lets more pass, or may", items)


def _added(difference: Difference) -> Iterator[str]:
    items = [_finding(each) for each in difference.added]
    return _listed(f"New findings ({len(items)})", items)


def _finding(added: Added) -> str:
    one = added.finding
    before = f" (was {added.before:g})" if added.before is not None else ""
    contract = f" [{plain(one.contract)}]" if one.contract else ""
    lines = [
        f"{_place(one.path, one.line)} **{one.code} {one.rule}**: {plain(one.message)}{before}{contract}"
    ]
    lines += [f"  - closed by {_step(step)}" for step in words.closing(added)]
    if one.why:
        lines.append(f"  - why: {plain(one.why)}")
    return "\n".join(lines)


def _contracts(difference: Difference) -> Iterator[str]:
    return _listed(
        "Contracts", [f"{plain(each.name)}: {plain(words.contract(each))}" for each in difference.contracts]
    )


def _fixed(difference: Difference) -> Iterator[str]:
    items = [
        f"{_place(one.path, None)} {one.code} {one.rule}: {plain(one.message)}" for one in difference.fixed
    ]
    return _listed(f"Fixed ({len(items)})", items, folded=True)


def _cycles(difference: Difference) -> Iterator[str]:
    items = []
    for each in difference.cycles:
        names = ", ".join(map(code, (each.joined or each.left or each.modules)[:6]))
        closing = "".join(f"\n  - closed by {_step(step)}" for step in each.closing[: words.MOST_STEPS])
        items.append(f"{words.cycle(each)}: {names}{closing}")
    return _listed("Import cycles", items)


def _packages(difference: Difference) -> Iterator[str]:
    opened = [pair for pair in difference.packages if pair.opened]
    yield from _listed(
        "Packages that now import each other", [f"{_pair(p)}: {_step(p.added[0])}" for p in opened]
    )
    others = [pair for pair in difference.packages if not pair.opened]
    yield from _table("Other imports", ("Packages", "New", "Gone"), map(_pair_row, others))


def _pair(pair: PackagePair) -> str:
    if pair.importer == pair.imported:
        return f"inside {code(pair.importer)}"
    return f"{code(pair.importer)} → {code(pair.imported)}"


def _pair_row(pair: PackagePair) -> tuple[str, str, str]:
    state = " (no longer imported)" if pair.closed else ""
    return f"{_pair(pair)}{state}", str(len(pair.added)), str(len(pair.removed))


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    listed = list(rows)
    if not listed:
        return
    yield from (f"<details><summary>{title}</summary>", "")
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join(' --- ' for _ in head)}|"
    yield from (f"| {' | '.join(row)} |" for row in listed[:MOST])
    if len(listed) > MOST:
        yield ""
        yield f"and {len(listed) - MOST} more"
    yield from ("", "</details>", "")


def _externals(difference: Difference) -> Iterator[str]:
    items = [
        f"new: {code(step.imported)} ({_place(step.path, step.line)})" for step in difference.externals_added
    ]
    items += [f"gone: {code(name)}" for name in difference.externals_removed]
    return _listed("External packages", items)


def _modules(difference: Difference) -> Iterator[str]:
    added, removed = difference.modules_added, difference.modules_removed
    title = f"Modules: {count(len(added), 'new one', 'new')}, {len(removed)} gone"
    items = [*(f"new: {code(name)}" for name in added), *(f"gone: {code(name)}" for name in removed)]
    return _listed(title, items, folded=True)


def _metrics(difference: Difference) -> Iterator[str]:
    rows = (
        (
            metric.name,
            words.number(metric, metric.before),
            words.number(metric, metric.after),
            words.change(metric),
        )
        for metric in words.moved(difference)
    )
    return _table("The system in numbers, tests left out", ("", "Before", "After", "Change"), rows)
