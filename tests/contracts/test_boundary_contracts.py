"""What boundary contracts make of the names that modules use."""

from __future__ import annotations

import json

import pytest
from contract_worlds import configured
from examples_in_memory import in_memory

from archlint.config.load import Source, load
from archlint.config.registry import builtin
from archlint.contracts.apis import Apis
from archlint.contracts.catalogue import CAPABILITIES, names_of, reason_for
from archlint.contracts.confined_api import ConfinedApi
from archlint.contracts.confined_package import ConfinedPackage
from archlint.contracts.reachable_api import ReachableApi
from archlint.graph.touches import Touches
from archlint.pipeline.judge import judge
from archlint.rule import Terms


def findings(kind, options, files, terms=None):
    """Return the findings' ends in the order of places; the contract itself must be judgeable."""
    contract, project = configured(kind, options), in_memory(files)
    assert list(contract.problems(project)) == []
    found = sorted(contract.check(project, terms or Terms("test")), key=lambda one: one.sort_key)
    return [f"{one.path}:{one.line}:{one.column} {' > '.join(one.identity[2:])}" for one in found]


APP = {
    "p/__init__.py": "",
    "p/web/__init__.py": "",
    "p/web/a.py": "import p.mid\n",
    "p/mid.py": "import p.run\n",
    "p/run.py": "import subprocess\n\nsubprocess.run([])\n",
    "p/test_run.py": "import subprocess\nsubprocess.run([])\n",
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"apis": ["subprocess"]}, ["p/run.py:3:1 p.run > subprocess"]),
        ({"apis": ["subprocess"], "allowed": ["p.run"]}, []),
        ({"apis": ["subprocess"], "allowed": ["p"]}, []),
        (
            {"apis": ["subprocess"], "allowed": ["p"], "as-packages": False},
            ["p/run.py:3:1 p.run > subprocess"],
        ),
        ({"capabilities": ["process"], "allowed": ["p.*"]}, []),
        (
            {"apis": ["subprocess.run"], "include-tests": True, "allowed": ["p.run"]},
            ["p/test_run.py:2:1 p.test_run > subprocess.run"],
        ),
    ],
)
def test_confined_api_options(options: dict, expected: list[str]) -> None:
    assert findings(ConfinedApi, options, APP) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"packages": ["subprocess"]}, ["p/run.py:1:1 p.run > subprocess"]),
        ({"packages": ["subprocess"], "allowed": ["p.run"]}, []),
        ({"packages": ["nothing"]}, []),
        ({"packages": ["subprocess"], "allowed": ["p"]}, []),
        (
            {"packages": ["subprocess"], "allowed": ["p"], "as-packages": False},
            ["p/run.py:1:1 p.run > subprocess"],
        ),
        (
            {"packages": ["subprocess"], "include-tests": True, "allowed": ["p.run"]},
            ["p/test_run.py:1:1 p.test_run > subprocess"],
        ),
    ],
)
def test_confined_package_options(options: dict, expected: list[str]) -> None:
    assert findings(ConfinedPackage, options, APP) == expected


@pytest.mark.parametrize(
    ("sources", "more", "expected"),
    [
        (["p.web"], {}, ["p/web/a.py:1:1 p.web > process > p.run"]),
        (
            ["p.web.a", "p.web"],
            {},
            ["p/web/a.py:1:1 p.web > process > p.run", "p/web/a.py:1:1 p.web.a > process > p.run"],
        ),
        (["p.web"], {"gateways": ["p.run"]}, []),
        (["p.web"], {"gateways": ["p.mid"]}, []),
        (["p.run"], {}, ["p/run.py:3:1 p.run > process"]),
        (["p.web"], {"as-packages": False}, []),
    ],
)
def test_reachable_api_options(sources: list[str], more: dict, expected: list[str]) -> None:
    options = {"sources": sources, "capabilities": ["process"], **more}
    assert findings(ReachableApi, options, APP) == expected


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (ConfinedApi, {"apis": ["subprocess"]}),
        (ConfinedPackage, {"packages": ["subprocess"]}),
    ],
)
def test_help_names_who_may(kind: type, options: dict) -> None:
    for allowed, words in (([], "nobody"), (["p.web", "p.mid"], "p.web, p.mid")):
        [found] = configured(kind, {**options, "allowed": allowed}).check(in_memory(APP), Terms("test"))
        assert found.help.endswith(f"; allowed: {words}.")


def test_uses_through_imports_that_count_are_found_whatever_else_is_left_out() -> None:
    files = {
        "p/__init__.py": "",
        "p/m.py": "import os\nos.system('')\ndef f():\n    import os as o\n    o.system('')\n",
    }
    contract = configured(ConfinedApi, {"apis": ["os.system"]})
    for edges, lines in ((("eager",), [2]), (("deferred",), [2, 5])):
        found = contract.check(in_memory(files), Terms("test", edges=edges))
        assert [one.line for one in found] == lines


def test_two_apis_of_one_capability_on_a_line_are_both_seen() -> None:
    project = in_memory(
        {"p/__init__.py": "", "p/m.py": "import os\nos.system(''), os.popen(''), os.system('')\n"}
    )
    seen = Apis((), ["process"]).used_in(Touches(project.graph, project.details), "p.m")
    assert [(one.api, one.group) for one in seen] == [("os.system", "process"), ("os.popen", "process")]


