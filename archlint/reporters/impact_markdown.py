"""``archlint impact --format markdown``: a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.reporters import impact_words as words
from archlint.reporters.markdown_text import code, plain
from archlint.reporters.text import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archlint.pipeline.impact.values import AffectedTest, Changed, Grouping, Impact, Reached

MOST_FILES = 20


def markdown_impact(impact: Impact, *, most: int | None, chains: bool = False) -> str:
    """Return the answer as GitHub-flavoured Markdown, long lists folded, with up to *most* rows each."""
    lines = ["## Impact", "", *_head(impact, most)]
    if impact.changed:
        for grouping in impact.groupings:
            lines += _groups(grouping, most)
        lines += _modules(
            impact, f"Modules, nearest first ({len(impact.reached):,})", impact.reached, most, chains=chains
        )
        lines += _modules(
            impact,
            f"Helpers, scripts and other files ({len(impact.beside):,})",
            impact.beside,
            most,
            chains=chains,
        )
        lines += _tests(impact, most)
    lines += _open(impact)
    return "\n".join(lines)


def _head(impact: Impact, most: int | None) -> Iterator[str]:
    said = (words.subject(impact), words.verdict(impact) if impact.changed else "")
    yield from (line for text in said if text for line in (f"**{plain(text)}**", ""))
    if impact.since is not None and impact.changed:
        yield from (_changed(one) for one in impact.changed[:most])
        yield from _more(len(impact.changed), most)
        yield ""


def _changed(one: Changed) -> str:
    left = words.left(one)
    return f"- {one.status}: {code(one.name)}{f' ⚠️ {plain(left)}' if left else ''}"


def _more(number: int, most: int | None) -> Iterator[str]:
    if most is not None and number > most:
        yield f"- and {number - most:,} more"


def _folded(title: str, body: Sequence[str]) -> Iterator[str]:
    if body:
        yield from (f"<details><summary>{title}</summary>", "", *body, "", "</details>", "")


def _groups(grouping: Grouping, most: int | None) -> Iterator[str]:
    rows = [row for row in grouping.groups if row.reached or row.changed]
    if not any(row.reached for row in rows):
        return
    head = plain(words.layers_title(grouping.contract)) if grouping.contract else "Package"
    yield f"| {head} | Reached | Modules | Changed |"
    yield "| --- | ---: | ---: | ---: |"
    for row in rows[:most]:
        yield f"| {code(row.name)} | {row.reached:,} | {row.modules:,} | {row.changed:,} |"
    yield ""
    if most is not None and len(rows) > most:
        yield from (f"and {len(rows) - most:,} more", "")


def _modules(
    impact: Impact, title: str, rows: Sequence[Reached], most: int | None, *, chains: bool
) -> Iterator[str]:
    body: list[str] = []
    for row in rows[:most]:
        body.append(f"- {code(row.name)} {_about(row)}")
        if chains:
            body += (
                f"  - {code(step)} ({plain(about)})" for step, about in map(words.hop, impact.chain(row))
            )
    return _folded(title, [*body, *_more(len(rows), most)])


def _about(row: Reached) -> str:
    through = {"imports": "", "packages": " through a package", "conftest": " through a conftest.py"}
    return f"({count(row.distance, 'step')}{through[row.through]})"


def _tests(impact: Impact, most: int | None) -> Iterator[str]:
    yield from (f"**Tests:** {plain(words.tests(impact))}", "")
    body = [f"- {_test(test)}" for test in impact.tests[:most]]
    yield from _folded(f"Test files ({len(impact.tests):,})", [*body, *_more(len(impact.tests), most)])


def _test(test: AffectedTest) -> str:
    about = _about(test.reached) if test.reached is not None else "(changed)"
    return f"{code(test.path)} {about}"


def _open(impact: Impact) -> Iterator[str]:
    """Yield what imports cannot tell: files that are not followed, and what usually changes along."""
    title, partners = words.partners(impact)
    if partners:
        yield from (f"**{title}**", "", *(f"- {plain(line)}" for line in partners[:MOST_FILES]), "")
    lines = [f"- {_files(paths)}: {plain(why)}" for why, paths in words.unfollowed(impact.unfollowed)]
    if outside := words.outside(impact):
        lines.append(f"- {outside}")
    if lines:
        yield from ("**Changed, and not followed**", "", *lines, "")


def _files(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - MOST_FILES:,} more" if len(paths) > MOST_FILES else ""
    return f"{', '.join(map(code, paths[:MOST_FILES]))}{more}"
