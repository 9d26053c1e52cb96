"""Nothing that is analysed is ever imported or run, wherever it was planted."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hostile import MANY, console, shop
from support import write_tree

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = (
    *("click", "libcst", "msgspec", "multiprocessing", "networkx", "rich", "radon", "sqlite3", "tomllib"),
    *("sitecustomize", "usercustomize", "conftest", "setup", "ast", "signal", "pickle", "encodings"),
)
GIT_PROGRAMS = (
    *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "diff.external"),
    *("diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "alias.ls-files"),
    *("gpg.program", "credential.helper", "core.askPass", "merge.evil.driver", "core.alternateRefsCommand"),
)
COMMANDS = (
    *(("check", "--format", name) for name in ("concise", "full", "json")),
    *(("report", "--format", name) for name in ("terminal", "json", "markdown")),
    *(("graph", "--format", name) for name in ("json", "dot", "mermaid", "graphml")),
    *(("config",), ("rules",), ("explain", "ARC201"), ("why", "shop.m000", "shop.m005")),
    *(("impact", "shop.m005", "--format", name) for name in ("terminal", "json", "markdown")),
)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def hostile(tmp_path: Path, canary: Path) -> Path:
    """Return a repository that runs code of its own wherever somebody lets it."""
    sing = f"open({str(canary)!r}, 'a').write(__name__ + ' ')\n"
    root = write_tree(
        tmp_path / "hostile",
        {
            **{f"{name}.py": sing for name in PLANTED},
            **{path: sing + text for path, text in shop(MANY).items()},
            "archlint/__init__.py": sing,
            "archlint/__main__.py": sing,
            "archlint/cli.py": sing,
            "evil.pth": f"import os; {sing}",
            "hostile-1.0.dist-info/METADATA": "Name: hostile\nVersion: 1.0\n",
            "hostile-1.0.dist-info/entry_points.txt": (
                "[archlint.rules]\nevil = shop.m000:Evil\n[archlint.contracts]\nevil = shop.m000:Evil\n"
            ),
            "archlint.toml": '[[contracts]]\nname = "Acyclic"\ntype = "acyclic-siblings"\nancestors = ["shop"]\n',
            ".gitattributes": "*.py diff=evil filter=evil merge=evil\n",
        },
    )
    _evil_git(root, canary)
    return root


def _evil_git(root: Path, canary: Path) -> None:
    script = root / "evil.sh"
    script.write_text(f"#!/bin/sh\necho git >> {canary}\n")
    script.chmod(0o755)
    subprocess.run(["git", "init", "-q", root], check=True)
    with (root / ".git" / "config").open("a") as config:
        for key in GIT_PROGRAMS:
            section, _, name = key.rpartition(".")
            head, _, sub = section.partition(".")
            config.write(f'[{head} "{sub}"]\n' if sub else f"[{head}]\n")
            config.write(f"\t{name} = {script}\n")
        config.write(f"[core]\n\thooksPath = {root / 'hooks'}\n")
    hooks = root / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    _bare_repository(root / "bare", script)


def _bare_repository(bare: Path, script: Path) -> None:
    """Make what git takes for a repository wherever it stands (the embedded-bare-repository attack)."""
    (bare / "objects").mkdir(parents=True)
    (bare / "refs").mkdir()
    (bare / "HEAD").write_text("ref: refs/heads/main\n")
    (bare / "config").write_text(
        f'[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = "."\n\tfsmonitor = {script}\n'
    )
    write_tree(bare, {"goods/__init__.py": "", "goods/a.py": "import goods\n"})


def test_the_plants_would_sing(hostile: Path, canary: Path) -> None:
    """The control: without care, both Python and git do run them."""
    quiet = {"cwd": hostile, "capture_output": True, "timeout": 60}
    subprocess.run([sys.executable, "-c", "import click"], check=False, **quiet)
    assert "click" in canary.read_text()
    subprocess.run(["git", "status"], check=False, **quiet)
    assert "git" in canary.read_text()


@pytest.mark.parametrize("more", [("--no-cache",), ()])
def test_check_runs_nothing(hostile: Path, canary: Path, env: dict[str, str], more: tuple[str, ...]) -> None:
    for _ in range(2):
        ran = console("check", "--format", "json", *more, cwd=hostile, env=env)
        assert ran.returncode == 1, ran.stderr
        assert b"shop.m028" in ran.stdout
    assert not canary.exists(), canary.read_text()


def test_no_command_runs_anything(hostile: Path, canary: Path, env: dict[str, str]) -> None:
    for command in COMMANDS:
        ran = console(*command, cwd=hostile, env=env)
        assert ran.returncode in (0, 1), (command, ran.stderr)
        assert not canary.exists(), (command, canary.read_text())


def test_an_embedded_bare_repository_is_only_a_directory(
    hostile: Path, canary: Path, env: dict[str, str]
) -> None:
    for arguments, cwd in ((("--project", "bare"), hostile), ((), hostile / "bare"), (("bare",), hostile)):
        ran = console("check", "--no-cache", *arguments, cwd=cwd, env=env)
        assert ran.returncode in (0, 1), ran.stderr
        assert not canary.exists(), canary.read_text()


@pytest.mark.parametrize("way", [("--allow-plugin", "evil"), ()])
def test_a_repository_cannot_bring_a_plugin(
    hostile: Path, canary: Path, env: dict[str, str], way: tuple[str, ...]
) -> None:
    """Only installed entry points count, even for whoever allows the name."""
    allowed = env if way else env | {"ARCHLINT_ALLOW_PLUGINS": "evil"}
    ran = console("check", *way, cwd=hostile, env=allowed)
    assert ran.returncode == 2
    assert b"no installed plugin is called `evil`" in ran.stderr
    assert not canary.exists(), canary.read_text()


@pytest.mark.parametrize("key", ["plugins = ['evil']", "cache-dir = '/tmp/x'", "output-file = '../x'"])
def test_configuration_has_no_key_for_code_or_places(hostile: Path, env: dict[str, str], key: str) -> None:
    """Plugins, the cache and output files are named by who runs archlint, never by the repository."""
    (hostile / "archlint.toml").write_text(key)
    ran = console("check", cwd=hostile, env=env)
    assert ran.returncode == 2
    assert b"archlint.toml:1: unknown" in ran.stderr


def test_git_is_never_taken_from_the_project(hostile: Path, canary: Path, env: dict[str, str]) -> None:
    fake = hostile / "git"
    fake.write_text((hostile / "evil.sh").read_text())
    fake.chmod(0o755)
    path = os.pathsep.join((".", "", env["PATH"]))
    assert console("check", "--no-cache", cwd=hostile, env=env | {"PATH": path}).returncode == 1
    assert not canary.exists()


AUDITED = """
import atexit, sys
record, root = sys.argv[1:3]
del sys.argv[1:3]
seen = []
events = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
sys.addaudithook(lambda event, args: seen.append(event) if event in events else None)
from archlint.__main__ import main
main()
seen += [name for name, module in sys.modules.items() if str(getattr(module, "__file__", "")).startswith(root)]
seen += [entry for entry in sys.path if not entry or entry.startswith(root)]
open(record, "w").write("".join(seen) or "nothing")
"""


@pytest.mark.parametrize("command", [("check", "--no-cache"), ("check",), ("report",), ("graph",)])
def test_no_network_and_no_module_of_the_project(
    tree: Path, env: dict[str, str], command: tuple[str, ...], tmp_path: Path
) -> None:
    for _ in range(2):
        record = tmp_path / "record"
        ran = [sys.executable, "-P", "-c", AUDITED, str(record), str(tree), *command]
        subprocess.run(ran, cwd=tree, env=env, check=True, timeout=60, capture_output=True)
        assert record.read_text() == "nothing"
