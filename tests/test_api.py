"""The Python API: what it returns, what it raises, and what importing it costs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import archlint
from archlint.errors import ArchlintError, ConfigError, Exit, NothingToAnalyse

CYCLE = {"shop/__init__.py": "", "shop/a.py": "import shop.b\n", "shop/b.py": "import shop.a\n"}
LAYERS = '[[contracts]]\nname = "L"\ntype = "layers"\nlayers = ["shop.a", "shop.b"]\nwhy = "so"\n'


def test_analyse_returns_findings_and_prints_nothing(project, capsys):
    analysis = archlint.analyse(project({**CYCLE, "archlint.toml": LAYERS}))
    assert isinstance(analysis, archlint.Analysis)
    assert [(finding.code, finding.path, finding.line) for finding in analysis.findings] == [
        ("ARC201", "shop/a.py", 1),
        ("ARC101", "shop/b.py", 1),
    ]
    assert [(result.name, result.kept) for result in analysis.contracts] == [("L", False)]
    assert analysis.findings[1].why == "so"
    assert analysis.exit is Exit.FINDINGS
    assert (analysis.summary.files, analysis.summary.imports) == (3, 2)
    assert capsys.readouterr() == ("", "")


def test_settings_beat_the_configuration(project):
    root = project({**CYCLE, "archlint.toml": LAYERS})
    analysis = archlint.analyse(root, select=["import-cycle"], fail_on="error")
    assert [finding.code for finding in analysis.findings] == ["ARC201"]
    assert analysis.failing == ()
    assert analysis.exit is Exit.CLEAN


def test_a_path_within_the_project_filters_what_is_found(project):
    root = project({**CYCLE, "archlint.toml": "", "shop/c.py": ""})
    assert archlint.analyse(root / "shop" / "c.py").findings == ()
    assert len(archlint.analyse(root / "shop" / "a.py").findings) == 1
    assert len(archlint.analyse(str(root)).findings) == 1


def test_variables_of_the_environment_do_not_count(project, monkeypatch):
    monkeypatch.setenv("ARCHLINT_SELECT", "ARC301")
    assert archlint.analyse(project(CYCLE)).findings != ()


def test_the_working_directory_is_the_default(project, monkeypatch):
    monkeypatch.chdir(project(CYCLE))
    assert archlint.analyse().exit is Exit.FINDINGS


@pytest.mark.parametrize(
    ("files", "settings", "error", "said"),
    [
        pytest.param({"a.txt": ""}, {}, NothingToAnalyse, "", id="no Python"),
        pytest.param(CYCLE, {"colour": "red"}, ConfigError, "unknown option `colour`", id="unknown setting"),
        pytest.param(CYCLE, {"roots": ["shp"]}, ArchlintError, "shop", id="unknown root"),
    ],
)
def test_what_the_user_can_mend_is_one_line(project, files, settings, error, said):
    with pytest.raises(error) as caught:
        archlint.analyse(project({**files, "archlint.toml": ""}), **settings)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_path_that_is_not_there():
    with pytest.raises(ArchlintError, match="gone: no such file or directory"):
        archlint.analyse("gone")


def test_names_are_those_promised():
    assert sorted(archlint.__all__) == ["Analysis", "__version__", "analyse"]
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        archlint.analyze  # noqa: B018


def _python(script: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, *script.split("|")], cwd=cwd, check=False, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_import_archlint_loads_nothing_else(tmp_path):
    heavy = "{'click', 'libcst', 'msgspec', 'networkx', 'radon', 'rich'}"
    script = f"-c|import archlint, sys; print(sorted({heavy} & set(sys.modules)))"
    assert _python(script, tmp_path) == "[]\n"


def test_a_planted_module_is_not_run(tmp_path, project):
    """The console script does not look into the working directory, nor does `python -P -m archlint`."""
    root = project(CYCLE)
    planted = "raise SystemExit('planted code was run')\n"
    for name in ("archlint", "click", "msgspec", "multiprocessing", "ast"):
        (root / f"{name}.py").write_text(planted)
    script = Path(sys.executable).parent / ("archlint.exe" if os.name == "nt" else "archlint")
    for command in (
        [str(script), "check", "--roots", "shop"],
        [sys.executable, "-P", "-m", "archlint", "--version"],
    ):
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
        assert "planted" not in done.stdout + done.stderr
        assert done.stdout
