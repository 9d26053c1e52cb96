"""What is fuzzed byte by byte: each function takes any bytes, and fails where archlint breaks its word.

``benchmarks/fuzz.py`` feeds them what libFuzzer makes of the files in ``seeds/``, and
``test_fuzz_seeds.py`` those files alone.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from archlint.config.foreign import import_linter, tach
from archlint.config.foreign.comments import remarks_of
from archlint.config.foreign.contracts import contract_of
from archlint.config.load import load, source
from archlint.config.registry import registry
from archlint.errors import ConfigError
from archlint.parsing.decode import Undecodable, decode
from archlint.parsing.read import read_facts
from archlint.parsing.readers import read_outline, read_whole
from archlint.parsing.suppressions import suppressions
from archlint.repository import codeowners, manifests
from archlint.repository import ledger as debt
from archlint.repository.declared import declared_layout
from archlint.repository.ledger_text import render, revised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archlint.config.foreign.words import Foreign
    from archlint.config.settings import Configuration, Contract
    from archlint.parsing.decode import Source
    from archlint.repository.ledger import Ledger

KNOWN = registry(())
NAMES = KNOWN.names
CODES = {word: code for code, name in NAMES.items() for word in (code, name)}
# Between two files that belong together: tach.toml and a tach.domain.toml, setup.py and the manifests.
CUT = b"#### next file\n"


def named(problems: Iterable[str], *paths: str) -> None:
    """Fail unless there are *problems*, each of which begins with one of *paths*."""
    listed = list(problems)
    assert listed
    assert all(problem.startswith(tuple(f"{path}:" for path in paths)) for problem in listed), listed


def usable(contract: Contract, *paths: str) -> None:
    """Fail unless *contract* can be judged, or says where in one of *paths* it cannot."""
    assert (contract.contract is None) == (contract.error is not None)
    places = "|".join(map(re.escape, paths))
    if contract.error is not None:
        assert re.match(rf"({places}):\d+: ", contract.error), contract.error


def configuration(data: bytes, path: str = "archlint.toml") -> Configuration | None:
    """A configuration is in force, or refused with lines that name the file."""
    try:
        found = load(source(path, data), (), KNOWN)
    except ConfigError as error:
        named(error.problems, path)
        return None
    for contract in found.contracts:
        usable(contract, path)
    return found


def pyproject(data: bytes) -> None:
    """The same below ``[tool.archlint]``."""
    configuration(data, "pyproject.toml")


def suppression(data: bytes) -> None:
    """A comment is read, or malformed; what it covers lies in the file."""
    text = data.decode("utf-8", "replace")
    lines = text.count("\n") + 1
    for found in suppressions(text):
        assert 1 <= found.line <= lines
        assert found.column >= 1
        assert found.malformed or found.rules
        assert (found.first, found.last) == (0, 0) or 1 <= found.first <= found.last <= lines
        assert "\n" not in found.reason


def ledger(data: bytes) -> None:
    """A ledger is read or refused; written anew it says the same, and unchanged it stays as it is."""
    try:
        found = debt.parse_ledger(data, CODES)
    except ConfigError as error:
        named(error.problems, debt.FILE)
        return
    assert said(render(found.entries, NAMES)) == sorted(map(repr, contents(found)))
    again = revised(found, {}, [], NAMES)
    assert said(again) == sorted(map(repr, contents(found)))
    assert again == found.text or not found.blocks


def said(text: str) -> list[str]:
    """Return what the ledger in *text* says, in one order."""
    return sorted(map(repr, contents(debt.parse_ledger(text.encode(), CODES))))


def contents(found: Ledger) -> list[tuple[object, ...]]:
    """Return what the entries of *found* say, wherever they stand."""
    return [
        (entry.identity, entry.value, entry.owner or None, entry.reason or None, entry.until)
        for entry in found.entries
    ]


def importlinter_ini(data: bytes) -> None:
    """import-linter's INI is adopted, or refused with a line that names the file."""
    adopted(".importlinter", data, import_linter.read_ini)


