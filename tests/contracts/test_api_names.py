"""Names and what they stand for: one small case each."""

from __future__ import annotations

import pytest
from examples_in_memory import in_memory

from archlint.contracts.apis import Apis
from archlint.graph.touches import Touches

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
    "p/held.py": (
        "import os, os as system\nfrom p.compat import read as pick\nenviron = os.environ\n"
        "env: dict = system.environ\nget = pick\nboth = one = os.getenv\nread_file = open\n"
        "def f():\n    inner = os.environ\n"
    ),
    "p/held_star.py": "from os import *\nheld = environ\n",
    "p/held_if.py": "import os\nif os.name:\n    held = os.environ\nelse:\n    held = {}\n",
    "p/held_typed.py": (
        "import os\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    held = os.environ\n"
    ),
    "p/held_not.py": "import os\nheld = os.environ['A']\nother, held_too = os.environ, 1\nos_environ = 'os'\n",
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
    # passed on by an assignment
    ("from p.held import environ\nenviron['A']", ["2 os.environ"]),
    ("from p.held import env as e\ne['A']", ["2 os.environ"]),
    ("from p import held\nheld.get('A')", ["2 os.getenv"]),
    ("from p.held import one, both\none('A')\nboth('A')", ["2 os.getenv", "3 os.getenv"]),
    ("from p.held import inner\ninner", []),
    ("from p.held import system\nsystem.environ", ["2 os.environ"]),
    ("from p.held_star import held\nheld", ["2 os.environ"]),
    ("from p.held_if import held\nheld", ["2 os.environ"]),
    ("from p.held_typed import held\nheld", []),
    ("from p.held_not import held\nheld", []),
    ("from p.held_not import held_too\nheld_too", []),
    ("from p.held_not import os_environ\nos_environ", []),
    # classes and their attributes
    ("import os\nclass K:\n  env = os.environ\n  def f(self): return self.env", ["3 os.environ"]),
    ("import os\nclass K:\n  env = os.environ\nK.env['A']", ["3 os.environ"]),
    ("import os\nclass K:\n  environ = 1\n  e = environ", []),
    ("import os\nclass K:\n  def environ(self): return self.environ", []),
    ("from os import environ\nclass K:\n  def environ(self): return environ['A']", ["3 os.environ"]),
    ("import os\nclass os_(dict): pass\nos_.environ", []),
    ("import os\nclass K(dict, metaclass=os.environ): pass", ["2 os.environ"]),
    ("import os\nself.os.environ", []),
    # decorators
    ("from os import getenv\n@getenv\ndef f(): pass", ["2 os.getenv"]),
    ("import os\n@f(os.getenv('A'))\ndef g(): pass", ["2 os.getenv"]),
    ("import os\n@os.getenv\nclass K: pass", ["2 os.getenv"]),
    ("import os\nclass K:\n  @os.getenv\n  def f(self): pass", ["3 os.getenv"]),
    (
        "from os import environ\nclass K:\n  @property\n  def environ(self): pass\n  @environ.setter\n  def g(self): pass",
        ["1 os.environ"],
    ),
    # an attribute that is looked up by its name
    ("import os\ngetattr(os, 'environ')['A']", ["2 os.environ"]),
    ("import os\ngetattr(os, 'environ', {})", ["2 os.environ"]),
    ("import os as o\nf(getattr(o, 'getenv'))", ["2 os.getenv"]),
    ("import os\ngetattr(os, name)", []),
    ("import os\ngetattr(os, 'path')", []),
    ("import os\ngetattr(x, 'environ')", []),
    ("import os\ngetattr(os, 'environ ')", []),
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
    ("from p.held import read_file\nread_file('x')", ["open"], ["2 open"]),
]


@pytest.mark.parametrize(("source", "apis", "expected"), PATTERNS)
def test_what_an_api_stands_for(source: str, apis: list[str], expected: list[str]) -> None:
    assert used(source, apis) == expected


def test_relative_imports_count_from_the_package() -> None:
    assert used("from .compat import environ\nenviron", ENVIRON, "p/__init__.py") == ["2 os.environ"]
    assert used("from ..compat import environ\nenviron", ENVIRON, "p/sub/m.py") == ["2 os.environ"]


