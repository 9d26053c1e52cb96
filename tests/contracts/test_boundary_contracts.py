"""Names and what they stand for: one small case each; and what boundary contracts make of them."""

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

HELPERS = {
    "p/__init__.py": "",
    "p/compat.py": "from os import environ, getenv as read\nimport subprocess as sp\n",
    "p/face.py": "from p.compat import environ as env, read\nfrom .compat import sp\n",
    "p/star.py": "from os import *\n",
    "p/restar.py": "from p.compat import *\n",
    "p/far.py": "from p.restar import *\n",
    "p/own.py": "from os import *\ndef environ(): pass\n",
    "p/loop.py": "from p.pool import environ\n",
    "p/pool.py": "from p.loop import environ\n",
    "p/sub/__init__.py": "from ..compat import environ\n",
    "p/typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from os import environ\n",
    "p/maybe.py": "try:\n    from os import environ\nexcept ImportError:\n    environ = {}\n",
    "p/late.py": "def get():\n    from os import environ\n    return 1\n",
}
ENVIRON = ["os.environ", "os.getenv"]


def used(source, apis, path="p/m.py"):
    """Return each use in the module at *path* as ``line api``."""
    project = in_memory({**HELPERS, path: source})
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    touches = Touches(project.graph, project.details)
    return [f"{one.line} {one.api}" for one in Apis(apis).used_in(touches, module)]


NAMES = [
    # plain imports, aliases
    ("import os\nos.environ", ["2 os.environ"]),
    ("import os\nos.environ['A']", ["2 os.environ"]),
    ("import os\nos.environ.get('A')", ["2 os.environ"]),
    ("import os\nos.getenv('A')", ["2 os.getenv"]),
    ("import os\nos.path.join('A')", []),
    ("import os\nos.environment", []),
    ("import os", []),
    ("import os as o\no.environ", ["2 os.environ"]),
    ("import os as o\nos.environ", []),
    ("import os.path\nos.environ", ["2 os.environ"]),
    ("import os.path as q\nq.environ", []),
    ("import sys, os\nos.environ", ["2 os.environ"]),
    ("import ost\nost.environ", []),
    # from imports
    ("from os import environ\nenviron['A']", ["2 os.environ"]),
    ("from os import environ as e\ne['A']", ["2 os.environ"]),
    ("from os import environ as e\nenviron['A']", ["1 os.environ"]),
    ("from os import environ", ["1 os.environ"]),
    ("from os import environ, getenv", ["1 os.environ", "1 os.getenv"]),
    ("from os import path\npath.environ", []),
    ("from os import (\n  environ,\n  sep,\n)\nenviron", ["5 os.environ"]),
    ("from os import environ\nenviron.get, environ.pop", ["2 os.environ"]),
    ("from os import environ\nenviron\nenviron", ["2 os.environ", "3 os.environ"]),
    # scopes and shadowing
    ("import os\ndef f(os): os.environ", []),
    ("import os\ndef f(): os.environ", ["2 os.environ"]),
    ("import os\ndef f():\n  os = g()\n  os.environ", []),
    ("import os\nclass K:\n  e = os.environ", ["3 os.environ"]),
    ("import os\nclass K:\n  os = 1\n  def f(self): os.environ", ["4 os.environ"]),
    ("class K:\n  import os\n  e = os.environ", ["3 os.environ"]),
    ("class K:\n  import os\n  def f(self): os.environ", []),
    ("def f():\n  import os\n  os.environ", ["3 os.environ"]),
    ("def f():\n  import os\ndef g(): os.environ", []),
    ("def f():\n  import os\n  def g(): return os.environ", ["3 os.environ"]),
    ("def f():\n  global os\n  import os\ndef g(): os.environ", ["4 os.environ"]),
    ("import os\ndef f():\n  import sys as os\n  os.environ", []),
    ("import sys as os\ndef f():\n  import os\n  os.environ", ["4 os.environ"]),
    ("import os\ndef f(): import sys as os; os.environ", []),
    ("import os\ndef f():\n  import sys as os\nos.environ", ["4 os.environ"]),
    ("import os\n[os.environ for os in x]", []),
    ("import os\n[os.environ for y in x]", ["2 os.environ"]),
    ("import os\nf = lambda os: os.environ", []),
    ("import os\nf = lambda: os.environ", ["2 os.environ"]),
    # conditional imports
    ("try:\n  import os\nexcept ImportError:\n  os = None\nos.environ", ["5 os.environ"]),
    ("try:\n  import os\nexcept ImportError:\n  import sys as os\nos.environ", ["5 os.environ"]),
    ("if x:\n  import os\nos.environ", ["3 os.environ"]),
    ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from os import environ\nx: environ", []),
    # places
    ("import os\n@os.environ.get\ndef f(): pass", ["2 os.environ"]),
    ("import os\nclass K(os.environ): pass", ["2 os.environ"]),
    ("import os\ndef f(x=os.environ): pass", ["2 os.environ"]),
    ("import os\ndef f(x: os.environ) -> os.environ: pass", []),
    ("from os import environ\ndef f(x: environ): pass", []),
    ("import os\nf'{os.environ}'", ["2 os.environ"]),
    ("import os\nos.environ['A'] = 1", ["2 os.environ"]),
    ("import os\ndel os.environ['A']", ["2 os.environ"]),
    ("import os\nwith f(os.environ) as x: pass", ["2 os.environ"]),
    ("import os\nassert os.environ", ["2 os.environ"]),
    ("import os\nasync def f(): await g(os.environ)", ["2 os.environ"]),
    ("import os\nmatch os.environ:\n  case _: pass", ["2 os.environ"]),
    ("import os\ng(os).environ", []),
    ("'os.environ'", []),
    # passed on by modules of the project
    ("from p.compat import environ\nenviron['A']", ["2 os.environ"]),
    ("from p.compat import read\nread('A')", ["2 os.getenv"]),
    ("from .compat import environ\nenviron['A']", ["2 os.environ"]),
    ("import p.compat\np.compat.environ", ["2 os.environ"]),
    ("from p import compat\ncompat.environ['A']", ["2 os.environ"]),
    ("from p import compat as c\nc.read", ["2 os.getenv"]),
    ("from p.face import env\nenv['A']", ["2 os.environ"]),
    ("from p import face\nface.read()", ["2 os.getenv"]),
    ("from p.star import environ\nenviron", ["2 os.environ"]),
    ("from p.restar import environ\nenviron", ["2 os.environ"]),
    ("from p.far import environ\nenviron", ["2 os.environ"]),
    ("from p.own import environ\nenviron", []),
    ("from p.loop import environ\nenviron", []),
    ("from p.sub import environ\nenviron", ["2 os.environ"]),
    ("from p.typed import environ\nenviron", []),
    ("from p.maybe import environ\nenviron", ["2 os.environ"]),
    ("from p.late import environ\nenviron", []),
    ("from p.compat import nothing\nnothing", []),
    # star imports
    ("from os import *\nenviron['A']", ["2 os.environ"]),
    ("from os import *\ngetenv('A')", ["2 os.getenv"]),
    ("from os import *\nenviron = {}\nenviron['A']", []),
    ("from p.compat import *\nenviron['A']", ["2 os.environ"]),
    ("from p.compat import *\nlen", []),
    ("from sys import *\nenviron", []),
]


