"""An import-linter or tach configuration decides as it stands, where archlint has none of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest
from adoption_world import LAYERS_INI, SHOP, TACH, checked, codes, imports, write

from archlint.errors import ConfigError, Exit
from archlint.repository.project import find_project

UP = {"shop/db.py": "from shop import web\n"}
TOML = """
[tool.importlinter]
root_package = "shop"
[[tool.importlinter.contracts]]
name = "Layers"
type = "layers"
layers = ["shop.web", "shop.orders", "shop.db"]
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("setup.cfg", "[metadata]\nname = shop\n" + LAYERS_INI),
        (".importlinter", LAYERS_INI),
        ("pyproject.toml", TOML),
        ("tach.toml", TACH),
        ("pyproject.toml", "[tool.tach]\n" + TACH.replace("[[modules]]", "[[tool.tach.modules]]")),
    ],
)
def test_each_file_is_adopted(root, path, text):
    assert checked(write(root, {**SHOP, path: text})).exit == Exit.CLEAN
    analysis = checked(write(root, UP))
    assert imports(analysis) == {("shop.db", "shop.web")}
    assert analysis.configuration.adopted
    assert any(f"{path} is adopted" in note for note in analysis.notes)


def test_the_first_file_that_has_it_counts(root):
    broken = LAYERS_INI.replace("shop.web\n", "shop.absent\n")
    write(root, {**SHOP, "setup.cfg": LAYERS_INI, ".importlinter": broken, "pyproject.toml": TOML})
    assert checked(root).configuration.path == "setup.cfg"
    write(root, {"setup.cfg": "[metadata]\nname = shop\n"})
    assert checked(root).configuration.path == ".importlinter"


@pytest.mark.parametrize("own", ["archlint.toml", ".archlint.toml", "pyproject.toml"])
def test_archlints_own_configuration_wins(root, own):
    table = "[tool.archlint]\n" if own == "pyproject.toml" else ""
    write(root, {**SHOP, **UP, ".importlinter": LAYERS_INI, own: table + 'ignore = ["ARC2"]\n'})
    analysis = checked(root)
    assert not analysis.configuration.adopted
    assert analysis.contracts == ()


def test_archlints_own_configuration_further_up_wins(root):
    write(root, {"archlint.toml": "", "inner/.importlinter": LAYERS_INI})
    assert find_project((), cwd=str(root / "inner")).config == str(root / "archlint.toml")


def test_the_directory_of_the_file_is_the_project(root):
    write(root / "service", {**SHOP, **UP, ".importlinter": LAYERS_INI})
    place = find_project((), cwd=str(root / "service" / "shop"))
    assert place.root == str(root / "service")
    assert imports(checked(root / "service" / "shop")) == {("shop.db", "shop.web")}


def test_nothing_above_the_repository_is_adopted(root):
    write(root, {".importlinter": LAYERS_INI})
    (root / "inner" / ".git").mkdir(parents=True)
    assert find_project((), cwd=str(root / "inner")).foreign == ()


@pytest.mark.parametrize("more", [{"isolated": True}, {"config": ("other.toml",)}])
def test_not_adopted_when_told_otherwise(root, more):
    write(root, {**SHOP, ".importlinter": LAYERS_INI, "other.toml": ""})
    assert not checked(root, **more).configuration.adopted


def test_only_the_contracts_decide(root):
    files = {"shop/a.py": "import shop.b\n", "shop/b.py": "import shop.a\n", ".importlinter": LAYERS_INI}
    assert checked(write(root, {**SHOP, **files})).findings == ()
    assert codes(checked(root, isolated=True)) != []


def test_a_rule_asked_for_on_the_command_line_runs_too(root):
    files = {"shop/a.py": "import shop.b\n", "shop/b.py": "import shop.a\n", ".importlinter": LAYERS_INI}
    write(root, {**SHOP, **files})
    analysis = checked(root, overrides={"extend-select": ["ARC201"]})
    assert {finding.code for finding in analysis.findings} == {"ARC201"}


