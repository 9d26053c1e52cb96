"""The technology rules: each option, and what is refused."""

from __future__ import annotations

from collections import Counter

import pytest
from examples_in_memory import in_memory

from archlint.config.options import build
from archlint.config.registry import builtin
from archlint.config.settings import Configuration, Settings
from archlint.context.companions import TOGETHER, belong_together
from archlint.context.technologies import TECHNOLOGIES, purposes
from archlint.pipeline.judge import judge
from archlint.rules.technology.rival_packages import RivalPackages
from archlint.rules.technology.technology_on_hold import Held, TechnologyOnHold
from archlint.rules.technology.technology_out_of_place import Agreed, TechnologyOutOfPlace

FILES = {
    "p/__init__.py": "",
    "p/web.py": "import requests\nimport requests.adapters\n",
    "p/db.py": "from google.cloud import storage\nimport json\n",
    "p/typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import requests\n",
    "p/late.py": "def f():\n    from requests import get\n",
    "p/test_web.py": "import requests\n",
}


def found(kind, options, files=FILES):
    """Return ``path:line message`` of each finding of the rule."""
    rule, problems = build(kind, options)
    assert problems == []
    return sorted(f"{one.path}:{one.line} {one.message}" for one in rule.check(in_memory(files)))


@pytest.mark.parametrize(
    ("held", "more", "expected"),
    [
        ({"package": "requests"}, {}, ["p/late.py:2 p.late", "p/web.py:1 p.web"]),
        ({"package": "requests"}, {"include-tests": True}, ["p/late.py:2 p.late", "p/test_web.py:1 p.test_web", "p/web.py:1 p.web"]),
        ({"package": "requests", "within": ["p.web"]}, {}, ["p/web.py:1 p.web"]),
        ({"package": "requests", "within": ["p.*"]}, {}, ["p/late.py:2 p.late", "p/web.py:1 p.web"]),
        ({"package": "requests.adapters"}, {}, ["p/web.py:2 p.web"]),
        ({"package": "google.cloud"}, {}, ["p/db.py:1 p.db"]),
        ({"package": "google.auth"}, {}, []),
        ({"package": "request"}, {}, []),
    ],
)  # fmt: skip
def test_on_hold(held: dict, more: dict, expected: list[str]) -> None:
    lines = found(TechnologyOnHold, {"hold": [held], **more})
    assert lines == [f"{place} uses {held['package']}, which is on hold" for place in expected]


def test_a_hold_says_what_to_use_instead_and_whom_to_ask() -> None:
    held = {"package": "requests", "reason": "it blocks", "replacement": "httpx", "owner": "web team"}
    rule, _ = build(TechnologyOnHold, {"hold": [held]})
    [_, one] = rule.check(in_memory(FILES))
    assert one.message == "p.web uses requests, which is on hold: it blocks"
    assert (one.help, one.owner) == ("Use httpx instead.", "web team")
    assert one.identity == ("ARC501", "p.web", "requests")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, []),
        ({"adopt": [{"package": "requests"}]}, []),
        (
            {"adopt": [{"package": "requests", "within": ["p.late"]}]},
            ["p/web.py:1 p.web uses requests, which is agreed on for p.late alone"],
        ),
        (
            {"trial": [{"package": "google.cloud", "within": ["p.web"]}]},
            ["p/db.py:1 p.db uses google.cloud, which is on trial in p.web alone"],
        ),
        (
            {"adopt": [{"package": "requests"}], "exhaustive": True},
            ["p/db.py:1 p.db uses google, which the project has not agreed on"],
        ),
        ({"adopt": [{"package": "requests"}, {"package": "google.cloud"}], "exhaustive": True}, []),
    ],
)
def test_out_of_place(options: dict, expected: list[str]) -> None:
    assert found(TechnologyOutOfPlace, options) == expected


MIXED = {
    "p/a.py": "import requests, attr\n",
    "p/b.py": "import requests, pydantic\n",
    "p/c.py": "import httpx, urllib3\nfrom ruamel import yaml\n",
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["httpx > requests", "pydantic > attr"]),  # requests is built on urllib3
        ({"together": [["requests", "httpx"]]}, ["pydantic > attr"]),
        ({"purposes": {"other": ["httpx"]}}, ["pydantic > attr"]),
        (
            {"purposes": {"YAML": ["attr"]}},
            ["httpx > requests", "ruamel.yaml > attr"],
        ),
    ],
)
def test_rivals(options: dict, expected: list[str]) -> None:
    rule, _ = build(RivalPackages, options)
    pairs = sorted(" > ".join(one.identity[2:]) for one in rule.check(in_memory(MIXED)))
    assert pairs == expected


@pytest.mark.parametrize(
    ("kind", "options", "line"),
    [
        (TechnologyOnHold, {"hold": [{"package": "a b"}]}, "'a b' is not a dotted module name"),
        (TechnologyOnHold, {"hold": [{"pakage": "a"}]}, "pakage"),
        (TechnologyOnHold, {"hold": [{"package": "a", "replacement": "a"}]}, "a is to be replaced by a, which is on hold"),
        (TechnologyOutOfPlace, {"trial": [{"package": "a"}]}, "say `within` which modules a is tried"),
        (
            TechnologyOutOfPlace,
            {"adopt": [{"package": "a"}], "trial": [{"package": "a", "within": ["b"]}]},
            "a is both adopted and on trial",
        ),
        (TechnologyOutOfPlace, {"adopt": [{"package": "a", "within": ["b-c"]}]}, "'b-c' is not a dotted"),
        (RivalPackages, {"purposes": {"x": ["a-b"]}}, "'a-b' is not a dotted"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_one_line(kind: type, options: dict, line: str) -> None:
    made, problems = build(kind, options)
    assert made is None
    assert len(problems) == 1
    assert line in problems[0].text


def test_the_catalogue_names_each_package_once() -> None:
    listed = [name for row in TECHNOLOGIES for name in row.names.split()]
    assert len(set(listed)) == len(listed)
    assert all(part.isidentifier() for name in listed for part in name.split("."))
    rivals = Counter(purposes().values())
    assert min(rivals.values()) > 1
    assert all(row.reason and (row.concern or row.purpose) for row in TECHNOLOGIES)


def test_what_is_built_on_each_other_is_listed() -> None:
    tops = {name.partition(".")[0] for row in TECHNOLOGIES for name in row.names.split()}
    assert {name for group in TOGETHER for name in group} <= tops
    assert belong_together("dask.dataframe", "pandas")
    assert not belong_together("sqlmodel", "peewee")


class Failing(TechnologyOnHold):
    """A rule whose options cannot even be looked at."""

    def problems(self, project):
        raise KeyError("within")


def test_options_that_cannot_be_looked_at_take_no_run_down():
    known, project = builtin(), in_memory({"p/a.py": "import requests\n"})
    rules = (
        Failing(hold=(Held("requests"),)),
        TechnologyOutOfPlace(adopt=(Agreed("flask"),), exhaustive=True),
    )
    verdicts = judge(
        project, Configuration(Settings(select=()), rules=rules, path="a", sources={"select": "a"}), known
    )
    assert verdicts.errors == ["rule ARC501 technology-on-hold failed: KeyError: 'within'"]
    assert [one.code for one in verdicts.findings] == ["ARC502"]