OWN = {
    "commands/__init__.py": "",
    "commands/play.py": "def run(): pass\n",
    "databases.py": "",
    "bot.py": "import commands.play\nimport databases\nimport redis\ncommands.play.run()\ndatabases.x()\nredis.x()\n",
}


def test_a_module_of_the_project_is_no_package_of_the_catalogue() -> None:
    project = in_memory(OWN)
    touches = Touches(project.graph, project.details)
    apis = Apis((), ("process", "database"))
    assert [(one.line, one.api) for one in apis.used_in(touches, "bot")] == [(6, "redis")]
    assert [one.api for one in Apis(["commands"]).used_in(touches, "bot")] == ["commands"]


POWERS = [
    ("subprocess", "process", True),
    ("subprocess.run", "process", True),
    ("subprocess.PIPE", "process", False),
    ("subprocess.CalledProcessError", "process", False),
    ("subprocess.CalledProcessError.returncode", "process", False),
    ("socket.socket", "network", True),
    ("socket.AF_INET", "network", False),
    ("socket.gaierror", "network", False),
    ("requests.get", "network", True),
    ("requests.exceptions.Timeout", "network", False),
    ("requests.exceptions", "network", False),
    ("requests.structures.CaseInsensitiveDict", "network", False),
    ("urllib3.util.Retry", "network", False),
    ("urllib3.util.connection.create_connection", "network", True),
    ("aiohttp.web.Response", "network", False),
    ("aiohttp.web.run_app", "network", True),
    ("aiohttp.ClientSession", "network", True),
    ("urllib.request.urlopen", "network", True),
    ("urllib.request.getproxies", "network", False),
    ("urllib.request.getproxies", "environment", True),
    ("http.client.OK", "network", False),
    ("http.client.HTTPSConnection", "network", True),
    ("smtplib.SMTP_SSL", "network", True),
    ("smtplib.SMTP_PORT", "network", False),
    ("ctypes.CDLL", "dynamic-code", True),
    ("ctypes.c_int", "dynamic-code", False),
    ("xml.sax.saxutils.escape", "deserialisation", False),
    ("xml.etree.ElementTree.fromstring", "deserialisation", True),
    ("xml.etree.ElementTree.SubElement", "deserialisation", False),
    ("sqlalchemy.exc.IntegrityError", "database", False),
    ("sqlalchemy.orm.Session", "database", True),
    ("cryptography.hazmat.primitives.hashes.SHA256", "cryptography", True),
    ("Crypto.Cipher.PKCS1_OAEP.new", "cryptography", True),
    ("zipfile.ZIP_DEFLATED", "file-system", False),
    ("zipfile.ZipFile", "file-system", True),
]


@pytest.mark.parametrize(("name", "capability", "gives"), POWERS)
def test_exceptions_constants_and_plain_values_give_no_power(name: str, capability: str, gives: bool) -> None:
    found = Apis((), (capability,)).find(name)
    assert (found is not None and found[1] == capability) is gives


def test_what_gives_no_power_counts_where_the_contract_names_it() -> None:
    assert Apis(["subprocess"], ["process"]).find("subprocess.PIPE") == ("subprocess", "subprocess")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import yaml\nyaml.load(x)", ["2 yaml.load"]),
        ("import yaml\nyaml.load(x, Loader=yaml.SafeLoader)", []),
        ("import yaml\nyaml.load(\n  x,\n  Loader=yaml.CSafeLoader,\n)", []),
        ("from yaml import load_all as read, SafeLoader\nread(x, SafeLoader)", []),
        ("import yaml\nyaml.load(x, Loader=yaml.Loader)", ["2 yaml.load", "2 yaml.Loader"]),
        ("import yaml\nyaml.load(x)\n\n\n\n\nyaml.SafeLoader", ["2 yaml.load"]),
        ("import yaml\nyaml.safe_load(x)", []),
    ],
)
def test_yaml_is_safe_with_a_safe_loader(source: str, expected: list[str]) -> None:
    project = in_memory({"p/__init__.py": "", "p/m.py": source})
    found = Apis((), ["deserialisation"]).used_in(Touches(project.graph, project.details), "p.m")
    assert [f"{one.line} {one.api}" for one in found] == expected
