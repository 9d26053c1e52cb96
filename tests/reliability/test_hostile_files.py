"""Files and configurations that mean harm cost themselves: the rest is judged, the exit code says so."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hostile import SCRIPT, shop, surroundings
from support import write_tree

from archlint.repository.codeowners import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import Outcome

    Spoil = Callable[[Path], None]

DROP_FROM_BOUNDING_SET, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2  # <linux/prctl.h>, <linux/capability.h>


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a project so small that most of it is parsed in one process."""
    return write_tree(tmp_path / "tree", shop(6))


def checked(ran: Outcome) -> dict[str, list[str]]:
    """Return the codes that check found, by path."""
    found: dict[str, list[str]] = {}
    for each in json.loads(ran.out)["findings"]:
        found.setdefault(each["path"], []).append(each["code"])
    return found


SOURCES = {
    "syntax error": (b"def f(:\n", "ARC900"),
    "no encoding": (b"\xff\xfe\x00", "ARC900"),
    "null byte": (b"x = '\0'\n", "ARC900"),
    "long chain": (b"x=" + b"+".join([b"a"] * 100_000) + b"\n", "ARC901"),
    "deep nesting": (b"x=" + b"(" * 5_000 + b")" * 5_000 + b"\n", "ARC900"),
    "deep nesting of new grammar": (b"type X = " + b"[" * 90 + b"]" * 90 + b"\n", "ARC900"),
    "long attribute": (b"import a" + b".b" * 20_000 + b"\n", "ARC901"),
    "huge": (b"x = 1\n" * 400_000, "ARC902"),
}


@pytest.mark.parametrize(("data", "code"), SOURCES.values(), ids=SOURCES)
def test_a_bad_file_costs_itself(
    tree: Path, archlint: Callable[..., Outcome], data: bytes, code: str
) -> None:
    before = checked(archlint("check", "--format", "json", "--no-cache", cwd=tree))
    (tree / "shop" / "bad.py").write_bytes(data)
    for more in ((), (), ("--no-cache",)):
        ran = archlint("check", "--format", "json", *more, cwd=tree)
        assert ran.code == 1
        assert checked(ran) == before | {"shop/bad.py": [code]}
        assert json.loads(ran.out)["summary"]["not_analysed"] == 1


def test_a_bomb_ends_at_the_time_limit(tree: Path, archlint: Callable[..., Outcome]) -> None:
    """LibCST needs minutes for such a chain: the worker that reads it is ended."""
    chain = b"type X = int\nx = [" + b",\n".join([b"+".join([b"a"] * 190)] * 600) + b"]\n"
    (tree / "shop" / "bomb.py").write_bytes(chain)
    started = time.monotonic()
    ran = archlint("check", "--format", "json", "--config", "file-timeout = 0.2", cwd=tree)
    assert ran.code == 1
    assert checked(ran)["shop/bomb.py"] in (["ARC901"], ["ARC900"])
    assert time.monotonic() - started < 60


def _pipe(root: Path) -> None:
    os.mkfifo(root / "shop" / "odd.py")


def _directory(root: Path) -> None:
    (root / "shop" / "odd.py").mkdir()


def _loop(root: Path) -> None:
    (root / "shop" / "loop").symlink_to(root / "shop")
    (root / "shop" / "self.py").symlink_to("self.py")
    (root / "shop" / "up").symlink_to("..")


def _escape(root: Path) -> None:
    outside = write_tree(root.parent / "outside", {"secret.py": "import shop.m000\n", "__init__.py": ""})
    (root / "shop" / "odd.py").symlink_to(outside / "secret.py")
    (root / "shop" / "away").symlink_to(outside)
    (root / "shop" / "passwd.py").symlink_to("/etc/passwd")
    (root / "shop" / "zero.py").symlink_to("/dev/zero")


def _dangling(root: Path) -> None:
    (root / "shop" / "odd.py").symlink_to("nowhere.py")


@pytest.mark.parametrize("spoil", [_directory, _loop, _escape, _dangling, _pipe])
def test_what_is_no_file_of_the_project_changes_no_finding(
    tree: Path, archlint: Callable[..., Outcome], spoil: Spoil
) -> None:
    before = json.loads(archlint("check", "--format", "json", "--no-cache", cwd=tree).out)
    spoil(tree)
    for more in ((), (), ("--no-cache",)):
        ran = archlint("check", "--format", "json", *more, cwd=tree)
        found = json.loads(ran.out)
        unread = checked(ran).pop("shop/odd.py", [])
        assert [each for each in found["findings"] if each["path"] != "shop/odd.py"] == before["findings"]
        assert unread in ([], ["ARC902"])
        assert unread or found["summary"]["files"] == before["summary"]["files"]
        assert "root:" not in ran.out


