"""Inline suppressions: which imports and findings they take away, and whether each one was needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archlint.config.options import unknown
from archlint.rule import Record, Remark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from archlint.facts import Suppression
    from archlint.graph.modulegraph import ModuleGraph
    from archlint.model import Finding, Import
    from archlint.rule import Project


@dataclass
class Comment:
    """A suppression comment with the codes that it names, and those that it turned out to silence."""

    module: str
    path: str
    suppression: Suppression
    codes: dict[str, str]
    unknown: tuple[str, ...]
    used: set[str] = field(default_factory=set)

    def covers(self, path: str | None, first: int, last: int | None = None) -> bool:
        """Tell whether the comment covers any of these lines of the file at *path*."""
        if path != self.path:
            return False
        if not self.suppression.first:
            return True
        return first <= self.suppression.last and (last or first) >= self.suppression.first

    def is_about(self, contract: str) -> bool:
        """Tell whether the comment speaks of contracts of this type, or of rules where it is empty."""
        return not self.suppression.contracts or contract in self.suppression.contracts

    def names(self, imported: Iterable[str]) -> bool:
        """Tell whether the comment means an import that takes these names: all where it names none."""
        targets = self.suppression.targets
        return not targets or any(name.endswith(targets) for name in imported)

    def idle(self, judged: Collection[str]) -> list[str]:
        """Return those of its words whose rules were *judged* and that silenced nothing."""
        words = [word for word, code in self.codes.items() if code in judged and code not in self.used]
        if not self.suppression.contracts:
            return words
        # What is about whole contracts names all their codes, and one of them is enough.
        return [] if self.used else words[:1]


class Suppressions:
    """All comments of a project, by file."""

    def __init__(self, project: Project, names: Mapping[str, str]) -> None:
        codes = {word: code for code, name in names.items() for word in (code, name)}
        self._by_path: dict[str, list[Comment]] = {}
        for module, path, suppression in _comments(project):
            named = {word: codes[word] for word in suppression.rules if word in codes}
            strange = tuple(unknown("rule", word, codes) for word in suppression.rules if word not in codes)
            comment = Comment(module, path, suppression, named, strange)
            self._by_path.setdefault(path, []).append(comment)

    def __bool__(self) -> bool:
        return bool(self._by_path)

    def comments(self, codes: Iterable[str], contract: str = "") -> list[Comment]:
        """Return the comments that name any of *codes*, by place, those for the contract type alone."""
        wanted = set(codes)
        return [
            comment
            for path in sorted(self._by_path)
            for comment in self._by_path[path]
            if wanted.intersection(comment.codes.values()) and comment.is_about(contract)
        ]

    def silence(self, finding: Finding, contract: str = "") -> bool:
        """Tell whether a comment at the finding's place silences it, and mark that comment used.

        *contract* is the type of the contract that the finding comes from, empty for rules.
        """
        silenced = False
        for comment in self._by_path.get(finding.path, ()):
            if (
                finding.code in comment.codes.values()
                and comment.is_about(contract)
                and comment.covers(finding.path, finding.line, finding.end_line)
                and comment.names(_names_in(finding))
            ):
                comment.used.add(finding.code)
                silenced = True
        return silenced

    def record(self, ran: Iterable[str]) -> Record:
        """Return what became of every comment; only rules that *ran* can be found unused."""
        judged = set(ran)
        remarks = []
        for path in sorted(self._by_path):
            for comment in self._by_path[path]:
                idle = comment.idle(judged)
                remarks.append(
                    Remark(comment.module, path, comment.suppression, tuple(idle), comment.unknown)
                )
        return Record(tuple(remarks))


def covered_imports(comment: Comment, graph: ModuleGraph) -> list[Import]:
    """Return the imports that stand on the lines of *comment*; a whole-file comment covers them all."""
    rows = (*graph.rows_of(comment.module), *graph.external_rows_of(comment.module))
    return [
        row
        for row in rows
        if comment.covers(row.path, row.line, row.end_line)
        # One name of several leaves the import standing; findings on that name are silenced later.
        and all(comment.names((name,)) for name in row.targets or (row.imported,))
    ]


def _names_in(finding: Finding) -> tuple[str, ...]:
    return tuple(name for name in (finding.symbol, *finding.identity[3:4]) if name)


def _comments(project: Project) -> Iterator[tuple[str, str, Suppression]]:
    for facts, attribute in ((project.facts, "path"), (project.stub_facts, "stub")):
        for name, said in facts.items():
            for suppression in said.suppressions:
                yield name, getattr(project.modules[name], attribute), suppression
