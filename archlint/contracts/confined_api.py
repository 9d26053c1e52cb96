"""Confined API: only some modules may use these names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from archlint.contracts.apis import Apis, api_faults
from archlint.contracts.boundary import allowed_words, judged, nodes_of, touches_of, use_step
from archlint.contracts.catalogue import reason_for
from archlint.contracts.codes import CONFINED
from archlint.contracts.naming import Unmatched, expression_faults, missing, refuse
from archlint.graph.strangers import strangers
from archlint.rule import Code, ContractType, Example, Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.contracts.apis import Sighting
    from archlint.model import Finding
    from archlint.rule import Project, Terms


_FILES = {
    "shop/__init__.py": "",
    "shop/settings.py": "import os\n\nKEY = os.environ['KEY']\n",
    "shop/web.py": "from shop.settings import KEY\n",
}
_OPTIONS = {"apis": ["os.environ"], "allowed": ["shop.settings"]}


@dataclass(frozen=True)
class ConfinedApi(ContractType):
    """Only the allowed modules may use these APIs.

    ## What it does
    It reports every line of any other module that uses one of the APIs, whatever the name is called there:
    through aliases, `from` imports, submodules and other modules of the project that pass it on, by import
    or by an assignment at their top (`run = subprocess.run`). A `from` import counts where the file itself
    does not read the name; annotations and type-checking imports do not. What is decided only when the
    program runs is not seen: a name held in a variable of a function or an attribute, `getattr` with a
    computed name, a method of a value.

    ## Why is this bad?
    Secrets, shells and sockets can be guarded, logged, tested and reviewed in one place; spread over a
    codebase they cannot.

    ## Example
    ```python
    # shop/web.py
    from os import environ

    key = environ["PAYMENT_KEY"]
    ```

    ## Use instead
    ```python
    # shop/web.py
    from shop.settings import PAYMENT_KEY  # the one module that reads the environment
    ```

    ## Options
    - `apis`: dotted names, each with all below it; `*` stands for one component (`subprocess.*`). Of the
      built-ins `eval`, `exec`, `compile`, `open`, `print`, `input`, `breakpoint`, `exit`, `quit` and
      `__import__`.
    - `capabilities`: APIs from archlint's catalogue: `dynamic-code`, `deserialisation`, `process`,
      `environment`, `network`, `cryptography`, `database`, `file-system`. Of these, exceptions, constants
      and plain values (`subprocess.PIPE`, `requests.RequestException`) give no power, and do not count;
      nor do the project's own modules that are called like a package of the catalogue.
    - `allowed`: the modules that may use them, wildcards too; may be empty.
    - `as-packages`: each module stands for all below it too (default true).
    - `include-tests`: judge test modules too (default false).
    - `unmatched-modules`: `ignore` lets wildcards match nothing (default `error`).
    """

    type: ClassVar[str] = "confined-api"
    codes: ClassVar[tuple[Code, ...]] = (CONFINED,)
    needs: ClassVar[frozenset[Need]] = frozenset({"detail"})
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {**_FILES, "shop/web.py": "from os import environ as env\n\nkey = env['KEY']\n"},
            ("shop.web uses os.environ, which is confined",),
            _OPTIONS,
        ),
        Example(
            {**_FILES, "shop/web.py": "import subprocess as sp\n\nsp.run('ls')\nvalue = eval('1')\n"},
            (
                "shop.web uses subprocess, which is confined (process)",
                "shop.web uses eval, which is confined",
            ),
            {"apis": ["eval"], "capabilities": ["process"], "allowed": []},
        ),
        Example(_FILES, (), _OPTIONS),
    )

    apis: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    as_packages: bool = True
    include_tests: bool = False
    unmatched_modules: Unmatched = "error"

    def __post_init__(self) -> None:
        refuse((*api_faults(self.apis, self.capabilities), *expression_faults("allowed", self.allowed)))

    def problems(self, project: Project) -> Iterator[str]:
        yield from (f"apis: {line}" for line in strangers(project.graph, self.apis))
        yield from missing(project, "allowed", self.allowed, self.unmatched_modules)

    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        allowed = nodes_of(project.graph, self.allowed, packages=self.as_packages)
        apis, touches = Apis(self.apis, self.capabilities), touches_of(project, terms)
        for module in judged(project, allowed, tests=self.include_tests):
            for found in apis.used_in(touches, module):
                yield self._finding(project, terms, found)

    def _finding(self, project: Project, terms: Terms, found: Sighting) -> Finding:
        message = f"{found.module} uses {found.api}, which is confined"
        listed_here = found.group not in self.capabilities or found.api in self.apis
        reason = None if listed_here else reason_for(found.api)
        listed = f"Ask a module that may use {found.api} instead; allowed: {allowed_words(self.allowed)}."
        finding = self.finding(
            project,
            terms,
            CONFINED,
            (use_step(project, found),),
            message if listed_here else f"{message} ({found.group})",
            identity=(found.module, found.api),
            help=f"{listed} It {reason}." if reason and reason.partition(" ")[0].endswith("s") else listed,
        )
        return replace(finding, column=found.column)