def test_the_whole_chain_is_shown_down_to_the_use() -> None:
    contract = configured(ReachableApi, {"sources": ["p.web"], "apis": ["subprocess.run"]})
    [found] = contract.check(in_memory(APP), Terms("test"))
    assert [(step.importer, step.imported, step.line) for step in found.chain] == [
        ("p.web.a", "p.mid", 1),
        ("p.mid", "p.run", 1),
        ("p.run", "subprocess.run", 3),
    ]
    assert found.message == "p.web reaches subprocess.run through 2 modules, past the gateways"


def test_imports_that_the_contract_does_not_count_bind_nothing() -> None:
    files = {
        **APP,
        "p/mid.py": "def f():\n    import p.run\n",
        "p/run.py": "def f():\n    import os\n    os.system('')\n",
    }
    options = {"sources": ["p.web"], "capabilities": ["process"]}
    assert findings(ReachableApi, options, files) == ["p/web/a.py:1:1 p.web > process > p.run"]
    assert findings(ReachableApi, options, files, Terms("test", edges=("eager",))) == []
    assert findings(ConfinedApi, {"apis": ["os.system"]}, files, Terms("test", edges=("eager",))) == []


def judged(files, table):
    """Run one contract as ``check`` does; return lines of what is found and of what could not be judged."""
    text = f"[[contracts]]\nname = 'c'\n{table}"
    verdicts = judge(in_memory(files), load(Source("archlint.toml", text), [], builtin()), builtin())
    return [f"{one.line} {one.code}" for one in verdicts.findings], verdicts.errors


CONFINED = "type = 'confined-api'\napis = ['os.system']\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os\nos.system('')\nos.system('')\n", ["2 ARC401", "3 ARC401"]),
        ("import os\nos.system('')  # archlint: ignore[ARC401] -- x\nos.system('')\n", ["3 ARC401"]),
        ("import os  # archlint: ignore[confined-api] -- x\nos.system('')\n", []),
    ],
)
def test_a_comment_silences_its_line_or_what_an_import_binds(source: str, expected: list[str]) -> None:
    assert judged({"p/__init__.py": "", "p/m.py": source}, CONFINED) == (expected, [])


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("type = 'confined-api'", "`apis` and `capabilities` are both empty"),
        (
            "type = 'confined-api'\ncapabilities = ['proces']",
            "unknown capability 'proces' (did you mean 'process'?)",
        ),
        ("type = 'confined-api'\napis = ['getattr']", "uses of the built-in 'getattr' are not looked for"),
        ("type = 'confined-api'\napis = ['os environ']", "'os environ' is not a dotted module name"),
        (f"{CONFINED}allowed = ['p.seting']", "there is no module 'p.seting'"),
        ("type = 'confined-package'\npackages = []", "names no module"),
        ("type = 'confined-package'\npackages = ['p.m']", "'p.m' is a module of the project"),
        (
            "type = 'reachable-api'\nsources = ['p.m']\ngateways = ['p.m']\napis = ['eval']",
            "'p.m' is both a source and a gateway",
        ),
        (
            "type = 'reachable-api'\nsources = ['p.m']\ngateways = ['p']\napis = ['eval']",
            "'p.m' lies inside a gateway",
        ),
    ],
)
def test_bad_input_is_one_line(table: str, line: str) -> None:
    files = {"p/__init__.py": "", "p/m.py": ""}
    try:
        errors = judged(files, table)[1]
    except Exception as error:  # noqa: BLE001 (whichever way it is refused, it is said once)
        errors = str(error).split("\n")
    assert len(errors) == 1
    assert line in errors[0]
    assert "archlint.toml:" in errors[0]


def test_the_catalogue_is_well_formed() -> None:
    listed = [name for capability in CAPABILITIES for name in names_of(capability)]
    assert len(set(listed)) == len(listed)
    assert all(part.isidentifier() for name in listed for part in name.split("."))
    assert [name for name in listed if not reason_for(name)] == []
    assert reason_for("os.walk") == "looks through directories"
    assert reason_for("os.getpid") is None
    Apis((), CAPABILITIES)


def test_an_audit_does_not_call_a_boundary_idle(archlint, project) -> None:
    root = project({**APP, "archlint.toml": f"[[contracts]]\nname = 'c'\n{CONFINED}"})
    done = archlint("audit", "--format", "json", "--no-cache", cwd=root)
    [row] = json.loads(done.out)["contracts"]
    assert (row["can_fail"], row["findings"]) == (True, 0)


def test_can_answers_for_names_and_packages(archlint, project) -> None:
    root = project({**APP, "archlint.toml": f"[[contracts]]\nname = 'c'\n{CONFINED}allowed = ['p.mid']\n"})
    assert archlint("can", "p.mid", "os.system", cwd=root).code == 0
    assert archlint("can", "p.web.a", "os.system", cwd=root).code == 1


def test_cached_replayed_and_fresh_runs_say_the_same(archlint, project) -> None:
    root = project(
        {**APP, "archlint.toml": "[[contracts]]\nname = 'c'\ntype = 'confined-api'\napis = ['subprocess']\n"}
    )
    runs = [archlint("check", *words, cwd=root) for words in ((), (), ("--no-cache",))]
    (root / "p/mid.py").write_text("import p.run\nimport os\n", encoding="utf-8")
    runs += [archlint("check", cwd=root)]
    assert {(run.code, run.out) for run in runs} == {(runs[0].code, runs[0].out)}
    assert "p/run.py:3:1: ARC401" in runs[0].out
