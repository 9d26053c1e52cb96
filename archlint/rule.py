"""The plugin interface: what a rule and a contract type are, and what they are shown.

A rule is a frozen dataclass. Its fields are its options, its docstring is its page, and its
``examples`` are its tests. It yields findings; it neither prints nor mutates.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from archlint.facts import EDGE_KINDS
from archlint.model import Finding, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archlint.context.history import History
    from archlint.errors import Severity
    from archlint.facts import Failure, ModuleFacts, ModuleSummary, Suppression
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Import, LedgerEntry, Module

Need = Literal[
    "facts", "detail", "shape", "graph", "history", "churn", "manifest", "owners", "record", "ledger"
]


@dataclass(frozen=True)
class Remark:
    """What became of one suppression comment.

    ``unused`` are the rules that it names, that ran, and that it did not silence; ``unknown`` are
    its words that name no rule, each with a suggestion.
    """

    module: str
    path: str
    suppression: Suppression
    unused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """What the run did with suppressions and ledger, for the rules that keep the record honest.

    ``ledger`` is the ledger's path, ``stale`` its entries whose finding is gone, and ``expired`` those whose
    day has passed, each with a finding that is still there.
    """

    remarks: tuple[Remark, ...] = ()
    ledger: str = ""
    stale: tuple[LedgerEntry, ...] = ()
    expired: tuple[tuple[LedgerEntry, Finding], ...] = ()


@dataclass(frozen=True)
class Project:
    """What rules see: plain immutable values, never a path to read or a way to write.

    ``facts`` maps module names to what their files say; a module without facts (a compiled
    extension, a namespace package) is missing there. ``stub_facts`` are those of ``.pyi`` files
    beside a module. ``details`` are the full facts, there for rules that need ``detail``, with shapes
    for rules that need ``shape`` as well.
    ``failures`` are directories that could not be read. ``history``, ``churn``, ``manifest`` and ``owners``
    are None where a run did not need or could not have them; ``churn`` has the lines added to and deleted
    from files in the time of the history. ``record`` is there only for rules that need
    it, which run after all others.
    """

    modules: Mapping[str, Module]
    graph: ModuleGraph
    facts: Mapping[str, ModuleSummary] = field(default_factory=dict)
    stub_facts: Mapping[str, ModuleSummary] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    failures: tuple[tuple[str, Failure], ...] = ()
    details: Mapping[str, ModuleFacts] = field(default_factory=dict)
    history: History | None = None
    churn: Mapping[str, tuple[int, int]] | None = None
    manifest: Any = None
    owners: Any = None
    record: Record | None = None

    def path(self, module: str) -> str:
        """Return the path that a finding on *module* names: its file, else that of what it holds."""
        found = self.modules.get(module)
        if found is not None and found.path is not None:
            return found.path
        for number in self.graph.subtree(module):
            path = self.modules[self.graph.names[number]].path
            if path is not None:
                return path
        return module.replace(".", "/")

    def exported(self, module: str) -> tuple[str, ...] | None:
        """Return the ``__all__`` of *module*, where it is a literal."""
        facts = self.facts.get(module)
        return facts.exports if facts else None

    def judged(self, *, include_tests: bool = False) -> Iterator[Module]:
        """Yield what coupling and complexity rules judge: no copies or migrations, no tests by default."""
        for name in self.graph.names:
            module = self.modules[name]
            if not module.aside and (include_tests or not module.test):
                yield module

    @cached_property
    def production(self) -> ModuleGraph:
        """The graph without test modules, vendored ones and migrations."""
        return self.graph.among(module.name for module in self.judged())

    @cached_property
    def measured(self) -> ModuleGraph:
        """The graph of the system metrics: production code without namespaces, which have no file."""
        names = self.production.names
        return self.production.among(name for name in names if self.modules[name].kind != "namespace")

    def judged_graph(self, *, include_tests: bool = False) -> ModuleGraph:
        """Return the graph that coupling rules judge: no copies or migrations, no tests by default."""
        if not include_tests:
            return self.production
        return self.graph.among(module.name for module in self.judged(include_tests=True))


@dataclass(frozen=True)
class Example:
    """A tiny package in memory and what the rule says of it.

    ``files`` maps paths (``shop/db.py``) to sources; ``findings`` are the expected messages, in
    order of place (empty: a clean example). ``options`` are the rule's or contract's. ``owners`` is
    the text of a CODEOWNERS file beside them, where it takes one. ``history`` are commits of the last
    year, newest first: the author, and the files that it touches.
    """

    files: Mapping[str, str]
    findings: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    owners: str | None = None
    history: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Rule(ABC):
    """Base of every rule over the project. Subclasses are frozen dataclasses of their options.

    ``code`` and ``name`` are unique; ``needs`` says what ``check`` reads of the project;
    ``judges`` is ``module`` where a module's findings depend on that module's facts alone;
    ``default`` puts the rule into the set that runs unasked.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = "warning"
    needs: ClassVar[frozenset[Need]] = frozenset({"graph"})
    judges: ClassVar[Literal["module", "project"]] = "project"
    default: ClassVar[bool] = False
    examples: ClassVar[tuple[Example, ...]] = ()

    def measured_from(self) -> int | None:
        """Return the cyclomatic complexity from which on this rule needs functions measured; None: none.

        From 0 on, the maintainability index is measured too.
        """
        return None

    @property
    def asked(self) -> bool:
        """Whether the options are a policy that asks for the rule, so that it runs without being selected."""
        return False

    def problems(self, project: Project) -> Iterator[str]:  # noqa: ARG002 (for those that override it)
        """Yield what of the options makes no sense on *project* (a module that is not there)."""
        yield from ()

    def contradictions(self, others: Iterable[Rule]) -> Iterator[str]:  # noqa: ARG002 (for those that do)
        """Yield what the options of this rule and those of *others* cannot both mean."""
        yield from ()

    @abstractmethod
    def check(self, project: Project) -> Iterator[Finding]:
        """Yield the findings of this rule on *project*, in any order."""

    def finding(self, project: Project, module: str, message: str, **more: Any) -> Finding:
        """Return a finding of this rule on *module*; *more* are further fields of Finding."""
        more.setdefault("identity", (self.code, more.get("symbol") or module))
        more.setdefault("path", project.path(module))
        return Finding(code=self.code, rule=self.name, module=module, message=message, **more)