def as_mortal(home: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run archlint as somebody whom permissions bind: root gives up the right to read and write everything."""
    drop = ctypes.CDLL(None, use_errno=True).prctl if os.getuid() == 0 else None

    def give_up() -> None:
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            if drop is not None:
                drop(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)

    return subprocess.run(
        [str(SCRIPT), *arguments],
        cwd=cwd,
        env=surroundings(home),
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=give_up,
    )


def test_what_may_not_be_read_is_said(tree: Path, tmp_path: Path) -> None:
    (tree / "shop" / "m000.py").chmod(0)
    write_tree(tree, {"shop/closed/__init__.py": "", "shop/closed/a.py": "import shop.m001\n"})
    (tree / "shop" / "closed").chmod(0)
    ran = as_mortal(tmp_path / "none", "check", "--format", "json", cwd=tree)
    (tree / "shop" / "closed").chmod(0o755)
    assert "Traceback" not in ran.stderr
    codes = {each["path"]: each["code"] for each in json.loads(ran.stdout)["findings"]}
    assert ran.returncode == 1
    assert codes["shop/m000.py"] == "ARC902"
    assert codes["shop/closed"] == "ARC902"


@pytest.mark.parametrize("existing", [True, False])
def test_a_project_that_cannot_be_written_is_checked_without_a_cache(
    tree: Path, tmp_path: Path, archlint: Callable[..., Outcome], existing: bool
) -> None:
    honest = archlint("check", "--no-cache", cwd=tree)
    closed = [tree]
    if existing:
        as_mortal(tmp_path / "home", "check", cwd=tree)
        closed += [tree / ".archlint_cache", *(tree / ".archlint_cache").iterdir()]
    for path in closed:
        path.chmod(path.stat().st_mode & ~0o222)
    ran = as_mortal(tmp_path / "home", "check", cwd=tree)
    for path in closed:
        path.chmod(path.stat().st_mode | 0o200)
    assert (ran.returncode, ran.stdout) == (honest.code, honest.out)
    assert ran.stderr.startswith("archlint: note: cache: ")
    assert ran.stderr.count("\n") == 1


def test_a_full_disk_costs_only_the_cache(
    tree: Path, tmp_path: Path, archlint: Callable[..., Outcome]
) -> None:
    """A limit on what a file may hold stands for the disk: writes fail in the middle."""
    honest = archlint("check", "--no-cache", cwd=tree)
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); "
        "from archlint.__main__ import main; sys.exit(main())"
    )
    for limit in (0, 20, 5_000, 9_000, 20_000):
        command = [
            sys.executable,
            "-P",
            "-c",
            script,
            str(limit),
            "check",
            "--cache-dir",
            str(tmp_path / "full"),
        ]
        env = surroundings(tmp_path / f"home{limit}", PYTHONDONTWRITEBYTECODE="1")
        ran = subprocess.run(
            command, cwd=tree, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        assert "Traceback" not in ran.stderr
        assert (ran.returncode, ran.stdout) == (honest.code, honest.out), (limit, ran.stderr)


def test_vanishing_files_are_findings_and_no_crash(
    tmp_path: Path, archlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files come and go while they are read; whatever is seen of it, the run ends as it should."""
    tree = write_tree(tmp_path / "tree", shop(40))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    script = (
        "import os\n"
        "while True:\n"
        "    for n in range(40):\n"
        "        p = f'shop/m{n:03}.py'\n"
        "        try: os.rename(p, p + 'x'); os.rename(p + 'x', p)\n"
        "        except OSError: pass\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=tree) as storm:
        try:
            for _ in range(4):
                command = [str(SCRIPT), "check", "--format", "json"]
                env = surroundings(tmp_path / "home")
                ran = subprocess.run(command, cwd=tree, env=env, capture_output=True, check=False, timeout=60)
                assert ran.returncode in (0, 1), ran.stderr
                assert b"Traceback" not in ran.stderr
                codes = {each["code"] for each in json.loads(ran.stdout)["findings"]}
                assert codes <= {"ARC902", "ARC201"}
        finally:
            storm.kill()
    for path in sorted((tree / "shop").glob("*.pyx")):
        path.rename(path.with_suffix(".py"))
    warm, cold = (archlint("check", *more, cwd=tree) for more in ((), ("--no-cache",)))
    assert warm == cold
    assert warm.code == 1


NESTED = 5_000
CONFIGURATIONS = {
    "deep array": "exclude = " + "[" * NESTED + "]" * NESTED,
    "deep table": "a" + ".a" * NESTED + " = 1",
    "deep inline": "a = " + "{a = " * NESTED + "1" + "}" * NESTED,
    "too large": "# " + "x" * 1_100_000,
    "not UTF-8": b"roots = ['\xff']",
    "null": "roots = ['\\u0000']",
    "infinite time": "file-timeout = inf",
    "no time": "file-timeout = nan",
    "far too long": "file-timeout = 1e300",
    "negative size": "max-file-size = -1",
    "enormous number": "max-file-size = " + "9" * 5_000,
    "unknown key": "evil = true",
    "wrong type": "select = {a = 1}",
    "climbing exclude": "exclude = ['../..']",
    "absolute exclude": "exclude = ['/etc']",
    "climbing sources": "source-roots = ['../..']",
    "absolute sources": "source-roots = ['/etc']",
    "climbing root": "roots = ['../shop']",
    "date": "fail-on = 1979-05-27",
}


@pytest.mark.parametrize("text", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_hostile_configuration_is_one_clear_line(
    tree: Path, archlint: Callable[..., Outcome], text: str | bytes
) -> None:
    (tree / "archlint.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    started = time.monotonic()
    ran = archlint("check", cwd=tree)
    assert ran.code == 2, ran.out
    assert ran.out == ""
    assert ran.err.startswith("archlint: error: ")
    assert "bug in archlint" not in ran.err
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("key", ["exclude", "per-file-ignores", "layers"])
def test_globs_that_would_explode_do_not(tree: Path, archlint: Callable[..., Outcome], key: str) -> None:
    pattern = "/".join(["**", "*a" * 30 + "b"] * 10)
    texts = {
        "exclude": f"exclude = ['{pattern}']",
        "per-file-ignores": f"[per-file-ignores]\n'{pattern}' = ['ARC201']",
        "layers": "[[contracts]]\nname='x'\ntype='forbidden'\nsource-modules=['shop']\nforbidden-modules=['"
        + ".".join(["**", "*"] * 40)
        + "']",
    }
    write_tree(tree, {"archlint.toml": texts[key], f"shop/{'a' * 200}.py": ""})
    started = time.monotonic()
    assert archlint("check", cwd=tree).code in (1, 2)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("dialect", ["github", "gitlab"])
def test_patterns_of_owners_that_would_explode_do_not(dialect: str) -> None:
    patterns = [
        "*a" * 40 + "b",
        "**/" * 40 + "b",
        "/".join(["**", "*a"] * 20),
        "?*" * 60,
        "[" * 500,
        "\\" * 999,
    ]
    text = "".join(f"{pattern} @x\n" for pattern in patterns * 50)
    started = time.process_time()
    owners = parse(text, "CODEOWNERS", "", dialect).owners
    assert owners is not None
    for path in ("a" * 250, "/".join(["a" * 20] * 40), "a/" * 200 + "a"):
        assert set(owners.of(path)) <= {"@x"}
    assert time.process_time() - started < 10


def test_nothing_is_never_a_pass(tmp_path: Path, archlint: Callable[..., Outcome]) -> None:
    """An empty directory, a root or a contract that matches nothing: exit 2 and a reason, never 0."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert archlint("check", cwd=empty).code == 2
    tree = write_tree(tmp_path / "tree", {**shop(4), "shop/m003.py": ""})
    assert archlint("check", cwd=tree).code == 0
    for text in (
        "roots = ['shoop']",
        "exclude = ['shop']",
        '[[contracts]]\nname = "x"\ntype = "layers"\nlayers = ["shoop.web", "shoop.db"]',
        '[[contracts]]\nname = "x"\ntype = "layers"\nlayers = ["shop.web", "shop.db"]',
        '[[contracts]]\nname = "x"\ntype = "forbidden"\nsource-modules = ["shop.nope"]\nforbidden-modules = ["os"]',
        '[[contracts]]\nname = "x"\ntype = "lairs"\nlayers = ["shop"]',
    ):
        (tree / "archlint.toml").write_text(text)
        ran = archlint("check", cwd=tree)
        assert ran.code == 2, (text, ran.out)
        assert ran.err.startswith("archlint: error: ")


def test_an_analysis_with_holes_is_no_pass(tmp_path: Path, archlint: Callable[..., Outcome]) -> None:
    tree = write_tree(tmp_path / "tree", {"shop/__init__.py": "", "shop/bad.py": "def f(:\n"})
    ran = archlint("check", cwd=tree)
    assert ran.code == 1
    assert "1 file not analysed" in ran.out
