"""What asks git: no name of a revision is an option, no program of the repository runs, nothing else is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from gitworld import World
from hostile import LAYERS, console, shop
from support import write_tree

if TYPE_CHECKING:
    from pathlib import Path

REVISIONS = (
    *("--output=pwned", "-x", "--exec=touch pwned", "--upload-pack=touch pwned", "--no-index", "--", "-"),
    *(
        "@{-1}",
        "HEAD --output=pwned",
        "HEAD\n--output=pwned",
        "",
        "..",
        "...",
        ":/more",
        "HEAD:shop",
        "HEAD^{tree}",
    ),
    *("nope", "nope..HEAD", "HEAD..nope", "--output=pwned..HEAD", "HEAD..--output=pwned", "\x1b[31mHEAD"),
    *(
        "refs/heads/*",
        "HEAD~99999999999999999999",
        "a" * 5_000,
        "::error::x",
        "$(touch pwned)",
        "`touch pwned`",
    ),
)
EVIL = (
    *("core.fsmonitor", "core.pager", "diff.external", "diff.evil.textconv", "diff.evil.command"),
    *(
        "filter.evil.smudge",
        "filter.evil.process",
        "core.sshCommand",
        "gpg.program",
        "core.alternateRefsCommand",
    ),
)
ASKING = (
    ("diff", "HEAD~1"),
    ("diff", "HEAD~1..HEAD", "--format", "json"),
    ("impact", "--since", "HEAD~1"),
    ("check", "--select", "ARC6", "--no-cache"),
    ("report", "--format", "json", "--no-cache"),
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a repository with two commits, the second of which closes a cycle."""
    world = World(tmp_path / "world")
    world.root.mkdir()
    world.git("init", "-q", "-b", "main")
    world.commit({"archlint.toml": LAYERS, ".gitignore": ".archlint_cache\n"})
    world.commit(shop())
    return world


def contents(root: Path) -> dict[str, bytes]:
    """Return every file below *root* but archlint's cache and what git keeps of its own accord."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".archlint_cache" not in path.parts and path.name != "index"
    }


@pytest.mark.parametrize("command", [("diff",), ("impact", "--since")])
def test_a_revision_is_never_an_option(world: World, archlint, command: tuple[str, ...]) -> None:
    before = contents(world.root.parent)
    for revision in REVISIONS:
        arguments = [*command, *(["--"] if command == ("diff",) else []), revision]
        if command[-1] == "--since":
            arguments = [command[0], f"--since={revision}"]
        ran = archlint(*arguments, cwd=world.root)
        assert ran.code == 2, (revision, ran)
        assert ran.out == ""
        assert ran.err.startswith(("archlint: error: ", "Usage: ")), ran.err
        assert "Traceback" not in ran.err
        assert "\x1b" not in ran.err
        assert "\n::" not in ran.err
    assert contents(world.root.parent) == before


def test_git_runs_nothing_of_the_repository_for_history(
    world: World, env: dict[str, str], tmp_path: Path
) -> None:
    canary = tmp_path / "canary"
    script = write_tree(tmp_path, {"evil.sh": f"#!/bin/sh\necho ran >> {canary}\ncat\n"}) / "evil.sh"
    script.chmod(0o755)
    world.commit(
        {".gitattributes": "*.py diff=evil filter=evil\n", "shop/m001.py": "from shop import m002\n"}
    )
    for key in EVIL:
        world.git("config", key, str(script))
    hooks = world.root / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / name).write_text(script.read_text())
        (hooks / name).chmod(0o755)
    world.git("config", "core.hooksPath", str(hooks))
    world.git("diff", "HEAD~1", "--", "shop/m001.py")
    assert canary.exists(), "the control: without care git does run them"
    canary.unlink()
    for command in ASKING:
        ran = console(*command, cwd=world.root, env=env)
        assert ran.returncode in (0, 1), (command, ran.stderr)
        assert not canary.exists(), (command, canary.read_text())


READING = (
    *(("check",), ("check", "--select", "ARC"), ("report",), ("graph",), ("why", "shop.m000", "shop.m003")),
    *(
        ("can", "shop.m000", "shop.m003"),
        ("impact", "shop.m003"),
        ("audit",),
        ("init", "--print"),
        ("config",),
    ),
    *(("config", "--files"), ("diff", "HEAD~1"), ("rules",), ("explain", "ARC201"), ("cache", "info")),
)


def test_what_only_reads_writes_nothing_but_the_cache(world: World, env: dict[str, str]) -> None:
    before = contents(world.root)
    home = os.path.join(env["XDG_CACHE_HOME"], "archlint", "key")
    for command in READING:
        ran = console(*command, cwd=world.root, env=env)
        assert ran.returncode in (0, 1, 2), (command, ran.stderr)
        assert b"Traceback" not in ran.stderr
        assert contents(world.root) == before, command
    kept = [
        os.path.join(folder, name) for folder, _, names in os.walk(env["XDG_CACHE_HOME"]) for name in names
    ]
    assert kept == [home]
