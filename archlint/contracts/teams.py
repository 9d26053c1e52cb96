"""Teams: which team's modules may import which team's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from archlint.context.owners import apart
from archlint.contracts.codes import CROSS_TEAM
from archlint.contracts.naming import Unmatched, expression_faults, missing, refuse
from archlint.contracts.remedies import pass_on_of
from archlint.contracts.team_pairs import ANY, Pair, Roster, pair_faults, pairs_of
from archlint.graph.expressions import matches, prefixes
from archlint.rule import Code, ContractType, Example, Need

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.model import Finding, Step
    from archlint.rule import Project, Terms

Unowned = Literal["ignore", "team"]
MISSING = (
    "nobody is known to own anything: there is no CODEOWNERS in .github, at the top of the repository, "
    "in docs or in .gitlab; add one, or take this contract out"
)
_FILES = {
    "shop/__init__.py": "",
    "shop/billing/__init__.py": "",
    "shop/billing/api.py": "",
    "shop/billing/rows.py": "",
    "shop/web.py": "from shop.billing.api import invoice\n",
}
_OWNERS = "/shop/billing/ @shop/billing\n/shop/web.py @shop/web\n"
_BREACH = {**_FILES, "shop/web.py": "from shop.billing.rows import Row\n"}


@dataclass(frozen=True)
class Teams(ContractType):
    """A module imports another team's modules only where the teams agreed to it.

    ## What it does
    It reads CODEOWNERS and reports every import of a module that another team owns. A module with several
    owners belongs to each of them; where both ends have an owner in common, no border is crossed.

    ## Why is this bad?
    What another team imports cannot be changed without asking that team, and nobody decided that it should be
    so. Work that crosses teams waits for meetings.

    ## Example
    ```python
    # shop/web.py, owned by @shop/web
    from shop.billing.rows import Row  # owned by @shop/billing
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.billing.api import invoice  # listed under `public`
    ```

    ## Options
    - `public`: modules, wildcards too, that every team may import, with all below them (`shop.*.api`).
    - `allowed`: what was agreed, as `"@shop/web -> @shop/platform"`; `*` stands for every team.
    - `max-imports`: pairs as in `allowed`, each with a number of imports from module to module. A pair that
      stays within it is let pass; one over it is reported as a whole, and again only when it grows.
    - `teams`: a table of names, each with the owners that make up the team; any other owner is a team of
      its own, under its name in CODEOWNERS.
    - `unowned`: whether modules that nobody owns are passed over (`ignore`) or are a team called `unowned`
      (`team`) (default `ignore`).
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "teams"
    codes: ClassVar[tuple[Code, ...]] = (CROSS_TEAM,)
    needs: ClassVar[frozenset[Need]] = frozenset({"owners"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            _BREACH,
            ("shop.web (@shop/web) imports shop.billing.rows (@shop/billing)",),
            {"public": ["shop.*.api"]},
            owners=_OWNERS,
        ),
        Example(
            {**_FILES, "shop/billing/rows.py": "import shop.web\n"},
            ("@shop/billing imports modules of @shop/web 1 time (budget 0)",),
            {"allowed": ["@shop/web -> *"], "max-imports": {"@shop/billing -> @shop/web": 0}},
            owners=_OWNERS,
        ),
        Example(_FILES, (), {"public": ["shop.*.api"]}, owners=_OWNERS),
        Example(_BREACH, (), {"teams": {"shop": ["@shop/web", "@shop/billing"]}}, owners=_OWNERS),
    )

    public: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    max_imports: dict[str, int] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unowned: Unowned = "ignore"
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(
            (
                *expression_faults("public", self.public),
                *pair_faults("allowed", self.allowed),
                *pair_faults("max-imports", self.max_imports),
                *(
                    f"max-imports: `{pair}` is negative"
                    for pair, most in self.max_imports.items()
                    if most < 0
                ),
            )
        )

    def problems(self, project: Project) -> Iterator[str]:
        if project.owners is None:
            yield MISSING
            return
        yield from missing(project, "public", self.public, self.unmatched_modules)
        roster = self._roster(project)
        yield from roster.strangers("teams", (owner for group in self.teams.values() for owner in group))
        for option, written in (("allowed", self.allowed), ("max-imports", tuple(self.max_imports))):
            words = (word for pair in pairs_of(written) for word in pair if word != ANY)
            yield from roster.strange_teams(option, words)

    def _roster(self, project: Project) -> Roster:
        return Roster(project.owners, self.teams, unowned=self.unowned == "team")

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        roster = self._roster(project)
        budgets = dict(zip(pairs_of(self.max_imports), self.max_imports.values(), strict=True))
        within: dict[Pair, list[Step]] = {pair: [] for pair in budgets}
        for step in self._crossings(project, terms, roster):
            sides = roster.sides(project, step)
            pair = next((pair for pair in budgets if roster.covers(pair, sides)), None)
            if pair is None:
                yield self._single(project, terms, step, roster)
            else:
                within[pair].append(step)
        for pair, steps in within.items():
            if len(steps) > budgets[pair]:
                yield self._over(project, terms, pair, steps, budgets[pair])

    def _crossings(self, project: Project, terms: Terms, roster: Roster) -> Iterator[Step]:
        """Yield the imports that lead to another team, and that nobody agreed to."""
        graph, agreed = project.graph, pairs_of(self.allowed)
        edges = graph.edges(terms.edges)
        for tail, head in sorted(edges.edges()):
            if self._is_public(graph.names[head]):
                continue
            step = graph.step(graph.names[tail], graph.names[head], terms.edges)
            sides = roster.sides(project, step)
            if apart(*sides) and not any(roster.covers(pair, sides) for pair in agreed):
                yield step

    def _is_public(self, module: str) -> bool:
        return any(matches(public, name) for public in self.public for name in prefixes(module))

    def _single(self, project: Project, terms: Terms, step: Step, roster: Roster) -> Finding:
        here, there = (_listed(side) for side in roster.sides(project, step))
        message = f"{step.importer} ({here}) imports {step.imported} ({there})"
        return self.finding(
            project,
            terms,
            CROSS_TEAM,
            (step,),
            message,
            identity=(step.importer, step.imported),
            help=self._remedy(project, terms, step, there),
        )

    def _remedy(self, project: Project, terms: Terms, step: Step, there: str) -> str:
        route = pass_on_of(project, terms, step, self._is_public)
        return route or f"Ask {there} for a module that is meant to be imported, or agree on this import."

    def _over(self, project: Project, terms: Terms, pair: Pair, steps: list[Step], most: int) -> Finding:
        here, there = ("any team" if word == ANY else word for word in pair)
        times = "1 time" if len(steps) == 1 else f"{len(steps):,} times"
        return self.finding(
            project,
            terms,
            CROSS_TEAM,
            (steps[0],),
            f"{here} imports modules of {there} {times} (budget {most:,})",
            identity=(" -> ".join(pair),),
            symbol=" -> ".join(pair),
            value=float(len(steps)),
            related=tuple(("crosses teams", step) for step in steps),
            help=f"Take imports out, or ask {there} for a module that is meant to be imported.",
        )


def _listed(teams: Iterable[str]) -> str:
    return ", ".join(teams)
