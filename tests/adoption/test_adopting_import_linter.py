"""Generated trees and configurations: import-linter and archlint give the same verdicts."""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys

import pytest
from adoption_world import checked, imports, write
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

use_cases = pytest.importorskip("importlinter.application.use_cases")
from importlinter.configuration import configure  # noqa: E402 (after the check that it is there)

configure()
MOST = int(os.environ.get("ARCHLINT_IMPORT_LINTER_EXAMPLES", "40"))
PROFILE = settings(
    max_examples=MOST, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)
COUNTER = itertools.count()
TYPES = ["layers", "forbidden", "independence", "protected", "acyclic_siblings"]
if importlib.util.find_spec("importlinter.contracts.private_modules"):  # new in its release 2.17
    TYPES.append("private_modules")
LEAVES = ["a", "b", "c", "d"]
PRIVATE = ["_s", "_s.x", "_s._z", "a._p", "b._", "b.__main__"]
MODULES = ["", *LEAVES, *(f"{one}.{two}" for one in LEAVES for two in ("x", "y")), *PRIVATE]

names = st.sampled_from(MODULES[1:])
packages = st.sampled_from(["", *LEAVES, "a.x", "*.x", "c.*", "*", "_s.x", "missing", "*.missing"])
expressions = st.sampled_from([*MODULES[1:], *MODULES[1:], "*", "*.x", "a.*", "**"])


def dotted(name):
    return f"ROOT.{name}" if name else "ROOT"


@st.composite
def trees(draw):
    files = {}
    for name in MODULES:
        lines = draw(st.lists(statements(), max_size=2))
        path = "/".join(["ROOT", *name.split(".")]) if name else "ROOT"
        files[path + ("/__init__.py" if name.count(".") < 1 else ".py")] = "".join(lines)
    return files


@st.composite
def statements(draw):
    target = dotted(draw(names))
    form = draw(
        st.sampled_from(
            (
                "import {0}\n",
                "from {0} import thing\n",
                "from {1} import {2}\n",
                "def f():\n    import {0}\n",
                "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {0}\n",
                "import django.db\n",
            )
        )
    )
    above, _, last = target.rpartition(".")
    return form.format(target, above, last)


def listed(draw, items, least=1, most=3):
    return [dotted(name) for name in draw(st.lists(items, min_size=least, max_size=most, unique=True))]


@st.composite
def contracts(draw):
    kind = draw(st.sampled_from(TYPES))
    options = {}
    if kind == "layers":
        items = draw(st.lists(st.sampled_from(LEAVES), min_size=2, max_size=4, unique=True))
        if draw(st.booleans()):
            items[0:2] = [draw(st.sampled_from(("{} | {}", "{} : {}", "{}|{}"))).format(*items[0:2])]
        if draw(st.booleans()):
            items.append("(missing)")
        options = {"layers": items, "containers": ["ROOT"]}
        if draw(st.booleans()):
            options |= {"exhaustive": "true", "exhaustive_ignores": draw(st.lists(st.sampled_from(LEAVES)))}
    elif kind == "forbidden":
        options = {
            "source_modules": listed(draw, expressions),
            "forbidden_modules": listed(draw, expressions),
        }
        options["forbidden_modules"] += draw(st.sampled_from(([], ["django"], ["absent"])))
        options |= {
            key: draw(st.sampled_from(("True", "False"))) for key in ("allow_indirect_imports", "as_packages")
        }
    elif kind == "independence":
        options = {"modules": listed(draw, st.sampled_from([*LEAVES, "*"]), 2)}
    elif kind == "protected":
        options = {
            "protected_modules": listed(draw, expressions),
            "allowed_importers": listed(draw, expressions),
        }
        options["as_packages"] = draw(st.sampled_from(("True", "False")))
    elif kind == "private_modules":
        options = {"packages_with_private_modules": listed(draw, packages, least=0, most=2)}
    else:
        options = {"ancestors": [draw(st.sampled_from(("ROOT", "ROOT.a", "ROOT.*")))]}
        options["depth"] = draw(st.sampled_from(("0", "1", "10")))
    options["ignore_imports"] = [
        f"{dotted(draw(names))} -> {dotted(draw(expressions))}" for _ in range(draw(st.integers(0, 1)))
    ]
    options["unmatched_ignore_imports_alerting"] = draw(st.sampled_from(("none", "none", "warn", "error")))
    return {"type": kind, **{key: value for key, value in options.items() if value != []}}


