"""``check`` in several formats at once: files, places in the repository, what a run loads, the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from archlint.reporters.formats import HOMES
from archlint.repository.project import Place
from archlint.usecases.excerpts import InRepository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TANGLE = {
    "app/__init__.py": "",
    "app/one.py": "from app import two\n",
    "app/two.py": "import os\n\nfrom app import one\n",
}
NAMED = ("sarif", "github", "gitlab", "rdjson", "junit", "markdown")


def run(arguments: list[str], cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run archlint in a process of its own; stderr stays apart."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "archlint", *arguments],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def monorepo(project: Callable[..., Path]) -> Path:
    """Return a repository whose only project is below its top."""
    root = project({f"services/back end/{path}": text for path, text in TANGLE.items()})
    (root / ".git").mkdir()
    (root / "services" / "back end" / "archlint.toml").write_text('roots = ["app"]\n', encoding="utf-8")
    return root


def test_several_formats_are_written_at_once(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(TANGLE)
    (root / "gl.json").write_text("old", encoding="utf-8")
    done = archlint(
        *("check", "--format", "sarif=out/deep/a.sarif", "--format", "concise", "--format", "gitlab=gl.json"),
        cwd=root,
    )
    assert (done.code, done.err) == (1, "")
    assert done.lines[0].startswith("app/one.py:1:1: ARC201")
    assert json.loads((root / "out/deep/a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert len(json.loads((root / "gl.json").read_text(encoding="utf-8"))) == 1
    left = sorted(path.name for path in root.iterdir() if path.name != ".archlint_cache")
    assert left == ["app", "gl.json", "out"]


def test_an_unknown_format_is_said_with_the_nearest(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    done = archlint("check", "--format", "sariff", cwd=project(TANGLE))
    assert done.code == 2
    assert "did you mean `sarif`?" in done.err


@pytest.mark.parametrize("name", NAMED)
def test_ci_paths_start_at_the_top_of_the_repository(
    archlint: Callable[..., Any], monorepo: Path, name: str
) -> None:
    done = archlint("check", "--format", name, cwd=monorepo / "services" / "back end")
    shown = "services/back%20end/app/one.py" if name == "sarif" else "services/back end/app/one.py"
    assert done.code == 1
    assert shown in done.out


def test_projects_of_one_repository_have_categories_of_their_own(
    archlint: Callable[..., Any], monorepo: Path
) -> None:
    done = archlint("check", "--format", "sarif", cwd=monorepo / "services" / "back end")
    assert json.loads(done.out)["runs"][0]["automationDetails"] == {"id": "archlint/services/back end/"}
    (monorepo / "services" / "back end" / "archlint.toml").rename(monorepo / "archlint.toml")
    done = archlint("check", "--format", "sarif", cwd=monorepo)
    assert json.loads(done.out)["runs"][0]["automationDetails"] == {"id": "archlint/"}


def test_a_linked_file_is_named_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "repo" / "app").mkdir(parents=True)
    for name in ("repo/real.py", "outside.py"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "repo" / "app" / "linked.py").symlink_to(tmp_path / "repo" / "real.py")
    (tmp_path / "repo" / "app" / "out.py").symlink_to(tmp_path / "outside.py")
    located = InRepository(Place(str(tmp_path / "repo" / "app"), repository=str(tmp_path / "repo")))
    said = [located(path) for path in ("linked.py", "out.py", "gone.py", "")]
    assert said == ["real.py", "app/out.py", "app/gone.py", "app"]
    assert InRepository(Place(str(tmp_path)))("repo/real.py") == "repo/real.py"


def test_a_format_loads_no_other(project: Callable[..., Path]) -> None:
    code = (
        "import sys; from archlint.__main__ import main; sys.argv = ['archlint', 'check', '--no-cache']; main();"
        "print(*(name.rpartition('.')[2] for name in sys.modules if name.startswith('archlint.reporters.')))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=project(TANGLE),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & set(HOMES.values()) <= {"concise"}
    assert not loaded & {"sarif_rules", "pages", "rule_page", "markdown_report", "excerpt"}


def test_every_format_is_the_same_bytes_over_hash_seeds(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project(
        {
            **TANGLE,
            "app/bad.py": "def\n",
            "app/three.py": "import app.four\n",
            "app/four.py": "import app.three\n",
        }
    )
    kept = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        formats = [part for name in HOMES for part in ("--format", f"{name}={folder / name}")]
        done = run(["check", "--no-cache", *formats], root, PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
        kept.append({name: (folder / name).read_bytes() for name in HOMES})
    assert kept[0] == kept[1]
    assert all(str(root).encode() not in text for text in kept[0].values())


def test_a_replayed_run_writes_its_files_again(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(TANGLE)
    arguments = ("check", "--format", "sarif=a.sarif", "--format", "github")
    first = archlint(*arguments, cwd=root)
    written = (root / "a.sarif").read_bytes()
    (root / "a.sarif").unlink()
    assert archlint(*arguments, cwd=root) == first
    assert (root / "a.sarif").read_bytes() == written
