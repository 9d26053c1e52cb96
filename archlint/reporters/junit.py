"""JUnit XML: a suite for each file with findings, and one for the contracts that are kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from archlint.reporters.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archlint.model import ContractResult, Finding
    from archlint.pipeline.analysis import Analysis
    from archlint.reporters.aids import Aids


def junit(analysis: Analysis, aids: Aids) -> str:
    """Return a test case for each finding: failed where it fails the run, else passed with its text.

    Contracts are passed where kept and errors where they could not be judged; broken ones have their
    findings. A run with neither has one passed case.
    """
    failing = set(map(id, analysis.failing))
    suites = []
    for path, found in groupby(analysis.findings, key=lambda finding: finding.path):
        shown = aids.located(path)
        suites.append(_suite(shown, [_case(finding, shown, id(finding) in failing) for finding in found]))
    judged = [_contract(result) for result in analysis.contracts if result.kept or result.error]
    suites += [_suite("contracts", judged)] if judged else []
    suites = suites or [_suite("archlint", [_element("testcase", name="No findings", classname="archlint")])]
    totals = _totals("".join(suites))
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}{_element('testsuites', suites, name='archlint', **totals)}"


def _suite(name: str, cases: list[str]) -> str:
    return _element("testsuite", cases, name=name, **_totals("".join(cases)))


def _totals(inside: str) -> dict[str, str]:
    """Count the cases in *inside*: every `<` in it begins an element, as text is escaped."""
    tags = {"tests": "<testcase ", "failures": "<failure ", "errors": "<error ", "skipped": "<skipped "}
    return {name: str(inside.count(tag)) for name, tag in tags.items()}


def _case(finding: Finding, path: str, fails: bool) -> str:
    text = _escaped("\n".join(_text(finding, path)))
    message = f"{finding.rule}: {finding.message}"
    inside = (
        _element("failure", text, message=message, type=finding.severity)
        if fails
        else _element("system-out", text)
    )
    name = f"{finding.code} {finding.rule} {finding.symbol or finding.module}"
    place = {"file": path, "line": str(finding.line)}
    return _element("testcase", [inside], name=name, classname=finding.module, **place)


def _text(finding: Finding, path: str) -> Iterator[str]:
    yield f"{safe(path)}:{finding.line}:{finding.column}: {safe(finding.message)}"
    if len(finding.chain) > 1:
        yield from (f"  {safe(step.importer)} -> {safe(step.imported)}" for step in finding.chain)
    owned = ", ".join(finding.owners)
    said = (
        ("Contract", finding.contract),
        ("Why", finding.why),
        ("Owner", finding.owner),
        ("Owned by", owned),
    )
    for label, text in said:
        if text:
            yield f"{label}: {safe(text)}"
    if finding.help:
        yield safe(finding.help)


def _contract(result: ContractResult) -> str:
    error = [_element("error", message=result.error, type=result.type)] if result.error else []
    return _element("testcase", error, name=result.name, classname=f"contract {result.type}")


def _element(tag: str, inside: Iterable[str] | str = (), **attributes: str) -> str:
    """Return an element of escaped attributes and of what is *inside*: elements, or text already escaped."""
    head = " ".join([tag, *(f'{key}="{_escaped(safe(value))}"' for key, value in attributes.items())])
    if isinstance(inside, str):
        return f"<{head}>{inside}</{tag}>\n"
    elements = "".join(inside)
    return f"<{head}>\n{elements}</{tag}>\n" if elements else f"<{head}/>\n"


def _escaped(text: str) -> str:
    """Escape for XML 1.0, in ASCII, which no stream's encoding can change."""
    # Two characters that `safe` lets pass and that XML has no way to say.
    text = text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return escape(text, {'"': "&quot;"}).encode("ascii", "xmlcharrefreplace").decode("ascii")