def importlinter_toml(data: bytes) -> None:
    """import-linter's TOML is adopted, or refused with a line that names the file."""
    adopted("pyproject.toml", data, import_linter.read_toml)


def tach_toml(data: bytes) -> None:
    """tach's configuration and that of a domain are adopted, or refused with a line that names the file."""
    first, _, second = data.partition(CUT)

    def read(path: str, text: str) -> Foreign:
        tach.source_roots(path, text)
        tach.read_excluded(path, text)
        domains = [tach.Domain("a/tach.domain.toml", second.decode("utf-8", "replace"), "a")]
        return tach.read(path, text, domains if second else ())

    adopted("tach.toml", first, read, "a/tach.domain.toml")


def adopted(path: str, data: bytes, read: Callable[[str, str], Foreign], *others: str) -> None:
    """Fail unless another tool's configuration gives contracts that are usable, or one clear refusal."""
    try:
        text = source(path, data).text
        foreign = read(path, text)
        load(None, [(foreign.path, foreign.settings)], KNOWN)
    except ConfigError as error:
        named(error.problems, path, *others)
        return
    for taken in foreign.contracts:
        usable(contract_of(taken, KNOWN), path, *others)
    remarks_of(foreign, text)


def owners(data: bytes) -> None:
    """CODEOWNERS is read by either forge's rules, with a note on what is no line; every path has an answer."""
    text = data.decode("utf-8-sig", "surrogateescape")
    for dialect in ("github", "gitlab"):
        found = codeowners.parse(text, "CODEOWNERS", "", dialect)
        assert all(re.match(r"CODEOWNERS:\d+: ", note) for note in found.notes), found.notes
        assert found.owners is not None
        for path in ("shop/db/a.py", "shop/logs/b.pyc", "c/d/x", "docs/index.md", "-", "a/xb.py"):
            assert set(found.owners.of(path)) <= set(found.owners.names)


def manifest(data: bytes) -> None:
    """A project's manifests say where its packages are, or nothing; nothing of them is run."""
    setup, _, rest = data.partition(CUT)
    toml, _, ini = rest.partition(CUT)
    declared_layout(
        manifests.Manifest(
            pyproject=manifests.toml_table(toml),
            setup_cfg=manifests.ini_sections(ini),
            setup=manifests._setup_arguments(setup),
        )
    )


def program(data: bytes) -> None:
    """Any bytes are read as a module, or refused with a reason; what Python's own parser takes is read."""
    facts = read_facts(data)
    assert (facts.failure is None) == (facts.reader != "none")
    assert facts.failure is None or facts.failure.code in ("ARC900", "ARC901"), facts.failure
    if facts.failure is not None:
        assert parsed(data) is None, facts.failure


def parsed(data: bytes) -> tuple[Source, ast.Module] | None:
    """Return the text and tree of *data*, None where it is no program of this Python."""
    try:
        text = decode(data)
        return text, ast.parse(text.text)
    except (ValueError, SyntaxError, Undecodable):
        return None


def readers_agree(data: bytes) -> bool:
    """What the import statements say is what the whole tree says; tell whether *data* was a program."""
    found = parsed(data)
    if found is None:
        return False
    outline, whole = read_outline(*found, 0, None), read_whole(found[0], 0)
    assert (outline.pop("reader"), whole.pop("reader")) == ("outline", "whole")
    outline.pop("maintainability")  # radon's, so that the C parser is needed
    assert outline == whole
    return True


TARGETS: dict[str, Callable[[bytes], object]] = {
    "configuration": configuration,
    "pyproject": pyproject,
    "suppression": suppression,
    "ledger": ledger,
    "importlinter-ini": importlinter_ini,
    "importlinter-toml": importlinter_toml,
    "tach": tach_toml,
    "codeowners": owners,
    "manifest": manifest,
    "program": program,
}
