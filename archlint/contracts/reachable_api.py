"""Reachable API: from some modules a sensitive name may be reached through the gateways alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from archlint.contracts.apis import Apis, api_faults
from archlint.contracts.boundary import allowed_words, judged, nodes_of, touches_of, use_step
from archlint.contracts.codes import REACHABLE
from archlint.contracts.naming import Unmatched, empty_fault, expression_faults, missing, refuse
from archlint.contracts.remedies import change_cheapest, through
from archlint.graph.expressions import expand_all
from archlint.graph.strangers import strangers
from archlint.rule import Code, ContractType, Example, Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archlint.contracts.apis import Sighting
    from archlint.model import Finding, Step
    from archlint.rule import Project, Terms

    Users = Mapping[int, Sighting]


_FILES = {
    "shop/__init__.py": "",
    "shop/web.py": "import shop.images\n",
    "shop/images.py": "import shop.runner\n",
    "shop/runner.py": "import subprocess\n\nsubprocess.run(['convert'])\n",
}
_OPTIONS = {"sources": ["shop.web"], "capabilities": ["process"], "gateways": ["shop.runner"]}


@dataclass(frozen=True)
class ReachableApi(ContractType):
    """From the sources a sensitive API can be reached through the gateways alone.

    ## What it does
    It follows the imports of each source and reports a shortest chain to every module that uses one of the
    APIs, for each API or capability listed. Gateways end the search: they may use the APIs, and what they
    import is theirs to answer for. A source's own use is reported too. Type-checking imports and
    annotations reach nothing.

    ## Why is this bad?
    What handles untrusted input is one bug away from everything that it can reach: a shell that no handler
    can reach cannot be reached by an attacker's request either.

    ## Example
    ```python
    # shop/images.py, which the public handlers in shop.web import
    import subprocess

    subprocess.run(["convert", name])
    ```

    ## Use instead
    ```python
    # shop/images.py
    from shop.runner import convert  # the gateway, which checks what it is given
    ```

    ## Options
    - `sources`: the modules that are not trusted, wildcards too.
    - `apis`, `capabilities`: as for `confined-api`.
    - `gateways`: the modules that may use the APIs, and through which the sources may reach them; may be
      empty.
    - `as-packages`: each module stands for all below it too (default true).
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "reachable-api"
    codes: ClassVar[tuple[Code, ...]] = (REACHABLE,)
    needs: ClassVar[frozenset[Need]] = frozenset({"detail"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/images.py": "import os\n\nos.system('convert')\n"},
            ("shop.web reaches process (os.system) through 1 module, past the gateways",),
            _OPTIONS,
        ),
        Example(
            {**_FILES, "shop/web.py": "import os\n\nos.system('ls')\n"},
            ("shop.web uses os.system, past the gateways",),
            {"sources": ["shop.web"], "apis": ["os.system"], "gateways": ["shop.runner"]},
        ),
        Example(_FILES, (), _OPTIONS),
    )

    sources: tuple[str, ...]
    apis: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    as_packages: bool = True
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse(
            (
                *empty_fault("sources", self.sources),
                *api_faults(self.apis, self.capabilities),
                *expression_faults("sources", self.sources),
                *expression_faults("gateways", self.gateways),
                *(
                    f"'{name}' is both a source and a gateway"
                    for name in self.sources
                    if name in self.gateways
                ),
            )
        )

    def problems(self, project: Project) -> Iterator[str]:
        yield from (f"apis: {line}" for line in strangers(project.graph, self.apis))
        yield from missing(project, "sources", self.sources, self.unmatched_modules)
        yield from missing(project, "gateways", self.gateways, self.unmatched_modules)
        gates = nodes_of(project.graph, self.gateways, packages=self.as_packages)
        for name in expand_all(project.graph, self.sources):
            if project.graph.index[name] in gates:
                yield f"the source '{name}' lies inside a gateway, so that it may reach everything"

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        gates = nodes_of(project.graph, self.gateways, packages=self.as_packages)
        users = self._users(project, terms, gates)
        seen: set[tuple[object, ...]] = set()
        for finding in self._found(project, terms, gates, users):
            # Sources may lie inside each other.
            if (finding.identity, finding.chain) not in seen:
                seen.add((finding.identity, finding.chain))
                yield finding

    def _found(
        self, project: Project, terms: Terms, gates: frozenset[int], users: Mapping[str, Users]
    ) -> Iterator[Finding]:
        for source in expand_all(project.graph, self.sources):
            nodes = nodes_of(project.graph, (source,), packages=self.as_packages) - gates
            for group in sorted(users):
                yield from self._own(project, terms, nodes, users[group])
                yield from self._far(project, terms, (source, nodes, gates), users[group])

    def _users(self, project: Project, terms: Terms, gates: frozenset[int]) -> dict[str, dict[int, Sighting]]:
        """Return for each API or capability the modules that use it, each with its first use."""
        apis, touches = Apis(self.apis, self.capabilities), touches_of(project, terms)
        users: dict[str, dict[int, Sighting]] = {}
        for module in judged(project, gates, tests=False):
            for found in apis.used_in(touches, module):
                users.setdefault(found.group, {}).setdefault(project.graph.index[module], found)
        return users

    def _own(self, project: Project, terms: Terms, nodes: frozenset[int], users: Users) -> Iterator[Finding]:
        """Yield the first use of each module of the source itself."""
        for node in sorted(nodes & users.keys()):
            yield self._finding(project, terms, users[node].module, users[node])

    def _far(
        self,
        project: Project,
        terms: Terms,
        way: tuple[str, frozenset[int], frozenset[int]],
        users: Users,
    ) -> Iterator[Finding]:
        """Yield a shortest chain from a source, with its nodes and the gates, to each module that uses it."""
        source, nodes, gates = way
        kinds = tuple(kind for kind in terms.edges if kind != "type-checking")
        targets = users.keys() - nodes
        for path in project.graph.edges(kinds).shortest_paths(nodes, targets, gates) if targets else ():
            steps = project.graph.steps(path, kinds)
            yield self._finding(project, terms, source, users[path[-1]], steps)

    def _finding(
        self, project: Project, terms: Terms, source: str, found: Sighting, steps: tuple[Step, ...] = ()
    ) -> Finding:
        what = found.api if found.group == found.api else f"{found.group} ({found.api})"
        chain = (*steps, use_step(project, found))
        way = f"reaches {what} {through(chain)}" if steps else f"uses {what}"
        first = change_cheapest(project, terms, steps) if steps else f"Move the use of {found.api} away."
        finding = self.finding(
            project,
            terms,
            REACHABLE,
            chain,
            f"{source} {way}, past the gateways",
            identity=(source, found.group, found.module) if steps else (source, found.group),
            help=f"{first} Gateways: {allowed_words(self.gateways)}.",
        )
        return finding if steps else replace(finding, column=found.column)
