"""Generated trees and configurations: the same breaches as ``tach check`` reports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from contract_worlds import TERMS, configured, from_files
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archlint.contracts.interface import Interface
from archlint.contracts.modules import Modules

TACH = shutil.which("tach", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
pytestmark = pytest.mark.skipif(TACH is None, reason="tach is not installed")
MOST = int(os.environ.get("ARCHLINT_TACH_EXAMPLES", "25"))
PROFILE = settings(
    max_examples=MOST, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)

TOPS = ("a", "b", "c", "d")
NAMES = ["p", *(f"p.{top}" for top in TOPS), *(f"p.{top}.{leaf}" for top in TOPS for leaf in ("x", "y"))]
PATHS = [*NAMES[1:], "p.*", "p.a.*", "p.b.**", "**.x"]
CODES = {
    "LayerViolation": "ARC101",
    "ClosedLayerViolation": "ARC110",
    "ForbiddenDependency": "ARC108",
    "UndeclaredDependency": "ARC108",
    "DeprecatedDependency": "ARC109",
    "PrivateDependency": "ARC106",
}

names = st.sampled_from(NAMES)
few_paths = st.lists(st.sampled_from(PATHS), max_size=3, unique=True)


@st.composite
def imports(draw):
    module = draw(names)
    form = draw(
        st.sampled_from(("import {0}", "from {0} import thing", "from {1} import {2}", "    import {0}"))
    )
    if form == "from {1} import {2}" and "." not in module:
        form = "import {0}"
    return form.format(module, *module.rpartition(".")[::2])


@st.composite
def trees(draw):
    files = {}
    for name in NAMES:
        lines = draw(st.lists(imports(), max_size=3))
        body = "".join(f"{'def f():' if line[0] == ' ' else ''}\n{line}\n" for line in lines)
        files[name.replace(".", "/") + ("/__init__.py" if name.count(".") < 2 else ".py")] = body
    return files


@st.composite
def modules(draw):
    entry = {"path": draw(st.sampled_from(PATHS))}
    if draw(st.booleans()):
        entry["depends_on"] = [
            {"path": path, "deprecated": True} if draw(st.integers(0, 3)) == 0 else path
            for path in draw(few_paths)
        ]
    if draw(st.integers(0, 2)) == 0:
        entry["cannot_depend_on"] = draw(few_paths)
    if draw(st.booleans()):
        entry["layer"] = draw(st.sampled_from(("ui", "mid", "core")))
    for flag in ("utility", "unchecked"):
        if draw(st.integers(0, 5)) == 0:
            entry[flag] = True
    return entry


patterns = st.sampled_from(("x", "thing", "x|y", "y.*", r"x\.thing", "[xy]", "(x|thing)", ".*", "z"))


@st.composite
def interfaces(draw):
    entry = {"expose": draw(st.lists(patterns, max_size=2))}
    if draw(st.booleans()):
        entry["from"] = [draw(st.sampled_from(("p.a", r"p\.b", "p.*", r"p\.[ab]", "p.c|p.d")))]
    if draw(st.integers(0, 2)) == 0:
        entry["visibility"] = draw(st.lists(names, max_size=2))
    if draw(st.integers(0, 3)) == 0:
        entry["exclusive"] = True
    return entry


@st.composite
def configurations(draw):
    return {
        "root_module": draw(st.sampled_from(("ignore", "allow"))),
        "layers": ["ui", {"name": "mid", "closed": draw(st.booleans())}, "core"],
        "layers_explicit_depends_on": draw(st.booleans()),
        "exact": draw(st.booleans()),
        "modules": draw(st.lists(modules(), min_size=1, max_size=5, unique_by=lambda entry: entry["path"])),
        "interfaces": draw(st.lists(interfaces(), max_size=2)),
    }


def toml(value):
    """Return *value* as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def theirs(tmp, files, config):
    shutil.rmtree(tmp, ignore_errors=True)
    for path, text in files.items():
        (tmp / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp / path).write_text(text)
    settings_ = {"source_roots": ["."], **{k: v for k, v in config.items() if k != "exact"}}
    (tmp / "tach.toml").write_text("".join(f"{key} = {toml(value)}\n" for key, value in settings_.items()))
    done = subprocess.run(
        [TACH, "check", "--output", "json"], cwd=tmp, capture_output=True, text=True, check=False
    )
    return json.loads(done.stdout)


def breaches(rows):
    found = set()
    for row in rows:
        details = row.get("Located", {}).get("details", {}).get("Code", {})
        for kind, data in details.items():
            if kind in CODES:
                importer = (
                    row["Located"]["file_path"]
                    .removesuffix(".py")
                    .replace("/", ".")
                    .removesuffix(".__init__")
                )
                found.add((importer, CODES[kind], data["definition_module"]))
    return found


def ours(project, config):
    kebab = {
        key.replace("_", "-"): value for key, value in config.items() if key not in ("exact", "interfaces")
    }
    contract = configured(Modules, kebab | {"judge": "tach", "unmatched-modules": "ignore"})
    if list(contract.problems(project)):
        return None
    territory = contract.territory(project.graph)
    found = {
        (one.module, one.code, territory.nearest(one.identity[3])) for one in contract.check(project, TERMS)
    }
    if config["interfaces"]:
        paths = [entry["path"] for entry in config["modules"]]
        unchecked = [path for path, rule in territory.paths.items() if rule.unchecked]
        options = {
            "modules": paths,
            "interfaces": config["interfaces"],
            "unchecked": unchecked,
            "judge": "tach",
        }
        options |= {"root-module": config["root_module"], "unmatched-modules": "ignore"}
        faces = configured(Interface, options)
        held = list(faces.check(project, TERMS))
        found |= {(one.module, one.code, territory.nearest(one.symbol)) for one in held}
    return found


def snake(config):
    """msgspec reads the tables' keys as kebab-case."""
    text = json.dumps(config)
    for key in ("depends_on", "cannot_depend_on", "data_types"):
        text = text.replace(f'"{key}"', f'"{key.replace("_", "-")}"')
    return json.loads(text)


@PROFILE
@given(trees(), configurations())
def test_breaches_are_those_of_tach(tmp_path_factory, files, config):
    rows = theirs(tmp_path_factory.getbasetemp() / "tach", files, config)
    found = ours(from_files(files), snake(config))
    if isinstance(rows, dict):  # tach refuses the configuration
        assert found is None
    else:
        assert found == breaches(rows)