@dataclass(frozen=True)
class Code:
    """A code that a contract type can emit: its name, and its documentation in one sentence."""

    code: str
    name: str
    summary: str


@dataclass(frozen=True)
class Terms:
    """What every configured contract carries besides its own options.

    ``line`` is where it stands, in the file at ``path`` where that is not the project's configuration.
    """

    name: str
    severity: Severity = "error"
    edges: tuple[str, ...] = EDGE_KINDS
    why: str | None = None
    owner: str | None = None
    ignore_imports: tuple[str, ...] = ()
    line: int | None = None
    path: str | None = None


class ContractType(ABC):
    """Base of every contract type. Subclasses are frozen dataclasses of their options.

    ``type`` is its name in the configuration; ``codes`` are those that it can emit; ``needs`` is what it
    reads of the project besides modules, graph and summaries.
    """

    type: ClassVar[str]
    codes: ClassVar[tuple[Code, ...]]
    needs: ClassVar[frozenset[Need]] = frozenset()
    examples: ClassVar[tuple[Example, ...]] = ()

    def problems(self, project: Project) -> Iterator[str]:  # noqa: ARG002 (for those that override it)
        """Yield what makes the contract impossible to judge on *project* (a layer with no module)."""
        yield from ()

    @abstractmethod
    def check(self, project: Project, terms: Terms) -> Iterator[Finding]:
        """Yield the findings of this contract; none means that it is kept.

        ``project.graph`` has no import that is suppressed or ignored for this contract. Imports that
        ``terms.edges`` leaves out are still there: ask for ``project.graph.edges(terms.edges)``.
        """

    def finding(
        self,
        project: Project,
        terms: Terms,
        code: Code,
        chain: tuple[Step, ...],
        message: str,
        *,
        identity: Iterable[str],
        **more: Any,
    ) -> Finding:
        """Return a finding placed at the first step of *chain*.

        ``identity`` is what follows (code, contract) in the finding's identity: importer and imported
        of a direct breach, source and target of an indirect one.
        """
        first = chain[0]
        row = _row(project.graph.details(first.importer, first.imported, terms.edges), first)
        return Finding(
            code=code.code,
            rule=code.name,
            message=message,
            module=first.importer,
            path=first.path or project.path(first.importer),
            line=first.line,
            column=row.column if row else 1,
            end_line=row.end_line if row else None,
            severity=terms.severity,
            contract=terms.name,
            chain=chain,
            identity=(code.code, terms.name, *identity),
            why=terms.why,
            owner=terms.owner,
            **more,
        )


def _row(rows: Iterable[Import], step: Step) -> Import | None:
    return next((row for row in rows if row.line == step.line and row.path == step.path), None)
