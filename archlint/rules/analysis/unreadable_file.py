"""ARC902 unreadable-file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archlint.rule import Example, Need, Project, Rule
from archlint.rules.analysis.failures import HELP, failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from archlint.errors import Severity
    from archlint.model import Finding


@dataclass(frozen=True)
class UnreadableFile(Rule):
    """A file or directory that could not be read.

    ## What it does
    Reports sources that may not be opened, vanished during the run, are no regular files or are
    larger than `max-file-size`.

    ## Why is this bad?
    Its imports are not seen, so that no contract can be trusted about it.

    ## Example
    ```console
    $ chmod 000 shop/a.py
    ```

    ## Use instead
    ```console
    $ chmod 644 shop/a.py
    ```

    ## Options
    None.
    """

    code: ClassVar[str] = "ARC902"
    name: ClassVar[str] = "unreadable-file"
    severity: ClassVar[Severity] = "error"
    default: ClassVar[bool] = True
    needs: ClassVar[frozenset[Need]] = frozenset({"facts"})
    judges: ClassVar[Literal["module", "project"]] = "module"
    examples: ClassVar[tuple[Example, ...]] = ()

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield a finding for each file or directory that could not be read."""
        yield from failures(self, project)
        for path, failure in project.failures:
            yield self.finding(
                project, path, failure.reason, path=path, identity=(self.code, path), help=HELP[self.code]
            )
