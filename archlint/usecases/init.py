"""What ``archlint init`` does: a configuration taken over from another tool, or inferred from the code."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from archlint.config.document import Remark, write
from archlint.config.foreign.comments import remarks_of
from archlint.config.load import source as decoded
from archlint.errors import ArchlintError
from archlint.reporters.text import count
from archlint.repository.foreign import foreign_in
from archlint.repository.output import write_atomically
from archlint.repository.project import Place, config_in, find_project
from archlint.repository.sources import Unreadable, read
from archlint.usecases.adopt import LARGEST, read_foreign
from archlint.usecases.infer import inferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.config.document import Keys
    from archlint.config.foreign.words import Foreign, Taken
    from archlint.usecases.adopt import Adopted
    from archlint.usecases.request import Request

OWN = "archlint.toml"


@dataclass(frozen=True)
class Drafted:
    """A configuration not yet written: the file (absolute, and as shown), its text, and what to say of it.

    ``debts`` counts what rules find today that are no contracts, by the rule's name.
    """

    path: str
    shown: str
    text: str
    said: str
    debts: Mapping[str, int] = field(default_factory=dict)

    def next_step(self) -> str:
        """Say what to do once the file is written."""
        if not self.debts:
            return "Try `archlint check`."
        total, each = sum(self.debts.values()), sorted(self.debts.items())
        return (
            f"`archlint check` has {count(total, 'finding')} today "
            f"({', '.join(f'{rule} {number:,}' for rule, number in each)}); "
            f"`archlint baseline` records {'it' if total == 1 else 'them'}, so that only new ones fail."
        )

    def write(self) -> None:
        """Write the file. Raises ArchlintError where that is not possible."""
        write_atomically(self.path, self.text.encode())


def init(request: Request, *, tool: str | None, pyproject: bool, force: bool) -> Drafted:
    """Draft a configuration: from that of *tool*, or from the code alone where it is None.

    Raises ArchlintError where there is one already and *force* is not given, where *tool* has none here,
    and where nothing can be inferred.
    """
    place = find_project(request.paths, cwd=request.cwd, project=request.project)
    shown = "pyproject.toml" if pyproject else OWN
    target = os.path.join(place.root, shown)
    _refuse_to_overwrite(place.root, target, force=force)
    into = _existing(target) if pyproject else None
    if tool is not None:
        table, remarks, said = _taken_over(place.root, tool)
        return Drafted(target, shown, write(table, remarks, into), said)
    found = inferred(replace(request, isolated=True, config=()))
    said = found.said + _passed_over(place.root)
    return Drafted(target, shown, write(found.table, found.remarks, into), said, found.debts)


def _passed_over(root: str) -> str:
    """Return a note for each other tool whose configuration `check` adopts while there is none of ours."""
    return "".join(
        f"note: {os.path.basename(path)} will not be looked at any more; "
        f"`archlint init --from {tool}` takes it over instead\n"
        for tool, path in foreign_in(root).items()
    )


def _refuse_to_overwrite(root: str, target: str, *, force: bool) -> None:
    own = config_in(root)
    if own is None:
        return
    shown = os.path.basename(own)
    if not force:
        raise ArchlintError(f"{shown} holds a configuration already; --force replaces it")
    if own != target and not (target.endswith(OWN) and shown != OWN):
        raise ArchlintError(f"{shown} would still come first; remove it")


def _existing(path: str) -> str:
    if not os.path.isfile(path):
        return ""
    try:
        return decoded("pyproject.toml", read(path, LARGEST)).text
    except Unreadable as error:
        raise ArchlintError(f"pyproject.toml: {error.reason}") from None


# --- from another tool -----------------------------------------------------------------------


def _taken_over(root: str, tool: str) -> tuple[dict[str, Any], dict[Keys, Remark], str]:
    found = {name: path for name, path in foreign_in(root).items() if name == tool}
    if not found:
        raise ArchlintError(f"there is no {tool} configuration in {root}")
    [adopted] = read_foreign(Place(root, foreign=tuple(found.items())))
    foreign = adopted.foreign
    remarks = remarks_of(foreign, _existing_text(found[tool], foreign.path))
    remarks[()] = Remark((f"Taken over from {foreign.path} ({tool}).", ""))
    remarks["select",] = Remark((f"What {tool} judges; without this line archlint's own rules run too.",))
    contracts = [taken.table for taken in foreign.contracts if not taken.faults]
    table = {**foreign.settings, "contracts": contracts}
    table = {key: value for key, value in table.items() if value not in ([], {})}
    return table, remarks, parity(foreign) + _apart(adopted)


def _existing_text(path: str, shown: str) -> str:
    return decoded(shown, read(path, LARGEST)).text


def parity(foreign: Foreign) -> str:
    """Return a table of *foreign*'s contracts: the type there and here, and what differs."""
    rows = [("contract", f"in {foreign.tool}", "in archlint", "what differs")]
    rows += [_row(taken) for taken in foreign.contracts]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]
    lines += [f"note: {line}" for line in foreign.notes]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _apart(adopted: Adopted) -> str:
    """Return a note where tach leaves out imports that archlint will judge from now on."""
    if len(set(adopted.packages.values())) < 2:
        return ""
    return "note: tach leaves out imports from one distribution to another; archlint judges them too\n"


def _row(taken: Taken) -> tuple[str, str, str, str]:
    if taken.faults:
        return taken.name, taken.theirs or "-", "not taken over", "; ".join(taken.faults)
    return taken.name, taken.theirs, str(taken.table["type"]), "; ".join(taken.differs) or "nothing"