@pytest.mark.parametrize(
    ("path", "text", "exit_"), [(".importlinter", LAYERS_INI, 1), ("tach.toml", TACH, 0)]
)
def test_a_file_that_cannot_be_parsed_fails_where_it_does_there(root, path, text, exit_):
    analysis = checked(write(root, {**SHOP, "shop/odd.py": "def (:\n", path: text}))
    assert [finding.code for finding in analysis.findings] == ["ARC900"]
    assert analysis.exit == exit_


def test_both_tools_decide(root):
    write(root, {**SHOP, **UP, ".importlinter": LAYERS_INI, "tach.toml": TACH})
    analysis = checked(root)
    assert [(result.name, result.kept) for result in analysis.contracts] == [
        ("Layers", False),
        ("tach modules", False),
    ]
    assert sorted(codes(analysis)) == [("shop.db", "ARC101"), ("shop.db", "ARC108")]


@pytest.mark.parametrize("name", ["Layers", "tach modules"])
def test_one_contract_of_several_tools_can_be_picked(root, name):
    write(root, {**SHOP, ".importlinter": LAYERS_INI, "tach.toml": TACH})
    assert [result.name for result in checked(root, contracts=(name,)).contracts] == [name]


def test_a_contract_that_cannot_be_judged_is_an_error_and_the_others_run(root):
    custom = """
    [importlinter:contract:own]
    name = Own
    type = naming
    """
    text = LAYERS_INI.replace(
        "root_package = shop", "root_package = shop\ncontract_types =\n    naming: tools.Naming"
    )
    write(root, {**SHOP, **UP})
    (root / ".importlinter").write_text(text + custom.replace("    ", ""))
    analysis = checked(root)
    assert analysis.exit == Exit.ERROR
    assert imports(analysis) == {("shop.db", "shop.web")}
    [line] = analysis.errors
    assert line.startswith(".importlinter:17: contract `Own`: its type `naming` is tools.Naming")


def test_problems_of_the_project_name_the_foreign_file(root):
    write(root, {**SHOP, ".importlinter": LAYERS_INI.replace("shop.db\n", "shop.dbb\n")})
    [line] = checked(root).errors
    assert line.startswith(".importlinter:8: contract `Layers`: layers: there is no module 'shop.dbb'")


def test_an_absent_external_is_skipped(root):
    text = """
    [importlinter]
    root_package = shop
    include_external_packages = True
    [importlinter:contract:1]
    name = No Django
    type = forbidden
    source_modules = shop
    forbidden_modules = django
    """
    (write(root, SHOP) / ".importlinter").write_text(text.replace("    ", ""))
    assert checked(root).exit == Exit.CLEAN


def test_type_checking_imports_can_be_left_out(root):
    guarded = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import web\n"
    write(root, {**SHOP, "shop/db.py": guarded, ".importlinter": LAYERS_INI})
    assert checked(root).exit == Exit.FINDINGS
    option = "root_package = shop\nexclude_type_checking_imports = True"
    write(root, {".importlinter": LAYERS_INI.replace("root_package = shop", option)})
    assert checked(root).exit == Exit.CLEAN


@pytest.mark.parametrize(("alert", "exit_"), [("error", 2), ("warn", 0), ("none", 0)])
def test_unmatched_ignores_are_told_as_asked(root, alert, exit_):
    more = f"ignore_imports =\n    shop.db -> shop.web\nunmatched_ignore_imports_alerting = {alert}\n"
    analysis = checked(write(root, {**SHOP, ".importlinter": LAYERS_INI + more}))
    assert analysis.exit == exit_
    said = [*analysis.errors, *analysis.notes]
    assert any("no import matches" in line for line in said) == (alert != "none")


def test_an_absent_module_of_tachs_is_a_note(root):
    text = TACH + '\n[[modules]]\npath = "shop.gone"\ndepends_on = []\n'
    analysis = checked(write(root, {**SHOP, "tach.toml": text}))
    assert analysis.exit == Exit.CLEAN
    assert "tach.toml: there is no module `shop.gone`" in analysis.notes