@pytest.mark.parametrize(("source", "expected"), NAMES)
def test_a_use_is_found_whatever_the_name_is_called(source: str, expected: list[str]) -> None:
    assert used(source, ENVIRON) == expected


def test_the_table_has_the_cases_that_it_promises() -> None:
    assert len(NAMES) >= 80
    assert len({source for source, _ in NAMES}) == len(NAMES)


PATTERNS = [
    ("eval('1')", ["eval"], ["1 eval"]),
    ("import builtins\nbuiltins.eval('1')", ["eval"], ["2 eval"]),
    ("from builtins import eval as e\ne('1')", ["eval"], ["2 eval"]),
    ("def eval(x): pass\neval('1')", ["eval"], []),
    ("def f(open): open()\nopen('x')", ["open"], ["2 open"]),
    ("x.open()", ["open"], []),
    ("import gzip\ngzip.open('x')", ["open"], []),
    ("__import__('x')", ["__import__"], ["1 __import__"]),
    ("print(1)", ["builtins.print"], ["1 print"]),
    ("import subprocess\nsubprocess.run", ["subprocess.*"], ["2 subprocess.run"]),
    ("import subprocess", ["subprocess.*"], []),
    ("import subprocess", ["subprocess"], ["1 subprocess"]),
    ("import subprocess\nsubprocess.run", ["subprocess"], ["2 subprocess"]),
    ("from subprocess import run", ["subprocess.*"], ["1 subprocess.run"]),
    ("from p.compat import sp\nsp.run()", ["subprocess.run"], ["2 subprocess.run"]),
    ("from p.face import sp\nsp.run()", ["subprocess.*"], ["2 subprocess.run"]),
    ("import urllib.request", ["urllib.request"], ["1 urllib.request"]),
    ("import urllib.request\nurllib.request.urlopen('x')", ["urllib.request"], ["2 urllib.request"]),
    ("import a.b.c\na.b.c.d()", ["a.*.c"], ["2 a.b.c"]),
    ("import a.b.c\na.b.c.d()", ["**.d"], ["2 a.b.c.d"]),
    ("from p import compat\ncompat.environ", ["p.compat.environ"], ["2 p.compat.environ"]),
    ("import os\nos.environ.get", ["os.environ.get", "os.environ"], ["2 os.environ.get"]),
]


@pytest.mark.parametrize(("source", "apis", "expected"), PATTERNS)
def test_what_an_api_stands_for(source: str, apis: list[str], expected: list[str]) -> None:
    assert used(source, apis) == expected


def test_relative_imports_count_from_the_package() -> None:
    assert used("from .compat import environ\nenviron", ENVIRON, "p/__init__.py") == ["2 os.environ"]
    assert used("from ..compat import environ\nenviron", ENVIRON, "p/sub/m.py") == ["2 os.environ"]


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
        (["p.web"], {}, ["p/web/a.py:1:1 p.web > process"]),
        (["p.web.a", "p.web"], {}, ["p/web/a.py:1:1 p.web > process", "p/web/a.py:1:1 p.web.a > process"]),
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
    assert findings(ReachableApi, options, files) == ["p/web/a.py:1:1 p.web > process"]
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
