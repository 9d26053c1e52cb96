"""Whatever strangers write into names and texts, no format lets it be anything but that text."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from check_samples import EVIL, analysis_of, evil, evil_aids, evil_finding
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from msgspec.structs import replace

from archlint.reporters.formats import HOMES, render
from archlint.reporters.github import escaped_data, escaped_property
from archlint.reporters.text import safe

TEXTS = ("concise", "full", "grouped", "github", "markdown")
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
OURS = re.compile(r"::(error|warning|notice) title=ARC201 import-cycle,file=[^:,]*,line=1,col=1::")


@dataclass(frozen=True)
class Command:
    """A workflow command as GitHub's runner reads it."""

    name: str
    properties: dict[str, str]
    data: str


def obeyed(line: str) -> Command | None:
    """Return the command that GitHub's runner takes *line* for (ActionCommand.cs), or None."""
    stripped = line.lstrip()
    if stripped.startswith("::"):
        head, ended, data = stripped[2:].partition("::")
        name, _, listed = head.partition(" ")
        if ended:
            pairs = (pair.partition("=")[::2] for pair in listed.split(",") if pair)
            return Command(
                name, {key: _unescaped(value, ":%3A", ",%2C") for key, value in pairs}, _unescaped(data)
            )
    old = re.search(r"##\[([^\]]*)\](.*)", line)
    return Command(old[1], {}, old[2]) if old else None


def _unescaped(text: str, *more: str) -> str:
    for pair in ("\r%0D", "\n%0A", *more, "%%25"):
        text = text.replace(pair[1:], pair[0])
    return text


@pytest.mark.parametrize("name", HOMES)
def test_no_line_is_a_command_but_those_meant(name: str) -> None:
    for line in render(name, evil(), evil_aids()).split("\n"):
        found = obeyed(line)
        assert found is None or (name == "github" and OURS.match(line)), line
        assert not re.search(r"##\w*\[", line), line


@pytest.mark.parametrize("name", TEXTS)
def test_text_has_no_control_or_reordering_character(name: str) -> None:
    assert CONTROLS.findall(render(name, evil(), evil_aids())) == []


def test_concise_has_a_line_for_each_finding() -> None:
    lines = render("concise", evil(), evil_aids()).splitlines()
    assert len([line for line in lines if ": ARC201 import-cycle: " in line]) == len(EVIL)
    verdicts = [line for line in lines if line.startswith("Contract ")]
    assert len(lines) == len(EVIL) + len(verdicts) + 1


def test_github_reads_back_what_was_meant() -> None:
    commands = [obeyed(line) for line in render("github", evil(), evil_aids()).splitlines()]
    found = [command for command in commands if command is not None]
    assert {command.name for command in found} == {"error", "warning", "notice"}
    assert len(found) == len(EVIL)
    said = {command.data.split("\n")[0] for command in found}
    assert said == {safe(f"{text} imports {text}") for text in EVIL}
    for command in found:
        assert set(command.properties) == {"title", "file", "line", "col"}
        assert command.properties["file"].endswith(".py")


def test_github_finds_a_file_whose_name_has_a_line_end() -> None:
    finding = replace(evil_finding("x", 0), path="a\nb%0A,c:d=\r.py")
    command = obeyed(render("github", analysis_of([finding]), evil_aids()).split("\n")[0])
    assert command is not None
    assert command.properties["file"] == finding.path


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("%:,\r\n"), max_size=30))
def test_a_command_carries_any_text(text: str) -> None:
    line = f"::error file={escaped_property(text)},line=1::{escaped_data(text)}"
    found = obeyed(line)
    assert found is not None
    assert not {"\n", "\r"} & set(line)
    assert found.data == text
    assert found.properties == {"file": text, "line": "1"}


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_json_is_ascii_that_strict_parsers_take(name: str) -> None:
    text = render(name, evil(), evil_aids())
    assert text.isascii()
    assert "\\ud83d" in text
    json.loads(text)
    assert re.findall(r"(?<!\\ud83d)\\ud[c-f]..", text) == []


def test_json_lines_are_as_many_as_findings() -> None:
    lines = render("jsonl", evil(), evil_aids()).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["symbol"] for line in lines] == [
        finding.symbol if "\udcff" not in (finding.symbol or "") else "not\\xffutf8"
        for finding in evil().findings
    ]


def test_junit_is_read_by_others_and_says_the_same() -> None:
    text = render("junit", evil(), evil_aids())
    report = JUnitXml.fromstring(text.encode())
    cases = [case for suite in report for case in suite]
    assert report.tests == len(cases) == len(EVIL) * 2 + len(EVIL[::2])
    names = {case.name for case in cases}
    assert {xml(f"ARC201 import-cycle {part}") for part in EVIL} <= names
    assert {child.tag for child in ET.fromstring(text).iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "error", "system-out")
    }


def xml(text: str) -> str:
    """Return *text* as JUnit shows it."""
    return safe(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_xml(text: str) -> None:
    report = render("junit", analysis_of([evil_finding(text, 0)]), evil_aids())
    ET.fromstring(report)


def test_sarif_paths_are_the_bytes_of_the_file_names() -> None:
    (run,) = json.loads(render("sarif", evil(), evil_aids()))["runs"]
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    ]
    assert [unquote_to_bytes(uri) for uri in uris] == [
        os.fsencode(finding.path) for finding in evil().findings
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9_.~/%-]+", uri) for uri in uris)


def test_sarif_links_lead_to_related_places_alone() -> None:
    (run,) = json.loads(render("sarif", evil(), evil_aids()))["runs"]
    for result in run["results"]:
        targets = re.findall(r"\]\(([^)]*)\)", result["message"]["text"])
        assert targets == [str(place["id"]) for place in result["relatedLocations"]]
    texts = list(strings(run["invocations"]))
    assert [text for text in texts if "](" in text] == []


def strings(value: Any) -> list[str]:
    """Return every text inside *value*."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inside for text in strings(item)]


class Tags(HTMLParser):
    """Collects the elements of a page, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for key, value in attrs if key in ("href", "src")]


def test_markdown_shows_hostile_text_as_text() -> None:
    text = render("markdown", evil(), evil_aids())
    page = Tags()
    page.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    known = {"h2", "p", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(page.tags) <= known | {"details", "summary"}
    assert page.links == []
    assert page.tags.count("h2") == 1
    assert page.tags.count("tr") == 2 + 2 * len(EVIL) + len(EVIL)
    assert page.tags.count("details") == len(EVIL)
    assert re.findall(r"[@#]\w", re.sub(r"`[^`]*`", "", text)) == []