def test_what_is_not_toml_is_one_line(root):
    write(root, {**SHOP, "tach.toml": "modules = [\n"})
    with pytest.raises(ConfigError, match=r"^tach\.toml: not valid TOML"):
        checked(root)


def test_a_warm_run_notices_what_becomes_of_the_configuration(root):
    def run():
        command = [sys.executable, "-m", "archlint", "check", "--format", "json"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return done.returncode, len(json.loads(done.stdout)["contracts"])

    write(root, {**SHOP, "shop/db.py": "import shop.orders\n", "shop/orders.py": ""})
    assert run() == (0, 0)
    write(root, {".importlinter": LAYERS_INI})
    assert run() == (1, 1)
    assert run() == (1, 1)
    write(root, {".importlinter": LAYERS_INI.replace("    shop.orders\n", "")})
    assert run() == (0, 1)
    (root / ".importlinter").unlink()
    assert run() == (0, 0)


def test_what_is_printed_alone_is_the_configuration(root, archlint):
    write(root, {**SHOP, ".importlinter": LAYERS_INI})
    done = archlint("init", "--from", "import-linter", "--print", cwd=root)
    assert tomllib.loads(done.out)["contracts"][0]["name"] == "Layers"
    assert done.err.splitlines()[-1].endswith("  layers       nothing")
    assert not (root / "archlint.toml").exists()


RULES_FIND = {"shop/db.py": "def f(x):\n" + "".join(f"    if x == {n}: pass\n" for n in range(20))}


@pytest.mark.parametrize(("path", "text"), [(".importlinter", LAYERS_INI), ("tach.toml", TACH)])
def test_the_report_does_not_call_its_findings_those_of_check(archlint, root, path, text):
    write(root, {**SHOP, **RULES_FIND, path: text})
    assert "No findings" in archlint("check", cwd=root).out
    told = " ".join(archlint("report", cwd=root).out.split())
    assert "the one finding of archlint's own rules takes" in told
    assert "of `check`" not in told
    contracts = "1 of 1 contract kept" if path == ".importlinter" else " kept"
    assert f"CONTRACTS `check` adopts {path}: {contracts}" in told or f"adopts {path}" in told
    (one,) = json.loads(archlint("report", "--format", "json", cwd=root).out)["adopted"]
    assert one["config"] == path
    assert all(contract["findings"] == 0 for contract in one["contracts"])
    assert f"adopts {path}" in archlint("report", "--format", "markdown", cwd=root).out


def test_the_report_says_which_adopted_contracts_are_broken(archlint, root):
    write(root, {**SHOP, **UP, ".importlinter": LAYERS_INI})
    told = " ".join(archlint("report", cwd=root).out.split())
    assert "`check` adopts .importlinter: 0 of 1 contract kept; not Layers" in told
    assert "adopts" not in archlint("report", "--isolated", cwd=root).out


def test_config_says_what_the_other_commands_adopt(archlint, root):
    write(root, {**SHOP, ".importlinter": LAYERS_INI})
    text = archlint("config", cwd=root).out
    assert "Adopted        .importlinter, by check, why, can and audit" in text
    assert 'roots = ["shop"]' in text
    assert "Layers (layers, error)" in text
    (one,) = json.loads(archlint("config", "--format", "json", cwd=root).out)["adopted"]
    assert one["settings"]["roots"] == {"value": ["shop"], "source": ".importlinter"}
    assert [contract["name"] for contract in one["contracts"]] == ["Layers"]


@pytest.mark.parametrize("arguments", [("why", "depot.a", "shop.db"), ("can", "depot.a", "shop.db")])
def test_a_module_outside_the_adopted_roots_says_what_limits_them(archlint, root, arguments):
    write(root, {**SHOP, "depot/__init__.py": "", "depot/a.py": "", ".importlinter": LAYERS_INI})
    done = archlint(*arguments, cwd=root)
    assert done.code == 2
    assert ".importlinter is adopted and limits the roots to `shop`: --isolated asks" in done.err
    assert archlint(*arguments, "--isolated", cwd=root).code != 2