def ini(session, found):
    """Return the configuration as an INI file."""
    sections = [("importlinter", session)]
    sections += [(f"importlinter:contract:{n}", {"name": f"c{n}", **each}) for n, each in enumerate(found)]
    lines = []
    for header, options in sections:
        lines.append(f"[{header}]")
        for key, value in options.items():
            items = value if isinstance(value, list) else [value]
            lines += (
                [f"{key} ="] + [f"    {item}" for item in items]
                if isinstance(value, list)
                else [f"{key} = {value}"]
            )
    return "\n".join(lines) + "\n"


def register_contract_types(options):
    """Make import-linter's own contract types known, as its releases before and from 2.17 on do."""
    if hasattr(use_cases, "_register_contract_types"):
        use_cases._register_contract_types(options)
    else:
        use_cases._register_built_in_contract_types()


def theirs(root, name, monkeypatch):
    """Return import-linter's verdict on each contract: kept, broken, or None where it refuses."""
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    importlib.invalidate_caches()
    try:
        options = use_cases.read_user_options()
        register_contract_types(options)
        verdicts = {}
        for each in options.contracts_options:
            alone = type(options)(options.session_options, [each])
            try:
                report = use_cases.create_report(alone, cache_dir=None)
                verdicts[each["name"]] = (
                    None if report.invalid_contract_options else not report.contains_failures
                )
            except Exception:  # noqa: BLE001 (whatever it refuses with)
                verdicts[each["name"]] = None
        return verdicts
    finally:
        sys.modules.pop(name, None)


session = st.fixed_dictionaries(
    {
        "include_external_packages": st.sampled_from(("True", "True", "True", "False")),
        "exclude_type_checking_imports": st.sampled_from(("True", "False")),
    }
)


@PROFILE
@given(trees(), session, st.lists(contracts(), min_size=1, max_size=4))
def test_verdicts_are_those_of_import_linter(tmp_path_factory, files, options, found):
    name = f"adopted{next(COUNTER)}"
    root = tmp_path_factory.mktemp(name)
    text = ini({"root_package": "ROOT", **options}, found)
    (root / ".git").mkdir()
    write(root, {path.replace("ROOT", name): source.replace("ROOT", name) for path, source in files.items()})
    (root / ".importlinter").write_text(text.replace("ROOT", name))
    with pytest.MonkeyPatch.context() as monkeypatch:
        expected = theirs(root, name, monkeypatch)
    analysis = checked(root)
    verdicts = {each.name: None if each.error else each.kept for each in analysis.contracts}
    assert verdicts == expected, text
    assert analysis.exit == (2 if None in expected.values() else 1 if False in expected.values() else 0)


def test_a_broken_contract_names_the_same_imports(tmp_path):
    (tmp_path / ".git").mkdir()
    files = {
        "direct/__init__.py": "",
        "direct/high.py": "",
        "direct/low/__init__.py": "import direct.high\n",
        "direct/low/deep.py": "def f():\n    from direct import high\n",
        ".importlinter": "[importlinter]\nroot_package = direct\n[importlinter:contract:1]\nname = L\n"
        "type = layers\nlayers =\n    direct.high\n    direct.low\n",
    }
    analysis = checked(write(tmp_path, files))
    assert imports(analysis) == {("direct.low", "direct.high"), ("direct.low.deep", "direct.high")}
