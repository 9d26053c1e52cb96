"""What ``archlint diff`` and ``archlint check --diff`` do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from archlint.pipeline.analysis import Against
from archlint.pipeline.debt import recounted
from archlint.pipeline.difference.compare import Names, difference, outcome
from archlint.pipeline.difference.weakening import lines_of, weakenings
from archlint.pipeline.filters import narrowed, touching
from archlint.pipeline.ledger import match
from archlint.repository.project import ledger_path
from archlint.repository.snapshot import now, steady_digest
from archlint.usecases.analyse import open_cache
from archlint.usecases.replay import Replay, Seen, store
from archlint.usecases.setup import config_files, tree_key
from archlint.usecases.sides import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.pipeline.analysis import Analysis
    from archlint.pipeline.difference.compare import Outcome
    from archlint.pipeline.difference.values import Difference, Weakening
    from archlint.usecases.request import Request
    from archlint.usecases.sides import Side, Sides

Judge = Literal["base", "head"]


@dataclass(frozen=True)
class Compared:
    """Two judged states, what is new between them, and what made the gate weaker."""

    sides: Sides
    before: Analysis
    after: Analysis
    found: Outcome
    weakened: tuple[Weakening, ...]
    judged_by: str
    seen: Seen | None = None

    @property
    def errors(self) -> tuple[str, ...]:
        """What could not be judged in the later state."""
        return self.after.errors

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth a line on stderr."""
        hint: tuple[str, ...] = ()
        if self.after.errors and self.judged_by != self.sides.head.name:
            hint = (f"the configuration of {self.judged_by} judged; --diff-config head takes the newer one",)
        return (*self.sides.notes, *self.after.notes, *hint)


@dataclass(frozen=True)
class Differed:
    """The difference and its reports, in the order of the formats asked for; errors and notes for stderr."""

    difference: Difference
    reports: tuple[str, ...]
    errors: tuple[str, ...]
    notes: tuple[str, ...]
    request: Request
    compared: Compared
    started: int

    def remember(
        self,
        arguments: Sequence[str],
        outputs: tuple[tuple[str | None, str], ...],
        notes: tuple[str, ...],
        code: int,
    ) -> None:
        """Leave a record of what was printed, where the next run could recognise that nothing changed."""
        setup, seen = self.compared.sides.head.setups[0], self.compared.seen
        cache = open_cache(self.compared.sides.head.request, setup)
        if cache is None or seen is None or self.request.plugins:
            return
        looked = self.compared.after.looked_at
        files: tuple[str, ...] = ()
        if seen.tree:
            files = (*config_files(self.request, setup), ledger_path(setup.place.root), *looked.files)
        replay = Replay(
            paths=self.request.paths,
            project=self.request.project,
            place=self.compared.sides.place,
            inputs={path: steady_digest("", path, self.started) for path in files},
            tree_key=seen.tree_key,
            tree=seen.tree,
            outputs=outputs,
            notes=notes,
            errors=self.errors,
            exit=int(code),
            revisions=(*seen.revisions, *looked.revisions) if seen.tree else seen.revisions,
        )
        store(cache, arguments, self.request.cwd, self.request.environ, replay)
        cache.close()


def diff(
    request: Request, words: str, formats: Sequence[str], *, config: Judge, colour: bool = False
) -> Differed:
    """Compare the states that *words* name and tell what lies between them in each of *formats*.

    Both are judged with the configuration of the earlier one, or of the later where *config* is ``head``.
    Raises ArchlintError for what the user can mend.
    """
    started = now()
    with opened(request, words) as sides:
        compared = compare(request, sides, config, complete="html" in formats)
    names = Names(sides.base.name, sides.head.name, compared.judged_by)
    found = _within(compared.found, sides.place.within)
    made = difference(compared.before, compared.after, names, found, compared.weakened)
    reports = tuple(_written(name, made, compared, colour=colour) for name in formats)
    return Differed(made, reports, compared.errors, compared.notes, request, compared, started)


def compare(request: Request, sides: Sides, config: Judge, *, complete: bool = False) -> Compared:
    """Judge both *sides* alike and match what is found; *complete* asks for all that a report shows."""
    judge = sides.base if config == "base" else sides.head
    before, after = (side.judged_as(judge, complete=complete) for side in (sides.base, sides.head))
    if request.contracts:  # What was not looked at did not become weaker.
        weakened: tuple[Weakening, ...] = ()
    else:
        weakened = weakenings(sides.base.gate(before), sides.head.gate(after))
    found, seen = outcome(before, after), _seen(sides, judge, after)
    return Compared(sides, before, after, found, weakened, judge.name, seen)


def _within(found: Outcome, within: Sequence[str]) -> Outcome:
    shown = set(map(id, touching([each.finding for each in found.added], within)))
    return replace(
        found,
        added=tuple(each for each in found.added if id(each.finding) in shown),
        fixed=tuple(touching(found.fixed, within)),
    )


def _seen(sides: Sides, judge: Side, after: Analysis) -> Seen | None:
    """Return what the later state's analysis looked at, None where that cannot be recognised tomorrow."""
    if sides.head.setups[0].copy is not None:
        return Seen(b"", b"", sides.revisions)
    if after.snapshot is None:
        return None
    return Seen(tree_key(sides.head.set_up_as(judge)[0]), after.snapshot.digest, sides.revisions)


def added_by(request: Request, words: str, *, config: Judge) -> tuple[Analysis, Seen | None]:
    """Return the later state's analysis with just the findings that the change adds, for ``check --diff``.

    What the ledger knows, of the state whose configuration decides, is set aside.
    """
    with opened(request, words) as sides:
        compared = compare(request, sides, config)
    entries = (sides.base if config == "base" else sides.head).entries
    new = [each.finding for each in compared.found.added]
    matched = match(entries, new)
    findings = [finding for finding in new if not any(finding is known for known, _ in matched.known)]
    counts = Counter(finding.contract for finding in findings)
    analysis = replace(
        compared.after,
        findings=tuple(findings),
        known=tuple(known for known, _ in matched.known),
        contracts=tuple(recounted(result, counts[result.name]) for result in compared.after.contracts),
        errors=compared.errors,
        notes=compared.notes,
        snapshot=None,
        against=Against(
            base=sides.base.name,
            new=len(findings),
            fixed=len(compared.found.fixed),
            unchanged=compared.found.unchanged,
            weakened=lines_of(compared.weakened),
        ),
    )
    return narrowed(analysis, sides.place.within), compared.seen


def _page(made: Difference, compared: Compared) -> str:
    from archlint.pipeline.overview.build import overview  # noqa: PLC0415 (no other format shows all of it)
    from archlint.pipeline.overview.grades import grades  # noqa: PLC0415
    from archlint.reporters.html.overlay import html_diff  # noqa: PLC0415
    from archlint.usecases.scripts import declared_scripts, project_name  # noqa: PLC0415

    root = compared.sides.place.root
    scripts, name = declared_scripts(root), project_name(root)
    before, after = (overview(analysis, scripts, name) for analysis in (compared.before, compared.after))
    return html_diff((before, grades(before)), (after, grades(after)), made)


def _written(name: str, made: Difference, compared: Compared, *, colour: bool) -> str:
    if name == "html":
        return _page(made, compared)
    if name == "json":
        from archlint.reporters.diff_json import json_diff  # noqa: PLC0415

        return json_diff(made)
    if name == "markdown":
        from archlint.reporters.diff_markdown import markdown_diff  # noqa: PLC0415

        return markdown_diff(made)
    from archlint.reporters.diff_terminal import terminal_diff  # noqa: PLC0415

    return terminal_diff(made, colour=colour)
